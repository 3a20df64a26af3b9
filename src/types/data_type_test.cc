// Names, JSON, trees and equality of types.
#include "types/data_type.h"

#include <gtest/gtest.h>

#include "core/spark_error.h"
#include "types/type_names.h"

namespace grebe::types {
namespace {

Schema sample() {
  return {{"a", DataType::integer(), false},
          {"m", DataType::map(DataType::string(), DataType::decimal(10, 2), true)},
          {"l", DataType::array(DataType::struct_type({{"x y", DataType::long_type()},
                                                       {"t", DataType::timestamp_ntz(), false}}),
                                false)}};
}

TEST(DataType, PrintsSparksNames) {
  const auto type = DataType::struct_type(sample());
  EXPECT_EQ(
      type.simple_string(),
      "struct<a:int,m:map<string,decimal(10,2)>,l:array<struct<x y:bigint,t:timestamp_ntz>>>");
  EXPECT_EQ(type.sql(),
            "STRUCT<a: INT, m: MAP<STRING, DECIMAL(10,2)>, l: ARRAY<STRUCT<`x y`: BIGINT, "
            "t: TIMESTAMP_NTZ>>>");
  EXPECT_EQ(DataType::day_time_interval(0, 2).simple_string(), "interval day to minute");
  EXPECT_EQ(DataType::year_month_interval(1, 1).sql(), "INTERVAL MONTH");
}

TEST(DataType, JsonRoundTrips) {
  const auto type = DataType::struct_type(sample());
  EXPECT_EQ(parse_json_type(type.json()), type);
  EXPECT_EQ(
      DataType::struct_type({{"a", DataType::short_type(), true, R"({"comment":"c"})"}}).json(),
      R"({"type":"struct","fields":[{"name":"a","type":"short","nullable":true,)"
      R"("metadata":{"comment":"c"}}]})");
  EXPECT_EQ(parse_json_type("\"interval day to second\""), DataType::day_time_interval());
  EXPECT_THROW(parse_json_type("{\"type\":3}"), core::SparkError);
  EXPECT_THROW(parse_json_type("\"decimal(99,2)\""), core::SparkError);
}

TEST(DataType, TreeStringStopsAtTheLevel) {
  EXPECT_EQ(tree_string(sample()),
            "root\n |-- a: integer (nullable = false)\n |-- m: map (nullable = true)\n"
            " |    |-- key: string\n |    |-- value: decimal(10,2) (valueContainsNull = true)\n"
            " |-- l: array (nullable = true)\n |    |-- element: struct (containsNull = false)\n"
            " |    |    |-- x y: long (nullable = true)\n"
            " |    |    |-- t: timestamp_ntz (nullable = false)\n");
  EXPECT_EQ(tree_string(sample(), 1),
            "root\n |-- a: integer (nullable = false)\n |-- m: map (nullable = true)\n"
            " |-- l: array (nullable = true)\n");
}

TEST(DataType, SameTypeIgnoresNullability) {
  const auto a = DataType::array(DataType::integer(), true);
  const auto b = DataType::array(DataType::integer(), false);
  EXPECT_FALSE(a == b);
  EXPECT_TRUE(a.same_type(b));
}

TEST(TypeNames, WritesDdl) {
  EXPECT_EQ(to_ddl({{"a", DataType::long_type(), false},
                    {"b c", DataType::string(), true, R"({"comment":"it's"})"}}),
            "a BIGINT NOT NULL,`b c` STRING COMMENT 'it\\'s'");
  EXPECT_EQ(quote_if_needed("1a"), "1a");
  EXPECT_EQ(quote_if_needed("12"), "`12`");
}

TEST(DataType, NamesThatAreNoUnicodeHaveJsonToo) {
  const auto type = DataType::struct_type({{"a\x88", DataType::integer(), true, {}}});
  EXPECT_NE(type.json().find("a\xEF\xBF\xBD"), std::string::npos);
}

}  // namespace
}  // namespace grebe::types
