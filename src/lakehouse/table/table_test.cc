// Texts of DuckDB and of partition values.
#include <gtest/gtest.h>

#include "lakehouse/table/nested_text.h"
#include "lakehouse/table/storage_select.h"
#include "lakehouse/table/value_text.h"

namespace grebe::lakehouse {
namespace {

TEST(NestedText, ReadsMapsAsDuckDbPrintsThem) {
  const auto map = parse_map_text(R"({'"a"'={min=1, max='x, y'}, b\c=NULL, 'q\'s'='', 'NULL'=z})");
  EXPECT_EQ(map.at("\"a\""), "{min=1, max='x, y'}");
  EXPECT_EQ(map.at("b\\c"), std::nullopt);
  EXPECT_EQ(map.at("q's"), "");
  EXPECT_EQ(map.at("NULL"), "z");
  EXPECT_EQ(parse_map_text("{}").size(), 0u);
}

TEST(NestedText, ReadsColumnPaths) {
  EXPECT_EQ(parse_column_path(R"("a""q.r"."b c")"), (std::vector<std::string>{"a\"q.r", "b c"}));
}

TEST(ValueText, ReadsAndPrintsInstants) {
  EXPECT_EQ(parse_timestamp("1970-01-01 00:00:01.5+00"), 1'500'000);
  EXPECT_EQ(parse_timestamp("1970-01-01T01:00:00Z"), 3'600'000'000);
  EXPECT_EQ(parse_timestamp("1970-01-01 02:00:00+02:00"), 0);
  EXPECT_EQ(parse_timestamp("infinity"), std::nullopt);
  EXPECT_EQ(parse_date("2024-02-30"), std::nullopt);
  EXPECT_EQ(format_timestamp(-1, 6), "1969-12-31T23:59:59.999999");
}

TEST(ValueText, ReadsPartitionValues) {
  const auto decimal = parse_partition_value(types::DataType::decimal(5, 2), "-12.3");
  EXPECT_TRUE(std::get<types::Decimal>(decimal.data).unscaled == -1230);
  EXPECT_THROW(parse_partition_value(types::DataType::date(), "soon"), std::exception);
}

TEST(StorageSelect, NamesStructFieldsAndAdjustsInstants) {
  const types::Schema schema{
      {"s", types::DataType::struct_type({{"a b", types::DataType::timestamp()}})}};
  const std::string sql = storage_select("SELECT 1", schema, schema, {});
  EXPECT_NE(sql.find("\"a b\" := make_timestamptz(epoch_us("), std::string::npos) << sql;
}

}  // namespace
}  // namespace grebe::lakehouse
