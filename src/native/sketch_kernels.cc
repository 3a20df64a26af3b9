// Sketches as DuckDB aggregates over (value, empty sketch), and functions of finished sketches.
#include "native/sketch_kernels.h"

#include <cmath>
#include <memory>

#include "duckdb/common/vector_operations/aggregate_executor.hpp"
#include "duckdb/function/aggregate_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "native/count_min_sketch.h"
#include "native/hll_sketch.h"
#include "native/kernel.h"

namespace grebe::native {

namespace {

using duckdb::AggregateFunction;
using duckdb::LogicalType;
using duckdb::string_t;

std::string_view view(const string_t& text) { return {text.GetData(), text.GetSize()}; }

void add_value(HllSketch& sketch, int64_t value) { sketch.add_long(value); }
void add_value(HllSketch& sketch, const string_t& value) { sketch.add_bytes(view(value)); }
void add_value(CountMinSketch& sketch, int64_t value) { sketch.add_long(value); }
void add_value(CountMinSketch& sketch, const string_t& value) { sketch.add_bytes(view(value)); }

HllSketch read_empty(const string_t& bytes, const HllSketch*) {
  return HllSketch::parse(view(bytes));
}
CountMinSketch read_empty(const string_t& bytes, const CountMinSketch*) {
  auto sketch = CountMinSketch::parse(view(bytes));
  if (!sketch) throw core::internal_error("an empty count-min sketch could not be read");
  return *std::move(sketch);
}

template <class Sketch>
struct SketchState {
  Sketch* sketch;
};

/// What the aggregates over sketches share: a state on the heap, null until the first value.
template <class Sketch>
struct SketchOperation {
  template <class State>
  static void Initialize(State& state) {
    state.sketch = nullptr;
  }

  template <class A, class B, class State, class Op>
  static void Operation(State& state, const A& value, const B& empty,
                        duckdb::AggregateBinaryInput&) {
    if (state.sketch == nullptr) {
      state.sketch = std::make_unique<Sketch>(read_empty(empty, state.sketch)).release();
    }
    add_value(*state.sketch, value);
  }

  template <class State, class Op>
  static void Combine(const State& source, State& target, duckdb::AggregateInputData&) {
    if (source.sketch == nullptr) return;
    if (target.sketch == nullptr) {
      target.sketch = std::make_unique<Sketch>(*source.sketch).release();
    } else {
      target.sketch->merge(*source.sketch);
    }
  }

  template <class Result, class State>
  static void Finalize(State& state, Result& result, duckdb::AggregateFinalizeData& data) {
    if (state.sketch == nullptr) return data.ReturnNull();
    const std::string bytes = state.sketch->serialize();
    result = duckdb::StringVector::AddStringOrBlob(data.result, bytes.data(), bytes.size());
  }

  template <class State>
  static void Destroy(State& state, duckdb::AggregateInputData&) {
    std::unique_ptr<Sketch>(state.sketch).reset();
    state.sketch = nullptr;
  }

