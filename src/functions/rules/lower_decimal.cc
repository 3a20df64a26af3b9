// Decimal operators → SQL; see lower_decimal.h.
#include "functions/rules/lower_decimal.h"

#include <fmt/format.h>

#include "functions/bind_once.h"
#include "types/carrier.h"

namespace grebe::functions {

using types::DataType;
using types::DecimalOperator;

namespace {

constexpr int kDigitsOf64Bits = 18;

std::string_view raise_suffix(DecimalOverflow overflow) {
  return overflow == DecimalOverflow::kRaise ? "_ansi" : "";
}

std::string cast_decimal(const std::string& sql, int precision, int scale) {
  return fmt::format("CAST({} AS DECIMAL({},{}))", sql, precision, scale);
}

/// The operand as a decimal of its own type: DuckDB types bare literals by their digits.
std::string typed(const DecimalOperand& operand) {
  return is_cheap_sql(operand.sql) &&
                 (std::isdigit(static_cast<unsigned char>(operand.sql[0])) || operand.sql[0] == '-')
             ? cast_decimal(operand.sql, operand.type.precision(), operand.type.scale())
             : operand.sql;
}

}  // namespace

std::string lower_decimal_multiply(const DecimalOperand& left, const DecimalOperand& right,
                                   const DataType& result, DecimalOverflow overflow) {
  const int scale = left.type.scale() + right.type.scale();
  const bool is_exact = result.scale() == scale;
  // DuckDB multiplies in 64 bits while the digits add up to 18.
  if (is_exact && left.digits() + right.digits() <= kDigitsOf64Bits &&
      left.type.precision() + right.type.precision() <= kDigitsOf64Bits) {
    return fmt::format("CAST({} * {} AS {})", typed(left), typed(right),
                       types::carrier_type(result));
  }
  return fmt::format("grebe_decimal_multiply{}({}, {}, {}, {})", raise_suffix(overflow),
                     typed(left), typed(right), result.precision(), result.scale());
}

std::string lower_decimal_add(DecimalOperator op, const DecimalOperand& left,
                              const DecimalOperand& right, const DataType& result,
                              DecimalOverflow overflow) {
  const bool is_add = op == DecimalOperator::kAdd;
  const int scale = std::max(left.type.scale(), right.type.scale());
  const int integral = std::max(left.type.precision() - left.type.scale(),
                                right.type.precision() - right.type.scale());
  // The sum needs one digit more than the wider operand: below 19 and 38 DuckDB gives it itself.
  const int needed = integral + scale + 1;
  const int widest = std::max(left.type.precision(), right.type.precision());
  if (needed <= kDigitsOf64Bits || (needed <= 38 && widest > kDigitsOf64Bits)) {
    return fmt::format("({} {} {})", typed(left), is_add ? "+" : "-", typed(right));
  }
  if (needed <= 38) {
    return fmt::format("CAST({} {} {} AS {})",
                       cast_decimal(left.sql, kDigitsOf64Bits + 1, left.type.scale()),
                       is_add ? "+" : "-", typed(right), types::carrier_type(result));
  }
  return fmt::format("grebe_decimal_{}{}({}, {}, {}, {})", is_add ? "add" : "subtract",
                     raise_suffix(overflow), typed(left), typed(right), result.precision(),
                     result.scale());
}

std::string lower_decimal_divide(DecimalOperator op, const DecimalOperand& left,
                                 const DecimalOperand& right, const DataType& result,
                                 DecimalOverflow overflow) {
  const std::string_view name = op == DecimalOperator::kDivide      ? "divide"
                                : op == DecimalOperator::kRemainder ? "remainder"
                                                                    : "integral_divide";
  if (op == DecimalOperator::kIntegralDivide) {
    return fmt::format("grebe_decimal_{}{}({}, {})", name, raise_suffix(overflow), typed(left),
                       typed(right));
  }
  return fmt::format("grebe_decimal_{}{}({}, {}, {}, {})", name, raise_suffix(overflow),
                     typed(left), typed(right), result.precision(), result.scale());
}

}  // namespace grebe::functions
