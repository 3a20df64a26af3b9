// Texts, counts and decimals → year-month and day-time intervals, which raise whatever the mode.
#include <fmt/format.h>

#include <limits>

#include "native/format_kernels.h"
#include "native/kernel.h"
#include "native/kernel_errors.h"
#include "native/text_parsing.h"
#include "types/decimal_rules.h"
#include "types/value_text.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;
using types::int128;

enum class Family : unsigned char { kYearMonth, kDayTime };

/// The text between the quotes of a literal of these fields (IntervalUtils.supportedFormat).
std::string_view format_of(Family family, int start, int end) {
  if (family == Family::kYearMonth) return start == 1 ? "m" : end == 0 ? "y" : "y-m";
  constexpr std::string_view kFormats[4][4] = {{"d", "d h", "d h:m", "d h:m:s.n"},
                                               {"", "h", "h:m", "h:m:s.n"},
                                               {"", "", "m", "m:s.n"},
                                               {"", "", "", "s.n"}};
  return kFormats[start][end];
}

std::string field_names(Family family, int start, int end) {
  constexpr std::string_view kMonthFields[] = {"YEAR", "MONTH"};
  constexpr std::string_view kTimeFields[] = {"DAY", "HOUR", "MINUTE", "SECOND"};
  const auto* names = family == Family::kYearMonth ? kMonthFields : kTimeFields;
  return start == end ? std::string(names[start])
                      : fmt::format("{} TO {}", names[start], names[end]);
}

core::SparkError not_an_interval(std::string_view text, Family family, int start, int end) {
  const bool is_months = family == Family::kYearMonth;
  const std::string_view format = format_of(family, start, end);
  const std::string fields = field_names(family, start, end);
  std::string lower = fields;
  for (char& c : lower) c = static_cast<char>(c == ' ' ? c : c | 0x20);
  return core::plain_error(
      core::ErrorClass::kIllegalArgument,
      fmt::format("Interval string does not match {0} format of `[+|-]{1}`, `INTERVAL "
                  "[+|-]'[+|-]{1}' {2}` when cast to interval {3}: {4}{5}",
                  is_months ? "year-month" : "day-time", format, fields, lower, text,
                  is_months ? ""
                            : ", set spark.sql.legacy.fromDayTimeString.enabled to true to restore "
                              "the behavior before Spark 3.0."));
}

/// Adds `name`, which gives null for what is no interval, and `name_ansi`.
template <class T>
void add_text_to_interval(KernelRegistry& registry, const std::string& name,
                          const LogicalType& type, Family family) {
  for (const bool raises : {false, true}) {
    registry.add(ternary_kernel<std::string_view, int32_t, int32_t>(
        raises ? name + "_ansi" : name, LogicalType::VARCHAR, LogicalType::INTEGER,
        LogicalType::INTEGER, type,
        [raises, family](const KernelContext& context, std::string_view text, int32_t start,
                         int32_t end) -> std::optional<T> {
          const auto value = family == Family::kYearMonth
                                 ? parse_year_month_interval(text, start, end)
                                 : parse_day_time_interval(text, start, end);
          if (value) return static_cast<T>(*value);
          if (raises) context.raise(not_an_interval(text, family, start, end));
          return std::nullopt;
        }));
  }
}

/// What a cast asks for, packed into one text: `[?]TARGET[|SOURCE]`. With `?` what does not fit is
/// null.
struct Wanted {
  explicit Wanted(std::string_view packed) : is_try(packed.starts_with('?')) {
    if (is_try) packed.remove_prefix(1);
    const size_t bar = packed.find('|');
    target = packed.substr(0, bar);
    if (bar != std::string_view::npos) source = packed.substr(bar + 1);
    has_months = target.find("YEAR") != std::string_view::npos || target.ends_with(" MONTH");
  }
  bool holds(int64_t amount) const { return !has_months || amount == static_cast<int32_t>(amount); }

  bool is_try;
  bool has_months = false;
  std::string_view target;
  std::string_view source;
};

/// A count of a unit as an interval's months or microseconds.
std::optional<int64_t> interval_of(const KernelContext& context, int64_t count, int64_t unit,
                                   std::string_view packed) {
  const Wanted wanted(packed);
  int64_t amount = 0;
  if (!__builtin_mul_overflow(count, unit, &amount) && wanted.holds(amount)) return amount;
  if (wanted.is_try) return std::nullopt;
  const bool is_int = count == static_cast<int32_t>(count);
  context.raise(cast_overflow(std::to_string(count) + (is_int ? "" : "L"),
                              is_int ? "INT" : "BIGINT", wanted.target));
}

/// The same of a decimal's plain text, rounded HALF_UP to whole months or microseconds.
std::optional<int64_t> decimal_to_interval(const KernelContext& context, std::string_view text,
                                           int64_t unit, std::string_view packed) {
  constexpr int kDigitsOfParts = 26;  // so that a part times a unit fits into 128 bits
  const Wanted wanted(packed);
  const ParsedDecimal value = parse_decimal(text).value_or(ParsedDecimal{});
  const int128 one = types::power_of_ten(value.scale);
  const int128 whole = value.unscaled / one;
  const int drop = std::max(0, value.scale - kDigitsOfParts);
  const int128 part = value.unscaled % one / types::power_of_ten(drop);
  const auto rounded =
      fit_decimal({.unscaled = part * unit, .scale = value.scale - drop}, 38, 0).value_or(0);
  int128 amount = 0;
  if (!__builtin_mul_overflow(whole, static_cast<int128>(unit), &amount)) {
    amount += rounded;
    const auto narrow = static_cast<int64_t>(amount);
    if (amount == narrow && wanted.holds(narrow)) return narrow;
  }
  if (wanted.is_try) return std::nullopt;
  context.raise(cast_overflow(fmt::format("{}BD", text), wanted.source, wanted.target));
}

}  // namespace

void add_interval_cast_kernels(KernelRegistry& registry) {
  const LogicalType bigint = LogicalType::BIGINT;
  const LogicalType text = LogicalType::VARCHAR;
  add_text_to_interval<int32_t>(registry, "grebe_text_to_year_month", LogicalType::INTEGER,
                                Family::kYearMonth);
  add_text_to_interval<int64_t>(registry, "grebe_text_to_day_time", bigint, Family::kDayTime);
  registry.add(ternary_kernel<int64_t, int64_t, std::string_view>(
      "grebe_interval_of", bigint, bigint, text, bigint, &interval_of));
  registry.add(ternary_kernel<std::string_view, int64_t, std::string_view>(
      "grebe_decimal_to_interval", text, bigint, text, bigint, &decimal_to_interval));
  // Spark reads an interval's microseconds as a decimal of 18 digits.
  for (const bool raises : {false, true}) {
    registry.add(unary_kernel<int64_t>(
        raises ? "grebe_eighteen_digits_ansi" : "grebe_eighteen_digits", bigint, bigint,
        [raises](const KernelContext& context, int64_t micros) -> std::optional<int64_t> {
          constexpr int64_t kLargest = 999'999'999'999'999'999;
          if (micros <= kLargest && micros >= -kLargest) return micros;
          if (raises) context.raise(decimal_out_of_range(0, 0, 18, 6));
          return std::nullopt;
        }));
  }
}

}  // namespace grebe::native
