// Text of intervals → values, with Spark's checks and messages.
#include "parse/sql/interval_text.h"

#include <array>
#include <cctype>
#include <cstdint>
#include <optional>
#include <vector>

namespace grebe::parse::sql {
namespace {

constexpr int64_t kMicrosPerSecond = 1000000;
constexpr std::array<const char*, 4> kFieldNames = {"day", "hour", "minute", "second"};

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

/// Reads `1 year 2 days …`, word by word.
class UnitsReader {
 public:
  explicit UnitsReader(std::string_view input) : input_(input), text_(trim(input)) {
    for (char& c : text_) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }

  types::CalendarInterval run() {
    if (text_.empty()) refuse("interval string cannot be empty");
    read_prefix();
    skip_spaces();
    while (i_ < text_.size()) {
      read_value();
      read_unit();
      skip_spaces();
    }
    return value_;
  }

 private:
  [[noreturn]] void refuse(const std::string& reason) const {
    throw IntervalTextError("Error parsing '" + std::string(input_) + "' to interval, " + reason);
  }

  void skip_spaces() {
    while (i_ < text_.size() && is_space(text_[i_])) ++i_;
  }

  // The word that the position is in.
  std::string word() const {
    size_t start = std::min(i_, text_.size());
    while (start > 0 && !is_space(text_[start - 1])) --start;
    size_t stop = start;
    while (stop < text_.size() && !is_space(text_[stop])) ++stop;
    return text_.substr(start, stop - start);
  }

  void read_prefix() {
    const std::string prefix = "interval";
    if (!text_.starts_with(prefix)) return;
    if (text_.size() == prefix.size()) refuse("interval string cannot be empty");
    if (!is_space(text_[prefix.size()])) refuse("invalid interval prefix " + word());
    i_ = prefix.size() + 1;
  }

  void read_value() {
    number_ = 0;
    fraction_ = 0;
    has_fraction_ = false;
    negative_ = false;
    bool point_first = false;
    const char sign = text_[i_];
    if (sign == '-' || sign == '+') {
      negative_ = sign == '-';
      ++i_;
    } else if (sign == '.') {
      point_first = true;
    } else if (!is_digit(sign)) {
      refuse("unrecognized number '" + word() + "'");
    }
    skip_spaces();
    if (i_ == text_.size()) {
      --i_;
      refuse("expect a number after '" + word() + "' but hit EOL");
    }
    for (; i_ < text_.size() && is_digit(text_[i_]); ++i_) {
      if (__builtin_mul_overflow(number_, 10, &number_) ||
          __builtin_add_overflow(number_, text_[i_] - '0', &number_)) {
        refuse("long overflow");
      }
    }
    if (i_ < text_.size() && text_[i_] == '.') read_fraction(point_first);
    if (i_ == text_.size()) {
      --i_;
      refuse("expect a unit name after '" + word() + "' but hit EOL");
    }
    if (!is_space(text_[i_])) refuse("invalid value '" + word() + "'");
    skip_spaces();
  }

  void read_fraction(bool point_first) {
    has_fraction_ = true;
    const size_t start = ++i_;
    int64_t scale = 100000000;
    for (; i_ < text_.size() && is_digit(text_[i_]); ++i_, scale /= 10) {
      if (scale == 0) {
        refuse("interval can only support nanosecond precision, '" + word() + "' is out of range");
      }
      fraction_ += (text_[i_] - '0') * scale;
    }
    if (point_first && i_ == start) refuse("invalid value '" + word() + "'");
    fraction_ /= 1000;
  }

