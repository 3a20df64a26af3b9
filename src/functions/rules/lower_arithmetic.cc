// Arithmetic operators over typed arguments → SQL: native where nothing can overflow, kernels else.
#include <fmt/format.h>

#include "functions/rules/lower_decimal.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

using types::DataType;
using types::DecimalOperator;
using types::TypeKind;

namespace {

bool is_floating(const DataType& type) {
  return type.is(TypeKind::kFloat) || type.is(TypeKind::kDouble);
}

std::string kernel_call(std::string_view name, const LowerInput& input, bool raises) {
  return fmt::format("grebe_{}{}({}, {})", name, raises ? "_ansi" : "", input.sql[0], input.sql[1]);
}

DecimalOverflow overflow_of(const LowerInput& input) {
  return input.ansi ? DecimalOverflow::kRaise : DecimalOverflow::kNull;
}

DecimalOperand operand(const LowerInput& input, size_t i) {
  return {.sql = input.sql[i], .type = input.type_of(i)};
}

std::string lower_sum_or_difference(const LowerInput& input, DecimalOperator op) {
  const bool is_add = op == DecimalOperator::kAdd;
  const DataType& type = input.type;
  if (type.is(TypeKind::kDecimal)) {
    return lower_decimal_add(op, operand(input, 0), operand(input, 1), type, overflow_of(input));
  }
  if (is_floating(type) || type.is(TypeKind::kCalendarInterval)) {
    return fmt::format("({} {} {})", input.sql[0], is_add ? "+" : "-", input.sql[1]);
  }
  if (type.is_ansi_interval()) {
    return fmt::format("grebe_{}_interval({}, {})", is_add ? "add" : "subtract", input.sql[0],
                       input.sql[1]);
  }
  return kernel_call(is_add ? "add" : "subtract", input, input.ansi);
}

/// A zero divisor gives null, or raises under ANSI.
std::string checked_divisor(const LowerInput& input) {
  if (input.ansi) return fmt::format("grebe_check_divisor({})", input.sql[1]);
  return fmt::format("nullif({}, 0)", input.sql[1]);
}

}  // namespace

std::string lower_add(const LowerInput& input) {
  if (input.sql.size() == 1) return input.sql[0];
  return lower_sum_or_difference(input, DecimalOperator::kAdd);
}

std::string lower_subtract(const LowerInput& input) {
  if (input.sql.size() == 1) return lower_negative(input);
  return lower_sum_or_difference(input, DecimalOperator::kSubtract);
}

std::string lower_multiply(const LowerInput& input) {
  if (input.type.is(TypeKind::kDecimal)) {
    return lower_decimal_multiply(operand(input, 0), operand(input, 1), input.type,
                                  overflow_of(input));
  }
  if (is_floating(input.type)) return fmt::format("({} * {})", input.sql[0], input.sql[1]);
  return kernel_call("multiply", input, input.ansi);
}

std::string lower_divide(const LowerInput& input) {
  if (input.type.is(TypeKind::kDecimal)) {
    return lower_decimal_divide(DecimalOperator::kDivide, operand(input, 0), operand(input, 1),
                                input.type, overflow_of(input));
  }
  return fmt::format("({} / {})", input.sql[0], checked_divisor(input));
}

std::string lower_remainder(const LowerInput& input) {
  if (input.type.is(TypeKind::kDecimal)) {
    return lower_decimal_divide(DecimalOperator::kRemainder, operand(input, 0), operand(input, 1),
                                input.type, overflow_of(input));
  }
  if (is_floating(input.type)) {
    return fmt::format("({} % {})", input.sql[0], checked_divisor(input));
  }
  return kernel_call("remainder", input, input.ansi);
}

std::string lower_pmod(const LowerInput& input) {
  if (input.type.is(TypeKind::kDecimal)) {
    return fmt::format("grebe_decimal_pmod{}({}, {}, {}, {})", input.ansi ? "_ansi" : "",
                       input.sql[0], input.sql[1], input.type.precision(), input.type.scale());
  }
  return kernel_call("pmod", input, input.ansi);
}

std::string lower_integral_divide(const LowerInput& input) {
  if (input.type_of(0).is(TypeKind::kDecimal)) {
    return lower_decimal_divide(DecimalOperator::kIntegralDivide, operand(input, 0),
                                operand(input, 1), input.type, overflow_of(input));
  }
  return kernel_call("integral_divide", input, input.ansi);
}

std::string lower_negative(const LowerInput& input) {
  const DataType& type = input.type;
  if (type.is(TypeKind::kDecimal) || is_floating(type) || type.is(TypeKind::kCalendarInterval)) {
    return fmt::format("(-({}))", input.sql[0]);
  }
  return fmt::format("grebe_negate{}({})",
                     type.is_ansi_interval() ? "_interval"
                     : input.ansi            ? "_ansi"
                                             : "",
                     input.sql[0]);
}

std::string lower_abs(const LowerInput& input) {
  const DataType& type = input.type;
  if (type.is(TypeKind::kDecimal) || is_floating(type)) {
    return fmt::format("abs({})", input.sql[0]);
  }
  return fmt::format("grebe_abs{}({})",
                     type.is_ansi_interval() ? "_interval"
                     : input.ansi            ? "_ansi"
                                             : "",
                     input.sql[0]);
}

}  // namespace grebe::functions
