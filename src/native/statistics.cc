// Aggregates over doubles that DuckDB defines otherwise: Spark's population skewness.
#include <cmath>

#include "duckdb.hpp"
#include "duckdb/common/vector_operations/aggregate_executor.hpp"
#include "duckdb/function/aggregate_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "native/kernel_groups.h"

namespace grebe::native {

namespace {

/// Central moments, updated one value at a time and merged pairwise (Spark: CentralMomentAgg).
struct MomentState {
  double count;
  double mean;
  double m2;
  double m3;
};

struct SkewnessOperation {
  template <class State>
  static void Initialize(State& state) {
    state = {};
  }

  template <class Input, class State, class Op>
  static void Operation(State& state, const Input& value, duckdb::AggregateUnaryInput&) {
    // The third moment in the form of Pébay, for one new value.
    const double before = state.count;
    state.count += 1;
    const double delta = value - state.mean;
    const double step = delta / state.count;
    const double term = delta * step * before;
    state.mean += step;
    state.m3 += term * step * (state.count - 2) - 3.0 * step * state.m2;
    state.m2 += term;
  }

  template <class Input, class State, class Op>
  static void ConstantOperation(State& state, const Input& value,
                                duckdb::AggregateUnaryInput& unary, duckdb::idx_t count) {
    for (duckdb::idx_t i = 0; i < count; ++i) Operation<Input, State, Op>(state, value, unary);
  }

  template <class State, class Op>
  static void Combine(const State& source, State& target, duckdb::AggregateInputData&) {
    if (source.count == 0) return;
    if (target.count == 0) {
      target = source;
      return;
    }
    const double n1 = target.count;
    const double n2 = source.count;
    const double n = n1 + n2;
    const double delta = source.mean - target.mean;
    const double step = delta / n;
    target.m3 += source.m3 + step * step * delta * n1 * n2 * (n1 - n2) +
                 3.0 * step * (n1 * source.m2 - n2 * target.m2);
    target.m2 += source.m2 + delta * step * n1 * n2;
    target.mean += step * n2;
    target.count = n;
  }

  template <class Result, class State>
  static void Finalize(State& state, Result& result, duckdb::AggregateFinalizeData& data) {
    if (state.count == 0) {
      data.ReturnNull();
    } else if (state.m2 == 0.0) {
      // Spark's default gives null for a constant column (legacy.statisticalAggregate=false).
      data.ReturnNull();
    } else {
      result = std::sqrt(state.count) * state.m3 / std::sqrt(state.m2 * state.m2 * state.m2);
    }
  }

  static bool IgnoreNull() { return true; }
};

}  // namespace

void add_statistics_aggregates(duckdb::ExtensionLoader& loader) {
  auto skewness =
      duckdb::AggregateFunction::UnaryAggregate<MomentState, double, double, SkewnessOperation>(
          duckdb::LogicalType::DOUBLE, duckdb::LogicalType::DOUBLE);
  skewness.name = "grebe_skewness";
  loader.RegisterFunction(skewness);
}

}  // namespace grebe::native
