// Calls over arrays and maps whose nullability follows the elements, as Spark's classes say it.
#include <algorithm>

#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

namespace {

ExpressionPtr with_nullable(const ExpressionPtr& expression, bool nullable) {
  if (expression->nullable == nullable) return expression;
  return resolved::make_expression(expression->node, expression->type, nullable,
                                   expression->origin);
}

const std::vector<ExpressionPtr>& arguments_of(const ExpressionPtr& bound) {
  return std::get<resolved::Call>(bound->node).arguments;
}

const resolved::Expression& without_implicit_casts(const resolved::Expression& expression) {
  const auto* cast = std::get_if<resolved::Cast>(&expression.node);
  return cast != nullptr && cast->is_implicit ? without_implicit_casts(*cast->child) : expression;
}

/// The constant that an ordinal is.
std::optional<int64_t> constant_ordinal(const BindInput& input, const ExpressionPtr& ordinal) {
  if (!resolved::is_foldable(*ordinal) || ordinal->nullable || !input.context.evaluate) {
    return std::nullopt;
  }
  const types::Value* literal = literal_value(*ordinal);
  const types::Value value = literal != nullptr ? *literal : input.context.evaluate(ordinal);
  const auto* number = std::get_if<int64_t>(&value.data);
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

/// Nullability of each element of `array(…)`, or of the field read from each; nothing for arrays
/// that are not spelled out.
std::optional<std::vector<bool>> element_nullability(const resolved::Expression& list) {
  const resolved::Expression& bare = without_implicit_casts(list);
  if (const auto* field = std::get_if<resolved::GetArrayStructFields>(&bare.node)) {
    auto elements = element_nullability(*field->child);
    const DataType& element = field->child->type.element();
    if (!elements) return std::nullopt;
    for (size_t i = 0; i < elements->size(); ++i) {
      (*elements)[i] =
          (*elements)[i] || element.fields()[static_cast<size_t>(field->ordinal)].nullable;
    }
    return elements;
  }
  const auto* call = std::get_if<resolved::Call>(&bare.node);
  if (call == nullptr || call->function != "array") return std::nullopt;
  std::vector<bool> nullability;
  for (const ExpressionPtr& element : call->arguments) nullability.push_back(element->nullable);
  return nullability;
}

}  // namespace

ExpressionPtr bind_size(const BindInput& input) {
  // size(null) is -1 unless ANSI or spark.sql.legacy.sizeOfNull = false says null.
  BindContext context = input.context;
  context.ansi = context.ansi || !context.flag("spark.sql.legacy.sizeOfNull", true);
  const ExpressionPtr bound = bind_overloads(
      {input.entry, input.name, input.arguments, input.request, context}, input.expressions());
  return with_nullable(bound, context.ansi && arguments_of(bound)[0]->nullable);
}

ExpressionPtr bind_array_item(const BindInput& input) {
  require_count(input, {2});
  const DataType& given = input.argument(1)->type;
  if (input.argument(0)->type.is(TypeKind::kArray) && !given.is_integral() &&
      !given.is(TypeKind::kVoid)) {
    throw unexpected_input_type("getarrayitem", input.expressions(), 1, "\"INTEGRAL\"",
                                input.request.origin);
  }
  const ExpressionPtr bound = bind_overloads(input, input.expressions());
  const ExpressionPtr& list = arguments_of(bound)[0];
  bool raises = input.context.ansi && input.name != "get";
  const auto ordinal = constant_ordinal(input, arguments_of(bound)[1]);
  const auto elements = element_nullability(*list);
  // Spark's SimplifyExtractValueOps reads `array(a, b)[5]` as NULL, under ANSI too, unless all of
  // it is constant and was folded before.
  const bool is_simplified = raises && ordinal && elements && !resolved::is_foldable(*list);
  raises = raises && !is_simplified;
  bool nullable = raises ? list->type.contains_null() || list->nullable : true;
  if (ordinal && elements && *ordinal < static_cast<int64_t>(elements->size())) {
    nullable = *ordinal < 0 || (*elements)[static_cast<size_t>(*ordinal)];
  }
  if (!is_simplified) return with_nullable(bound, nullable);
  auto call = std::get<resolved::Call>(bound->node);
  call.ansi = false;
  return resolved::make_expression(std::move(call), bound->type, nullable, bound->origin);
}

bool array_element_nullable(const BindInput& input, const ExpressionPtr& list,
                            const ExpressionPtr& ordinal) {
  const bool raises = input.context.ansi && input.name == "element_at";
  const auto index = constant_ordinal(input, ordinal);
  const auto elements = element_nullability(*list);
  if (!index || !elements) return raises ? list->type.contains_null() || list->nullable : true;
  const auto count = static_cast<int64_t>(elements->size());
  if (*index == 0) return false;
  if (std::abs(*index) > count) return !raises;
  return (*elements)[static_cast<size_t>(*index < 0 ? count + *index : *index - 1)];
}

ExpressionPtr bind_array_membership(const BindInput& input) {
  const ExpressionPtr bound = bind_overloads(input, input.expressions());
  bool nullable = any_nullable(arguments_of(bound));
  for (const ExpressionPtr& argument : arguments_of(bound)) {
    const bool is_list = argument->type.is(TypeKind::kArray) &&
                         (argument == arguments_of(bound)[0] || input.name == "arrays_overlap");
    nullable = nullable || (is_list && argument->type.contains_null());
  }
  return with_nullable(bound, nullable);
}

ExpressionPtr bind_flatten(const BindInput& input) {
  const ExpressionPtr bound = bind_overloads(input, input.expressions());
  const ExpressionPtr& list = arguments_of(bound)[0];
  return with_nullable(bound, list->nullable || list->type.contains_null());
}

}  // namespace grebe::functions
