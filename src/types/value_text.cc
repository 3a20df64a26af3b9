// Value → text (Spark: ToStringBase, Cast, ToPrettyString; java.math.BigDecimal.toString).
#include "types/value_text.h"

#include <fmt/format.h>

#include "core/spark_error.h"
#include "types/java_number_text.h"
#include "types/time_zone.h"

namespace grebe::types {
namespace {

std::string digits_of(int128 magnitude) {
  if (magnitude == 0) return "0";
  std::string out;
  while (magnitude != 0) {
    out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(magnitude % 10)));
    magnitude /= 10;
  }
  return out;
}

std::string year_text(int64_t year) {
  if (year > 9999) return "+" + std::to_string(year);
  return year < 0 ? fmt::format("-{:04}", -year) : fmt::format("{:04}", year);
}

std::string hex_text(const std::string& bytes) {
  std::string out = "[";
  for (const char byte : bytes) {
    if (out.size() > 1) out += ' ';
    out += fmt::format("{:02X}", static_cast<unsigned char>(byte));
  }
  return out + "]";
}

std::string list_text(const ValueList& list, const DataType& element, const TextOptions& options) {
  std::string out = "[";
  for (size_t i = 0; i < list.items.size(); ++i) {
    if (i > 0) out += ", ";
    out += value_text(list.items[i], element, options);
  }
  return out + "]";
}

std::string struct_text(const ValueList& list, const DataType& type, const TextOptions& options) {
  std::string out = "{";
  for (size_t i = 0; i < list.items.size(); ++i) {
    if (i > 0) out += ", ";
    out += value_text(list.items[i], type.fields()[i].type, options);
  }
  return out + "}";
}

std::string map_text(const ValueMap& map, const DataType& type, const TextOptions& options) {
  std::string out = "{";
  for (size_t i = 0; i < map.entries.size(); ++i) {
    if (i > 0) out += ", ";
    out += value_text(map.entries[i].first, type.key(), options) + " -> " +
           value_text(map.entries[i].second, type.value(), options);
  }
  return out + "}";
}

}  // namespace

std::string decimal_text(Decimal value, int scale, bool plain) {
  const bool negative = value.unscaled < 0;
  std::string digits = digits_of(negative ? -value.unscaled : value.unscaled);
  const int exponent = static_cast<int>(digits.size()) - 1 - scale;
  std::string out = negative ? "-" : "";
  if (!plain && (scale < 0 || exponent < -6)) {
    out += digits[0];
    if (digits.size() > 1) out += "." + digits.substr(1);
    if (exponent != 0) out += fmt::format("E{:+d}", exponent);
    return out;
  }
  if (scale <= 0) return out + digits + std::string(digits == "0" ? 0 : -scale, '0');
  const auto places = static_cast<size_t>(scale);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  return out + digits.substr(0, digits.size() - places) + "." +
         digits.substr(digits.size() - places);
}

namespace {

/// Writes a number below 100 with two digits.
char* put_two(char* out, int64_t number) {
  *out++ = static_cast<char>('0' + number / 10);
  *out++ = static_cast<char>('0' + number % 10);
  return out;
}

/// `2024-03-10`, for years of four digits.
char* put_date(char* out, const CivilDate& date) {
  out = put_two(put_two(out, date.year / 100), date.year % 100);
  *out++ = '-';
  out = put_two(out, date.month);
  *out++ = '-';
  return put_two(out, date.day);
}

}  // namespace

std::string date_text(int64_t days) {
  const CivilDate date = civil_from_days(days);
  if (date.year >= 1000 && date.year <= 9999) {
    char text[10];
    return {text, put_date(text, date)};
  }
  return fmt::format("{}-{:02}-{:02}", year_text(date.year), date.month, date.day);
}

std::string local_timestamp_text(int64_t local_micros) {
  const int64_t of_day = floor_mod(local_micros, kMicrosPerDay);
  char time[9] = {' '};
  char* end = put_two(time + 1, of_day / kMicrosPerHour);
  *end++ = ':';
  end = put_two(end, of_day / kMicrosPerMinute % 60);
  *end++ = ':';
  end = put_two(end, of_day / kMicrosPerSecond % 60);
  std::string out = date_text(floor_div(local_micros, kMicrosPerDay));
  out.append(time, end);
  if (const int64_t fraction = of_day % kMicrosPerSecond; fraction != 0) {
    out += fmt::format(".{:06}", fraction);
    while (out.back() == '0') out.pop_back();
  }
  return out;
}

std::string value_text(const Value& value, const DataType& type, const TextOptions& options) {
  const bool pretty = options.style == TextStyle::kPretty;
  if (value.is_null()) return pretty ? "NULL" : "null";
  switch (type.kind()) {
    case TypeKind::kVoid:
      return pretty ? "NULL" : "null";
    case TypeKind::kBoolean:
      return std::get<bool>(value.data) ? "true" : "false";
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
      return std::to_string(std::get<int64_t>(value.data));
    case TypeKind::kFloat:
      return java_float_text(static_cast<float>(std::get<double>(value.data)));
    case TypeKind::kDouble:
      return java_double_text(std::get<double>(value.data));
    case TypeKind::kDecimal:
      return decimal_text(std::get<Decimal>(value.data), type.scale(),
                          pretty || options.plain_decimals);
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return std::get<std::string>(value.data);
    case TypeKind::kBinary: {
      const auto& bytes = std::get<std::string>(value.data);
      return pretty ? hex_text(bytes) : bytes;
    }
    case TypeKind::kDate:
      return date_text(std::get<int64_t>(value.data));
    case TypeKind::kTimestamp: {
      const auto utc = std::get<int64_t>(value.data);
      return local_timestamp_text(utc + require_time_zone(options.time_zone)->offset_at(utc));
    }
    case TypeKind::kTimestampNtz:
      return local_timestamp_text(std::get<int64_t>(value.data));
    case TypeKind::kYearMonthInterval:
      return year_month_interval_text(std::get<int64_t>(value.data), type.start_field(),
                                      type.end_field());
    case TypeKind::kDayTimeInterval:
      return day_time_interval_text(std::get<int64_t>(value.data), type.start_field(),
                                    type.end_field());
    case TypeKind::kCalendarInterval:
      return calendar_interval_text(std::get<CalendarInterval>(value.data));
    case TypeKind::kArray:
      return list_text(*std::get<std::shared_ptr<const ValueList>>(value.data), type.element(),
                       options);
    case TypeKind::kStruct:
      return struct_text(*std::get<std::shared_ptr<const ValueList>>(value.data), type, options);
    case TypeKind::kMap:
      return map_text(*std::get<std::shared_ptr<const ValueMap>>(value.data), type, options);
  }
  throw core::internal_error("value_text of a type outside the enumeration");
}

}  // namespace grebe::types
