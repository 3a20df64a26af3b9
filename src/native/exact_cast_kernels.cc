// Casts that raise in every mode: intervals from counts, instants from seconds.
#include <cmath>
#include <limits>

#include "native/format_kernels.h"
#include "native/kernel.h"
#include "native/kernel_errors.h"
#include "types/time_zone.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;

/// Microseconds of a plain decimal number of seconds (`-12.5`), which must have no finer part.
int64_t exact_micros(const KernelContext& context, std::string_view seconds) {
  const bool is_negative = seconds.starts_with('-');
  if (is_negative) seconds.remove_prefix(1);
  const size_t point = std::min(seconds.find('.'), seconds.size());
  std::string_view fraction = seconds.substr(std::min(point + 1, seconds.size()));
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  if (fraction.size() > 6) {
    context.raise(core::plain_error(core::ErrorClass::kArithmetic, "Rounding necessary"));
  }
  std::string digits(seconds.substr(0, point));
  digits += fraction;
  digits.append(6 - fraction.size(), '0');
  int64_t micros = 0;
  for (const char c : digits) {
    if (__builtin_mul_overflow(micros, int64_t{10}, &micros) ||
        __builtin_sub_overflow(micros, int64_t{c - '0'}, &micros)) {
      context.raise(core::plain_error(core::ErrorClass::kArithmetic, "Overflow"));
    }
  }
  if (is_negative) return micros;
  if (micros == std::numeric_limits<int64_t>::min()) {
    context.raise(core::plain_error(core::ErrorClass::kArithmetic, "Overflow"));
  }
  return -micros;
}

/// A count of a unit as an interval's months or microseconds. `target` is its SQL type, behind a
/// `?` when what does not fit is null.
std::optional<int64_t> interval_of(const KernelContext& context, int64_t count, int64_t unit,
                                   std::string_view target) {
  const bool is_try = target.starts_with('?');
  if (is_try) target.remove_prefix(1);
  const bool has_months = target.find("YEAR") != std::string_view::npos ||
                          target.find("MONTH") != std::string_view::npos;
  int64_t amount = 0;
  const bool is_beyond = __builtin_mul_overflow(count, unit, &amount);
  if (!is_beyond && (!has_months || amount == static_cast<int32_t>(amount))) return amount;
  if (is_try) return std::nullopt;
  const bool is_int = count == static_cast<int32_t>(count);
  context.raise(cast_overflow(std::to_string(count) + (is_int ? "" : "L"),
                              is_int ? "INT" : "BIGINT", target));
}

}  // namespace

void add_exact_cast_kernels(KernelRegistry& registry) {
  const LogicalType bigint = LogicalType::BIGINT;
  const LogicalType text = LogicalType::VARCHAR;
  registry.add(unary_kernel<std::string_view>(
      "grebe_exact_micros", text, bigint, [](const KernelContext& context, std::string_view value) {
        return exact_micros(context, value);
      }));
  registry.add(ternary_kernel<int64_t, int64_t, std::string_view>(
      "grebe_interval_of", bigint, bigint, text, bigint,
      [](const KernelContext& context, int64_t count, int64_t unit, std::string_view target) {
        return interval_of(context, count, unit, target);
      }));
  registry.add(
      unary_kernel<double>("grebe_finite_seconds", LogicalType::DOUBLE, LogicalType::DOUBLE,
                           [](const KernelContext& context, double seconds) {
                             if (!std::isfinite(seconds)) {
                               const std::string_view name = std::isnan(seconds) ? "NaN"
                                                             : seconds > 0       ? "Infinity"
                                                                                 : "-Infinity";
                               context.raise(core::make_error(
                                   core::ErrorClass::kDateTime, "CAST_INVALID_INPUT",
                                   {{"expression", "CAST('" + std::string(name) + "' AS DOUBLE)"},
                                    {"sourceType", "\"DOUBLE\""},
                                    {"targetType", "\"TIMESTAMP\""},
                                    {"ansiConfig", "\"spark.sql.ansi.enabled\""}}));
                             }
                             return seconds;
                           }));
}

}  // namespace grebe::native
