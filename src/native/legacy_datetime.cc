// SimpleDateFormat patterns; see legacy_datetime.h.
// Long: one case for each of the pattern letters, both ways.
#include "native/legacy_datetime.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>

#include "native/calendar_names.h"
#include "types/zone_names.h"

namespace grebe::native {

using types::floor_div;
using types::floor_mod;

namespace {

constexpr std::string_view kLetters = "GyYMLwWDdFEuaHkKhmsSzZX";

bool is_numeric(char letter, int count) {
  if (letter == 'M' || letter == 'L') return count <= 2;
  return std::string_view("yYwWDdFuHkKhmsS").find(letter) != std::string_view::npos;
}

std::string padded(int64_t value, int count) { return fmt::format("{:0{}}", value, count); }

std::string offset_text(int64_t offset_micros, char letter, int count) {
  const int64_t total = offset_micros / types::kMicrosPerMinute;
  if (letter == 'X' && total == 0) return "Z";
  const char sign = total < 0 ? '-' : '+';
  const int64_t minutes = total < 0 ? -total : total;
  if (letter == 'X' && count == 1) return fmt::format("{}{:02}", sign, minutes / 60);
  const std::string_view colon = letter == 'X' && count == 3 ? ":" : "";
  return fmt::format("{}{:02}{}{:02}", sign, minutes / 60, colon, minutes % 60);
}

/// Days since the epoch of a date as GregorianCalendar counts them: by the Julian calendar before
/// 15 October 1582.
int64_t calendar_days(const types::CivilDate& date, int64_t days) {
  if (days >= types::days_from_civil({1582, 10, 15})) return days;
  const int64_t before_march = date.month <= 2 ? 1 : 0;
  const int64_t year = date.year + 4800 - before_march;
  const int64_t month = date.month + 12 * before_march - 3;
  const int64_t julian_day =
      date.day + (153 * month + 2) / 5 + 365 * year + floor_div(year, 4) - 32083;
  return julian_day - 2440588;
}

/// The offset that java.util.TimeZone has for an instant: before 1900 that of today's standard
/// time.
int64_t shown_offset(const types::TimeZone& zone, int64_t utc_micros) {
  constexpr int64_t kFirstTransition = -2208988800 * types::kMicrosPerSecond;  // 1900-01-01
  if (utc_micros >= kFirstTransition) return zone.offset_at(utc_micros);
  constexpr int64_t kJanuary = 1704067200 * types::kMicrosPerSecond;  // 2024-01-01
  constexpr int64_t kJuly = 1719792000 * types::kMicrosPerSecond;     // 2024-07-01
  return std::min(zone.offset_at(kJanuary), zone.offset_at(kJuly));
}

/// The number of a day's week within its month or year: weeks begin on Sunday, the first is that of
/// the period's first day.
int64_t week_of(int64_t day_of_period, int64_t days) {
  const int64_t first_weekday = floor_mod(days - (day_of_period - 1) + 4, 7);
  return (day_of_period - 1 + first_weekday) / 7 + 1;
}

/// Reads a text from left to right.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool take(std::string_view literal) {
    if (text_.substr(at_, literal.size()) != literal) return false;
    at_ += literal.size();
    return true;
  }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  /// A number, at most `most` digits of it; `digits` becomes how many it had.
  std::optional<int64_t> number(size_t most, size_t* digits) {
    const bool is_negative = take("-");
    const size_t start = at_;
    int64_t value = 0;
    while (at_ < text_.size() && at_ - start < most &&
           std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) {
      if (__builtin_mul_overflow(value, int64_t{10}, &value)) return std::nullopt;
      value += text_[at_++] - '0';
    }
    *digits = is_negative ? 0 : at_ - start;
    if (at_ == start) return std::nullopt;
    return is_negative ? -value : value;
  }

  /// Index of the longest name, whole or its first three letters, in any case.
  template <size_t N>
  std::optional<int64_t> name(const std::string_view (&names)[N]) {
    for (const bool is_short : {false, true}) {
      for (size_t i = 0; i < N; ++i) {
        const std::string_view word = is_short ? names[i].substr(0, 3) : names[i];
        if (take_in_any_case(word)) return static_cast<int64_t>(i);
      }
    }
    return std::nullopt;
  }

