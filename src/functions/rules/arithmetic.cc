// + - * / % div over two arguments → a call typed by Spark's rules for numbers, dates, intervals.
// Long: ResolveBinaryArithmetic, PromoteStrings, DecimalPrecision and ImplicitTypeCasts work as
// one.
#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"
#include "types/decimal_rules.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::DecimalOperator;
using types::TypeKind;

namespace {

constexpr std::string_view kNumericOrInterval =
    "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL\")";

bool is_timestamp(const DataType& type) {
  return type.is(TypeKind::kTimestamp) || type.is(TypeKind::kTimestampNtz);
}

struct Operands {
  ExpressionPtr left;
  ExpressionPtr right;
};

core::SparkError wrong_operands(const BindInput& input, const Operands& operands,
                                std::string_view required) {
  const std::vector<ExpressionPtr> arguments = {operands.left, operands.right};
  if (!operands.left->type.same_type(operands.right->type)) {
    return type_mismatch(
        "BINARY_OP_DIFF_TYPES", input.name, arguments,
        {{"left", quote_type(operands.left->type)}, {"right", quote_type(operands.right->type)}},
        input.request.origin);
  }
  return type_mismatch(
      "BINARY_OP_WRONG_TYPE", input.name, arguments,
      {{"inputType", std::string(required)}, {"actualDataType", quote_type(operands.left->type)}},
      input.request.origin);
}

/// The decimal an operand counts as beside another decimal.
DataType as_decimal(const ExpressionPtr& operand) {
  if (const types::Value* value = literal_value(*operand);
      value != nullptr && operand->type.is_integral()) {
    if (const auto* number = std::get_if<int64_t>(&value->data)) {
      return types::decimal_for_literal(*number);
    }
  }
  return types::decimal_for(operand->type);
}

/// Texts beside a number, or two texts, become numbers (PromoteStrings).
Operands promote_strings(const BindInput& input, Operands operands) {
  auto& [left, right] = operands;
  const BindContext& context = input.context;
  if (context.ansi) {
    if (auto type =
            types::string_comparison_type(left->type, right->type, types::CoercionRules::kAnsi)) {
      left = cast_to(left, *type, context);
      right = cast_to(right, *type, context);
    }
  } else {
    if (left->type.is_string_like() && !right->type.is(TypeKind::kCalendarInterval)) {
      left = cast_to(left, DataType::double_type(), context);
    }
    if (right->type.is_string_like() && !left->type.is(TypeKind::kCalendarInterval)) {
      right = cast_to(right, DataType::double_type(), context);
    }
  }
  return operands;
}

/// Strings become numbers, nulls take the other side's type, decimals and doubles meet.
Operands coerce(const BindInput& input, Operands operands) {
  operands = promote_strings(input, std::move(operands));
  auto& [left, right] = operands;
  const BindContext& context = input.context;
  if (left->type.is(TypeKind::kVoid) && right->type.is(TypeKind::kVoid)) {
    left = cast_to(left, DataType::double_type(), context);
    right = cast_to(right, DataType::double_type(), context);
  }
  // A null takes the other side's type where the operator accepts it.
  if (left->type.is(TypeKind::kVoid) && right->type.is_numeric()) {
    left = cast_to(left, right->type, context);
  }
  if (right->type.is(TypeKind::kVoid) && left->type.is_numeric()) {
    right = cast_to(right, left->type, context);
  }
  if (!left->type.is_numeric() || !right->type.is_numeric()) return operands;
  const bool left_decimal = left->type.is(TypeKind::kDecimal);
  const bool right_decimal = right->type.is(TypeKind::kDecimal);
  if (left_decimal && right_decimal) return operands;
  if (left_decimal || right_decimal) {
    const DataType& other = left_decimal ? right->type : left->type;
    if (other.is_integral()) {
      left = cast_to(left, as_decimal(left), context);
      right = cast_to(right, as_decimal(right), context);
      return operands;
    }
  }
  const DataType common =
      *types::wider_type(left->type, right->type, types::coercion_rules(context.ansi));
  left = cast_to(left, common, context);
  right = cast_to(right, common, context);
  return operands;
}

ExpressionPtr bind_numeric(const BindInput& input, DecimalOperator op, const Operands& operands) {
  const auto& [left, right] = operands;
  const bool divides = op == DecimalOperator::kDivide || op == DecimalOperator::kRemainder ||
                       op == DecimalOperator::kIntegralDivide;
  bool nullable = left->nullable || right->nullable || divides;
  DataType type = left->type;
  if (type.is(TypeKind::kDecimal)) {
    const bool may_lose =
        input.context.flag("spark.sql.decimalOperations.allowPrecisionLoss", true);
    type = may_lose ? types::decimal_result(op, left->type, right->type)
                    : types::exact_decimal_result(op, left->type, right->type);
    nullable = nullable || !input.context.ansi;
  }
  if (op == DecimalOperator::kIntegralDivide) type = DataType::long_type();
  return make_call(input, {left, right}, type, nullable);
}

ExpressionPtr call_in(const BindInput& input, const std::string& name,
                      std::vector<ExpressionPtr> arguments) {
  return call(name, std::move(arguments), input.context, input.request.origin);
}

ExpressionPtr bind_interval_pair(const BindInput& input, const Operands& operands) {
  const auto& [left, right] = operands;
  const auto common = types::tightest_common_type(left->type, right->type,
                                                  types::coercion_rules(input.context.ansi));
  if (!common) throw wrong_operands(input, operands, kNumericOrInterval);
  return make_call(input,
                   {cast_to(left, *common, input.context), cast_to(right, *common, input.context)},
                   *common, left->nullable || right->nullable);
}

bool is_interval(const DataType& type) {
  return type.is_ansi_interval() || type.is(TypeKind::kCalendarInterval);
}

constexpr std::string_view kTimestamps = "\"(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)\"";

/// TimeAdd and its kin: `start` must be a date or a timestamp; a text becomes one and the answer
/// is a text again.
ExpressionPtr bind_time_shift(const BindInput& input, const std::string& function,
                              const ExpressionPtr& start, const ExpressionPtr& interval) {
  if (start->type.is_string_like()) {
    const ExpressionPtr time = cast_to(start, DataType::timestamp(), input.context);
    const ExpressionPtr shifted = call_in(input, function, {time, interval});
    return resolved::make_expression(
        resolved::Call{.function = function,
                       .arguments = {start, interval},
                       .ansi = input.context.ansi,
                       .lowered = cast_to(shifted, DataType::string(), input.context)},
        DataType::string(), true, input.request.origin);
  }
  const bool is_time = start->type.is(TypeKind::kDate) || is_timestamp(start->type) ||
                       start->type.is(TypeKind::kVoid);
  if (!is_time) {
    throw unexpected_input_type(function, {start, interval}, 0, std::string(kTimestamps),
                                input.request.origin);
  }
  const bool is_days = start->type.is(TypeKind::kDate) &&
                       interval->type.is(TypeKind::kDayTimeInterval) &&
                       interval->type.end_field() == 0;
  const ExpressionPtr shifted = call_in(input, function, {start, interval});
  if (!is_days) return shifted;
  // Whole days are added to a date by another expression of Spark's, which is seen in the name.
  return resolved::make_expression(
      resolved::Call{.function = function == "#time_add" ? "#date_add_days" : "#date_subtract_days",
                     .arguments = {start, interval},
                     .ansi = input.context.ansi,
                     .lowered = shifted},
      shifted->type, shifted->nullable, input.request.origin);
}

/// Intervals that a number or a text beside them may be a point in time for: every kind but months.
bool shifts_anything(const DataType& type) {
  return type.is(TypeKind::kCalendarInterval) || type.is(TypeKind::kDayTimeInterval);
}

bool is_point_in_time(const DataType& type) {
  return type.is(TypeKind::kDate) || is_timestamp(type);
}

/// Two intervals that add up; other pairs are taken for a time and an interval.
bool same_intervals(const DataType& left, const DataType& right) {
  return is_interval(left) && left.kind() == right.kind();
}

/// Dates, timestamps and intervals (ResolveBinaryArithmetic, in its order); nothing when the
/// operands are plain numbers.
ExpressionPtr bind_datetime_sum(const BindInput& input, const Operands& operands) {
  const DataType& left = operands.left->type;
  const DataType& right = operands.right->type;
  if (same_intervals(left, right)) return bind_interval_pair(input, operands);
  if (left.is(TypeKind::kVoid) && right.is_ansi_interval()) {
    return bind_interval_pair(input,
                              {cast_to(operands.left, right, input.context), operands.right});
  }
  if (left.is_ansi_interval() && right.is(TypeKind::kVoid)) {
    return bind_interval_pair(input, {operands.left, cast_to(operands.right, left, input.context)});
  }
  if (is_interval(right) && (is_point_in_time(left) || shifts_anything(right))) {
    return bind_time_shift(input, "#time_add", operands.left, operands.right);
  }
  if (is_interval(left) && (is_point_in_time(right) || shifts_anything(left))) {
    return bind_time_shift(input, "#time_add", operands.right, operands.left);
  }
  if (left.is(TypeKind::kDate) && !right.is_string_like()) {
    return call_in(input, "date_add", {operands.left, operands.right});
  }
  if (right.is(TypeKind::kDate) && !left.is_string_like()) {
    return call_in(input, "date_add", {operands.right, operands.left});
  }
  return nullptr;
}

ExpressionPtr bind_timestamp_difference(const BindInput& input, const Operands& operands) {
  // A text is no timestamp here, unless ANSI's string promotion makes it one.
  std::vector<ExpressionPtr> arguments = {operands.left, operands.right};
  for (size_t i = 0; i < arguments.size(); ++i) {
    const DataType& type = arguments[i]->type;
    const bool fits = is_point_in_time(type) || type.is(TypeKind::kVoid) ||
                      (type.is_string_like() && input.context.ansi);
    if (!fits) {
      throw unexpected_input_type("#timestamp_difference", arguments, i, std::string(kTimestamps),
                                  input.request.origin);
    }
  }
  if (is_timestamp(arguments[0]->type) && is_timestamp(arguments[1]->type) &&
      !arguments[0]->type.same_type(arguments[1]->type)) {
    // DateTimeOperations: both as they stand on the wall.
    for (ExpressionPtr& each : arguments) {
      each = cast_to(each, DataType::timestamp_ntz(), input.context);
    }
  }
  return call_in(input, "#timestamp_difference", arguments);
}

ExpressionPtr bind_datetime_difference(const BindInput& input, const Operands& operands) {
  const DataType& left = operands.left->type;
  const DataType& right = operands.right->type;
  if (same_intervals(left, right)) return bind_interval_pair(input, operands);
  if (left.is_ansi_interval() && right.is(TypeKind::kVoid)) {
    return bind_interval_pair(input, {operands.left, cast_to(operands.right, left, input.context)});
  }
  if (right.is_ansi_interval() && left.is(TypeKind::kVoid)) {
    return bind_interval_pair(input,
                              {cast_to(operands.left, right, input.context), operands.right});
  }
  if (is_interval(right) && (is_point_in_time(left) || shifts_anything(right))) {
    return bind_time_shift(input, "#time_subtract", operands.left, operands.right);
  }
  if (is_timestamp(left) || is_timestamp(right)) return bind_timestamp_difference(input, operands);
  if (right.is(TypeKind::kDate) && !left.is_string_like()) {
    return call_in(input, "#date_difference", {operands.left, operands.right});
  }
  if (right.is(TypeKind::kDate)) {
    return call_in(input, "#date_difference",
                   {cast_to(operands.left, DataType::date(), input.context), operands.right});
  }
  if (left.is(TypeKind::kDate) && !right.is_string_like()) {
    return call_in(input, "date_sub", {operands.left, operands.right});
  }
  return nullptr;
}

ExpressionPtr bind_unary(const BindInput& input) {
  require_count(input, {1});
  ExpressionPtr child = input.argument(0);
  if (child->type.is_string_like() || child->type.is(TypeKind::kVoid)) {
    child = cast_to(child, DataType::double_type(), input.context);
  }
  if (!child->type.is_numeric() && !is_interval(child->type)) {
    throw unexpected_input_type(input.name, {child}, 0, std::string(kNumericOrInterval),
                                input.request.origin);
  }
  return make_call(input, {child}, child->type, child->nullable);
}

Operands two_operands(const BindInput& input) {
  require_count(input, {2});
  return {input.argument(0), input.argument(1)};
}

}  // namespace

