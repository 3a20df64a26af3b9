// Decimals of any length → their sum as Spark keeps it: 38 digits, and once beyond them for good.
#include "native/decimal_sum.h"

#include "duckdb.hpp"
#include "duckdb/function/aggregate_function.hpp"
#include "duckdb/main/extension/extension_loader.hpp"
#include "native/kernel_groups.h"
#include "native/wide_integer.h"
#include "types/decimal_rules.h"

namespace grebe::native {

namespace {

using duckdb::hugeint_t;
using duckdb::LogicalType;
using types::int128;

/// Two words, since DuckDB aligns states to eight bytes and a 128-bit integer wants sixteen.
struct SumState {
  hugeint_t sum;
  bool any;
};

const int128 kLimit = types::power_of_ten(types::kMaxDecimalPrecision);

bool is_decimal(int128 value) { return value < kLimit && value > -kLimit; }

void add(SumState& state, const hugeint_t& value) {
  state.any = true;
  const int128 before = widen(state.sum);
  int128 sum = 0;
  const bool is_beyond = !is_decimal(before) || __builtin_add_overflow(before, widen(value), &sum);
  state.sum = to_hugeint(is_beyond ? kSumBeyondDecimal : sum);
}

/// Spark: Sum over a decimal, whose overflow is remembered (`isEmpty` false, `sum` null).
struct SumOperation {
  template <class S>
  static void Initialize(S& state) {
    state = {};
  }

  template <class Input, class S, class Op>
  static void Operation(S& state, const Input& value, duckdb::AggregateUnaryInput&) {
    add(state, value);
  }

  template <class Input, class S, class Op>
  static void ConstantOperation(S& state, const Input& value, duckdb::AggregateUnaryInput&,
                                duckdb::idx_t count) {
    for (duckdb::idx_t i = 0; i < count; ++i) add(state, value);
  }

  template <class S, class Op>
  static void Combine(const S& source, S& target, duckdb::AggregateInputData&) {
    if (!source.any) return;
    if (!target.any) {
      target = source;
    } else {
      add(target, source.sum);
      if (!is_decimal(widen(source.sum))) target.sum = to_hugeint(kSumBeyondDecimal);
    }
  }

  template <class Result, class S>
  static void Finalize(S& state, Result& result, duckdb::AggregateFinalizeData& data) {
    if (!state.any) return data.ReturnNull();
    result = state.sum;
  }

  static bool IgnoreNull() { return true; }
};

duckdb::unique_ptr<duckdb::FunctionData> bind_sum(
    duckdb::ClientContext&, duckdb::AggregateFunction& function,
    duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
  const auto type =
      LogicalType::DECIMAL(38, duckdb::DecimalType::GetScale(arguments[0]->return_type));
  function.arguments[0] = type;
  function.return_type = type;
  return nullptr;
}

}  // namespace

void add_decimal_sum(duckdb::ExtensionLoader& loader) {
  auto function =
      duckdb::AggregateFunction::UnaryAggregate<SumState, hugeint_t, hugeint_t, SumOperation>(
          LogicalType::DECIMAL(38, 0), LogicalType::DECIMAL(38, 0));
  function.name = "grebe_decimal_sum";
  function.bind = &bind_sum;
  loader.RegisterFunction(function);
}

}  // namespace grebe::native