  static bool IgnoreNull() { return true; }
};

template <class Sketch, class Value>
void add_aggregate(duckdb::AggregateFunctionSet& set, const LogicalType& type) {
  using State = SketchState<Sketch>;
  using Operation = SketchOperation<Sketch>;
  auto function = AggregateFunction::BinaryAggregate<State, Value, string_t, string_t, Operation>(
      type, LogicalType::BLOB, LogicalType::BLOB);
  function.destructor = AggregateFunction::StateDestroy<State, Operation>;
  set.AddFunction(function);
}

template <class Sketch>
void add_sketch(duckdb::ExtensionLoader& loader, const char* name) {
  duckdb::AggregateFunctionSet set(name);
  add_aggregate<Sketch, int64_t>(set, LogicalType::BIGINT);
  add_aggregate<Sketch, string_t>(set, LogicalType::VARCHAR);
  add_aggregate<Sketch, string_t>(set, LogicalType::BLOB);
  loader.RegisterFunction(set);
}

HllSketch read_hll(const KernelContext& context, std::string_view bytes, const char* function) {
  try {
    return HllSketch::parse(bytes);
  } catch (const HllFormatError& error) {
    if (!error.message.empty()) {
      context.raise(core::plain_error(core::ErrorClass::kSpark, error.message));
    }
    context.raise(core::make_error(core::ErrorClass::kRuntime, "HLL_INVALID_INPUT_SKETCH_BUFFER",
                                   {{"function", core::quote_identifier(function)}}));
  }
}

void check_same_lg_k(const KernelContext& context, const HllSketch& left, const HllSketch& right,
                     const char* function) {
  if (left.lg_k() == right.lg_k()) return;
  context.raise(core::make_error(core::ErrorClass::kRuntime, "HLL_UNION_DIFFERENT_LG_K",
                                 {{"left", std::to_string(left.lg_k())},
                                  {"right", std::to_string(right.lg_k())},
                                  {"function", core::quote_identifier(function)}}));
}

}  // namespace

void add_sketch_kernels(KernelRegistry& registry) {
  const LogicalType blob = LogicalType::BLOB;
  const LogicalType bigint = LogicalType::BIGINT;
  registry.add(unary_kernel<int32_t>("grebe_hll_empty", LogicalType::INTEGER, blob,
                                     [](const KernelContext& context, int32_t lg_k) {
                                       if (lg_k < HllSketch::kMinLgK || lg_k > HllSketch::kMaxLgK) {
                                         context.raise(core::make_error(
                                             core::ErrorClass::kRuntime, "HLL_INVALID_LG_K",
                                             {{"function", "`hll_sketch_agg`"},
                                              {"min", std::to_string(HllSketch::kMinLgK)},
                                              {"max", std::to_string(HllSketch::kMaxLgK)},
                                              {"value", std::to_string(lg_k)}}));
                                       }
                                       return HllSketch(lg_k).serialize();
                                     }));
  registry.add(unary_kernel<std::string_view>(
      "grebe_hll_estimate", blob, bigint, [](const KernelContext& context, std::string_view bytes) {
        return static_cast<int64_t>(
            std::floor(read_hll(context, bytes, "hll_sketch_estimate").estimate() + 0.5));
      }));
  registry.add(ternary_kernel<std::string_view, std::string_view, bool>(
      "grebe_hll_union", blob, blob, LogicalType::BOOLEAN, blob,
      [](const KernelContext& context, std::string_view left, std::string_view right, bool mixes) {
        HllSketch merged = read_hll(context, left, "hll_union");
        const HllSketch other = read_hll(context, right, "hll_union");
        if (!mixes) check_same_lg_k(context, merged, other, "hll_union");
        merged.merge(other);
        return merged.serialize();
      }));
  duckdb::ScalarFunction join(
      "grebe_hll_join", {LogicalType::LIST(blob), LogicalType::BOOLEAN}, blob,
      [](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        const KernelContext context(state);
        for (duckdb::idx_t row = 0; row < input.size(); ++row) {
          const duckdb::Value list = input.data[0].GetValue(row);
          const bool mixes = input.data[1].GetValue(row).GetValue<bool>();
          std::unique_ptr<HllSketch> merged;
          if (!list.IsNull()) {
            for (const duckdb::Value& each : duckdb::ListValue::GetChildren(list)) {
              if (each.IsNull()) continue;
              HllSketch next = read_hll(context, duckdb::StringValue::Get(each), "hll_union_agg");
              if (!merged) {
                merged = std::make_unique<HllSketch>(std::move(next));
                continue;
              }
              if (!mixes) check_same_lg_k(context, *merged, next, "hll_union_agg");
              merged->merge(next);
            }
          }
          constexpr int32_t kDefaultLgK = 12;
          const std::string bytes = (merged ? *merged : HllSketch(kDefaultLgK)).serialize();
          result.SetValue(
              row, duckdb::Value::BLOB(duckdb::const_data_ptr_cast(bytes.data()), bytes.size()));
        }
      });
  join.null_handling = duckdb::FunctionNullHandling::SPECIAL_HANDLING;
  join.SetFallible();
  registry.add(std::move(join));
  registry.add(ternary_kernel<double, double, int32_t>(
      "grebe_count_min_empty", LogicalType::DOUBLE, LogicalType::DOUBLE, LogicalType::INTEGER, blob,
      [](const KernelContext&, double epsilon, double confidence, int32_t seed) {
        return CountMinSketch({.epsilon = epsilon, .confidence = confidence, .seed = seed})
            .serialize();
      }));
}

void add_sketch_aggregates(duckdb::ExtensionLoader& loader) {
  add_sketch<HllSketch>(loader, "grebe_hll_add");
  add_sketch<CountMinSketch>(loader, "grebe_count_min_add");
}

}  // namespace grebe::native
