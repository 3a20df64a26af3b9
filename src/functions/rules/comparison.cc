// Comparisons, IN, AND/OR and LIKE → calls over operands of one type
// (PromoteStrings, BooleanEquality, InConversion).
#include <fmt/format.h>

#include <algorithm>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"
#include "types/carrier.h"
#include "types/decimal_rules.h"
#include "types/ordering.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::CoercionRules;
using types::DataType;
using types::TypeKind;

namespace {

/// What an operand counts as beside a decimal: constants by their digits.
DataType beside_decimal(const ExpressionPtr& operand) {
  if (const types::Value* value = literal_value(*operand);
      value != nullptr && operand->type.is_integral()) {
    if (const auto* number = std::get_if<int64_t>(&value->data)) {
      return types::decimal_for_literal(*number);
    }
  }
  return operand->type;
}

std::optional<DataType> comparison_type(const ExpressionPtr& left, const ExpressionPtr& right,
                                        bool is_equality, const BindContext& context) {
  const CoercionRules rules = types::coercion_rules(context.ansi);
  if (auto type = types::string_comparison_type(left->type, right->type, rules)) return type;
  if (is_equality && !context.ansi) {
    if (left->type.is(TypeKind::kBoolean) && right->type.is_numeric()) return right->type;
    if (right->type.is(TypeKind::kBoolean) && left->type.is_numeric()) return left->type;
  }
  if (left->type.is_nested() && right->type.is_nested()) {
    return types::tightest_common_type(left->type, right->type, rules);
  }
  const bool left_decimal = left->type.is(TypeKind::kDecimal);
  const bool right_decimal = right->type.is(TypeKind::kDecimal);
  if (left_decimal != right_decimal && left->type.is_numeric() && right->type.is_numeric()) {
    return types::wider_type(left_decimal ? left->type : beside_decimal(left),
                             right_decimal ? right->type : beside_decimal(right), rules);
  }
  return types::wider_type_without_strings(left->type, right->type, rules);
}

/// `b = 1` is b and `b = 0` is NOT b (BooleanEquality); null for anything else.
ExpressionPtr boolean_equality(const ExpressionPtr& flag, const ExpressionPtr& number,
                               const BindContext& context) {
  if (!flag->type.is(TypeKind::kBoolean) || !number->type.is_integral()) return nullptr;
  const types::Value* value = literal_value(*number);
  const auto* integer = value == nullptr ? nullptr : std::get_if<int64_t>(&value->data);
  if (integer == nullptr || (*integer != 0 && *integer != 1)) return nullptr;
  return *integer == 1 ? flag : call("not", {flag}, context);
}

/// Floor or ceiling of a decimal constant.
types::int128 rounded(const types::Decimal& value, int scale, bool is_up) {
  const types::int128 one = types::power_of_ten(scale);
  const types::int128 whole = value.unscaled / one;
  const types::int128 rest = value.unscaled % one;
  return whole + (is_up && rest > 0 ? 1 : !is_up && rest < 0 ? -1 : 0);
}

/// A whole number beside a decimal constant is compared with the next whole number
/// (DecimalPrecision.integralAndDecimalLiteral); null for anything else.
ExpressionPtr whole_comparison(const BindInput& input) {
  const ExpressionPtr& left = input.argument(0);
  const ExpressionPtr& right = input.argument(1);
  const bool is_right = right->type.is(TypeKind::kDecimal);
  const ExpressionPtr& constant = is_right ? right : left;
  const ExpressionPtr& number = is_right ? left : right;
  const auto* literal = std::get_if<resolved::Literal>(&constant->node);
  const auto* value = literal ? std::get_if<types::Decimal>(&literal->value.data) : nullptr;
  if (value == nullptr || !constant->type.is(TypeKind::kDecimal) || !number->type.is_integral()) {
    return nullptr;
  }
  const bool is_less = input.entry.name[0] == '<';
  const bool has_equal = input.entry.name.size() == 2;
  // number > c and number <= c look at the floor, the others at the ceiling; turned around, the
  // other way.
  const bool is_up = (is_less != has_equal) == is_right;
  const types::int128 whole = rounded(*value, constant->type.scale(), is_up);
  const auto narrow = static_cast<int64_t>(whole);
  if (whole != narrow) {
    const bool number_is_less = whole > 0;
    return boolean_literal(is_right ? is_less == number_is_less : is_less != number_is_less);
  }
  const ExpressionPtr limit = resolved::make_expression(
      resolved::Literal{{narrow}}, DataType::long_type(), false, constant->origin);
  return call(std::string(input.entry.name),
              is_right ? std::vector<ExpressionPtr>{number, limit}
                       : std::vector<ExpressionPtr>{limit, number},
              input.context, input.request.origin);
}

/// The same but for names and nullability (DataType.equalsStructurally).
bool same_structure(const DataType& left, const DataType& right) {
  if (left.kind() != right.kind()) return false;
  switch (left.kind()) {
    case TypeKind::kArray:
      return same_structure(left.element(), right.element());
    case TypeKind::kMap:
      return same_structure(left.key(), right.key()) && same_structure(left.value(), right.value());
    case TypeKind::kStruct:
      return std::equal(
          left.fields().begin(), left.fields().end(), right.fields().begin(), right.fields().end(),
          [](const auto& a, const auto& b) { return same_structure(a.type, b.type); });
    default:
      return left.same_type(right);
  }
}

}  // namespace

