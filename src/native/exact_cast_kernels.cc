// Casts that raise in every mode: instants from seconds.
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

}  // namespace

void add_exact_cast_kernels(KernelRegistry& registry) {
  const LogicalType bigint = LogicalType::BIGINT;
  const LogicalType text = LogicalType::VARCHAR;
  registry.add(unary_kernel<std::string_view>(
      "grebe_exact_micros", text, bigint, [](const KernelContext& context, std::string_view value) {
        return exact_micros(context, value);
      }));
}

}  // namespace grebe::native