  void read_unit() {
    if (text_[i_] != 's' && has_fraction_) refuse("'" + word() + "' cannot have fractional part");
    if (negative_) {
      number_ = -number_;
      fraction_ = -fraction_;
    }
    struct Unit {
      std::string_view name;
      int64_t months, days, micros;
    };
    static constexpr std::array<Unit, 9> kUnits = {{{"year", 12, 0, 0},
                                                    {"week", 0, 7, 0},
                                                    {"day", 0, 1, 0},
                                                    {"hour", 0, 0, 3600 * kMicrosPerSecond},
                                                    {"second", 0, 0, kMicrosPerSecond},
                                                    {"month", 1, 0, 0},
                                                    {"minute", 0, 0, 60 * kMicrosPerSecond},
                                                    {"millisecond", 0, 0, 1000},
                                                    {"microsecond", 0, 0, 1}}};
    const std::string_view rest = std::string_view(text_).substr(i_);
    for (const Unit& unit : kUnits) {
      if (!rest.starts_with(unit.name)) continue;
      add_exact(value_.months, unit.months);
      add_exact(value_.days, unit.days);
      add_micros(unit.micros);
      const std::string whole = word();
      i_ += unit.name.size();
      if (i_ < text_.size() && text_[i_] == 's') ++i_;
      if (i_ < text_.size() && !is_space(text_[i_])) refuse("invalid unit '" + whole + "'");
      return;
    }
    refuse("invalid unit '" + word() + "'");
  }

  void add_exact(int32_t& field, int64_t per_unit) {
    if (per_unit == 0) return;
    int64_t amount = 0;
    if (__builtin_mul_overflow(number_, per_unit, &amount)) refuse("long overflow");
    if (amount < INT32_MIN || amount > INT32_MAX) refuse("integer overflow");
    if (__builtin_add_overflow(field, static_cast<int32_t>(amount), &field)) {
      refuse("integer overflow");
    }
  }

  void add_micros(int64_t per_unit) {
    if (per_unit == 0) return;
    int64_t amount = 0;
    if (__builtin_mul_overflow(number_, per_unit, &amount) ||
        __builtin_add_overflow(value_.micros, amount, &value_.micros) ||
        __builtin_add_overflow(value_.micros, fraction_, &value_.micros)) {
      refuse("long overflow");
    }
  }

