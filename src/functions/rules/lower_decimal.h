// Decimal operators over SQL → exact DuckDB SQL with Spark's result types, as narrow as proven.
#pragma once

#include <optional>
#include <string>

#include "types/data_type.h"
#include "types/decimal_rules.h"

namespace grebe::functions {

/// One operand: its SQL, Spark type, and how many digits its values are proven to have (file
/// statistics, constants); without proof the type's precision counts.
struct DecimalOperand {
  std::string sql;
  types::DataType type;
  std::optional<int> proven_digits = {};

  int digits() const { return proven_digits.value_or(type.precision()); }
};

enum class DecimalOverflow : unsigned char { kNull, kRaise };

/// Product of two decimals as `result`. This is the one place that chooses between 64 bits, 64 × 64
/// → 128 bits, and checked 128 bits.
std::string lower_decimal_multiply(const DecimalOperand& left, const DecimalOperand& right,
                                   const types::DataType& result, DecimalOverflow overflow);

/// Sum or difference of two decimals as `result`.
std::string lower_decimal_add(types::DecimalOperator op, const DecimalOperand& left,
                              const DecimalOperand& right, const types::DataType& result,
                              DecimalOverflow overflow);

/// Quotient, remainder or integral quotient; a zero divisor gives null or raises.
std::string lower_decimal_divide(types::DecimalOperator op, const DecimalOperand& left,
                                 const DecimalOperand& right, const types::DataType& result,
                                 DecimalOverflow overflow);

}  // namespace grebe::functions
