// Text → dates, timestamps and intervals; see text_parsing.h
// (Spark: SparkDateTimeUtils.stringToDate, parseTimestampString, IntervalUtils).
#include <algorithm>
#include <cctype>
#include <cmath>

#include "native/text_parsing.h"
#include "types/time_zone.h"

namespace grebe::native {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits from `position`, at least `least` and at most `most` of them.
std::optional<int64_t> take_digits(std::string_view text, size_t* position, size_t least,
                                   size_t most) {
  const size_t start = *position;
  int64_t value = 0;
  while (*position < text.size() && is_digit(text[*position])) {
    value = value * 10 + (text[*position] - '0');
    if (++*position - start > most) return std::nullopt;
  }
  if (*position - start < least) return std::nullopt;
  return value;
}

bool is_valid_date(int64_t year, int64_t month, int64_t day) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  const types::CivilDate date{year, static_cast<int>(month), static_cast<int>(day)};
  const types::CivilDate back = types::civil_from_days(types::days_from_civil(date));
  return back.month == month && back.day == day;
}

/// Reads the date part; `position` ends behind it.
std::optional<int64_t> take_date(std::string_view text, size_t* position) {
  bool is_negative = false;
  if (*position < text.size() && (text[*position] == '-' || text[*position] == '+')) {
    is_negative = text[*position] == '-';
    ++*position;
  }
  const auto year = take_digits(text, position, 4, 7);
  if (!year) return std::nullopt;
  int64_t month = 1;
  int64_t day = 1;
  if (*position < text.size() && text[*position] == '-') {
    ++*position;
    const auto read = take_digits(text, position, 1, 2);
    if (!read) return std::nullopt;
    month = *read;
    if (*position < text.size() && text[*position] == '-') {
      ++*position;
      const auto read_day = take_digits(text, position, 1, 2);
      if (!read_day) return std::nullopt;
      day = *read_day;
    }
  }
  const int64_t signed_year = is_negative ? -*year : *year;
  if (!is_valid_date(signed_year, month, day)) return std::nullopt;
  return types::days_from_civil({signed_year, static_cast<int>(month), static_cast<int>(day)});
}

/// `h[:m[:s[.f]]]`; microseconds of the day.
std::optional<int64_t> take_time(std::string_view text, size_t* position, bool needs_minutes) {
  const auto hour = take_digits(text, position, 1, 2);
  if (!hour || *hour > 23) return std::nullopt;
  int64_t micros = *hour * types::kMicrosPerHour;
  if (*position >= text.size() || text[*position] != ':') {
    return needs_minutes ? std::nullopt : std::optional(micros);
  }
  ++*position;
  const auto minute = take_digits(text, position, 1, 2);
  if (!minute || *minute > 59) return std::nullopt;
  micros += *minute * types::kMicrosPerMinute;
  if (*position >= text.size() || text[*position] != ':') return micros;
  ++*position;
  const auto second = take_digits(text, position, 1, 2);
  if (!second || *second > 59) return std::nullopt;
  micros += *second * types::kMicrosPerSecond;
  if (*position >= text.size() || text[*position] != '.') return micros;
  ++*position;
  int64_t unit = types::kMicrosPerSecond / 10;
  while (*position < text.size() && is_digit(text[*position])) {
    micros += (text[*position] - '0') * unit;
    unit /= 10;
    ++*position;
  }
  return micros;
}

}  // namespace

std::optional<int32_t> parse_date(std::string_view text) {
  text = trim_all(text);
  size_t position = 0;
  const auto days = take_date(text, &position);
  if (!days || *days > INT32_MAX || *days < INT32_MIN) return std::nullopt;
  if (position == text.size()) return static_cast<int32_t>(*days);
  // Anything may follow a full date after a space or T.
  const bool has_day =
      std::count(text.begin() + 1, text.begin() + static_cast<long>(position), '-') == 2;
  if (has_day && (text[position] == ' ' || text[position] == 'T')) {
    return static_cast<int32_t>(*days);
  }
  return std::nullopt;
}

std::optional<ParsedTimestamp> parse_timestamp(std::string_view text) {
  text = trim_all(text);
  if (text.empty()) return std::nullopt;
  ParsedTimestamp parsed;
  size_t position = 0;
  // A time alone: `T12:30` or `12:30…`.
  const bool starts_with_time =
      text[0] == 'T' ||
      (text.size() > 2 && (text[1] == ':' || text[2] == ':') && is_digit(text[0]));
  if (starts_with_time) {
    if (text[0] == 'T') ++position;
    const auto time = take_time(text, &position, true);
    if (!time) return std::nullopt;
    parsed.micros = *time;
    parsed.has_date = false;
  } else {
    const auto days = take_date(text, &position);
    if (!days) return std::nullopt;
    if (std::abs(*days) > 110'000'000) return std::nullopt;
    parsed.micros = *days * types::kMicrosPerDay;
    if (position < text.size()) {
      if (text[position] != ' ' && text[position] != 'T') return std::nullopt;
      ++position;
      if (position < text.size()) {
        const auto time = take_time(text, &position, false);
        if (!time) return std::nullopt;
        parsed.micros += *time;
      }
    }
  }
  parsed.zone = std::string(trim_all(text.substr(position)));
  return parsed;
}