  bool take_in_any_case(std::string_view word) {
    const std::string_view next = text_.substr(at_, word.size());
    const bool same =
        next.size() == word.size() &&
        std::equal(next.begin(), next.end(), word.begin(), [](unsigned char a, unsigned char b) {
          return std::tolower(a) == std::tolower(b);
        });
    if (same) at_ += word.size();
    return same;
  }

  std::optional<int64_t> offset() {
    const bool has_sign = at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-');
    if (!has_sign) return std::nullopt;
    const int sign = text_[at_++] == '-' ? -1 : 1;
    size_t digits = 0;
    const auto hours = number(2, &digits);
    if (!hours) return std::nullopt;
    take(":");
    const size_t before = at_;
    const auto minutes = number(2, &digits);
    if (!minutes) at_ = before;
    return sign * (*hours * types::kMicrosPerHour + minutes.value_or(0) * types::kMicrosPerMinute);
  }

  std::string_view word() {
    const size_t start = at_;
    while (at_ < text_.size() && (std::isalpha(static_cast<unsigned char>(text_[at_])) != 0 ||
                                  text_[at_] == '/' || text_[at_] == '_')) {
      ++at_;
    }
    return text_.substr(start, at_ - start);
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

/// What a text sets; fields that it leaves out keep the first instant of 1970.
struct Fields {
  int64_t year = 1970;
  int64_t month = 1;
  int64_t day = 1;
  int64_t hour = 0;
  int64_t minute = 0;
  int64_t second = 0;
  int64_t millis = 0;
  std::optional<int64_t> set_day;
  std::optional<int64_t> set_month;
  std::optional<int64_t> day_of_year;
  std::optional<int64_t> weekday;
  std::optional<int64_t> half_hour;
  bool is_pm = false;
  bool is_before_christ = false;
};

bool in_range(int64_t value, int64_t low, int64_t high) { return value >= low && value <= high; }

/// Two digits name a year between 80 years before now and 20 after.
int64_t two_digit_year(int64_t value) {
  const auto now = std::chrono::duration_cast<std::chrono::hours>(
      std::chrono::system_clock::now().time_since_epoch());
  const int64_t first = types::civil_from_days(now.count() / 24).year - 80;
  const int64_t year = first / 100 * 100 + value;
  return year < first ? year + 100 : year;
}

/// Days since 1970 of the fields' date; nothing when a strict calendar refuses them.
std::optional<int64_t> date_of(const Fields& f, Leniency leniency) {
  const int64_t year = f.is_before_christ ? 1 - f.year : f.year;
  if (f.day_of_year) {
    const int64_t days = types::days_from_civil({year, 1, 1}) + *f.day_of_year - 1;
    const types::CivilDate date = types::civil_from_days(days);
    const bool agrees = date.year == year && (!f.set_month || *f.set_month == date.month) &&
                        (!f.set_day || *f.set_day == date.day);
    if (!agrees && leniency == Leniency::kStrict) return std::nullopt;
    return days;
  }
  const int64_t months = year * 12 + f.month - 1;
  const types::CivilDate first{floor_div(months, 12), static_cast<int>(floor_mod(months, 12)) + 1,
                               1};
  const int64_t days = types::days_from_civil(first) + f.day - 1;
  const types::CivilDate date = types::civil_from_days(days);
  const bool agrees = date.year == year && date.month == f.month && date.day == f.day;
  if (!agrees && leniency == Leniency::kStrict) return std::nullopt;
  if (f.weekday && *f.weekday != floor_mod(days + 3, 7) && leniency == Leniency::kStrict) {
    return std::nullopt;
  }
  return days;
}

/// True when every field lies in its own range.
bool is_proper(const Fields& f) {
  return f.year >= 1 && in_range(f.month, 1, 12) && in_range(f.day, 1, 31) &&
         in_range(f.hour, 0, 23) && in_range(f.minute, 0, 59) && in_range(f.second, 0, 59) &&
         in_range(f.millis, 0, 999) && (!f.half_hour || in_range(*f.half_hour, 0, 12));
}

}  // namespace

std::shared_ptr<const LegacyPattern> LegacyPattern::compile(std::string_view pattern,
                                                            std::string* fault) {
  auto compiled = std::make_shared<LegacyPattern>();
  auto& parts = compiled->parts_;
  const auto add_literal = [&](std::string_view text) {
    if (!parts.empty() && parts.back().letter == 0) {
      parts.back().literal += text;
    } else {
      parts.push_back({.literal = std::string(text)});
    }
  };
  for (size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    if (c == '\'') {
      if (i + 1 < pattern.size() && pattern[i + 1] == '\'') {
        add_literal("'");
        i += 2;
        continue;
      }
      size_t end = i + 1;
      std::string text;
      for (; end < pattern.size(); ++end) {
        if (pattern[end] != '\'') {
          text += pattern[end];
        } else if (end + 1 < pattern.size() && pattern[end + 1] == '\'') {
          text += pattern[++end];
        } else {
          break;
        }
      }
      if (end >= pattern.size()) {
        *fault = "Unterminated quote";
        return nullptr;
      }
      add_literal(text);
      i = end + 1;
      continue;
    }
    if (std::isalpha(static_cast<unsigned char>(c)) == 0) {
      add_literal(pattern.substr(i, 1));
      ++i;
      continue;
    }
    size_t end = i;
    while (end < pattern.size() && pattern[end] == c) ++end;
    const int count = static_cast<int>(end - i);
    if (kLetters.find(c) == std::string_view::npos) {
      *fault = fmt::format("Illegal pattern character '{}'", c);
      return nullptr;
    }
    if (c == 'X' && count > 3) {
      *fault = fmt::format("invalid ISO 8601 format: length={}", count);
      return nullptr;
    }
    if (is_numeric(c, count) && !parts.empty() && parts.back().letter != 0 &&
        is_numeric(parts.back().letter, parts.back().count)) {
      parts.back().is_adjacent = true;
    }
    parts.push_back({.letter = c, .count = count});
    i = end;
  }
  return compiled;
}

std::string LegacyPattern::format(int64_t utc_micros, const types::TimeZone& zone,
                                  std::string_view zone_id) const {
  const int64_t offset = zone.offset_at(utc_micros);
  const int64_t local = utc_micros + offset;
  const int64_t days = floor_div(local, types::kMicrosPerDay);
  const int64_t micros = floor_mod(local, types::kMicrosPerDay);
  const types::CivilDate date = types::civil_from_days(days);
  const int64_t hour = micros / types::kMicrosPerHour;
  const int64_t day_of_year = days - types::days_from_civil({date.year, 1, 1}) + 1;
  const int64_t counted = calendar_days(date, days);
  const int64_t weekday = floor_mod(counted + 3, 7);
  std::string out;
  for (const Part& part : parts_) {
    const int n = part.count;
    switch (part.letter) {
      case 0:
        out += part.literal;
        break;
      case 'G':
        out += date.year > 0 ? "AD" : "BC";
        break;
      case 'y':
      case 'Y': {
        const int64_t year = date.year > 0 ? date.year : 1 - date.year;
        out += n == 2 ? padded(year % 100, 2) : padded(year, n);
        break;
      }
      case 'M':
      case 'L': {
        const std::string_view name = kMonthNames[date.month - 1];
        out += n <= 2 ? padded(date.month, n) : std::string(n == 3 ? name.substr(0, 3) : name);
        break;
      }
      case 'w':
        out += padded(week_of(day_of_year, counted), n);
        break;
      case 'W':
        out += padded(week_of(date.day, counted), n);
        break;
      case 'D':
        out += padded(day_of_year, n);
        break;
      case 'd':
        out += padded(date.day, n);
        break;
      case 'F':
        out += padded((date.day - 1) / 7 + 1, n);
        break;
      case 'E':
        out += n < 4 ? kWeekdayNames[weekday].substr(0, 3) : kWeekdayNames[weekday];
        break;
      case 'u':
        out += padded(weekday + 1, n);
        break;
      case 'a':
        out += hour < 12 ? "AM" : "PM";
        break;
      case 'H':
        out += padded(hour, n);
        break;
      case 'k':
        out += padded(hour == 0 ? 24 : hour, n);
        break;
      case 'K':
        out += padded(hour % 12, n);
        break;
      case 'h':
        out += padded(hour % 12 == 0 ? 12 : hour % 12, n);
        break;
      case 'm':
        out += padded(micros / types::kMicrosPerMinute % 60, n);
        break;
      case 's':
        out += padded(micros / types::kMicrosPerSecond % 60, n);
        break;
      case 'S':
        out += padded(micros / 1000 % 1000, n);
        break;
      case 'z':
        out += types::zone_display_name(
            zone_id, utc_micros,
            n >= 4 ? types::ZoneNameStyle::kLong : types::ZoneNameStyle::kShort);
        break;
      default:
        out += offset_text(shown_offset(zone, utc_micros), part.letter, n);
        break;
    }
  }
  return out;
}

std::optional<int64_t> LegacyPattern::parse(std::string_view text, const types::TimeZone& zone,
                                            Leniency leniency) const {
  // DateFormat.parse refuses a text of which nothing was read.
  if (parts_.empty()) return std::nullopt;
  Reader reader(text);
  Fields f;
  std::optional<int64_t> offset;
  std::shared_ptr<const types::TimeZone> named;
  for (const Part& part : parts_) {
    if (part.letter == 0) {
      if (!reader.take(part.literal)) return std::nullopt;
      continue;
    }
    reader.skip_blanks();
    if (is_numeric(part.letter, part.count)) {
      size_t digits = 0;
      const auto value =
          reader.number(part.is_adjacent ? static_cast<size_t>(part.count) : 18, &digits);
      if (!value) return std::nullopt;
      switch (part.letter) {
        case 'y':
          f.year = part.count <= 2 && digits == 2 ? two_digit_year(*value) : *value;
          break;
        case 'M':
        case 'L':
          f.set_month = f.month = *value;
          break;
        case 'd':
          f.set_day = f.day = *value;
          break;
        case 'D':
          f.day_of_year = *value;
          break;
        case 'u':
          f.weekday = *value - 1;
          break;
        case 'H':
          f.hour = *value;
          break;
        case 'k':
          f.hour = *value == 24 ? 0 : *value;
          break;
        case 'K':
        case 'h':
          f.half_hour = *value;
          break;
        case 'm':
          f.minute = *value;
          break;
        case 's':
          f.second = *value;
          break;
        case 'S':
          f.millis = *value;
          break;
        default:
          break;  // weeks, which years and days decide
      }
      continue;
    }
    switch (part.letter) {
      case 'G':
        if (reader.take_in_any_case("BC")) {
          f.is_before_christ = true;
        } else if (!reader.take_in_any_case("AD")) {
          return std::nullopt;
        }
        break;
      case 'M':
      case 'L': {
        const auto index = reader.name(kMonthNames);
        if (!index) return std::nullopt;
        f.set_month = f.month = *index + 1;
        break;
      }
      case 'E': {
        f.weekday = reader.name(kWeekdayNames);
        if (!f.weekday) return std::nullopt;
        break;
      }
      case 'a':
        if (reader.take_in_any_case("PM")) {
          f.is_pm = true;
        } else if (!reader.take_in_any_case("AM")) {
          return std::nullopt;
        }
        break;
      default: {
        offset =
            part.letter == 'X' && reader.take("Z") ? std::optional<int64_t>(0) : reader.offset();
        if (offset || part.letter == 'X') {
          if (!offset) return std::nullopt;
          break;
        }
        const std::string_view name = reader.word();
        if (name.starts_with("GMT")) offset = reader.offset();
        if (offset) break;
        const std::string region = types::zone_of_name(name);
        named = types::TimeZone::find(region.empty() ? name : region);
        if (name.empty() || !named) return std::nullopt;
        break;
      }
    }
  }
  if (leniency == Leniency::kStrict && !is_proper(f)) return std::nullopt;
  if (f.half_hour) f.hour = *f.half_hour % 12 + (f.is_pm ? 12 : 0);
  const auto days = date_of(f, leniency);
  if (!days) return std::nullopt;
  const int64_t local = *days * types::kMicrosPerDay + f.hour * types::kMicrosPerHour +
                        f.minute * types::kMicrosPerMinute + f.second * types::kMicrosPerSecond +
                        f.millis * 1000;
  if (offset) return local - *offset;
  return (named ? *named : zone).to_utc(local);
}

}  // namespace grebe::native
