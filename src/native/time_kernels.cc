// Time zone shifts and calendar arithmetic over timestamps (UTC microseconds).
#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "duckdb/planner/expression/bound_constant_expression.hpp"
#include "native/kernel.h"
#include "native/kernel_groups.h"
#include "native/value_kernel.h"
#include "native/zones.h"
#include "types/java_number_text.h"

namespace grebe::native {

using types::floor_div;
using types::floor_mod;
using types::kMicrosPerDay;
using types::kMicrosPerSecond;

int64_t local_midnight_now(const types::TimeZone& zone) {
  const int64_t now = std::chrono::duration_cast<std::chrono::microseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count();
  return floor_div(now + zone.offset_at(now), kMicrosPerDay) * kMicrosPerDay;
}

int64_t add_months(int64_t days, int64_t months) {
  types::CivilDate date = types::civil_from_days(days);
  const int64_t total = date.year * 12 + date.month - 1 + months;
  const types::CivilDate first{floor_div(total, 12), static_cast<int>(floor_mod(total, 12)) + 1, 1};
  const int64_t start = types::days_from_civil(first);
  const types::CivilDate next{floor_div(total + 1, 12),
                              static_cast<int>(floor_mod(total + 1, 12)) + 1, 1};
  const int64_t length = types::days_from_civil(next) - start;
  return start + std::min<int64_t>(date.day, length) - 1;
}

int64_t add_calendar(int64_t utc_micros, int64_t months, int64_t days, int64_t micros,
                     const types::TimeZone& zone) {
  if (months == 0 && days == 0) return utc_micros + micros;
  const int64_t local = utc_micros + zone.offset_at(utc_micros);
  const int64_t day = floor_div(local, kMicrosPerDay);
  const int64_t moved = add_months(day, months) + days;
  return zone.to_utc(moved * kMicrosPerDay + floor_mod(local, kMicrosPerDay)) + micros;
}

namespace {

using duckdb::LogicalType;
using duckdb::timestamp_t;

std::shared_ptr<const types::TimeZone> zone_of(const KernelContext& context) {
  return types::require_time_zone(context.settings().time_zone);
}

/// In UTC a shift is its argument, and DuckDB can look through it.
duckdb::unique_ptr<duckdb::Expression> drop_in_utc(duckdb::FunctionBindExpressionInput& input) {
  const auto& settings = engine::KernelState::of(input.context).settings();
  if (settings.time_zone != "UTC" && settings.time_zone != "Etc/UTC" && settings.time_zone != "Z") {
    return nullptr;
  }
  return std::move(input.children[0]);
}

template <class F>
duckdb::ScalarFunction shift_kernel(const std::string& name, F shift) {
  duckdb::ScalarFunction function(
      name, {LogicalType::TIMESTAMP}, LogicalType::TIMESTAMP,
      [shift](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        const auto zone = zone_of(KernelContext(state));
        duckdb::UnaryExecutor::Execute<timestamp_t, timestamp_t>(
            input.data[0], result, input.size(),
            [&](timestamp_t value) { return timestamp_t(shift(*zone, value.value)); });
      });
  function.bind_expression = &drop_in_utc;
  return function;
}

constexpr int64_t kDaysPerMonth = 31;  // of the estimate that tells the direction

/// start, start + step, start + 2 step … by the zone's calendar (Spark: TemporalSequenceImpl).
duckdb::Value sequence_of_times(const KernelContext& context, const types::TimeZone& zone,
                                int64_t start, int64_t stop, const duckdb::interval_t& step) {
  const int64_t estimate = step.micros + (step.days + step.months * kDaysPerMonth) * kMicrosPerDay;
  const bool is_valid = (estimate > 0 && start <= stop) || (estimate < 0 && start >= stop) ||
                        (estimate == 0 && start == stop);
  if (!is_valid) {
    context.raise(core::plain_error(
        core::ErrorClass::kIllegalArgument,
        fmt::format("requirement failed: Illegal sequence boundaries: {} to {} by {}", start, stop,
                    step.months != 0 ? int64_t{step.months} : estimate)));
  }
  duckdb::vector<duckdb::Value> instants;
  int64_t next = start;
  for (int64_t i = 1; estimate < 0 ? next >= stop : next <= stop; ++i) {
    instants.push_back(duckdb::Value::TIMESTAMP(timestamp_t(next)));
    if (estimate == 0) break;
    next = add_calendar(start, i * step.months, i * step.days, i * step.micros, zone);
  }
  return duckdb::Value::LIST(LogicalType::TIMESTAMP, std::move(instants));
}

}  // namespace

void add_time_kernels(KernelRegistry& registry) {
  const LogicalType timestamp = LogicalType::TIMESTAMP;
  registry.add(shift_kernel("grebe_utc_to_local", [](const types::TimeZone& zone, int64_t value) {
    return value + zone.offset_at(value);
  }));
  registry.add(shift_kernel("grebe_local_to_utc", [](const types::TimeZone& zone, int64_t value) {
    return zone.to_utc(value);
  }));
  registry.add(unary_kernel<timestamp_t>("grebe_timestamp_seconds", timestamp, LogicalType::BIGINT,
                                         [](const KernelContext&, timestamp_t value) {
                                           return floor_div(value.value, kMicrosPerSecond);
                                         }));
  registry.add(
      unary_kernel<int64_t>("grebe_seconds_to_timestamp", LogicalType::BIGINT, timestamp,
                            [](const KernelContext&, int64_t value) {
                              // SECONDS.toMicros saturates.
                              int64_t micros;
                              if (__builtin_mul_overflow(value, kMicrosPerSecond, &micros)) {
                                micros = value < 0 ? INT64_MIN : INT64_MAX;
                              }
                              return timestamp_t(micros);
                            }));
  for (const bool raises : {false, true}) {
    const char* name = raises ? "grebe_double_to_timestamp_ansi" : "grebe_double_to_timestamp";
    registry.add(unary_kernel<double>(
        name, LogicalType::DOUBLE, timestamp,
        [raises](const KernelContext& context, double value) -> std::optional<timestamp_t> {
          if (!std::isfinite(value) && raises) {
            context.raise(core::make_error(core::ErrorClass::kDateTime, "CAST_INVALID_INPUT",
                                           {{"expression", types::java_double_text(value)},
                                            {"sourceType", "\"DOUBLE\""},
                                            {"targetType", "\"TIMESTAMP\""},
                                            {"ansiConfig", "\"spark.sql.ansi.enabled\""}}));
          }
          if (!std::isfinite(value)) return std::nullopt;
          const double micros = value * static_cast<double>(kMicrosPerSecond);
          if (micros >= 0x1p63) return timestamp_t(INT64_MAX);
          if (micros <= -0x1p63) return timestamp_t(INT64_MIN);
          return timestamp_t(static_cast<int64_t>(micros));
        }));
  }
  registry.add(
      unary_kernel<double>("grebe_double_to_timestamp_try", LogicalType::DOUBLE, timestamp,
                           [](const KernelContext&, double value) -> std::optional<timestamp_t> {
                             const double micros = value * static_cast<double>(kMicrosPerSecond);
                             if (!(micros < 0x1p63 && micros >= -0x1p63)) return std::nullopt;
                             return timestamp_t(static_cast<int64_t>(micros));
                           }));
  registry.add(binary_kernel<timestamp_t, int64_t>(
      "grebe_timestamp_add_micros", timestamp, LogicalType::BIGINT, timestamp,
      [](const KernelContext& context, timestamp_t value, int64_t micros) {
        const int64_t days = micros / kMicrosPerDay;
        return timestamp_t(
            add_calendar(value.value, 0, days, micros - days * kMicrosPerDay, *zone_of(context)));
      }));
  registry.add(binary_kernel<timestamp_t, int32_t>(
      "grebe_timestamp_add_months", timestamp, LogicalType::INTEGER, timestamp,
      [](const KernelContext& context, timestamp_t value, int32_t months) {
        return timestamp_t(add_calendar(value.value, months, 0, 0, *zone_of(context)));
      }));
  registry.add(binary_kernel<timestamp_t, duckdb::interval_t>(
      "grebe_timestamp_add_interval", timestamp, LogicalType::INTERVAL, timestamp,
      [](const KernelContext& context, timestamp_t value, duckdb::interval_t interval) {
        return timestamp_t(add_calendar(value.value, interval.months, interval.days,
                                        interval.micros, *zone_of(context)));
      }));
  registry.add(binary_kernel<timestamp_t, timestamp_t>(
      "grebe_timestamp_difference", timestamp, timestamp, LogicalType::BIGINT,
      [](const KernelContext& context, timestamp_t left, timestamp_t right) {
        const auto zone = zone_of(context);
        return (left.value + zone->offset_at(left.value)) -
               (right.value + zone->offset_at(right.value));
      }));
  registry.add(binary_kernel<duckdb::interval_t, double>(
      "grebe_calendar_interval_scale", LogicalType::INTERVAL, LogicalType::DOUBLE,
      LogicalType::INTERVAL, [](const KernelContext&, duckdb::interval_t value, double factor) {
        const double months = value.months * factor;
        const double days = value.days * factor;
        duckdb::interval_t scaled;
        scaled.months = static_cast<int32_t>(months);
        scaled.days = static_cast<int32_t>(days);
        scaled.micros = static_cast<int64_t>(
            std::llround(static_cast<double>(value.micros) * factor +
                         (days - scaled.days) * static_cast<double>(kMicrosPerDay)));
        return scaled;
      }));
  for (const bool is_local : {false, true}) {
    registry.add(value_kernel(
        is_local ? "grebe_sequence_local_times" : "grebe_sequence_instants",
        {timestamp, timestamp, LogicalType::INTERVAL}, LogicalType::LIST(timestamp),
        [is_local](const KernelContext& context, const duckdb::vector<duckdb::Value>& arguments) {
          const auto zone = is_local ? types::require_time_zone("UTC") : zone_of(context);
          return sequence_of_times(context, *zone, arguments[0].GetValue<timestamp_t>().value,
                                   arguments[1].GetValue<timestamp_t>().value,
                                   duckdb::IntervalValue::Get(arguments[2]));
        }));
  }
}

}  // namespace grebe::native
