// Number formats, sentences, weighted percentiles and bits as DuckDB functions.
#include "native/format_kernels.h"

#include <algorithm>
#include <cmath>

#include "native/kernel.h"
#include "native/value_kernel.h"
#include "types/number_format.h"
#include "types/sentences.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;
using duckdb::Value;
using View = std::string_view;

Value sentence_list(const KernelContext&, const duckdb::vector<Value>& arguments) {
  const auto text = [&](size_t i) { return duckdb::StringValue::Get(arguments[i]); };
  duckdb::vector<Value> sentences;
  for (const auto& words :
       types::split_sentences(text(0), {.language = text(1), .country = text(2)})) {
    duckdb::vector<Value> values;
    for (const std::string& word : words) values.emplace_back(word);
    sentences.push_back(Value::LIST(LogicalType::VARCHAR, std::move(values)));
  }
  return Value::LIST(LogicalType::LIST(LogicalType::VARCHAR), std::move(sentences));
}

/// A value and how often it counts.
struct Weighted {
  double value;
  int64_t count;
};

/// The value at a fractional position, by Spark's own interpolation.
double percentile_at(const std::vector<Weighted>& sorted, int64_t total, double fraction) {
  const double position = static_cast<double>(total - 1) * fraction;
  const auto value_at = [&](double index) {
    int64_t seen = 0;
    for (const Weighted& each : sorted) {
      seen += each.count;
      if (static_cast<double>(seen) > index) return each.value;
    }
    return sorted.back().value;
  };
  const double lower = std::floor(position);
  const double higher = std::ceil(position);
  const double low = value_at(lower);
  if (lower == higher) return low;
  const double high = value_at(higher);
  if (low == high) return low;
  return (higher - position) * low + (position - lower) * high;
}

/// Values with their counts, sorted and without those that do not count.
std::vector<Weighted> read_weighted(const KernelContext& context, const Value& list) {
  std::vector<Weighted> read;
  for (const Value& each : duckdb::ListValue::GetChildren(list)) {
    const auto& parts = duckdb::StructValue::GetChildren(each);
    if (parts[0].IsNull() || parts[1].IsNull()) continue;
    const auto count = parts[1].GetValue<int64_t>();
    if (count < 0) {
      context.raise(core::plain_error(core::ErrorClass::kSpark,
                                      "Negative values found in " + std::to_string(count)));
    }
    if (count > 0) read.push_back({parts[0].GetValue<double>(), count});
  }
  std::sort(read.begin(), read.end(), [](const Weighted& a, const Weighted& b) {
    return std::isnan(b.value) ? !std::isnan(a.value) : a.value < b.value;
  });
  return read;
}

Value weighted_percentiles(const KernelContext& context, const duckdb::vector<Value>& arguments) {
  const std::vector<Weighted> sorted = read_weighted(context, arguments[0]);
  if (sorted.empty()) return Value(LogicalType::LIST(LogicalType::DOUBLE));
  int64_t total = 0;
  for (const Weighted& each : sorted) total += each.count;
  duckdb::vector<Value> answers;
  for (const Value& fraction : duckdb::ListValue::GetChildren(arguments[1])) {
    answers.push_back(Value::DOUBLE(percentile_at(sorted, total, fraction.GetValue<double>())));
  }
  return Value::LIST(LogicalType::DOUBLE, std::move(answers));
}

}  // namespace

void add_format_kernels(KernelRegistry& registry) {
  const LogicalType text = LogicalType::VARCHAR;
  registry.add(binary_kernel<View, View>("grebe_to_char", text, text, text,
                                         [](const KernelContext&, View number, View format) {
                                           return types::NumberFormat(format).format(number);
                                         }));
  registry.add(value_kernel("grebe_sentences", {text, text, text},
                            LogicalType::LIST(LogicalType::LIST(text)), sentence_list));
  const LogicalType weighted =
      LogicalType::STRUCT({{"f0", LogicalType::DOUBLE}, {"f1", LogicalType::BIGINT}});
  registry.add(value_kernel("grebe_weighted_percentiles",
                            {LogicalType::LIST(weighted), LogicalType::LIST(LogicalType::DOUBLE)},
                            LogicalType::LIST(LogicalType::DOUBLE), weighted_percentiles));
  registry.add(binary_kernel<duckdb::interval_t, double>(
      "grebe_calendar_interval_divide", LogicalType::INTERVAL, LogicalType::DOUBLE,
      LogicalType::INTERVAL,
      [](const KernelContext&, duckdb::interval_t value,
         double divisor) -> std::optional<duckdb::interval_t> {
        if (divisor == 0) return std::nullopt;
        constexpr double kMicrosPerDay = 86'400'000'000.0;
        const double days = value.days / divisor;
        duckdb::interval_t divided;
        divided.months = static_cast<int32_t>(value.months / divisor);
        divided.days = static_cast<int32_t>(days);
        divided.micros = static_cast<int64_t>(std::llround(
            static_cast<double>(value.micros) / divisor + (days - divided.days) * kMicrosPerDay));
        return divided;
      }));
}

}  // namespace grebe::native
