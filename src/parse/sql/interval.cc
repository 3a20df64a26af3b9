// INTERVAL literals: `INTERVAL 1 day 2 hours`, `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL '1 day'`.
#include <array>
#include <cctype>

#include "parse/sql/grammar.h"
#include "parse/sql/interval_text.h"
#include "parse/sql/string_literal.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

using types::DataType;
using types::Value;

bool is_interval_unit(TokenKind kind) {
  switch (kind) {
    case kNanosecond:
    case kNanoseconds:
    case kMicrosecond:
    case kMicroseconds:
    case kMillisecond:
    case kMilliseconds:
    case kSecond:
    case kSeconds:
    case kMinute:
    case kMinutes:
    case kHour:
    case kHours:
    case kDay:
    case kDays:
    case kWeek:
    case kWeeks:
    case kMonth:
    case kMonths:
    case kYear:
    case kYears:
      return true;
    default:
      return false;
  }
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

std::string without_plural(std::string unit) {
  if (unit.ends_with('s')) unit.pop_back();
  return unit;
}

// Field numbers: year 0, month 1; day 0, hour 1, minute 2, second 3; -1 for no such field.
int year_month_field(std::string_view unit) {
  if (unit == "year") return 0;
  return unit == "month" ? 1 : -1;
}

int day_time_field(std::string_view unit) {
  static constexpr std::array<std::string_view, 4> kFields = {"day", "hour", "minute", "second"};
  for (size_t i = 0; i < kFields.size(); ++i) {
    if (kFields[i] == unit) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace

// INTERVAL is a name unless a number or string and a unit follow.
bool Grammar::at_interval() const {
  if (!at(kInterval)) return false;
  return at_interval_value(1);
}

bool Grammar::at_interval_value(size_t ahead) const {
  if (at_any({kPlus, kMinus}, ahead)) ++ahead;
  const bool value = at_any({kIntegerValue, kDecimalValue}, ahead) || at_string(ahead);
  return value && is_interval_unit(peek(ahead + 1).kind);
}

plan::ExpressionPtr Grammar::interval_literal() {
  const size_t first = position_;
  next();
  std::vector<std::string> units;
  bool is_range = false;
  const types::CalendarInterval value = interval_value(&units, &is_range);
  if (!is_range) return units_literal(value, units, first);
  if (units[1] == "month") {
    return make_literal(DataType::year_month_interval(0, 1), Value{int64_t{value.months}}, first);
  }
  const auto from = static_cast<types::IntervalField>(day_time_field(units[0]));
  const auto to = static_cast<types::IntervalField>(day_time_field(units[1]));
  return day_time_literal(value, from, to, first);
}

// What follows INTERVAL; also the value of SET TIME ZONE INTERVAL ….
types::CalendarInterval Grammar::interval_value(std::vector<std::string>* units, bool* is_range) {
  const size_t literal = position_ - 1;
  const size_t signed_value = at_any({kPlus, kMinus}) ? 1 : 0;
  *is_range = at(kTo, signed_value + 2);
  if (!*is_range) return multi_units_interval(units);
  const types::CalendarInterval value = unit_to_unit_interval(units);
  if (at_interval_value(0)) refuse_second_range(position_, literal);
  return value;
}

// Skips `1 day`, `'1-2' YEAR TO MONTH` …, which belong to a literal that is refused.
void Grammar::skip_interval_values() {
  while (at_interval_value(0)) {
    position_ += at_any({kPlus, kMinus}) ? 3 : 2;
    if (accept(kTo)) next();
  }
}

void Grammar::refuse_second_range(size_t place, size_t literal) {
  skip_interval_values();
  fail("_LEGACY_ERROR_TEMP_0024", {}, shown_at(span(literal), place));
}

types::CalendarInterval Grammar::multi_units_interval(std::vector<std::string>* units) {
  const size_t first = position_;
  std::string text;
  while (at_interval_value(0)) {
    const size_t signed_value = at_any({kPlus, kMinus}) ? 1 : 0;
    if (at(kTo, signed_value + 2)) refuse_second_range(position_, first - 1);
    const std::string number = interval_number();
    for (const char c : number) {
      if (std::isalpha(static_cast<unsigned char>(c))) {
        next();
        skip_interval_values();
        const bool has_sign = number[0] == '-' || number[0] == '+';
        fail("_LEGACY_ERROR_TEMP_0026", {{"value", number.substr(has_sign ? 1 : 0)}}, first);
      }
    }
    const std::string_view unit = text_of(next());
    text += " " + number + " " + std::string(unit);
    units->push_back(without_plural(lower_case(unit)));
  }
  try {
    return parse_units_interval(text);
  } catch (const IntervalTextError& error) {
    fail("_LEGACY_ERROR_TEMP_0062", {{"msg", error.what()}}, first);
  }
}

// The number as text, with its sign; a string may have a sign of its own.
std::string Grammar::interval_number() {
  const bool is_string = at_string() || at_string(1);
  if (!is_string) {
    std::string number = at_any({kPlus, kMinus}) ? std::string(text_of(next())) : "";
    return number + std::string(text_of(next()));
  }
  const bool negative = accept(kMinus);
  if (!negative) accept(kPlus);
  std::string number = string_value();
  if (!negative) return number;
  return number.starts_with('-') ? number.substr(1) : "-" + number;
}

types::CalendarInterval Grammar::unit_to_unit_interval(std::vector<std::string>* units) {
  const size_t first = position_;
  const bool is_string = at_string() || at_string(1);
  const std::string number = interval_number();
  const std::string from = lower_case(text_of(next()));
  next();
  if (!at_any({kSecond, kMinute, kHour, kDay, kMonth, kYear})) syntax_error();
  const std::string to = lower_case(text_of(next()));
  if (!is_string) fail("_LEGACY_ERROR_TEMP_0027", {}, first);
  *units = {from, to};
  try {
    if (from == "year" && to == "month") return parse_year_month_interval(number);
    const int start = day_time_field(from);
    const int end = day_time_field(to);
    if (start >= 0 && end > start) {
      return parse_day_time_interval(number, static_cast<types::IntervalField>(start),
                                     static_cast<types::IntervalField>(end));
    }
  } catch (const IntervalTextError& error) {
    fail("_LEGACY_ERROR_TEMP_0063", {{"msg", error.what()}}, first);
  }
  fail("_LEGACY_ERROR_TEMP_0028", {{"from", from}, {"to", to}}, first);
}

// INTERVAL '…': the units are the words of the string.
plan::ExpressionPtr Grammar::interval_text_literal(const std::string& text, size_t first) {
  std::vector<std::string> units;
  std::string word;
  for (const char c : lower_case(text) + " ") {
    if (!std::isspace(static_cast<unsigned char>(c))) {
      word += c;
      continue;
    }
    word = without_plural(word);
    const bool letters =
        !word.empty() && word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
    if (letters && word != "interval") units.push_back(word);
    word.clear();
  }
  try {
    return units_literal(parse_units_interval(text), units, first);
  } catch (const IntervalTextError&) {
    fail("INVALID_TYPED_LITERAL",
         {{"valueType", core::quote_sql("INTERVAL")}, {"value", "'" + text + "'"}}, first);
  }
}

// Months or microseconds: an ANSI interval, typed by the largest and smallest unit named.
plan::ExpressionPtr Grammar::units_literal(types::CalendarInterval value,
                                           const std::vector<std::string>& units, size_t first) {
  std::array<int, 2> months = {2, -1};
  std::array<int, 2> times = {4, -1};
  const auto widen = [](std::array<int, 2>& range, int field) {
    range = {std::min(range[0], field), std::max(range[1], field)};
  };
  for (const std::string& unit : units) {
    if (const int month = year_month_field(unit); month >= 0) {
      widen(months, month);
    } else if (const int time = day_time_field(unit); time >= 0) {
      widen(times, time);
    } else {
      widen(times, unit == "week" ? 0 : 3);
    }
  }
  if (months[1] < 0) {
    return day_time_literal(value, static_cast<types::IntervalField>(times[0]),
                            static_cast<types::IntervalField>(times[1]), first);
  }
  if (times[1] >= 0) fail("_LEGACY_ERROR_TEMP_0029", {{"literal", source_from(first)}}, first);
  return make_literal(DataType::year_month_interval(static_cast<types::IntervalField>(months[0]),
                                                    static_cast<types::IntervalField>(months[1])),
                      Value{int64_t{value.months}}, first);
}

plan::ExpressionPtr Grammar::day_time_literal(types::CalendarInterval value,
                                              types::IntervalField from, types::IntervalField to,
                                              size_t first) {
  constexpr int64_t kMicrosPerDay = 86400000000;
  int64_t micros = 0;
  if (__builtin_mul_overflow(int64_t{value.days}, kMicrosPerDay, &micros) ||
      __builtin_add_overflow(micros, value.micros, &micros)) {
    throw core::plain_error(core::ErrorClass::kArithmetic, "long overflow");
  }
  return make_literal(DataType::day_time_interval(from, to), Value{micros}, first);
}

}  // namespace grebe::parse::sql