ExpressionPtr bind_add(const BindInput& input) {
  if (input.arguments.size() == 1) return bind_unary(input);
  const Operands operands = two_operands(input);
  if (ExpressionPtr sum = bind_datetime_sum(input, operands)) return sum;
  const Operands coerced = coerce(input, operands);
  // A text beside a date has become a number or a date.
  if (ExpressionPtr sum = bind_datetime_sum(input, coerced)) return sum;
  if (!coerced.left->type.is_numeric() || !coerced.right->type.is_numeric()) {
    throw wrong_operands(input, coerced, kNumericOrInterval);
  }
  return bind_numeric(input, DecimalOperator::kAdd, coerced);
}

ExpressionPtr bind_subtract(const BindInput& input) {
  if (input.arguments.size() == 1) return bind_unary(input);
  const Operands operands = two_operands(input);
  if (ExpressionPtr difference = bind_datetime_difference(input, operands)) return difference;
  const Operands coerced = coerce(input, operands);
  if (ExpressionPtr difference = bind_datetime_difference(input, coerced)) return difference;
  if (!coerced.left->type.is_numeric() || !coerced.right->type.is_numeric()) {
    throw wrong_operands(input, coerced, kNumericOrInterval);
  }
  return bind_numeric(input, DecimalOperator::kSubtract, coerced);
}

