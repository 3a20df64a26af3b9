// Texts of values as the JVM and Spark print them.
#include "types/value_text.h"

#include <gtest/gtest.h>

#include <limits>

#include "types/java_number_text.h"
#include "types/time_zone.h"
#include "types/value_sql.h"

namespace grebe::types {
namespace {

Value number(int64_t value) { return Value{value}; }

TEST(JavaNumberText, FollowsJdk17) {
  EXPECT_EQ(java_double_text(1.0), "1.0");
  EXPECT_EQ(java_double_text(0.1), "0.1");
  EXPECT_EQ(java_double_text(-0.0), "-0.0");
  EXPECT_EQ(java_double_text(123456.789), "123456.789");
  EXPECT_EQ(java_double_text(1.0e7), "1.0E7");
  EXPECT_EQ(java_double_text(9999999.0), "9999999.0");
  EXPECT_EQ(java_double_text(0.001), "0.001");
  EXPECT_EQ(java_double_text(0.0001), "1.0E-4");
  EXPECT_EQ(java_double_text(1.0e22), "1.0E22");
  EXPECT_EQ(java_double_text(2.0e-3), "0.002");
  EXPECT_EQ(java_double_text(100.0), "100.0");
  EXPECT_EQ(java_double_text(3.141592653589793), "3.141592653589793");
  EXPECT_EQ(java_double_text(std::numeric_limits<double>::max()), "1.7976931348623157E308");
  EXPECT_EQ(java_double_text(std::numeric_limits<double>::denorm_min()), "4.9E-324");
  EXPECT_EQ(java_double_text(std::numeric_limits<double>::min()), "2.2250738585072014E-308");
  // More digits than needed: the known habit of JDKs before 19.
  EXPECT_EQ(java_double_text(2.0e23), "1.9999999999999998E23");
  EXPECT_EQ(java_double_text(5.684341886080802e-14), "5.6843418860808015E-14");
  EXPECT_EQ(java_double_text(2.2e-322), "2.2E-322");
  EXPECT_EQ(java_float_text(3.4028235e38F), "3.4028235E38");
  EXPECT_EQ(java_float_text(0.1F), "0.1");
  EXPECT_EQ(java_float_text(1.0e10F), "1.0E10");
  EXPECT_EQ(java_float_text(16777216.0F), "1.6777216E7");
}

TEST(ValueText, PrintsDecimalsAsBigDecimal) {
  EXPECT_EQ(decimal_text({12345}, 2, false), "123.45");
  EXPECT_EQ(decimal_text({-5}, 3, false), "-0.005");
  EXPECT_EQ(decimal_text({1}, 7, false), "1E-7");
  EXPECT_EQ(decimal_text({12}, 8, false), "1.2E-7");
  EXPECT_EQ(decimal_text({0}, 10, false), "0E-10");
  EXPECT_EQ(decimal_text({1}, 7, true), "0.0000001");
  EXPECT_EQ(decimal_text({7}, 0, false), "7");
}

TEST(ValueText, PrintsTimes) {
  EXPECT_EQ(date_text(0), "1970-01-01");
  EXPECT_EQ(date_text(-1), "1969-12-31");
  EXPECT_EQ(date_text(days_from_civil({10000, 1, 1})), "+10000-01-01");
  EXPECT_EQ(date_text(days_from_civil({-5, 3, 1})), "-0005-03-01");
  EXPECT_EQ(value_text(number(1500000), DataType::timestamp(), {.time_zone = "+01:00"}),
            "1970-01-01 01:00:01.5");
  EXPECT_EQ(value_text(number(1657324800000000), DataType::timestamp(),
                       {.time_zone = "America/Los_Angeles"}),
            "2022-07-08 17:00:00");
}

TEST(ValueText, PrintsIntervals) {
  EXPECT_EQ(year_month_interval_text(-14, 0, 1), "INTERVAL '-1-2' YEAR TO MONTH");
  EXPECT_EQ(year_month_interval_text(14, 1, 1), "INTERVAL '14' MONTH");
  EXPECT_EQ(day_time_interval_text(93784500000, 0, 3), "INTERVAL '1 02:03:04.5' DAY TO SECOND");
  EXPECT_EQ(day_time_interval_text(-3600000000, 1, 1), "INTERVAL '-01' HOUR");
  EXPECT_EQ(day_time_interval_text(std::numeric_limits<int64_t>::min(), 0, 3),
            "INTERVAL '-106751991 04:00:54.775808' DAY TO SECOND");
  EXPECT_EQ(calendar_interval_text({14, 3, 3661500000}),
            "1 years 2 months 3 days 1 hours 1 minutes 1.5 seconds");
  EXPECT_EQ(calendar_interval_text({}), "0 seconds");
}

TEST(ValueText, PrintsNestedValues) {
  const auto list = std::make_shared<const ValueList>(ValueList{{number(1), Value{}}});
  const auto type = DataType::array(DataType::integer(), true);
  EXPECT_EQ(value_text(Value{list}, type), "[1, null]");
  EXPECT_EQ(value_text(Value{list}, type, {.style = TextStyle::kPretty}), "[1, NULL]");
  EXPECT_EQ(literal_sql(Value{list}, type), "ARRAY(1, CAST(NULL AS INT))");
}

TEST(ValueSql, WritesLiterals) {
  EXPECT_EQ(literal_sql(Value{std::string("it's")}, DataType::string()), "'it\\'s'");
  EXPECT_EQ(literal_sql(number(1), DataType::long_type()), "1L");
  EXPECT_EQ(literal_sql(Value{Decimal{15}}, DataType::decimal(2, 1)), "1.5BD");
  EXPECT_EQ(literal_sql(Value{1.5}, DataType::float_type()), "CAST(1.5 AS FLOAT)");
  EXPECT_EQ(literal_pretty_sql(number(1), DataType::long_type()), "1");
  EXPECT_EQ(literal_pretty_sql(Value{}, DataType::integer()), "NULL");
  EXPECT_EQ(literal_pretty_sql(number(0), DataType::date()), "DATE '1970-01-01'");
}

TEST(TimeZone, HandlesGapsAndOverlaps) {
  const auto zone = TimeZone::find("Europe/Berlin");
  ASSERT_NE(zone, nullptr);
  const auto local = [](int day, int month, int64_t hour, int64_t minute) {
    return days_from_civil({2021, month, day}) * kMicrosPerDay + hour * kMicrosPerHour +
           minute * kMicrosPerMinute;
  };
  // 02:30 does not exist on 28 March: it becomes 03:30 summer time.
  EXPECT_EQ(zone->to_utc(local(28, 3, 2, 30)), local(28, 3, 1, 30));
  // 02:30 exists twice on 31 October: the earlier one, still summer time.
  EXPECT_EQ(zone->to_utc(local(31, 10, 2, 30)), local(31, 10, 0, 30));
  EXPECT_EQ(zone->to_utc(local(31, 10, 3, 30)), local(31, 10, 2, 30));
  EXPECT_EQ(TimeZone::find("Mars/Base"), nullptr);
  EXPECT_EQ(TimeZone::find("GMT+8")->offset_at(0), 8 * kMicrosPerHour);
  EXPECT_EQ(TimeZone::find("-0330")->offset_at(0), -(3 * kMicrosPerHour + 30 * kMicrosPerMinute));
}

}  // namespace
}  // namespace grebe::types
