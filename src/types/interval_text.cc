// Intervals → ANSI literals, legacy intervals → "1 years 2 months" (Spark: IntervalUtils).
#include <fmt/format.h>

#include <algorithm>

#include "types/time_zone.h"
#include "types/type_names.h"
#include "types/value_text.h"

namespace grebe::types {
namespace {

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), ::toupper);
  return out;
}

/// "5", "5.25": seconds without trailing zeros of the fraction.
std::string seconds_text(int128 micros) {
  const auto whole = static_cast<int64_t>(micros / kMicrosPerSecond);
  const auto fraction = static_cast<int64_t>(micros % kMicrosPerSecond);
  std::string out = std::to_string(whole);
  if (fraction != 0) {
    out += fmt::format(".{:06}", fraction);
    while (out.back() == '0') out.pop_back();
  }
  return out;
}

std::string padded_seconds(int128 micros) {
  return (micros < 10 * kMicrosPerSecond ? "0" : "") + seconds_text(micros);
}

}  // namespace

std::string year_month_interval_text(int64_t months, IntervalField start, IntervalField end) {
  const std::string sign = months < 0 ? "-" : "";
  const int64_t rest = months < 0 ? -months : months;
  if (start == end) {
    return fmt::format("INTERVAL '{}{}' {}", sign, start == 0 ? rest / 12 : rest,
                       upper(year_month_field_name(start)));
  }
  return fmt::format("INTERVAL '{}{}-{}' YEAR TO MONTH", sign, rest / 12, rest % 12);
}

std::string day_time_interval_text(int64_t micros, IntervalField start, IntervalField end) {
  int128 rest = micros;
  std::string out = "INTERVAL '";
  if (rest < 0) {
    rest = -rest;
    out += '-';
  }
  static constexpr int64_t kUnits[] = {kMicrosPerDay, kMicrosPerHour, kMicrosPerMinute};
  for (IntervalField field = start; field <= end; ++field) {
    if (field > start) out += field == 1 ? " " : ":";
    if (field == 3) {
      out += padded_seconds(rest);
    } else {
      const auto amount = static_cast<int64_t>(rest / kUnits[field]);
      out += field == 0 ? std::to_string(amount) : fmt::format("{:02}", amount);
      rest %= kUnits[field];
    }
  }
  out += "' " + upper(day_time_field_name(start));
  if (start != end) out += " TO " + upper(day_time_field_name(end));
  return out;
}

std::string calendar_interval_text(const CalendarInterval& interval) {
  std::string out;
  const auto add = [&out](int64_t amount, std::string_view unit) {
    if (amount != 0) out += fmt::format("{} {} ", amount, unit);
  };
  add(interval.months / 12, "years");
  add(interval.months % 12, "months");
  add(interval.days, "days");
  int64_t rest = interval.micros;
  add(rest / kMicrosPerHour, "hours");
  rest %= kMicrosPerHour;
  add(rest / kMicrosPerMinute, "minutes");
  rest %= kMicrosPerMinute;
  if (rest != 0) {
    out += fmt::format("{}{} seconds ", rest < 0 ? "-" : "", seconds_text(rest < 0 ? -rest : rest));
  }
  if (out.empty()) return "0 seconds";
  out.pop_back();
  return out;
}

}  // namespace grebe::types
