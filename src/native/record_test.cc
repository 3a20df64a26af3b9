// Splitting of CSV lines and lenient JSON, as Spark's readers do it.
#include <gtest/gtest.h>

#include "native/csv_line.h"
#include "native/lenient_json.h"

namespace grebe::native {
namespace {

using Fields = std::vector<std::optional<std::string>>;

TEST(CsvLine, FollowsSparksDefaults) {
  const CsvDialect dialect;
  EXPECT_EQ(split_csv_line("1,,\"\"", dialect), (Fields{"1", std::nullopt, ""}));
  EXPECT_EQ(split_csv_line("\"x,y\",\"say \"\"hi\"\"\"", dialect),
            (Fields{"x,y", "\"say \"\"hi\"\"\""}));
  EXPECT_EQ(split_csv_line("\"back\\\"slash\", lead ", dialect), (Fields{"back\"slash", " lead "}));
  EXPECT_EQ(split_csv_line("a,", dialect), (Fields{"a", std::nullopt}));
}

TEST(CsvLine, ObeysItsDialect) {
  CsvDialect dialect;
  dialect.separator = ";";
  dialect.quote = '\'';
  dialect.escape = '\'';
  dialect.escape_of_escape = '\0';
  const auto decoded = decode_dialect(encode_dialect(dialect));
  EXPECT_EQ(split_csv_line("'x;1';'it''s'", decoded), (Fields{"x;1", "it's"}));
  EXPECT_EQ(split_csv_records("a,\"two\nlines\"\r\nb,c\n", CsvDialect{}).size(), 2U);
}

TEST(LenientJson, AcceptsWhatSparkAccepts) {
  const auto round_trip = [](std::string_view text, JsonLeniency leniency = {}) {
    const auto value = parse_lenient_json(text, leniency);
    return value ? to_strict_json(*value) : std::string("malformed");
  };
  EXPECT_EQ(round_trip("{'a': 'x'} "), R"({"a":"x"})");
  EXPECT_EQ(round_trip("{\"a\": "), "malformed");
  EXPECT_EQ(round_trip("{a: 1}"), "malformed");
  EXPECT_EQ(round_trip("{a: 1 /* x */}", {.comments = true, .unquoted_names = true}), R"({"a":1})");
  EXPECT_EQ(round_trip("[1.50, -0, 1e3, NaN, \"\\u00fc\"]"), "[1.50,-0,1e3,\"NaN\",\"ü\"]");
}

}  // namespace
}  // namespace grebe::native