  std::string_view input_;
  std::string text_;
  size_t i_ = 0;
  int64_t number_ = 0;
  int64_t fraction_ = 0;
  bool has_fraction_ = false;
  bool negative_ = false;
  types::CalendarInterval value_;
};

// A run of digits with at most `most` of them; moves `i` behind it.
std::optional<std::string> digits(std::string_view text, size_t& i, size_t most) {
  const size_t start = i;
  while (i < text.size() && is_digit(text[i])) ++i;
  if (i == start || i - start > most) return std::nullopt;
  return std::string(text.substr(start, i - start));
}

int64_t checked(const std::string& name, const std::string& number, int64_t most) {
  int64_t value = 0;
  for (const char c : number) {
    if (__builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, c - '0', &value)) {
      throw IntervalTextError("For input string: \"" + number + "\"");
    }
  }
  if (value > most) {
    throw IntervalTextError("requirement failed: " + name + " " + std::to_string(value) +
                            " outside range [0, " + std::to_string(most) + "]");
  }
  return value;
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

[[noreturn]] void refuse_day_time(std::string_view text, types::IntervalField from,
                                  types::IntervalField to) {
  static constexpr std::array<std::array<const char*, 4>, 4> kFormats = {
      {{"[+|-]d", "[+|-]d h", "[+|-]d h:m", "[+|-]d h:m:s.n"},
       {"", "[+|-]h", "[+|-]h:m", "[+|-]h:m:s.n"},
       {"", "", "[+|-]m", "[+|-]m:s.n"},
       {"", "", "", "[+|-]s.n"}}};
  const std::string format = kFormats[from][to];
  const std::string range = std::string(kFieldNames[from]) + " to " + kFieldNames[to];
  throw IntervalTextError("Interval string does not match day-time format of `" + format +
                          "`, `INTERVAL [+|-]'" + format + "' " + upper(range) +
                          "` when cast to interval " + range + ": " + std::string(text) +
                          ", set spark.sql.legacy.fromDayTimeString.enabled to true to restore "
                          "the behavior before Spark 3.0.");
}

}  // namespace

types::CalendarInterval parse_units_interval(std::string_view text) {
  return UnitsReader(text).run();
}

types::CalendarInterval parse_year_month_interval(std::string_view text) {
  const std::string_view body = trim(text);
  size_t i = 0;
  const bool negative = body.starts_with('-');
  if (negative || body.starts_with('+') || body.starts_with('|')) ++i;
  const std::optional<std::string> years = digits(body, i, SIZE_MAX);
  const bool dash = i < body.size() && body[i] == '-';
  if (dash) ++i;
  const std::optional<std::string> months =
      dash ? digits(body, i, SIZE_MAX) : std::optional<std::string>{};
  if (!years || !months || i != body.size()) {
    throw IntervalTextError(
        "Interval string does not match year-month format of `[+|-]y-m`, `INTERVAL [+|-]'[+|-]y-m' "
        "YEAR TO MONTH` when cast to interval year to month: " +
        std::string(text));
  }
  try {
    const int64_t total =
        checked("year", *years, INT32_MAX / 12) * 12 + checked("month", *months, 11);
    if (total > INT32_MAX + int64_t{negative}) throw IntervalTextError("integer overflow");
    return {static_cast<int32_t>(negative ? -total : total), 0, 0};
  } catch (const IntervalTextError& error) {
    throw IntervalTextError(std::string("Error parsing interval year-month string: ") +
                            error.what());
  }
}

types::CalendarInterval parse_day_time_interval(std::string_view text, types::IntervalField from,
                                                types::IntervalField to) {
  static constexpr std::array<size_t, 4> kFirstDigits = {9, 10, 12, 13};
  static constexpr std::array<int64_t, 4> kFirstMost = {106751991, 2562047788, 153722867280,
                                                        9223372036854};
  static constexpr std::array<int64_t, 4> kMost = {0, 23, 59, 59};
  static constexpr std::array<int64_t, 4> kMicros = {
      86400 * kMicrosPerSecond, 3600 * kMicrosPerSecond, 60 * kMicrosPerSecond, kMicrosPerSecond};
  const std::string_view body = trim(text);
  size_t i = 0;
  const bool negative = body.starts_with('-');
  if (negative || body.starts_with('+') || body.starts_with('|')) ++i;
  std::array<std::string, 4> fields;
  int64_t fraction = 0;
  for (types::IntervalField field = from; field <= to; ++field) {
    if (field > from) {
      const char separator = field == 1 ? ' ' : ':';
      if (i >= body.size() || body[i] != separator) refuse_day_time(text, from, to);
      ++i;
    }
    const std::optional<std::string> number =
        digits(body, i, field == from ? kFirstDigits[from] : 2);
    if (!number) refuse_day_time(text, from, to);
    fields[field] = *number;
  }
  if (to == 3 && i < body.size() && body[i] == '.') {
    ++i;
    const std::optional<std::string> nanos = digits(body, i, 9);
    if (!nanos) refuse_day_time(text, from, to);
    std::string padded = *nanos;
    padded.resize(9, '0');
    fraction = std::stoll(padded) / 1000;
  }
  if (i != body.size()) refuse_day_time(text, from, to);
  int64_t micros = 0;
  for (types::IntervalField field = from; field <= to; ++field) {
    const int64_t number = checked(kFieldNames[field], fields[field],
                                   field == from ? kFirstMost[field] : kMost[field]);
    int64_t amount = 0;
    if (__builtin_mul_overflow(negative ? -number : number, kMicros[field], &amount) ||
        __builtin_add_overflow(micros, amount, &micros)) {
      throw IntervalTextError("long overflow");
    }
  }
  if (__builtin_add_overflow(micros, negative ? -fraction : fraction, &micros)) {
    throw IntervalTextError("long overflow");
  }
  const int64_t day = kMicros[0];
  return {0, static_cast<int32_t>(micros / day), micros % day};
}

}  // namespace grebe::parse::sql