ExpressionPtr bind_multiply(const BindInput& input) {
  const Operands operands = two_operands(input);
  if (is_interval(operands.left->type)) {
    return call_in(input, "#interval_multiply", {operands.left, operands.right});
  }
  if (is_interval(operands.right->type)) {
    return call_in(input, "#interval_multiply", {operands.right, operands.left});
  }
  const Operands coerced = coerce(input, operands);
  if (!coerced.left->type.is_numeric() || !coerced.right->type.is_numeric()) {
    throw wrong_operands(input, coerced, "\"NUMERIC\"");
  }
  return bind_numeric(input, DecimalOperator::kMultiply, coerced);
}

ExpressionPtr bind_divide(const BindInput& input) {
  const Operands operands = two_operands(input);
  if (is_interval(operands.left->type)) {
    return call_in(input, "#interval_divide", {operands.left, operands.right});
  }
  // Numbers but decimals are divided as doubles, each from its own type.
  Operands promoted = promote_strings(input, operands);
  const bool has_decimal =
      promoted.left->type.is(TypeKind::kDecimal) || promoted.right->type.is(TypeKind::kDecimal);
  if (promoted.left->type.is_numeric() && promoted.right->type.is_numeric() && !has_decimal) {
    promoted.left = cast_to(promoted.left, DataType::double_type(), input.context);
    promoted.right = cast_to(promoted.right, DataType::double_type(), input.context);
  }
  Operands coerced = coerce(input, std::move(promoted));
  if (!coerced.left->type.is_numeric() || !coerced.right->type.is_numeric()) {
    throw wrong_operands(input, coerced, "(\"DOUBLE\" or \"DECIMAL\")");
  }
  if (!coerced.left->type.is(TypeKind::kDecimal)) {
    coerced.left = cast_to(coerced.left, DataType::double_type(), input.context);
    coerced.right = cast_to(coerced.right, DataType::double_type(), input.context);
  }
  return bind_numeric(input, DecimalOperator::kDivide, coerced);
}

