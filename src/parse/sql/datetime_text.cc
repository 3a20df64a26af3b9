// Text of dates and timestamps → days and µs, after Spark's SparkDateTimeUtils.
#include "parse/sql/datetime_text.h"

#include <array>
#include <cctype>
#include <string>

#include "types/time_zone.h"

namespace grebe::parse::sql {
namespace {

using types::kMicrosPerDay;
using types::kMicrosPerSecond;

bool is_space(char c) { return static_cast<unsigned char>(c) <= ' '; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_leap(int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int64_t year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<size_t>(month - 1)];
}

// Reads up to `most` digits; the count read, and the value.
struct Digits {
  int count = 0;
  int64_t value = 0;
};

Digits read_digits(std::string_view text, size_t& i, int most) {
  Digits digits;
  while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) &&
         digits.count < most) {
    digits.value = digits.value * 10 + (text[i++] - '0');
    ++digits.count;
  }
  return digits;
}

struct DateParts {
  int64_t year = 0;
  int64_t month = 1;
  int64_t day = 1;
  bool has_day = false;
};

// Reads `[+-]yyyy[-m[-d]]` from `i`; nothing when it is not that or no such day exists.
std::optional<DateParts> read_date(std::string_view text, size_t& i) {
  DateParts parts;
  bool negative = false;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) negative = text[i++] == '-';
  const Digits year = read_digits(text, i, 7);
  if (year.count < 4) return std::nullopt;
  parts.year = negative ? -year.value : year.value;
  if (i < text.size() && text[i] == '-') {
    const Digits month = read_digits(text, ++i, 2);
    if (month.count == 0 || month.value < 1 || month.value > 12) return std::nullopt;
    parts.month = month.value;
    if (i < text.size() && text[i] == '-') {
      const Digits day = read_digits(text, ++i, 2);
      if (day.count == 0 || day.value < 1 ||
          day.value > days_in_month(parts.year, static_cast<int>(parts.month))) {
        return std::nullopt;
      }
      parts.day = day.value;
      parts.has_day = true;
    }
  }
  return parts;
}

int64_t days_of(const DateParts& parts) {
  return types::days_from_civil(
      {parts.year, static_cast<int>(parts.month), static_cast<int>(parts.day)});
}

// Offset of `Z`, `UTC`, `GMT+1`, `+01:00:00` …; nothing for a region.
std::optional<int64_t> fixed_offset(std::string_view zone) {
  if (zone == "Z" || zone == "z" || zone == "UTC" || zone == "GMT" || zone == "UT") return 0;
  for (std::string_view prefix : {"UTC", "GMT", "UT"}) {
    if (zone.starts_with(prefix) && zone.size() > prefix.size()) {
      zone.remove_prefix(prefix.size());
      break;
    }
  }
  if (zone.empty() || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const bool negative = zone[0] == '-';
  size_t i = 1;
  std::array<int64_t, 3> fields{};
  size_t count = 0;
  for (; count < 3 && i < zone.size(); ++count) {
    if (count > 0 && zone[i] == ':') ++i;
    const Digits digits = read_digits(zone, i, 2);
    if (digits.count == 0) return std::nullopt;
    fields[count] = digits.value;
  }
  if (i != zone.size() || fields[0] > 18 || fields[1] > 59 || fields[2] > 59) return std::nullopt;
  const int64_t seconds = fields[0] * 3600 + fields[1] * 60 + fields[2];
  if (seconds > 18 * 3600) return std::nullopt;
  return (negative ? -seconds : seconds) * kMicrosPerSecond;
}

bool is_zone(std::string_view zone) {
  if (zone.empty()) return false;
  if (fixed_offset(zone)) return true;
  if (!std::isalpha(static_cast<unsigned char>(zone[0]))) return false;
  for (const char c : zone) {
    const bool allowed =
        std::isalnum(static_cast<unsigned char>(c)) || c == '/' || c == '_' || c == '-' || c == '+';
    if (!allowed) return false;
  }
  return true;
}

// Reads `h:m[:s[.f]]`; nothing when it is not that.
std::optional<int64_t> read_time(std::string_view text, size_t& i) {
  const Digits hour = read_digits(text, i, 2);
  if (hour.count == 0 || hour.value > 23) return std::nullopt;
  int64_t seconds = hour.value * 3600;
  int64_t micros = 0;
  if (i < text.size() && text[i] == ':') {
    const Digits minute = read_digits(text, ++i, 2);
    if (minute.count == 0 || minute.value > 59) return std::nullopt;
    seconds += minute.value * 60;
    if (i < text.size() && text[i] == ':') {
      const Digits second = read_digits(text, ++i, 2);
      if (second.count == 0 || second.value > 59) return std::nullopt;
      seconds += second.value;
      if (i < text.size() && text[i] == '.') {
        Digits fraction = read_digits(text, ++i, 6);
        for (int k = fraction.count; k < 6; ++k) fraction.value *= 10;
        micros = fraction.value;
        while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i]))) ++i;
      }
    }
  }
  return seconds * kMicrosPerSecond + micros;
}

}  // namespace

std::optional<int32_t> parse_date_text(std::string_view text) {
  text = trim(text);
  size_t i = 0;
  const std::optional<DateParts> parts = read_date(text, i);
  if (!parts) return std::nullopt;
  if (i < text.size() && (!parts->has_day || (text[i] != ' ' && text[i] != 'T'))) {
    return std::nullopt;
  }
  const int64_t days = days_of(*parts);
  if (days < INT32_MIN || days > INT32_MAX) return std::nullopt;
  return static_cast<int32_t>(days);
}

bool is_time_text(std::string_view text) {
  text = trim(text);
  size_t i = text.starts_with('T') ? 1 : 0;
  const size_t hour = text.find(':');
  if (hour == std::string_view::npos || hour > i + 2) return false;
  return read_time(text, i).has_value() && (i == text.size() || is_zone(trim(text.substr(i))));
}

std::optional<TimestampText> parse_timestamp_text(std::string_view text) {
  text = trim(text);
  size_t i = 0;
  const std::optional<DateParts> parts = read_date(text, i);
  if (!parts) return std::nullopt;
  TimestampText result;
  int64_t time = 0;
  if (i < text.size()) {
    if (!parts->has_day || (text[i] != ' ' && text[i] != 'T')) return std::nullopt;
    ++i;
    if (i < text.size()) {
      const std::optional<int64_t> read = read_time(text, i);
      if (!read) return std::nullopt;
      time = *read;
    }
  }
  const std::string_view zone = trim(text.substr(i));
  if (!zone.empty()) {
    if (!is_zone(zone)) return std::nullopt;
    result.zone_given = true;
    result.zone = zone;
    result.offset_micros = fixed_offset(zone);
  }
  const __int128 micros = static_cast<__int128>(days_of(*parts)) * kMicrosPerDay + time;
  if (micros < INT64_MIN || micros > INT64_MAX) return std::nullopt;
  result.local_micros = static_cast<int64_t>(micros);
  return result;
}

}  // namespace grebe::parse::sql
