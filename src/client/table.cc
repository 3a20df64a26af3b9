// A cell → text for messages.
#include "client/table.h"

#include <cstdio>

namespace grebe::client {
namespace {

std::string print_int128(__int128 value) {
  if (value == 0) return "0";
  bool negative = value < 0;
  unsigned __int128 rest = negative ? -static_cast<unsigned __int128>(value) : value;
  std::string digits;
  for (; rest != 0; rest /= 10) digits.insert(digits.begin(), static_cast<char>('0' + rest % 10));
  return negative ? "-" + digits : digits;
}

std::string print_decimal(const Decimal& decimal) {
  std::string digits = print_int128(decimal.unscaled);
  if (decimal.scale <= 0) return digits + std::string(-decimal.scale, '0');
  bool negative = digits.front() == '-';
  if (negative) digits.erase(0, 1);
  size_t scale = decimal.scale;
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  digits.insert(digits.size() - scale, ".");
  return negative ? "-" + digits : digits;
}

std::string print_date(int64_t days) {
  // Howard Hinnant's civil_from_days: days since the epoch → proleptic Gregorian date.
  int64_t shifted = days + 719468;
  int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  int64_t day_of_era = shifted - era * 146097;
  int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month_index = (5 * day_of_year + 2) / 153;
  int64_t day = day_of_year - (153 * month_index + 2) / 5 + 1;
  int64_t month = month_index < 10 ? month_index + 3 : month_index - 9;
  int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  char text[80];
  std::snprintf(text, sizeof text, "%04lld-%02lld-%02lld", static_cast<long long>(year),
                static_cast<long long>(month), static_cast<long long>(day));
  return text;
}

std::string print_timestamp(const Timestamp& timestamp) {
  constexpr int64_t kDay = 86'400'000'000;
  int64_t days = timestamp.micros / kDay - (timestamp.micros % kDay < 0 ? 1 : 0);
  int64_t rest = timestamp.micros - days * kDay;
  char text[80];
  std::snprintf(text, sizeof text, " %02lld:%02lld:%09.6f%s",
                static_cast<long long>(rest / 3'600'000'000),
                static_cast<long long>(rest / 60'000'000 % 60),
                static_cast<double>(rest % 60'000'000) / 1e6, timestamp.is_instant ? "Z" : "");
  return print_date(days) + text;
}

struct Printer {
  std::string operator()(std::monostate) const { return "NULL"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const {
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", value);
    return text;
  }
  std::string operator()(const Decimal& value) const { return print_decimal(value); }
  std::string operator()(const std::string& value) const { return "'" + value + "'"; }
  std::string operator()(const Date& value) const { return print_date(value.days); }
  std::string operator()(const Timestamp& value) const { return print_timestamp(value); }
  std::string operator()(const Binary& value) const {
    return std::to_string(value.bytes.size()) + " bytes";
  }
};

}  // namespace

std::string print_value(const Value& value) { return std::visit(Printer{}, value); }

}  // namespace grebe::client