ExpressionPtr bind_remainder(const BindInput& input) {
  const Operands coerced = coerce(input, two_operands(input));
  if (!coerced.left->type.is_numeric() || !coerced.right->type.is_numeric()) {
    throw wrong_operands(input, coerced, "\"NUMERIC\"");
  }
  return bind_numeric(input, DecimalOperator::kRemainder, coerced);
}

ExpressionPtr bind_integral_divide(const BindInput& input) {
  Operands operands = two_operands(input);
  const auto same_interval = [&](TypeKind kind) {
    return operands.left->type.is(kind) && operands.right->type.is(kind);
  };
  if (same_interval(TypeKind::kYearMonthInterval) || same_interval(TypeKind::kDayTimeInterval)) {
    return make_call(input, {operands.left, operands.right}, DataType::long_type(), true);
  }
  // Whole numbers are divided as BIGINT and decimals as they are; a fraction is no operand.
  operands = promote_strings(input, operands);
  const auto is_fraction = [](const ExpressionPtr& operand) {
    return operand->type.is(TypeKind::kFloat) || operand->type.is(TypeKind::kDouble);
  };
  const bool beside_decimal =
      operands.left->type.is(TypeKind::kDecimal) || operands.right->type.is(TypeKind::kDecimal);
  for (ExpressionPtr* operand : {&operands.left, &operands.right}) {
    const DataType& type = (*operand)->type;
    if (!beside_decimal && (type.is_integral() || type.is(TypeKind::kVoid))) {
      *operand = cast_to(*operand, DataType::long_type(), input.context);
    } else if (type.is(TypeKind::kDecimal) &&
               (is_fraction(operands.left) || is_fraction(operands.right))) {
      *operand = cast_to(*operand, DataType::double_type(), input.context);
    }
  }
  const auto divides = [](const ExpressionPtr& operand) {
    return operand->type.is_integral() || operand->type.is(TypeKind::kDecimal) ||
           operand->type.is(TypeKind::kVoid);
  };
  if (!divides(operands.left) || !divides(operands.right)) {
    throw wrong_operands(input, operands,
                         "(\"BIGINT\" or \"DECIMAL\" or \"INTERVAL YEAR TO MONTH\" or "
                         "\"INTERVAL DAY TO SECOND\")");
  }
  return bind_numeric(input, DecimalOperator::kIntegralDivide, coerce(input, operands));
}

