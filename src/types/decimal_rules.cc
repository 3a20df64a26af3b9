// Spark's decimal precision and scale rules; see decimal_rules.h.
#include "types/decimal_rules.h"

#include <algorithm>
#include <array>

namespace grebe::types {

DataType bounded_decimal(int precision, int scale) {
  return DataType::decimal(std::min(precision, kMaxDecimalPrecision),
                           std::min(scale, kMaxDecimalPrecision));
}

DataType adjusted_decimal(int precision, int scale) {
  if (precision <= kMaxDecimalPrecision) return DataType::decimal(precision, scale);
  const int integral_digits = precision - scale;
  const int minimum_scale = std::min(scale, kMinimumAdjustedScale);
  return DataType::decimal(kMaxDecimalPrecision,
                           std::max(kMaxDecimalPrecision - integral_digits, minimum_scale));
}

DataType decimal_for(const DataType& numeric) {
  switch (numeric.kind()) {
    case TypeKind::kByte:
      return DataType::decimal(3, 0);
    case TypeKind::kShort:
      return DataType::decimal(5, 0);
    case TypeKind::kInteger:
      return DataType::decimal(10, 0);
    case TypeKind::kLong:
      return DataType::decimal(20, 0);
    case TypeKind::kFloat:
      return DataType::decimal(14, 7);
    case TypeKind::kDouble:
      return DataType::decimal(30, 15);
    case TypeKind::kDecimal:
      return numeric;
    default:
      return DataType::decimal(38, 18);
  }
}

DataType decimal_for_literal(int64_t value) {
  int digits = 1;
  for (int64_t rest = value / 10; rest != 0; rest /= 10) ++digits;
  return DataType::decimal(digits, 0);
}

DataType wider_decimal(const DataType& left, const DataType& right) {
  const int scale = std::max(left.scale(), right.scale());
  const int integral = std::max(left.precision() - left.scale(), right.precision() - right.scale());
  return bounded_decimal(integral + scale, scale);
}

bool is_wider_decimal(const DataType& decimal, const DataType& other) {
  const DataType bound = decimal_for(other);
  return decimal.precision() - decimal.scale() >= bound.precision() - bound.scale() &&
         decimal.scale() >= bound.scale();
}

DataType decimal_result(DecimalOperator op, const DataType& left, const DataType& right) {
  const int p1 = left.precision(), s1 = left.scale();
  const int p2 = right.precision(), s2 = right.scale();
  switch (op) {
    case DecimalOperator::kAdd:
    case DecimalOperator::kSubtract: {
      const int scale = std::max(s1, s2);
      return adjusted_decimal(std::max(p1 - s1, p2 - s2) + scale + 1, scale);
    }
    case DecimalOperator::kMultiply:
      return adjusted_decimal(p1 + p2 + 1, s1 + s2);
    case DecimalOperator::kDivide: {
      const int integral = p1 - s1 + s2;
      const int scale = std::max(kMinimumAdjustedScale, s1 + p2 + 1);
      return adjusted_decimal(integral + scale, scale);
    }
    case DecimalOperator::kRemainder: {
      const int scale = std::max(s1, s2);
      return adjusted_decimal(std::min(p1 - s1, p2 - s2) + scale, scale);
    }
    case DecimalOperator::kIntegralDivide: {
      const int integral = p1 - s1 + s2;
      return bounded_decimal(integral == 0 ? 1 : integral, 0);
    }
  }
  return bounded_decimal(38, 18);
}

DataType exact_decimal_result(DecimalOperator op, const DataType& left, const DataType& right) {
  const int p1 = left.precision(), s1 = left.scale();
  const int p2 = right.precision(), s2 = right.scale();
  const int wider = std::max(s1, s2);
  switch (op) {
    case DecimalOperator::kAdd:
    case DecimalOperator::kSubtract:
      return bounded_decimal(std::max(p1 - s1, p2 - s2) + wider + 1, wider);
    case DecimalOperator::kMultiply:
      return bounded_decimal(p1 + p2 + 1, s1 + s2);
    case DecimalOperator::kDivide: {
      int integral = std::min(kMaxDecimalPrecision, p1 - s1 + s2);
      int scale = std::min(kMaxDecimalPrecision, std::max(kMinimumAdjustedScale, s1 + p2 + 1));
      const int excess = integral + scale - kMaxDecimalPrecision;
      if (excess > 0) {
        scale -= excess / 2 + 1;
        integral = kMaxDecimalPrecision - scale;
      }
      return bounded_decimal(integral + scale, scale);
    }
    case DecimalOperator::kRemainder:
      return bounded_decimal(std::min(p1 - s1, p2 - s2) + wider, wider);
    case DecimalOperator::kIntegralDivide:
      return decimal_result(op, left, right);
  }
  return bounded_decimal(38, 18);
}

int128 power_of_ten(int exponent) {
  static const std::array<int128, 39> powers = [] {
    std::array<int128, 39> table{};
    table[0] = 1;
    for (size_t i = 1; i < table.size(); ++i) table[i] = table[i - 1] * 10;
    return table;
  }();
  return powers[static_cast<size_t>(exponent)];
}

}  // namespace grebe::types
