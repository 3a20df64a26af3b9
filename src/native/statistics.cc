// Statistical aggregates over doubles by Spark's own update and merge formulas, so that the last
// digits agree (CentralMomentAgg, Covariance, PearsonCorrelation, linearRegression).
#include <cmath>

#include "duckdb.hpp"
#include "duckdb/common/vector_operations/aggregate_executor.hpp"
#include "duckdb/function/aggregate_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "native/kernel_groups.h"

namespace grebe::native {

namespace {

using duckdb::AggregateFunction;
using duckdb::LogicalType;

/// What every statistic shares: an empty state is zeros, nulls are left out, and the answer is
/// taken of the state merged into an empty one, as Spark's final aggregate does to its partial
/// one's.
template <class State, void (*kMerge)(const State&, State&), bool (*kAnswer)(const State&, double*)>
struct StatisticOperation {
  template <class S>
  static void Initialize(S& state) {
    state = {};
  }

  template <class S, class Op>
  static void Combine(const S& source, S& target, duckdb::AggregateInputData&) {
    if (source.count == 0) return;
    if (target.count == 0) {
      target = source;
    } else {
      kMerge(source, target);
    }
  }

  template <class Result, class S>
  static void Finalize(S& state, Result& result, duckdb::AggregateFinalizeData& data) {
    State merged = {};
    if (state.count != 0) kMerge(state, merged);
    if (!kAnswer(merged, &result)) data.ReturnNull();
  }

  static bool IgnoreNull() { return true; }
};

/// Central moments, updated one value at a time and merged pairwise (Spark: CentralMomentAgg).
struct MomentState {
  double count;
  double mean;
  double m2;
  double m3;
  double m4;
};

void merge_moments(const MomentState& source, MomentState& target) {
  const double n1 = target.count;
  const double n2 = source.count;
  const double n = n1 + n2;
  const double delta = source.mean - target.mean;
  const double step = delta / n;
  const double m2 = target.m2 + source.m2 + delta * step * n1 * n2;
  const double m3 = target.m3 + source.m3 + step * step * delta * n1 * n2 * (n1 - n2) +
                    3.0 * step * (n1 * source.m2 - n2 * target.m2);
  target.m4 = target.m4 + source.m4 +
              step * step * step * delta * n1 * n2 * (n1 * n1 - n1 * n2 + n2 * n2) +
              6.0 * step * step * (n1 * n1 * source.m2 + n2 * n2 * target.m2) +
              4.0 * step * (n1 * source.m3 - n2 * target.m3);
  target.m3 = m3;
  target.m2 = m2;
  target.mean += step * n2;
  target.count = n;
}

/// What a statistic makes of its moments; NaN and infinity pass through, `false` is null.
using MomentAnswer = bool (*)(const MomentState&, double*);

template <MomentAnswer kAnswer>
struct MomentOperation : StatisticOperation<MomentState, &merge_moments, kAnswer> {
  template <class Input, class State, class Op>
  static void Operation(State& state, const Input& value, duckdb::AggregateUnaryInput&) {
    const double count = state.count + 1;
    const double delta = value - state.mean;
    const double step = delta / count;
    const double m2 = state.m2 + delta * (delta - step);
    const double delta2 = delta * delta;
    const double step2 = step * step;
    const double m3 = state.m3 - 3.0 * step * m2 + delta * (delta2 - step2);
    state.m4 =
        state.m4 - 4.0 * step * m3 - 6.0 * step2 * m2 + delta * (delta * delta2 - step * step2);
    state.m3 = m3;
    state.m2 = m2;
    state.mean += step;
    state.count = count;
  }

