// Operand types → Spark's decimal result types.
#pragma once

#include "types/data_type.h"
#include "types/value.h"

namespace grebe::types {

constexpr int kMaxDecimalPrecision = 38;
constexpr int kMinimumAdjustedScale = 6;

/// Clips both to 38 (`DecimalType.bounded`).
DataType bounded_decimal(int precision, int scale);

/// Keeps integral digits at the cost of scale, but at least 6 digits of it
/// (`DecimalType.adjustPrecisionScale`, spark.sql.decimalOperations.allowPrecisionLoss=true).
DataType adjusted_decimal(int precision, int scale);

/// decimal(3,0) for BYTE … decimal(20,0) for LONG, (14,7) FLOAT, (30,15) DOUBLE; a decimal is
/// itself
/// (`DecimalType.forType`).
DataType decimal_for(const DataType& numeric);

/// The smallest decimal that holds an integral constant (`DecimalType.fromDecimal(Decimal(x))`).
DataType decimal_for_literal(int64_t value);

/// The smallest decimal that holds both (`DecimalPrecision.widerDecimalType`).
DataType wider_decimal(const DataType& left, const DataType& right);

/// True when every value of `other` (decimal or integral) fits (`DecimalType.isWiderThan`).
bool is_wider_decimal(const DataType& decimal, const DataType& other);

enum class DecimalOperator : unsigned char {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kRemainder,
  kIntegralDivide,
};

/// The result type of an operator over two decimals (Spark's `BinaryArithmetic.resultDecimalType`).
DataType decimal_result(DecimalOperator op, const DataType& left, const DataType& right);

/// The same under spark.sql.decimalOperations.allowPrecisionLoss = false: what has no room is null.
DataType exact_decimal_result(DecimalOperator op, const DataType& left, const DataType& right);

/// 10^exponent, exponent 0…38.
int128 power_of_ten(int exponent);

}  // namespace grebe::types
