// Java datetime patterns; see datetime_format.h
// (Spark: DateTimeFormatterHelper; docs "Datetime Patterns for Formatting and Parsing").
// Long: one case for each of the pattern letters, both ways.
#include "native/datetime_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "native/calendar_names.h"
#include "types/zone_names.h"

namespace grebe::native {

using types::floor_div;
using types::floor_mod;

namespace {

constexpr std::string_view kLetters = "GyMLdDQqEaHhKkmsSVzOXxZF";
/// Letters of DateTimeFormatter that Spark refuses, and why.
constexpr std::string_view kWeekBased = "YWwu";
constexpr std::string_view kRefused = "ABcenNpv";

bool is_numeric(char letter, int count) {
  if (letter == 'M' || letter == 'L' || letter == 'Q' || letter == 'q') return count <= 2;
  return std::string_view("ydDHhKkmsSF").find(letter) != std::string_view::npos;
}

/// Local fields of an instant.
struct Fields {
  types::CivilDate date;
  int64_t days = 0;
  int64_t micros_of_day = 0;
};

Fields fields_of(int64_t local_micros) {
  Fields fields;
  fields.days = floor_div(local_micros, types::kMicrosPerDay);
  fields.micros_of_day = floor_mod(local_micros, types::kMicrosPerDay);
  fields.date = types::civil_from_days(fields.days);
  return fields;
}

std::string offset_text(int64_t offset_micros, char letter, int count) {
  const int64_t total = offset_micros / types::kMicrosPerSecond;
  if (total == 0 && letter == 'X') return "Z";
  const char sign = total < 0 ? '-' : '+';
  const int64_t seconds = total < 0 ? -total : total;
  const int64_t hours = seconds / 3600;
  const int64_t minutes = seconds / 60 % 60;
  // Offsets before zones were standardised have seconds, which the long forms show.
  const bool has_seconds = seconds % 60 != 0;
  const std::string tail = has_seconds ? fmt::format(":{:02}", seconds % 60) : std::string();
  if (letter == 'O') {
    if (total == 0) return "GMT";
    if (count == 4) return fmt::format("GMT{}{:02}:{:02}{}", sign, hours, minutes, tail);
    return minutes == 0 && !has_seconds
               ? fmt::format("GMT{}{}", sign, hours)
               : fmt::format("GMT{}{}:{:02}{}", sign, hours, minutes, tail);
  }
  if (letter == 'Z') {
    if (count == 4) {
      return total == 0 ? "GMT" : fmt::format("GMT{}{:02}:{:02}{}", sign, hours, minutes, tail);
    }
    if (count == 5) {
      return total == 0 ? "Z" : fmt::format("{}{:02}:{:02}{}", sign, hours, minutes, tail);
    }
    return fmt::format("{}{:02}{:02}", sign, hours, minutes);
  }
  if (count == 1) {
    return minutes == 0 ? fmt::format("{}{:02}", sign, hours)
                        : fmt::format("{}{:02}{:02}", sign, hours, minutes);
  }
  if (count == 4 && has_seconds) {
    return fmt::format("{}{:02}{:02}{:02}", sign, hours, minutes, seconds % 60);
  }
  return count % 2 == 0
             ? fmt::format("{}{:02}{:02}", sign, hours, minutes)
             : fmt::format("{}{:02}:{:02}{}", sign, hours, minutes, count == 5 ? tail : "");
}

/// What is wrong with so many of a letter; empty when nothing is.
std::string count_fault(char letter, int count) {
  if (letter == 'V') return count == 2 ? "" : "Pattern letter count must be 2: V";
  if (letter == 'O')
    return count == 1 || count == 4 ? "" : "Pattern letter count must be 1 or 4: O";
  int most = 2;  // days and times of day
  if (letter == 'y') most = 6;
  if (letter == 'S') most = 9;
  if (letter == 'D') most = 3;
  if (letter == 'a' || letter == 'F') most = 1;
  if (std::string_view("GMLEQqz").find(letter) != std::string_view::npos) most = 4;
  if (std::string_view("XxZ").find(letter) != std::string_view::npos) most = 5;
  return count <= most ? "" : std::string("Too many pattern letters: ") + letter;
}

std::string letter_fault(char letter) {
  if (kLetters.find(letter) != std::string_view::npos) return {};
  if (kWeekBased.find(letter) != std::string_view::npos) {
    return fmt::format(
        "All week-based patterns are unsupported since Spark 3.0, detected: {}, Please use the SQL "
        "function EXTRACT instead",
        letter);
  }
  if (kRefused.find(letter) != std::string_view::npos) {
    return std::string("Illegal pattern character: ") + letter;
  }
  return std::string("Unknown pattern letter: ") + letter;
}

std::string number_text(int64_t value, int count) { return fmt::format("{:0{}}", value, count); }

}  // namespace

std::shared_ptr<const DatetimePattern> DatetimePattern::compile(std::string_view pattern,
                                                                std::string* fault) {
  auto compiled = std::make_shared<DatetimePattern>();
  auto& parts = compiled->parts_;
  int depth = 0;
  const auto add_literal = [&](std::string_view text) {
    if (!parts.empty() && parts.back().letter == 0 && parts.back().optional_depth == depth) {
      parts.back().literal += text;
    } else {
      parts.push_back({.literal = std::string(text), .optional_depth = depth});
    }
  };
  for (size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    if (c == '\'') {
      size_t end = i + 1;
      std::string text;
      while (end < pattern.size()) {
        if (pattern[end] == '\'') {
          if (end + 1 < pattern.size() && pattern[end + 1] == '\'') {
            text += '\'';
            end += 2;
            continue;
          }
          break;
        }
        text += pattern[end++];
      }
      if (end >= pattern.size()) {
        *fault = fmt::format("Pattern ends with an incomplete string literal: {}", pattern);
        return nullptr;
      }
      add_literal(end == i + 1 ? "'" : text);
      i = end + 1;
      continue;
    }
    if (c == '[' || c == ']') {
      depth += c == '[' ? 1 : -1;
      if (depth < 0) {
        *fault = "Pattern invalid as it contains ] without previous [";
        return nullptr;
      }
      ++i;
      continue;
    }
    if (!std::isalpha(static_cast<unsigned char>(c))) {
      if (c == '{' || c == '}' || c == '#') {
        *fault = fmt::format("Pattern includes reserved character: '{}'", c);
        return nullptr;
      }
      add_literal(pattern.substr(i, 1));
      ++i;
      continue;
    }
    size_t end = i;
    while (end < pattern.size() && pattern[end] == c) ++end;
    const int count = static_cast<int>(end - i);
    *fault = letter_fault(c);
    if (fault->empty()) *fault = count_fault(c, count);
    if (!fault->empty()) return nullptr;
    if (is_numeric(c, count) && !parts.empty() && parts.back().letter != 0 &&
        is_numeric(parts.back().letter, parts.back().count)) {
      parts.back().is_adjacent = true;
    }
    parts.push_back({.letter = c, .count = count, .optional_depth = depth});
    i = end;
  }
  return compiled;
}

char DatetimePattern::letter_against_parsing() const {
  for (const Part& part : parts_) {
    if (std::string_view("EFqQ").find(part.letter) != std::string_view::npos && part.letter != 0) {
      return part.letter;
    }
  }
  return 0;
}

std::string DatetimePattern::format(int64_t utc_micros, const types::TimeZone& zone,
                                    std::string_view zone_id) const {
  const int64_t offset = zone.offset_at(utc_micros);
  const Fields f = fields_of(utc_micros + offset);
  const int64_t hour = f.micros_of_day / types::kMicrosPerHour;
  const int64_t minute = f.micros_of_day / types::kMicrosPerMinute % 60;
  const int64_t second = f.micros_of_day / types::kMicrosPerSecond % 60;
  const int64_t fraction = f.micros_of_day % types::kMicrosPerSecond;
  const int64_t year_of_era = f.date.year > 0 ? f.date.year : 1 - f.date.year;
  const bool has_era = std::any_of(parts_.begin(), parts_.end(),
                                   [](const Part& part) { return part.letter == 'G'; });
  std::string out;
  for (const Part& part : parts_) {
    const int n = part.count;
    switch (part.letter) {
      case 0:
        out += part.literal;
        break;
      case 'G':
        out += n == 4 ? (f.date.year > 0 ? "Anno Domini" : "Before Christ")
                      : (f.date.year > 0 ? "AD" : "BC");
        break;
      case 'y': {
        // Without an era beside it Spark takes the letter for the year before and after Christ.
        const int64_t year = has_era ? year_of_era : f.date.year;
        if (n == 2) {
          out += number_text(floor_mod(year, 100), 2);
        } else {
          if (year > 9999 && n >= 4) out += '+';
          if (year < 0) out += '-';
          out += number_text(year < 0 ? -year : year, n);
        }
        break;
      }
      case 'M':
      case 'L':
        if (n <= 2) {
          out += number_text(f.date.month, n);
        } else {
          const std::string_view name = kMonthNames[f.date.month - 1];
          out += n == 3 ? name.substr(0, 3) : name;
        }
        break;
      case 'd':
        out += number_text(f.date.day, n);
        break;
      case 'D':
        out += number_text(f.days - types::days_from_civil({f.date.year, 1, 1}) + 1, n);
        break;
      case 'Q':
      case 'q': {
        const int quarter = (f.date.month + 2) / 3;
        if (n <= 2) {
          out += number_text(quarter, n);
        } else if (n == 3) {
          out += fmt::format("Q{}", quarter);
        } else {
          constexpr std::string_view kNames[] = {"1st quarter", "2nd quarter", "3rd quarter",
                                                 "4th quarter"};
          out += kNames[quarter - 1];
        }
        break;
      }
      case 'E': {
        const std::string_view name = kWeekdayNames[floor_mod(f.days + 3, 7)];
        out += n <= 3 ? name.substr(0, 3) : name;
        break;
      }
      case 'F':
        out += number_text((f.date.day - 1) % 7 + 1, n);
        break;
      case 'a':
        out += hour < 12 ? "AM" : "PM";
        break;
      case 'H':
        out += number_text(hour, n);
        break;
      case 'h':
        out += number_text(hour % 12 == 0 ? 12 : hour % 12, n);
        break;
      case 'K':
        out += number_text(hour % 12, n);
        break;
      case 'k':
        out += number_text(hour == 0 ? 24 : hour, n);
        break;
      case 'm':
        out += number_text(minute, n);
        break;
      case 's':
        out += number_text(second, n);
        break;
      case 'S':
        out += fmt::format("{:06}000", fraction).substr(0, static_cast<size_t>(n));
        break;
      case 'V':
        out += zone_id;
        break;
      case 'z':
        out += types::zone_display_name(
            zone_id, utc_micros,
            n == 4 ? types::ZoneNameStyle::kLong : types::ZoneNameStyle::kShort);
        break;
      default:
        out += offset_text(offset, part.letter, n);
        break;
    }
  }
  return out;
}

namespace {

/// Reads the parts of a text from left to right.
class TextReader {
 public:
  explicit TextReader(std::string_view text) : text_(text) {}