namespace {

/// Strips `interval '…' unit [to unit]` to what is between the quotes.
std::string_view strip_literal(std::string_view text) {
  text = trim_all(text);
  constexpr std::string_view kWord = "interval";
  if (text.size() > kWord.size()) {
    bool matches = true;
    for (size_t i = 0; i < kWord.size(); ++i) {
      matches = matches && std::tolower(static_cast<unsigned char>(text[i])) == kWord[i];
    }
    const size_t open = text.find('\'');
    const size_t close = text.rfind('\'');
    if (matches && open != std::string_view::npos && close > open) {
      return text.substr(open + 1, close - open - 1);
    }
  }
  return text;
}

int take_sign(std::string_view* text) {
  int sign = 1;
  while (!text->empty() && (text->front() == '-' || text->front() == '+')) {
    if (text->front() == '-') sign = -sign;
    text->remove_prefix(1);
  }
  return sign;
}

}  // namespace

std::optional<int64_t> parse_year_month_interval(std::string_view text, int start, int end) {
  text = trim_all(strip_literal(text));
  const int sign = take_sign(&text);
  size_t position = 0;
  const auto first = take_digits(text, &position, 1, 10);
  if (!first) return std::nullopt;
  int64_t months = start == 1 ? *first : *first * 12;
  if (start != end) {
    if (position >= text.size() || text[position] != '-') return std::nullopt;
    ++position;
    const auto second = take_digits(text, &position, 1, 2);
    if (!second || *second > 11) return std::nullopt;
    months += *second;
  }
  if (position != text.size()) return std::nullopt;
  return sign * months;
}

std::optional<int64_t> parse_day_time_interval(std::string_view text, int start, int end) {
  text = trim_all(strip_literal(text));
  const int sign = take_sign(&text);
  constexpr int64_t kUnits[] = {types::kMicrosPerDay, types::kMicrosPerHour,
                                types::kMicrosPerMinute, types::kMicrosPerSecond};
  constexpr int64_t kLimits[] = {0, 23, 59, 59};
  constexpr char kBefore[] = {0, ' ', ':', ':'};
  size_t position = 0;
  int64_t micros = 0;
  for (int field = start; field <= end; ++field) {
    if (field > start) {
      if (position >= text.size() || text[position] != kBefore[field]) return std::nullopt;
      ++position;
    }
    const auto value = take_digits(text, &position, 1, 19);
    if (!value || (field > start && *value > kLimits[field])) return std::nullopt;
    int64_t part;
    if (__builtin_mul_overflow(*value, kUnits[field], &part) ||
        __builtin_add_overflow(micros, part, &micros)) {
      return std::nullopt;
    }
  }
  if (end == 3 && position < text.size() && text[position] == '.') {
    ++position;
    int64_t unit = types::kMicrosPerSecond / 10;
    while (position < text.size() && is_digit(text[position])) {
      micros += (text[position++] - '0') * unit;
      unit /= 10;
    }
  }
  if (position != text.size()) return std::nullopt;
  return sign * micros;
}

namespace {

struct Unit {
  std::string_view name;
  int64_t months;
  int64_t days;
  int64_t micros;
};

constexpr Unit kUnits[] = {
    {"day", 0, 1, 0},
    {"hour", 0, 0, types::kMicrosPerHour},
    {"microsecond", 0, 0, 1},
    {"millisecond", 0, 0, 1000},
    {"minute", 0, 0, types::kMicrosPerMinute},
    {"month", 1, 0, 0},
    {"second", 0, 0, types::kMicrosPerSecond},
    {"week", 0, 7, 0},
    {"year", 12, 0, 0},
};

const Unit* find_unit(std::string_view word) {
  std::string lower;
  for (const char c : word) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (lower.size() > 1 && lower.back() == 's') lower.pop_back();
  for (const Unit& unit : kUnits) {
    if (unit.name == lower) return &unit;
  }
  return nullptr;
}

std::string_view take_word(std::string_view* text) {
  *text = trim_all(*text);
  size_t end = 0;
  while (end < text->size() && (*text)[end] != ' ') ++end;
  const std::string_view word = text->substr(0, end);
  text->remove_prefix(end);
  return word;
}

}  // namespace

std::optional<types::CalendarInterval> parse_calendar_interval(std::string_view text) {
  text = trim_all(text);
  types::CalendarInterval interval;
  std::string_view rest = text;
  std::string_view word = take_word(&rest);
  bool is_prefixed = word.size() == 8;
  for (size_t i = 0; i < word.size() && is_prefixed; ++i) {
    is_prefixed = std::tolower(static_cast<unsigned char>(word[i])) == "interval"[i];
  }
  if (is_prefixed) word = take_word(&rest);
  if (word.empty()) return std::nullopt;
  while (!word.empty()) {
    int sign = 1;
    if (word.front() == '-' || word.front() == '+') {
      sign = word.front() == '-' ? -1 : 1;
      word.remove_prefix(1);
    }
    if (word.empty()) word = take_word(&rest);
    size_t position = 0;
    int64_t whole = 0;
    if (position < word.size() && is_digit(word[position])) {
      const auto read = take_digits(word, &position, 1, 18);
      if (!read) return std::nullopt;
      whole = *read;
    }
    int64_t nanos = 0;
    bool has_fraction = false;
    if (position < word.size() && word[position] == '.') {
      ++position;
      has_fraction = true;
      int64_t unit = 100'000'000;
      while (position < word.size() && is_digit(word[position])) {
        nanos += (word[position++] - '0') * unit;
        unit /= 10;
      }
    }
    if (position != word.size()) return std::nullopt;
    const Unit* unit = find_unit(take_word(&rest));
    if (unit == nullptr) return std::nullopt;
    if (has_fraction && unit->name != "second") return std::nullopt;
    interval.months += static_cast<int32_t>(sign * whole * unit->months);
    interval.days += static_cast<int32_t>(sign * whole * unit->days);
    interval.micros += sign * (whole * unit->micros + nanos / 1000);
    word = take_word(&rest);
  }
  return interval;
}

}  // namespace grebe::native
