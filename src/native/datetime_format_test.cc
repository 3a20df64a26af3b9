// Java datetime patterns, both ways.
#include "native/datetime_format.h"

#include <gtest/gtest.h>

namespace grebe::native {
namespace {

// 2016-04-08 13:05:09.123456 UTC
constexpr int64_t kInstant = 1460120709123456;

std::string format(std::string_view pattern) {
  const auto zone = types::TimeZone::find("UTC");
  return DatetimePattern::compile(pattern)->format(kInstant, *zone, "UTC");
}

TEST(DatetimeFormat, Formats) {
  EXPECT_EQ(format("y"), "2016");
  EXPECT_EQ(format("yyyy-MM-dd'T'HH:mm:ss.SSS"), "2016-04-08T13:05:09.123");
  EXPECT_EQ(format("EEE, d MMM yy h:mm a"), "Fri, 8 Apr 16 1:05 PM");
  EXPECT_EQ(format("D Q XXX"), "99 2 Z");
}

TEST(DatetimeFormat, RefusesWhatSparkRefuses) {
  EXPECT_EQ(DatetimePattern::compile("YYYY"), nullptr);
  EXPECT_EQ(DatetimePattern::compile("bb"), nullptr);
}

TEST(DatetimeFormat, Parses) {
  const auto pattern = DatetimePattern::compile("yyyy-MM-dd HH:mm:ss[.SSS]");
  EXPECT_EQ(pattern->parse("1970-01-02 00:00:01")->local_micros, 86'401'000'000);
  EXPECT_EQ(pattern->parse("1970-01-01 00:00:00.250")->local_micros, 250'000);
  EXPECT_FALSE(pattern->parse("1970-01-02").has_value());
  EXPECT_FALSE(pattern->parse("1970-02-30 00:00:00").has_value());
  EXPECT_EQ(DatetimePattern::compile("yyyyMMdd")->parse("19700103")->local_micros,
            2 * types::kMicrosPerDay);
}

}  // namespace
}  // namespace grebe::native
