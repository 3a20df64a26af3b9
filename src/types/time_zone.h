// Zone names and instants → offsets and local times; one source of zone data for the whole program.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace grebe::types {

inline constexpr int64_t kMicrosPerSecond = 1'000'000;
inline constexpr int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
inline constexpr int64_t kMicrosPerHour = 60 * kMicrosPerMinute;
inline constexpr int64_t kMicrosPerDay = 24 * kMicrosPerHour;

/// A time zone as Java's ZoneId knows it: an IANA name, `UTC`, `GMT+8`, `+08:00`, `Z`.
/// Immutable and thread-safe.
class TimeZone {
 public:
  /// The zone of that name; null when there is none.
  static std::shared_ptr<const TimeZone> find(std::string_view name);
  virtual ~TimeZone() = default;

  /// Microseconds to add to a UTC instant to get the local time.
  virtual int64_t offset_at(int64_t utc_micros) const = 0;
  /// The instant of a local time: the earlier one where clocks go back, shifted forward by the
  /// gap's length where they jump (java.time's rule).
  virtual int64_t to_utc(int64_t local_micros) const = 0;
};

/// Throws INVALID_CONF_VALUE-like error for `name` when there is no such zone.
std::shared_ptr<const TimeZone> require_time_zone(std::string_view name);

/// Proleptic Gregorian calendar.
struct CivilDate {
  int64_t year = 1970;
  int month = 1;
  int day = 1;
};
CivilDate civil_from_days(int64_t days);
int64_t days_from_civil(const CivilDate& date);

/// Floor division, for times before 1970.
constexpr int64_t floor_div(int64_t a, int64_t b) {
  const int64_t q = a / b;
  return (a % b != 0 && ((a < 0) != (b < 0))) ? q - 1 : q;
}
constexpr int64_t floor_mod(int64_t a, int64_t b) { return a - floor_div(a, b) * b; }

}  // namespace grebe::types