  template <class Input, class State, class Op>
  static void ConstantOperation(State& state, const Input& value,
                                duckdb::AggregateUnaryInput& unary, duckdb::idx_t count) {
    for (duckdb::idx_t i = 0; i < count; ++i) Operation<Input, State, Op>(state, value, unary);
  }
};

bool variance_pop(const MomentState& s, double* out) {
  *out = s.m2 / s.count;
  return s.count > 0;
}
bool variance_samp(const MomentState& s, double* out) {
  *out = s.m2 / (s.count - 1.0);
  return s.count > 1;  // null for one value: legacy.statisticalAggregate=false
}
bool deviation_pop(const MomentState& s, double* out) {
  *out = std::sqrt(s.m2 / s.count);
  return s.count > 0;
}
bool deviation_samp(const MomentState& s, double* out) {
  *out = std::sqrt(s.m2 / (s.count - 1.0));
  return s.count > 1;
}
bool skewness(const MomentState& s, double* out) {
  if (s.count == 0 || s.m2 == 0.0) return false;
  *out = std::sqrt(s.count) * s.m3 / std::sqrt(s.m2 * s.m2 * s.m2);
  return true;
}

bool kurtosis(const MomentState& s, double* out) {
  if (s.count == 0 || s.m2 == 0.0) return false;
  *out = s.count * s.m4 / (s.m2 * s.m2) - 3.0;
  return true;
}

/// Two columns' means and co-moments; `y` is the first argument, `x` the second.
struct PairState {
  double count;
  double x_mean;
  double y_mean;
  double xy;
  double xx;
  double yy;
  /// What regr_* take instead: Spark computes them by CovPopulation(x, y) and VariancePop.
  double regression_xy;
  double x_m2;
  double y_m2;
};

using PairAnswer = bool (*)(const PairState&, double*);

void merge_pairs(const PairState& source, PairState& target) {
  const double n1 = target.count;
  const double n2 = source.count;
  const double n = n1 + n2;
  const double dx = source.x_mean - target.x_mean;
  const double dy = source.y_mean - target.y_mean;
  const double x_step = dx / n;
  const double y_step = dy / n;
  target.xy += source.xy + dy * x_step * n1 * n2;
  target.xx += source.xx + dx * x_step * n1 * n2;
  target.yy += source.yy + dy * y_step * n1 * n2;
  target.regression_xy += source.regression_xy + dx * y_step * n1 * n2;
  target.x_m2 += source.x_m2 + dx * x_step * n1 * n2;
  target.y_m2 += source.y_m2 + dy * y_step * n1 * n2;
  target.x_mean += x_step * n2;
  target.y_mean += y_step * n2;
  target.count = n;
}

template <PairAnswer kAnswer>
struct PairOperation : StatisticOperation<PairState, &merge_pairs, kAnswer> {
  template <class A, class B, class State, class Op>
  static void Operation(State& state, const A& y, const B& x, duckdb::AggregateBinaryInput&) {
    const double count = state.count + 1;
    const double dx = x - state.x_mean;
    const double dy = y - state.y_mean;
    const double x_mean = state.x_mean + dx / count;
    const double y_mean = state.y_mean + dy / count;
    // Spark multiplies the first argument's distance by the second's.
    state.xy += dy * (x - x_mean);
    state.xx += dx * (x - x_mean);
    state.yy += dy * (y - y_mean);
    state.regression_xy += dx * (y - y_mean);
    state.x_m2 += dx * (dx - dx / count);
    state.y_m2 += dy * (dy - dy / count);
    state.x_mean = x_mean;
    state.y_mean = y_mean;
    state.count = count;
  }
};

bool covariance_pop(const PairState& s, double* out) {
  *out = s.xy / s.count;
  return s.count > 0;
}
bool covariance_samp(const PairState& s, double* out) {
  *out = s.xy / (s.count - 1.0);
  return s.count > 1;
}
bool correlation(const PairState& s, double* out) {
  const double divisor = std::sqrt(s.yy * s.xx);
  *out = s.xy / divisor;
  return s.count > 1 && divisor != 0.0;  // Spark's division by zero is null
}
bool regression_slope(const PairState& s, double* out) {
  *out = s.regression_xy / s.x_m2;
  return s.count > 0 && s.x_m2 != 0.0;
}
bool regression_intercept(const PairState& s, double* out) {
  *out = s.y_mean - s.regression_xy / s.x_m2 * s.x_mean;
  return s.count > 0 && s.x_m2 != 0.0;
}
bool regression_r2(const PairState& s, double* out) {
  if (s.count == 0 || s.xx == 0.0) return false;
  const double r = s.xy / std::sqrt(s.yy * s.xx);
  *out = s.yy == 0.0 ? 1.0 : r * r;
  return true;
}
bool regression_sxx(const PairState& s, double* out) {
  *out = s.x_m2;
  return s.count > 0;
}
bool regression_sxy(const PairState& s, double* out) {
  *out = s.xy;
  return s.count > 0;
}
bool regression_syy(const PairState& s, double* out) {
  *out = s.y_m2;
  return s.count > 0;
}

template <MomentAnswer kAnswer>
void add_moment(duckdb::ExtensionLoader& loader, const char* name) {
  auto function =
      AggregateFunction::UnaryAggregate<MomentState, double, double, MomentOperation<kAnswer>>(
          LogicalType::DOUBLE, LogicalType::DOUBLE);
  function.name = name;
  loader.RegisterFunction(function);
}

template <PairAnswer kAnswer>
void add_pair(duckdb::ExtensionLoader& loader, const char* name) {
  auto function =
      AggregateFunction::BinaryAggregate<PairState, double, double, double, PairOperation<kAnswer>>(
          LogicalType::DOUBLE, LogicalType::DOUBLE, LogicalType::DOUBLE);
  function.name = name;
  loader.RegisterFunction(function);
}

}  // namespace

void add_statistics_aggregates(duckdb::ExtensionLoader& loader) {
  add_moment<&kurtosis>(loader, "grebe_kurtosis");
  add_moment<&skewness>(loader, "grebe_skewness");
  add_moment<&variance_pop>(loader, "grebe_var_pop");
  add_moment<&variance_samp>(loader, "grebe_var_samp");
  add_moment<&deviation_pop>(loader, "grebe_stddev_pop");
  add_moment<&deviation_samp>(loader, "grebe_stddev_samp");
  add_pair<&covariance_pop>(loader, "grebe_covar_pop");
  add_pair<&covariance_samp>(loader, "grebe_covar_samp");
  add_pair<&correlation>(loader, "grebe_corr");
  add_pair<&regression_slope>(loader, "grebe_regr_slope");
  add_pair<&regression_intercept>(loader, "grebe_regr_intercept");
  add_pair<&regression_r2>(loader, "grebe_regr_r2");
  add_pair<&regression_sxx>(loader, "grebe_regr_sxx");
  add_pair<&regression_sxy>(loader, "grebe_regr_sxy");
  add_pair<&regression_syy>(loader, "grebe_regr_syy");
}

}  // namespace grebe::native
