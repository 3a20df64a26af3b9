// The walk over a footer finds a decimal's precision, in both places, and refuses what is cut off.
#include "lakehouse/table/parquet_footer.h"

#include <gtest/gtest.h>

#include <string>

#include "core/spark_error.h"

namespace grebe::lakehouse {
namespace {

using namespace std::string_literals;

/// version 1; a root with two children; an INT32 `a`; a decimal `d` of 38 digits in both notations.
std::string footer() {
  return "\x15\x02"                // 1: version
         "\x19\x3C"                // 2: list of three structs
         "\x48\x01r\x15\x04\x00"s  // name, num_children
         "\x15\x02\x25\x02\x18\x01"
         "a\x00"s  // type, repetition, name
         "\x15\x0E\x25\x02\x18\x01"
         "d\x25\x0A\x15\x04\x15\x4C\x2C\x5C\x15\x04\x15\x4C\x00\x00\x00"s
         "\x16\x00\x00"s;  // 3: num_rows
}

TEST(ParquetFooter, FindsThePrecisionsOfLeaves) {
  const std::string bytes = footer();
  const auto places = find_decimal_precisions(bytes);
  ASSERT_EQ(places.size(), 2U);
  EXPECT_TRUE(places[0].empty());
  ASSERT_EQ(places[1].size(), 2U);
  for (const size_t place : places[1]) EXPECT_EQ(bytes[place], 2 * 38);
}

TEST(ParquetFooter, RefusesWhatIsCutOff) {
  const std::string bytes = footer();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THROW(find_decimal_precisions(bytes.substr(0, size)), core::SparkError) << size;
  }
}

}  // namespace
}  // namespace grebe::lakehouse
