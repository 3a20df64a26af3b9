// Casts from text: what is a number, a date, a time.
#include "native/text_parsing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace grebe::native {
namespace {

TEST(TextParsing, IntegersCutOrRefuseFractions) {
  EXPECT_EQ(parse_integer(" 12 ", Fraction::kReject), 12);
  EXPECT_EQ(parse_integer("-12.9", Fraction::kTruncate), -12);
  EXPECT_EQ(parse_integer("12.9", Fraction::kReject), std::nullopt);
  EXPECT_EQ(parse_integer("-9223372036854775808", Fraction::kReject), INT64_MIN);
  EXPECT_EQ(parse_integer("9223372036854775808", Fraction::kReject), std::nullopt);
  EXPECT_EQ(parse_integer("1e3", Fraction::kTruncate), std::nullopt);
  EXPECT_EQ(parse_integer("", Fraction::kTruncate), std::nullopt);
}

TEST(TextParsing, DoublesFollowJava) {
  EXPECT_EQ(parse_double("1.5e3"), 1500.0);
  EXPECT_EQ(parse_double("1.5d"), 1.5);
  EXPECT_TRUE(std::isinf(*parse_double("-Infinity")));
  EXPECT_TRUE(std::isnan(*parse_double("nan")));
  EXPECT_EQ(parse_double("0x10"), std::nullopt);
}

TEST(TextParsing, DecimalsRoundHalfUp) {
  EXPECT_TRUE(fit_decimal(*parse_decimal("1.235"), 5, 2) == 124);
  EXPECT_TRUE(fit_decimal(*parse_decimal("-1.235"), 5, 2) == -124);
  EXPECT_TRUE(fit_decimal(*parse_decimal("1e2"), 5, 2) == 10000);
  EXPECT_FALSE(fit_decimal(*parse_decimal("1000"), 5, 2).has_value());
}

TEST(TextParsing, DatesTakeShortFormsAndTails) {
  EXPECT_EQ(parse_date("1970-01-02"), 1);
  EXPECT_EQ(parse_date("1970-1-2 anything"), 1);
  EXPECT_EQ(parse_date("1970"), 0);
  EXPECT_EQ(parse_date("1970-02-30"), std::nullopt);
  EXPECT_EQ(parse_date("70-01-01"), std::nullopt);
}

TEST(TextParsing, TimestampsKeepMicrosecondsAndZone) {
  const auto parsed = parse_timestamp("1970-01-01T00:00:01.5+01:00");
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->micros, 1'500'000);
  EXPECT_EQ(parsed->zone, "+01:00");
  EXPECT_FALSE(parse_timestamp("1970-01-01 25:00:00").has_value());
}

TEST(TextParsing, Intervals) {
  EXPECT_EQ(parse_year_month_interval("-1-2", 0, 1), -14);
  EXPECT_EQ(parse_day_time_interval("1 02:03:04.5", 0, 3), 93'784'500'000);
  const auto interval = parse_calendar_interval("interval 1 year 2 days 3.5 seconds");
  ASSERT_TRUE(interval.has_value());
  EXPECT_EQ(*interval, (types::CalendarInterval{.months = 12, .days = 2, .micros = 3'500'000}));
}

}  // namespace
}  // namespace grebe::native