  bool at_end() const { return position_ == text_.size(); }
  size_t position() const { return position_; }
  void reset(size_t position) { position_ = position; }

  bool take(std::string_view literal) {
    if (text_.substr(position_, literal.size()) != literal) return false;
    position_ += literal.size();
    return true;
  }

  std::optional<int64_t> number(size_t least, size_t most) {
    const size_t start = position_;
    int64_t value = 0;
    while (position_ < text_.size() && position_ - start < most &&
           std::isdigit(static_cast<unsigned char>(text_[position_]))) {
      value = value * 10 + (text_[position_++] - '0');
    }
    if (position_ - start < least) return std::nullopt;
    return value;
  }

  /// Index of the name that comes next; full names before their first three letters.
  template <size_t N>
  std::optional<int64_t> name(const std::string_view (&names)[N], bool is_short) {
    for (size_t i = 0; i < N; ++i) {
      const std::string_view word = is_short ? names[i].substr(0, 3) : names[i];
      if (take_in_any_case(word)) return static_cast<int64_t>(i);
    }
    return std::nullopt;
  }

  /// Names are read in any case (DateTimeFormatterBuilder.parseCaseInsensitive).
  bool take_in_any_case(std::string_view word) {
    const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    const auto here = text_.substr(position_, word.size());
    const bool same = std::equal(here.begin(), here.end(), word.begin(), word.end(),
                                 [&](char a, char b) { return lower(a) == lower(b); });
    if (same) position_ += word.size();
    return same;
  }

