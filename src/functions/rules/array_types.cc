// Calls over arrays or maps and what goes into them → the checks of their types, with Spark's
// errors.
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

namespace {

/// Whether both are cast to a common type; intervals of other fields are not.
bool meet(const BindInput& input, const DataType& left, const DataType& right) {
  if (left.is_ansi_interval() && right.is_ansi_interval()) return left.same_type(right);
  return types::wider_type_without_strings(left, right, types::coercion_rules(input.context.ansi))
      .has_value();
}

/// BinaryArrayExpressionWithImplicitCast and its like: no widening of decimals.
bool meet_closely(const BindInput& input, const DataType& left, const DataType& right) {
  const auto rules = types::coercion_rules(input.context.ansi);
  if (left.is_ansi_interval() && right.is_ansi_interval()) return left.same_type(right);
  return types::tightest_common_type(left, right, rules).has_value();
}

[[noreturn]] void refuse_element(const BindInput& input, const char* kind, const char* container,
                                 const ExpressionPtr& list, const ExpressionPtr& element) {
  throw type_mismatch(kind, input.name, input.expressions(),
                      {{"functionName", core::quote_identifier(input.name)},
                       {"dataType", container},
                       {"leftType", quote_type(list->type)},
                       {"rightType", quote_type(element->type)}},
                      input.request.origin);
}

[[noreturn]] void refuse_null(const BindInput& input) {
  throw type_mismatch("NULL_TYPE", input.name, input.expressions(),
                      {{"functionName", core::quote_identifier(input.name)}}, input.request.origin);
}

void check_element(const BindInput& input, const ExpressionPtr& list,
                   const ExpressionPtr& element) {
  const auto fits = input.name == "array_contains" ? &meet : &meet_closely;
  if (!list->type.is(TypeKind::kArray) || !fits(input, list->type.element(), element->type)) {
    refuse_element(input, "ARRAY_FUNCTION_DIFF_TYPES", "\"ARRAY\"", list, element);
  }
}

}  // namespace

ExpressionPtr bind_array_pair(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& left = input.argument(0);
  const ExpressionPtr& right = input.argument(1);
  if (!left->type.is(TypeKind::kArray) || !right->type.is(TypeKind::kArray) ||
      !meet_closely(input, left->type.element(), right->type.element())) {
    throw type_mismatch("BINARY_ARRAY_DIFF_TYPES", input.name, input.expressions(),
                        {{"functionName", core::quote_identifier(input.name)},
                         {"arrayType", "\"ARRAY\""},
                         {"leftType", quote_type(left->type)},
                         {"rightType", quote_type(right->type)}},
                        input.request.origin);
  }
  if (input.name == "arrays_overlap") return bind_array_membership(input);
  const ExpressionPtr bound = bind_overloads(input, input.expressions());
  if (input.name == "array_union") return bound;
  // What is left of an array holds a null only if that array may, and for array_intersect both.
  auto narrowed = std::make_shared<resolved::Expression>(*bound);
  narrowed->type = DataType::array(
      bound->type.element(),
      left->type.contains_null() && (input.name == "array_except" || right->type.contains_null()));
  return narrowed;
}

ExpressionPtr bind_array_remove(const BindInput& input) {
  require_count(input, {2});
  check_element(input, input.argument(0), input.argument(1));
  return bind_overloads(input, input.expressions());
}

ExpressionPtr bind_array_search(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& list = input.argument(0);
  const ExpressionPtr& element = input.argument(1);
  const bool is_position = input.name == "array_position";
  if (list->type.is(TypeKind::kArray)) {
    if (!is_position && element->type.is(TypeKind::kVoid)) refuse_null(input);
    check_element(input, list, element);
  }
  return is_position ? bind_overloads(input, input.expressions()) : bind_array_membership(input);
}

ExpressionPtr bind_array_insert(const BindInput& input) {
  require_count(input, {3});
  const ExpressionPtr& list = input.argument(0);
  const ExpressionPtr& position = input.argument(1);
  const DataType& type = position->type;
  if (list->type.is(TypeKind::kArray) && !type.is(TypeKind::kByte) && !type.is(TypeKind::kShort) &&
      !type.is(TypeKind::kInteger)) {
    throw unexpected_input_type(input.name, input.expressions(), 1, "\"INT\"",
                                input.request.origin);
  }
  check_element(input, list, input.argument(2));
  const ExpressionPtr bound = bind_overloads(input, input.expressions());
  return resolved::make_expression(bound->node, bound->type, list->nullable || position->nullable,
                                   bound->origin);
}

ExpressionPtr bind_map_contains_key(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& map = input.argument(0);
  const ExpressionPtr& key = input.argument(1);
  if (key->type.is(TypeKind::kVoid)) refuse_null(input);
  if (!map->type.is(TypeKind::kMap) || !meet(input, map->type.key(), key->type)) {
    refuse_element(input, "MAP_FUNCTION_DIFF_TYPES", "\"MAP\"", map, key);
  }
  return bind_overloads(input, input.expressions());
}

}  // namespace grebe::functions
