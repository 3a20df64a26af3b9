// Dates and instants moved by counts: in 32 and 64 bits as Java keeps them, wrapping or raising.
#include "native/exact_date.h"
#include "native/kernel.h"
#include "native/kernel_groups.h"
#include "native/zones.h"
#include "types/time_zone.h"

namespace grebe::native {

namespace {

using duckdb::date_t;
using duckdb::LogicalType;
using duckdb::timestamp_t;

core::SparkError plain_overflow(const char* message) {
  return core::plain_error(core::ErrorClass::kArithmetic, message);
}

date_t wrapped(int64_t days) {
  return date_t(static_cast<int32_t>(static_cast<uint32_t>(static_cast<uint64_t>(days))));
}

}  // namespace

void add_date_kernels(KernelRegistry& registry) {
  const LogicalType date = LogicalType::DATE;
  const LogicalType integer = LogicalType::INTEGER;
  const LogicalType bigint = LogicalType::BIGINT;
  const LogicalType timestamp = LogicalType::TIMESTAMP;
  registry.add(binary_kernel<date_t, int32_t>("grebe_date_add", date, integer, date,
                                              [](const KernelContext&, date_t start, int32_t days) {
                                                return wrapped(int64_t{start.days} + days);
                                              }));
  registry.add(binary_kernel<date_t, int32_t>("grebe_date_subtract", date, integer, date,
                                              [](const KernelContext&, date_t start, int32_t days) {
                                                return wrapped(int64_t{start.days} - days);
                                              }));
  registry.add(binary_kernel<date_t, date_t>("grebe_date_difference", date, date, integer,
                                             [](const KernelContext&, date_t left, date_t right) {
                                               return wrapped(int64_t{left.days} - right.days).days;
                                             }));
  registry.add(binary_kernel<date_t, int32_t>(
      "grebe_date_add_months", date, integer, date,
      [](const KernelContext& context, date_t start, int32_t months) {
        return exact_date(context, add_months(start.days, months));
      }));
  registry.add(unary_kernel<int64_t>(
      "grebe_micros_to_timestamp", bigint, timestamp,
      [](const KernelContext&, int64_t micros) { return timestamp_t(micros); }));
  // A count of milliseconds or seconds; what 64 bits do not hold raises in every mode.
  registry.add(binary_kernel<int64_t, int64_t>(
      "grebe_count_to_timestamp", bigint, bigint, timestamp,
      [](const KernelContext& context, int64_t count, int64_t unit) {
        int64_t micros;
        if (__builtin_mul_overflow(count, unit, &micros)) {
          context.raise(plain_overflow("long overflow"));
        }
        return timestamp_t(micros);
      }));
  registry.add(unary_kernel<timestamp_t>(
      "grebe_timestamp_millis", timestamp, bigint,
      [](const KernelContext&, timestamp_t value) { return types::floor_div(value.value, 1000); }));
  registry.add(binary_kernel<int32_t, int32_t>(
      "grebe_make_year_month", integer, integer, integer,
      [](const KernelContext& context, int32_t years, int32_t months) {
        const int64_t count = int64_t{years} * 12 + months;
        if (count != static_cast<int32_t>(count)) context.raise(plain_overflow("integer overflow"));
        return static_cast<int32_t>(count);
      }));
}

}  // namespace grebe::native