  std::optional<std::string> word() {
    const size_t start = position_;
    while (position_ < text_.size() && text_[position_] != ' ' && text_[position_] != ']') {
      ++position_;
    }
    if (position_ == start) return std::nullopt;
    return std::string(text_.substr(start, position_ - start));
  }

  std::optional<int64_t> offset() {
    if (take("Z")) return 0;
    if (take("GMT") && (at_end() || (text_[position_] != '+' && text_[position_] != '-'))) return 0;
    if (at_end() || (text_[position_] != '+' && text_[position_] != '-')) return std::nullopt;
    const int sign = text_[position_++] == '-' ? -1 : 1;
    const auto hours = number(1, 2);
    if (!hours) return std::nullopt;
    take(":");
    const auto minutes = number(2, 2);
    return sign * (*hours * types::kMicrosPerHour + minutes.value_or(0) * types::kMicrosPerMinute);
  }

 private:
  std::string_view text_;
  size_t position_ = 0;
};

}  // namespace

std::optional<DatetimePattern::Parsed> DatetimePattern::parse(std::string_view text) const {
  TextReader reader(text);
  Parsed parsed;
  int64_t hour = 0, minute = 0, second = 0;
  std::optional<int64_t> year, month, day, day_of_year, fraction;
  std::optional<int64_t> half_hour;
  bool is_pm = false, has_half = false, is_before_christ = false;
  size_t i = 0;
  while (i < parts_.size()) {
    const Part& part = parts_[i];
    const size_t start = reader.position();
    const auto least = static_cast<size_t>(part.count);
    const auto read_number = [&](size_t most) {
      return reader.number(part.count == 1 ? 1 : least, part.is_adjacent ? least : most);
    };
    const auto store = [](const std::optional<int64_t>& value, int64_t* field, int64_t low,
                          int64_t high) {
      if (!value || *value < low || *value > high) return false;
      *field = *value;
      return true;
    };
    // A field that stands twice must say the same.
    const auto agree = [](std::optional<int64_t>* field, std::optional<int64_t> value, int64_t low,
                          int64_t high) {
      if (!value || *value < low || *value > high) return false;
      if (*field && **field != *value) return false;
      *field = value;
      return true;
    };
    bool ok = false;
    switch (part.letter) {
      case 0:
        ok = reader.take(part.literal);
        break;
      case 'G': {
        ok = reader.take("AD");
        if (!ok && reader.take("BC")) ok = is_before_christ = true;
        break;
      }
      case 'y': {
        const bool is_negative = reader.take("-");
        const bool is_signed = !is_negative && reader.take("+");
        // Four letters take more digits only behind a plus (SignStyle.EXCEEDS_PAD).
        const size_t most = part.count > 4 || (part.count == 4 && !is_signed) ? least : 10;
        const auto value = part.count == 2 ? reader.number(2, 2) : read_number(most);
        if (is_signed && part.count > 4) break;
        if (part.count == 2 && is_negative) break;
        ok = value && agree(&year,
                            part.count == 2 ? 2000 + *value
                            : is_negative   ? -*value
                                            : *value,
                            INT64_MIN, INT64_MAX);
        break;
      }
      case 'M':
      case 'L':
        if (part.count <= 2) {
          ok = agree(&month, read_number(2), 1, 12);
        } else {
          const auto index = reader.name(kMonthNames, part.count == 3);
          ok = index && agree(&month, *index + 1, 1, 12);
        }
        break;
      case 'd':
        ok = agree(&day, read_number(2), 1, 31);
        break;
      case 'D':
        ok = agree(&day_of_year, read_number(3), 1, 366);
        break;
      case 'E':
        ok = reader.name(kWeekdayNames, part.count <= 3).has_value();
        break;
      case 'a': {
        has_half = true;
        ok = reader.take("AM") || reader.take("am");
        if (!ok && (reader.take("PM") || reader.take("pm"))) ok = is_pm = true;
        break;
      }
      case 'H':
        ok = store(read_number(2), &hour, 0, 23);
        break;
      case 'k': {
        ok = store(read_number(2), &hour, 1, 24);
        hour %= 24;
        break;
      }
      case 'h':
      case 'K': {
        half_hour = read_number(2);
        ok = half_hour && *half_hour <= 12;
        break;
      }
      case 'm':
        ok = store(read_number(2), &minute, 0, 59);
        break;
      case 's':
        ok = store(read_number(2), &second, 0, 59);
        break;
      case 'S': {
        // Fewer digits than asked for are taken too; more are not.
        const size_t from = reader.position();
        auto value = reader.number(1, least);
        if (!value) break;
        const size_t digits = reader.position() - from;
        for (size_t d = digits; d < 9; ++d) *value *= 10;
        ok = agree(&fraction, value, 0, 999'999'999);
        break;
      }
      case 'V':
      case 'z': {
        const auto zone = reader.word();
        ok = zone.has_value();
        if (ok) parsed.zone = *zone;
        break;
      }
      case 'X':
      case 'x':
      case 'Z':
      case 'O': {
        parsed.offset_micros = reader.offset();
        ok = parsed.offset_micros.has_value();
        break;
      }
      default:
        ok = false;
        break;
    }
    if (ok) {
      ++i;
      continue;
    }
    if (part.optional_depth == 0) return std::nullopt;
    // Leaves out the optional section.
    reader.reset(start);
    const int depth = part.optional_depth;
    while (i < parts_.size() && parts_[i].optional_depth >= depth) ++i;
  }
  if (!reader.at_end()) return std::nullopt;
  if (half_hour) hour = *half_hour % 12 + (has_half && is_pm ? 12 : 0);
  int64_t proleptic = year.value_or(1970);
  if (is_before_christ) proleptic = 1 - proleptic;
  int64_t days = 0;
  if (day_of_year) {
    days = types::days_from_civil({proleptic, 1, 1}) + *day_of_year - 1;
    const types::CivilDate date = types::civil_from_days(days);
    const bool agrees =
        date.year == proleptic && (!month || *month == date.month) && (!day || *day == date.day);
    if (!agrees) return std::nullopt;
  } else {
    days = types::days_from_civil(
        {proleptic, static_cast<int>(month.value_or(1)), static_cast<int>(day.value_or(1))});
    const types::CivilDate back = types::civil_from_days(days);
    if (back.month != month.value_or(1) || back.day != day.value_or(1)) return std::nullopt;
  }
  const int64_t time = hour * types::kMicrosPerHour + minute * types::kMicrosPerMinute +
                       second * types::kMicrosPerSecond + fraction.value_or(0) / 1000;
  parsed.is_beyond = __builtin_mul_overflow(days, types::kMicrosPerDay, &parsed.local_micros) ||
                     __builtin_add_overflow(parsed.local_micros, time, &parsed.local_micros);
  return parsed;
}

}  // namespace grebe::native
