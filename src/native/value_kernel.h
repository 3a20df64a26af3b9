// A row function over boxed values → a DuckDB scalar function, for those that take or give lists.
#pragma once

#include "native/kernel.h"

namespace grebe::native {

/// A function over boxed values, for the rare ones that take or give lists: `f(context, arguments)`
/// → Value. A null argument gives null.
template <class F>
duckdb::ScalarFunction value_kernel(std::string name, duckdb::vector<duckdb::LogicalType> arguments,
                                    duckdb::LogicalType result_type, F f) {
  duckdb::ScalarFunction function(
      std::move(name), std::move(arguments), std::move(result_type),
      [f](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        const KernelContext context(state);
        const bool is_constant = input.AllConstant();
        const duckdb::idx_t count = is_constant ? 1 : input.size();
        for (duckdb::idx_t row = 0; row < count; ++row) {
          duckdb::vector<duckdb::Value> values;
          bool has_null = false;
          for (duckdb::idx_t column = 0; column < input.ColumnCount(); ++column) {
            values.push_back(input.data[column].GetValue(row));
            has_null = has_null || values.back().IsNull();
          }
          result.SetValue(row, has_null ? duckdb::Value(result.GetType()) : f(context, values));
        }
        if (is_constant) result.SetVectorType(duckdb::VectorType::CONSTANT_VECTOR);
      });
  function.SetFallible();
  return function;
}

}  // namespace grebe::native
