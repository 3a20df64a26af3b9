// Dates, timestamps, decimals and numbers out of text; see value_text.h.
#include "lakehouse/table/value_text.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "core/spark_error.h"

namespace grebe::lakehouse {

using types::TypeKind;
using types::Value;

namespace {

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

/// Takes exactly `digits` digits off the front.
std::optional<int64_t> take_number(std::string_view& text, size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int64_t number = 0;
  for (size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool take_char(std::string_view& text, std::string_view any) {
  if (text.empty() || any.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<int64_t> take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || !take_char(text, "-")) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take_char(text, "-")) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

/// `[.ffffff]` in µs; further digits are cut.
int64_t take_fraction(std::string_view& text) {
  if (!take_char(text, ".")) return 0;
  int64_t micros = 0;
  int64_t unit = kMicrosPerSecond / 10;
  while (const auto digit = take_number(text, 1)) {
    micros += *digit * unit;
    unit /= 10;
  }
  return micros;
}

/// `Z`, `+05`, `-05:30` or nothing, in µs east of UTC; nullopt when it is anything else.
std::optional<int64_t> take_offset(std::string_view& text) {
  if (text.empty()) return 0;
  if (take_char(text, "Z")) return 0;
  const bool west = text[0] == '-';
  if (!take_char(text, "+-")) return std::nullopt;
  const auto hours = take_number(text, 2);
  if (!hours) return std::nullopt;
  int64_t minutes = *hours * 60;
  if (!text.empty()) {
    take_char(text, ":");
    const auto rest = take_number(text, 2);
    if (!rest) return std::nullopt;
    minutes += *rest;
  }
  return (west ? -minutes : minutes) * 60 * kMicrosPerSecond;
}

types::Decimal parse_decimal(const types::DataType& type, std::string_view text) {
  types::Decimal decimal;
  const bool negative = take_char(text, "-");
  int scale = -1;
  for (char c : text) {
    if (c == '.') {
      scale = 0;
      continue;
    }
    if (c < '0' || c > '9' || scale >= type.scale()) break;
    decimal.unscaled = decimal.unscaled * 10 + (c - '0');
    if (scale >= 0) ++scale;
  }
  for (int i = std::max(scale, 0); i < type.scale(); ++i) decimal.unscaled *= 10;
  if (negative) decimal.unscaled = -decimal.unscaled;
  return decimal;
}

}  // namespace

std::optional<int64_t> parse_date(std::string_view text) {
  const auto days = take_date(text);
  return text.empty() ? days : std::nullopt;
}

std::optional<int64_t> parse_timestamp(std::string_view text) {
  const auto days = take_date(text);
  if (!days) return std::nullopt;
  if (text.empty()) return *days * kMicrosPerDay;
  if (!take_char(text, " T")) return std::nullopt;
  const auto hour = take_number(text, 2);
  if (!hour || !take_char(text, ":")) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || !take_char(text, ":")) return std::nullopt;
  const auto second = take_number(text, 2);
  if (!second) return std::nullopt;
  const int64_t fraction = take_fraction(text);
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return *days * kMicrosPerDay + ((*hour * 60 + *minute) * 60 + *second) * kMicrosPerSecond +
         fraction - *offset;
}

std::string format_date(int64_t days) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string format_timestamp(int64_t micros, int digits, char separator) {
  int64_t days = micros / kMicrosPerDay;
  int64_t rest = micros % kMicrosPerDay;
  if (rest < 0) {
    --days;
    rest += kMicrosPerDay;
  }
  const int64_t seconds = rest / kMicrosPerSecond;
  std::string text = fmt::format("{}{}{:02}:{:02}:{:02}", format_date(days), separator,
                                 seconds / 3600, seconds / 60 % 60, seconds % 60);
  const int64_t fraction = rest % kMicrosPerSecond;
  if (digits == 3) return text + fmt::format(".{:03}", fraction / 1000);
  return text + fmt::format(".{:06}", fraction);
}

Value parse_partition_value(const types::DataType& type, const std::string& text) {
  switch (type.kind()) {
    case TypeKind::kBoolean:
      return {text == "true"};
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
      return {static_cast<int64_t>(std::strtoll(text.c_str(), nullptr, 10))};
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return {std::strtod(text.c_str(), nullptr)};
    case TypeKind::kDecimal:
      return {parse_decimal(type, text)};
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
    case TypeKind::kBinary:
      return {text};
    case TypeKind::kDate:
      if (const auto days = parse_date(text)) return {*days};
      break;
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      if (const auto micros = parse_timestamp(text)) return {*micros};
      break;
    default:
      break;
  }
  throw core::plain_error(core::ErrorClass::kSpark,
                          fmt::format("'{}' is no partition value of type {}", text, type.sql()));
}

}  // namespace grebe::lakehouse
