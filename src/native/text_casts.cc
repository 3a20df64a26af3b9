// Values → text as Spark's CAST(x AS STRING) writes it.
#include "native/kernel.h"
#include "native/kernel_groups.h"
#include "native/string_functions.h"
#include "types/java_number_text.h"
#include "types/time_zone.h"
#include "types/value_text.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;

types::CalendarInterval calendar_interval(const duckdb::interval_t& value) {
  return {.months = value.months, .days = value.days, .micros = value.micros};
}

/// A big-endian image of an integral value, as CAST(1 AS BINARY) gives it.
template <class T>
std::string big_endian(T value) {
  std::string bytes(sizeof(T), '\0');
  auto bits = static_cast<std::make_unsigned_t<T>>(value);
  for (size_t i = sizeof(T); i-- > 0; bits = static_cast<decltype(bits)>(uint64_t(bits) >> 8)) {
    bytes[i] = static_cast<char>(bits & 0xFF);
  }
  return bytes;
}

template <class T>
void add_integral_binary(KernelRegistry& registry, const LogicalType& type) {
  registry.add(unary_kernel<T>("grebe_integral_binary", type, LogicalType::BLOB,
                               [](const KernelContext&, T value) { return big_endian(value); }));
}

/// A timestamp's text where it lies in local time, at the ends of the range too.
std::string shifted_text(int64_t utc, int64_t offset) {
  int64_t local;
  if (!__builtin_add_overflow(utc, offset, &local)) return types::local_timestamp_text(local);
  const int64_t of_day = types::floor_mod(utc, types::kMicrosPerDay) + offset;
  const int64_t day =
      types::floor_div(utc, types::kMicrosPerDay) + types::floor_div(of_day, types::kMicrosPerDay);
  const std::string time =
      types::local_timestamp_text(types::floor_mod(of_day, types::kMicrosPerDay));
  return types::date_text(day) + time.substr(time.find(' '));
}

}  // namespace

void add_text_cast_kernels(KernelRegistry& registry) {
  const LogicalType text = LogicalType::VARCHAR;
  registry.add(unary_kernel<double>(
      "grebe_double_text", LogicalType::DOUBLE, text,
      [](const KernelContext&, double value) { return types::java_double_text(value); }));
  registry.add(unary_kernel<float>(
      "grebe_float_text", LogicalType::FLOAT, text,
      [](const KernelContext&, float value) { return types::java_float_text(value); }));
  registry.add(unary_kernel<std::string_view>(
      "grebe_binary_text", LogicalType::BLOB, text,
      // Bytes that are no UTF-8 would be no text to DuckDB, whose functions end the process's
      // database over them: they become U+FFFD, which is what Spark shows of them.
      [](const KernelContext&, std::string_view value) {
        return *decode_charset(value, "UTF-8");
      }));
  registry.add(unary_kernel<std::string_view>(
      "grebe_text_binary", text, LogicalType::BLOB,
      [](const KernelContext&, std::string_view value) { return std::string(value); }));
  registry.add(unary_kernel<duckdb::date_t>(
      "grebe_date_text", LogicalType::DATE, text,
      [](const KernelContext&, duckdb::date_t value) { return types::date_text(value.days); }));
  registry.add(unary_kernel<duckdb::timestamp_t>(
      "grebe_timestamp_text", LogicalType::TIMESTAMP, text,
      [](const KernelContext& context, duckdb::timestamp_t value) {
        const auto zone = types::require_time_zone(context.settings().time_zone);
        return shifted_text(value.value, zone->offset_at(value.value));
      }));
  registry.add(
      unary_kernel<duckdb::timestamp_t>("grebe_timestamp_ntz_text", LogicalType::TIMESTAMP, text,
                                        [](const KernelContext&, duckdb::timestamp_t value) {
                                          return types::local_timestamp_text(value.value);
                                        }));
  registry.add(unary_kernel<duckdb::interval_t>("grebe_interval_text", LogicalType::INTERVAL, text,
                                                [](const KernelContext&, duckdb::interval_t value) {
                                                  return types::calendar_interval_text(
                                                      calendar_interval(value));
                                                }));
  registry.add(ternary_kernel<int32_t, int32_t, int32_t>(
      "grebe_year_month_text", LogicalType::INTEGER, LogicalType::INTEGER, LogicalType::INTEGER,
      text, [](const KernelContext&, int32_t months, int32_t start, int32_t end) {
        return types::year_month_interval_text(months, static_cast<uint8_t>(start),
                                               static_cast<uint8_t>(end));
      }));
  registry.add(ternary_kernel<int64_t, int32_t, int32_t>(
      "grebe_day_time_text", LogicalType::BIGINT, LogicalType::INTEGER, LogicalType::INTEGER, text,
      [](const KernelContext&, int64_t micros, int32_t start, int32_t end) {
        return types::day_time_interval_text(micros, static_cast<uint8_t>(start),
                                             static_cast<uint8_t>(end));
      }));
  add_integral_binary<int8_t>(registry, LogicalType::TINYINT);
  add_integral_binary<int16_t>(registry, LogicalType::SMALLINT);
  add_integral_binary<int32_t>(registry, LogicalType::INTEGER);
  add_integral_binary<int64_t>(registry, LogicalType::BIGINT);
}

}  // namespace grebe::native
