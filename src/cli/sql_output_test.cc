// Values of each kind → their JSON and CSV.
#include "cli/sql_output.h"

#include <gtest/gtest.h>

#include <limits>

namespace grebe::cli {
namespace {

using types::DataType;
using types::Value;

std::string json(const Value& value, const DataType& type) { return json_text(value, type, "UTC"); }
std::string csv(const Value& value, const DataType& type) { return csv_text(value, type, "UTC"); }

TEST(JsonText, KeepsAllDigitsAndQuotesWhatIsNoNumber) {
  EXPECT_EQ(json({int64_t{9007199254740993}}, DataType::long_type()), "9007199254740993");
  EXPECT_EQ(json({types::Decimal{12340}}, DataType::decimal(10, 2)), "123.40");
  EXPECT_EQ(json({1.5}, DataType::double_type()), "1.5");
  EXPECT_EQ(json({std::numeric_limits<double>::quiet_NaN()}, DataType::double_type()), "\"NaN\"");
  EXPECT_EQ(json({}, DataType::double_type()), "null");
}

TEST(JsonText, EscapesTextAndEncodesBytes) {
  EXPECT_EQ(json({std::string("a\"\n")}, DataType::string()), R"("a\"\n")");
  EXPECT_EQ(json({std::string("\xff\x00", 2)}, DataType::binary()), "\"/wA=\"");
  EXPECT_EQ(json({std::string("abc")}, DataType::binary()), "\"YWJj\"");
  EXPECT_EQ(json({std::string("")}, DataType::binary()), "\"\"");
}

TEST(JsonText, NestsArrays) {
  const auto list =
      std::make_shared<const types::ValueList>(types::ValueList{{Value{int64_t{1}}, Value{}}});
  EXPECT_EQ(json({list}, DataType::array(DataType::integer(), true)), "[1,null]");
}

TEST(CsvText, QuotesOnlyWhereNeededAndTellsNullFromEmpty) {
  EXPECT_EQ(csv({std::string("plain")}, DataType::string()), "plain");
  EXPECT_EQ(csv({std::string("a,\"b\"")}, DataType::string()), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(csv({std::string()}, DataType::string()), "\"\"");
  EXPECT_EQ(csv({}, DataType::string()), "");
}

}  // namespace
}  // namespace grebe::cli
