// Text of dates and timestamps, as typed literals and casts of Spark accept it → days and µs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace grebe::parse::sql {

/// A timestamp text taken apart.
struct TimestampText {
  /// Microseconds since 1970-01-01 of the local date and time.
  int64_t local_micros = 0;
  /// The text names a zone.
  bool zone_given = false;
  /// The zone as written.
  std::string zone;
  /// Offset from UTC when the zone is a fixed one (Z, UTC, +01:00, GMT+1).
  std::optional<int64_t> offset_micros;
};

/// Days since 1970-01-01 of `[+-]yyyy[-m[-d]]` with an optional rest after T or a space
/// (SparkDateTimeUtils.stringToDate); nothing when the text is not a date.
std::optional<int32_t> parse_date_text(std::string_view text);

/// `yyyy[-m[-d[( |T)[h]h:[m]m:[s]s[.[u…]][zone]]]]` and times alone are judged as Spark's
/// parseTimestampString does; times without a date need the current day and are not accepted.
std::optional<TimestampText> parse_timestamp_text(std::string_view text);

/// Tells whether the text is a time alone (`10:00`, `T10:00:00`), which means today's.
bool is_time_text(std::string_view text);

}  // namespace grebe::parse::sql