ExpressionPtr bind_bitwise(const BindInput& input) {
  Operands operands = promote_strings(input, two_operands(input));
  auto& [left, right] = operands;
  const bool has_decimal = left->type.is(TypeKind::kDecimal) != right->type.is(TypeKind::kDecimal);
  for (ExpressionPtr* operand : {&left, &right}) {
    const ExpressionPtr& other = operand == &left ? right : left;
    if ((*operand)->type.is(TypeKind::kVoid)) {
      const bool is_alone = other->type.is(TypeKind::kVoid);
      *operand = cast_to(*operand, is_alone ? DataType::integer() : other->type, input.context);
    } else if (has_decimal && (*operand)->type.is_integral()) {
      *operand = cast_to(*operand, as_decimal(*operand), input.context);
    }
  }
  if (!left->type.is_integral() || !right->type.is_integral()) {
    throw wrong_operands(input, operands, "\"INTEGRAL\"");
  }
  const DataType common =
      *types::wider_type(left->type, right->type, types::coercion_rules(input.context.ansi));
  return make_call(input,
                   {cast_to(left, common, input.context), cast_to(right, common, input.context)},
                   common, left->nullable || right->nullable);
}

ExpressionPtr bind_negative(const BindInput& input) { return bind_unary(input); }
ExpressionPtr bind_positive(const BindInput& input) { return bind_unary(input); }
ExpressionPtr bind_abs(const BindInput& input) { return bind_unary(input); }

ExpressionPtr bind_try_arithmetic(const BindInput& input) {
  // try_add(a, b) is a + b that gives null where ANSI would raise.
  const std::string name = input.name.substr(4);
  const std::string op = name == "add"        ? "+"
                         : name == "subtract" ? "-"
                         : name == "multiply" ? "*"
                                              : "/";
  std::vector<ExpressionPtr> arguments = input.expressions();
  const ExpressionPtr bound = call(op, arguments, input.context, input.request.origin);
  const auto* inner = std::get_if<resolved::Call>(&bound->node);
  if (inner == nullptr) throw core::internal_error("an operator was not bound to a call");
  ExpressionPtr lowered = bound;
  const bool is_whole = bound->type.is_integral() || bound->type.is_ansi_interval();
  if (inner->function == op && is_whole) {
    lowered = call("#try" + op, inner->arguments, input.context, input.request.origin);
  } else if (inner->function.starts_with("#interval_") && bound->type.is_ansi_interval()) {
    lowered = call("#try_" + inner->function.substr(1), inner->arguments, input.context,
                   input.request.origin);
  } else {
    resolved::Call lenient = *inner;
    lenient.ansi = false;
    lowered = resolved::make_expression(lenient, bound->type, true, bound->origin);
  }
  return resolved::make_expression(resolved::Call{.function = input.name,
                                                  .arguments = std::move(arguments),
                                                  .ansi = false,
                                                  .lowered = lowered},
                                   lowered->type, true, input.request.origin);
}

}  // namespace grebe::functions
