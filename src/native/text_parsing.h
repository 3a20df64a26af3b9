// Text → numbers, dates, timestamps, intervals, as Spark's CAST from STRING reads it. Nothing when
// the text is not one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "types/value.h"

namespace grebe::native {

/// Without surrounding spaces and control characters (UTF8String.trimAll).
std::string_view trim_all(std::string_view text);

enum class Fraction : unsigned char { kTruncate, kReject };

/// A whole number; digits after a point are cut off or refused (the default mode and ANSI differ).
std::optional<int64_t> parse_integer(std::string_view text, Fraction fraction);

/// Java's Double.parseDouble, and `inf`, `nan` in any case.
std::optional<double> parse_double(std::string_view text);
std::optional<float> parse_float(std::string_view text);

/// `t true y yes 1` and `f false n no 0` in any case.
std::optional<bool> parse_boolean(std::string_view text);

struct ParsedDecimal {
  types::int128 unscaled = 0;
  /// Digits after the point; negative for `1e5`.
  int scale = 0;
};
/// A decimal number with an optional exponent; nothing when it has more than 38 digits that count.
std::optional<ParsedDecimal> parse_decimal(std::string_view text);

/// Rounds HALF_UP to a decimal type; nothing when it does not fit.
std::optional<types::int128> fit_decimal(const ParsedDecimal& value, int precision, int scale);

/// Days since the epoch (`[+-]yyyy[-m[-d[ T…]]]`).
std::optional<int32_t> parse_date(std::string_view text);

struct ParsedTimestamp {
  /// Local microseconds since the epoch; of the day alone when there was no date.
  int64_t micros = 0;
  bool has_date = true;
  /// Zone text as written, empty for none.
  std::string zone;
};
std::optional<ParsedTimestamp> parse_timestamp(std::string_view text);

/// `[-]y-m` or the full literal; months.
std::optional<int64_t> parse_year_month_interval(std::string_view text, int start, int end);
/// `[-]d h:m:s.f` or the full literal; microseconds.
std::optional<int64_t> parse_day_time_interval(std::string_view text, int start, int end);
/// `[interval] 1 year 2 days …`.
std::optional<types::CalendarInterval> parse_calendar_interval(std::string_view text);

}  // namespace grebe::native