ExpressionPtr bind_comparison(const BindInput& input) {
  require_count(input, {2});
  const bool orders = input.entry.name[0] == '<' || input.entry.name[0] == '>';
  if (orders && input.entry.name != "<=>" && input.entry.name != "<>") {
    if (auto simple = whole_comparison(input)) return simple;
  }
  const ExpressionPtr& left = input.argument(0);
  const ExpressionPtr& right = input.argument(1);
  const bool is_null_safe = input.entry.name == "<=>";
  const bool is_equality = is_null_safe || input.entry.name == "=" || input.entry.name == "==";
  if (is_equality && !is_null_safe && !input.context.ansi) {
    if (auto simple = boolean_equality(left, right, input.context)) return simple;
    if (auto simple = boolean_equality(right, left, input.context)) return simple;
  }
  const auto type = comparison_type(left, right, is_equality, input.context);
  if (!type) {
    throw type_mismatch("BINARY_OP_DIFF_TYPES", input.name, {left, right},
                        {{"left", quote_type(left->type)}, {"right", quote_type(right->type)}},
                        input.request.origin);
  }
  if (!types::is_orderable(*type)) {
    throw type_mismatch(
        "INVALID_ORDERING_TYPE", input.name, {left, right},
        {{"functionName", core::quote_identifier(input.name)}, {"dataType", quote_type(*type)}},
        input.request.origin);
  }
  const ExpressionPtr cast_left = cast_to(left, *type, input.context);
  const ExpressionPtr cast_right = cast_to(right, *type, input.context);
  const bool nullable = !is_null_safe && (cast_left->nullable || cast_right->nullable);
  return make_call(input, {cast_left, cast_right}, DataType::boolean(), nullable);
}

ExpressionPtr bind_in(const BindInput& input) {
  std::vector<ExpressionPtr> arguments = input.expressions();
  // isin([]): nothing is in an empty list, not even null.
  if (arguments.size() == 1) return boolean_literal(false);
  if (arguments.empty()) {
    throw wrong_number_of_arguments(input.name, "> 1", arguments.size());
  }
  std::vector<DataType> types;
  for (const ExpressionPtr& argument : arguments) types.push_back(argument->type);
  const auto type = types::wider_type(types, types::coercion_rules(input.context.ansi));
  const bool is_alike = std::all_of(types.begin(), types.end(), [&](const DataType& each) {
    return same_structure(each, types[0]);
  });
  if (!type && is_alike) {
    const bool nullable = any_nullable(arguments);
    return make_call(input, std::move(arguments), DataType::boolean(), nullable);
  }
  if (!type) {
    std::string joined;
    for (const DataType& each : types) joined += (joined.empty() ? "" : ", ") + quote_type(each);
    throw type_mismatch("DATA_DIFF_TYPES", input.name, arguments,
                        {{"functionName", "`in`"}, {"dataType", "[" + joined + "]"}},
                        input.request.origin);
  }
  for (ExpressionPtr& argument : arguments) argument = cast_to(argument, *type, input.context);
  const bool nullable = any_nullable(arguments);
  return make_call(input, std::move(arguments), DataType::boolean(), nullable);
}

