// Text → value, strict: no guesses beyond what Spark's partition and CSV readers accept.
#include "sources/text_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "types/decimal_rules.h"
#include "types/time_zone.h"

namespace grebe::sources {
namespace {

using types::DataType;
using types::TypeKind;
using types::Value;

std::optional<int64_t> digits(std::string_view& text, size_t least, size_t most) {
  size_t count = 0;
  int64_t value = 0;
  while (count < text.size() && count < most && text[count] >= '0' && text[count] <= '9') {
    value = value * 10 + (text[count] - '0');
    ++count;
  }
  if (count < least) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool skip(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<int64_t> take_date(std::string_view& text) {
  const auto year = digits(text, 4, 7);
  if (!year || !skip(text, '-')) return std::nullopt;
  const auto month = digits(text, 1, 2);
  if (!month || !skip(text, '-')) return std::nullopt;
  const auto day = digits(text, 1, 2);
  if (!day || *month < 1 || *month > 12 || *day < 1 || *day > 31) return std::nullopt;
  const types::CivilDate date{*year, static_cast<int>(*month), static_cast<int>(*day)};
  const int64_t days = types::days_from_civil(date);
  const auto back = types::civil_from_days(days);
  if (back.month != date.month || back.day != date.day) return std::nullopt;
  return days;
}

std::optional<Value> parse_decimal(std::string_view text, const DataType& type) {
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  types::int128 unscaled = 0;
  int scale = 0;
  int count = 0;
  bool point = false;
  bool round_up = false;
  bool dropped = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    ++count;
    if (point && scale == type.scale()) {  // HALF_UP on the first digit that is too many
      if (!dropped) round_up = c >= '5';
      dropped = true;
      continue;
    }
    if (unscaled >= types::power_of_ten(37)) return std::nullopt;
    unscaled = unscaled * 10 + (c - '0');
    if (point) ++scale;
  }
  if (count == 0) return std::nullopt;
  for (; scale < type.scale(); ++scale) {
    if (unscaled >= types::power_of_ten(37)) return std::nullopt;
    unscaled *= 10;
  }
  if (round_up) ++unscaled;
  if (unscaled >= types::power_of_ten(type.precision())) return std::nullopt;
  return Value{types::Decimal{negative ? -unscaled : unscaled}};
}

std::optional<Value> integral(std::string_view text, int64_t least, int64_t most) {
  const auto value = parse_integer(text);
  if (!value || *value < least || *value > most) return std::nullopt;
  return Value{*value};
}

template <typename T>
std::optional<Value> lift(std::optional<T> value) {
  if (!value) return std::nullopt;
  return Value{*value};
}

}  // namespace

std::optional<int64_t> parse_integer(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> parse_double(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity" || text == "+Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  if (!text.empty() && std::string_view("dDfF").find(text.back()) != std::string_view::npos) {
    text.remove_suffix(1);
  }
  if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) {
    return std::nullopt;
  }
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (end != copy.c_str() + copy.size()) return std::nullopt;
  return value;
}

std::optional<int64_t> parse_date(std::string_view text) {
  const auto days = take_date(text);
  return days && text.empty() ? days : std::nullopt;
}

std::optional<int64_t> parse_timestamp(std::string_view text, const std::string& time_zone) {
  const auto days = take_date(text);
  if (!days) return std::nullopt;
  int64_t local = *days * types::kMicrosPerDay;
  std::shared_ptr<const types::TimeZone> zone = types::TimeZone::find(time_zone);
  if (!text.empty()) {
    if (!skip(text, ' ') && !skip(text, 'T')) return std::nullopt;
    const auto hour = digits(text, 1, 2);
    if (!hour || *hour > 23 || !skip(text, ':')) return std::nullopt;
    const auto minute = digits(text, 1, 2);
    if (!minute || *minute > 59) return std::nullopt;
    local += *hour * types::kMicrosPerHour + *minute * types::kMicrosPerMinute;
    if (skip(text, ':')) {
      const auto second = digits(text, 1, 2);
      if (!second || *second > 59) return std::nullopt;
      local += *second * types::kMicrosPerSecond;
      if (skip(text, '.')) {
        int64_t unit = types::kMicrosPerSecond / 10;
        size_t count = 0;
        while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
          local += (text[0] - '0') * unit;
          unit /= 10;
          text.remove_prefix(1);
          ++count;
        }
        if (count == 0) return std::nullopt;
      }
    }
    if (!text.empty()) {
      skip(text, ' ');
      zone = types::TimeZone::find(text);
    }
  }
  if (zone == nullptr) return std::nullopt;
  return zone->to_utc(local);
}

std::optional<Value> parse_text_value(std::string_view text, const DataType& type,
                                      const std::string& time_zone) {
  switch (type.kind()) {
    case TypeKind::kBoolean: {
      std::string lowered(text);
      std::transform(lowered.begin(), lowered.end(), lowered.begin(), ::tolower);
      if (lowered == "true") return Value{true};
      if (lowered == "false") return Value{false};
      return std::nullopt;
    }
    case TypeKind::kByte:
      return integral(text, INT8_MIN, INT8_MAX);
    case TypeKind::kShort:
      return integral(text, INT16_MIN, INT16_MAX);
    case TypeKind::kInteger:
      return integral(text, INT32_MIN, INT32_MAX);
    case TypeKind::kLong:
      return integral(text, INT64_MIN, INT64_MAX);
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return lift(parse_double(text));
    case TypeKind::kDecimal:
      return parse_decimal(text, type);
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
    case TypeKind::kBinary:
      return Value{std::string(text)};
    case TypeKind::kDate:
      if (const auto date = parse_date(text)) return Value{*date};
      if (const auto time = parse_timestamp(text, "UTC")) {
        return Value{types::floor_div(*time, types::kMicrosPerDay)};
      }
      return std::nullopt;
    case TypeKind::kTimestamp:
      return lift(parse_timestamp(text, time_zone));
    case TypeKind::kTimestampNtz:
      return lift(parse_timestamp(text, "UTC"));
    default:
      return std::nullopt;
  }
}

}  // namespace grebe::sources
