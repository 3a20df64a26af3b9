// Java datetime patterns, both ways.
#include "native/datetime_format.h"

#include <gtest/gtest.h>

#include "native/legacy_datetime.h"

namespace grebe::native {
namespace {

// 2016-04-08 13:05:09.123456 UTC
constexpr int64_t kInstant = 1460120709123456;

std::shared_ptr<const DatetimePattern> compile(std::string_view pattern) {
  std::string fault;
  return DatetimePattern::compile(pattern, &fault);
}

std::string format(std::string_view pattern) {
  const auto zone = types::TimeZone::find("UTC");
  return compile(pattern)->format(kInstant, *zone, "UTC");
}

TEST(DatetimeFormat, Formats) {
  EXPECT_EQ(format("y"), "2016");
  EXPECT_EQ(format("yyyy-MM-dd'T'HH:mm:ss.SSS"), "2016-04-08T13:05:09.123");
  EXPECT_EQ(format("EEE, d MMM yy h:mm a"), "Fri, 8 Apr 16 1:05 PM");
  EXPECT_EQ(format("D Q XXX"), "99 2 Z");
}

TEST(DatetimeFormat, RefusesWhatSparkRefuses) {
  EXPECT_EQ(compile("YYYY"), nullptr);
  EXPECT_EQ(compile("bb"), nullptr);
}

TEST(DatetimeFormat, Parses) {
  const auto pattern = compile("yyyy-MM-dd HH:mm:ss[.SSS]");
  EXPECT_EQ(pattern->parse("1970-01-02 00:00:01")->local_micros, 86'401'000'000);
  EXPECT_EQ(pattern->parse("1970-01-01 00:00:00.250")->local_micros, 250'000);
  EXPECT_FALSE(pattern->parse("1970-01-02").has_value());
  EXPECT_FALSE(pattern->parse("1970-02-30 00:00:00").has_value());
  EXPECT_EQ(compile("yyyyMMdd")->parse("19700103")->local_micros, 2 * types::kMicrosPerDay);
}

TEST(DatetimeFormat, KeepsToTheDayOfTheYear) {
  EXPECT_EQ(compile("yyyy-DDD")->parse("1970-002")->local_micros, types::kMicrosPerDay);
  EXPECT_FALSE(compile("yyyy-DDD")->parse("2019-366").has_value());
  EXPECT_FALSE(compile("dd-DDD")->parse("30-365").has_value());
}

std::optional<int64_t> parse_legacy(std::string_view pattern, std::string_view text,
                                    Leniency leniency) {
  std::string fault;
  const auto compiled = LegacyPattern::compile(pattern, &fault);
  return compiled->parse(text, *types::TimeZone::find("UTC"), leniency);
}

TEST(LegacyPattern, IgnoresWhatFollows) {
  EXPECT_EQ(parse_legacy("yyyy-MM-dd", "1970-01-02 and more", Leniency::kStrict),
            types::kMicrosPerDay);
}

TEST(LegacyPattern, CarriesDaysOverWhenLenient) {
  EXPECT_FALSE(parse_legacy("yyyy-MM-dd", "1970-02-29", Leniency::kStrict).has_value());
  EXPECT_EQ(parse_legacy("yyyy-MM-dd", "1970-02-29", Leniency::kLenient),
            parse_legacy("yyyy-MM-dd", "1970-03-01", Leniency::kStrict));
}

TEST(LegacyPattern, SaysWhatIsWrong) {
  std::string fault;
  EXPECT_EQ(LegacyPattern::compile("q", &fault), nullptr);
  EXPECT_EQ(fault, "Illegal pattern character 'q'");
}

}  // namespace
}  // namespace grebe::native