ExpressionPtr bind_like_many(const BindInput& input) {
  const std::vector<ExpressionPtr> arguments = input.expressions();
  const bool negated = input.entry.name.starts_with("#not");
  const bool all = input.entry.name.ends_with("all");
  ExpressionPtr chain;
  for (size_t i = 1; i < arguments.size(); ++i) {
    ExpressionPtr one = call("like", {arguments[0], arguments[i]}, input.context);
    if (negated) one = call("not", {std::move(one)}, input.context);
    chain = chain ? call(all ? "and" : "or", {std::move(chain), std::move(one)}, input.context)
                  : std::move(one);
  }
  return resolved::make_expression(resolved::Call{.function = std::string(input.entry.name),
                                                  .arguments = arguments,
                                                  .lowered = std::move(chain)},
                                   DataType::boolean(), true, input.request.origin);
}

ExpressionPtr bind_logical(const BindInput& input) {
  require_count(input, {input.entry.name == "not" || input.entry.name == "!" ? 1u : 2u});
  std::vector<ExpressionPtr> arguments = input.expressions();
  for (ExpressionPtr& argument : arguments) {
    if (argument->type.is(TypeKind::kVoid)) {
      argument = cast_to(argument, DataType::boolean(), input.context);
    }
  }
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i]->type.is(TypeKind::kBoolean)) continue;
    if (arguments.size() == 1) {
      throw unexpected_input_type(input.name, arguments, 0, "\"BOOLEAN\"", input.request.origin);
    }
    if (!arguments[0]->type.same_type(arguments[1]->type)) {
      throw type_mismatch(
          "BINARY_OP_DIFF_TYPES", input.name, arguments,
          {{"left", quote_type(arguments[0]->type)}, {"right", quote_type(arguments[1]->type)}},
          input.request.origin);
    }
    throw type_mismatch(
        "BINARY_OP_WRONG_TYPE", input.name, arguments,
        {{"inputType", "\"BOOLEAN\""}, {"actualDataType", quote_type(arguments[i]->type)}},
        input.request.origin);
  }
  const bool nullable = any_nullable(arguments);
  return make_call(input, std::move(arguments), DataType::boolean(), nullable);
}

namespace {

/// A constant pattern without escapes means the same to DuckDB; any other is checked by a kernel.
std::string like_with(const LowerInput& input, std::string_view op, std::string_view kernel) {
  std::string escape = "\\";
  bool escape_known = true;
  if (input.arguments.size() == 3) {
    const types::Value* value = literal_value(*input.arguments[2]);
    const auto* text = value != nullptr ? std::get_if<std::string>(&value->data) : nullptr;
    escape_known = text != nullptr;
    if (escape_known) escape = *text;
  }
  const types::Value* pattern = literal_value(*input.arguments[1]);
  const auto* text = pattern != nullptr ? std::get_if<std::string>(&pattern->data) : nullptr;
  if (text != nullptr && escape_known && text->find(escape) == std::string::npos) {
    return fmt::format("({} {} {})", input.sql[0], op, input.sql[1]);
  }
  return fmt::format("{}({}, {}, {})", kernel, input.sql[0], input.sql[1],
                     input.arguments.size() == 3 ? input.sql[2] : types::quote_duckdb_string("\\"));
}

}  // namespace

std::string lower_like(const LowerInput& input) { return like_with(input, "LIKE", "grebe_like"); }

std::string lower_ilike(const LowerInput& input) {
  return like_with(input, "ILIKE", "grebe_ilike");
}

}  // namespace grebe::functions
