// Building blocks of bind rules; see calls.h.
#include "functions/calls.h"

#include <algorithm>

#include "functions/binding_errors.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;

ExpressionPtr call(const std::string& name, std::vector<ExpressionPtr> arguments,
                   const BindContext& context, const core::Origin& origin) {
  CallRequest request{.name_parts = {name}, .origin = origin};
  for (ExpressionPtr& argument : arguments) request.arguments.push_back({std::move(argument), {}});
  return bind_function(request, context);
}

ExpressionPtr cast_to(const ExpressionPtr& child, const DataType& type,
                      const BindContext& context) {
  return bind_cast(child, type,
                   context.ansi ? resolved::CastMode::kAnsi : resolved::CastMode::kLegacy, true,
                   child->origin);
}

namespace {

ExpressionPtr literal(types::Value value, DataType type) {
  const bool nullable = value.is_null();
  return resolved::make_expression(resolved::Literal{std::move(value)}, std::move(type), nullable);
}

/// Folds a constant argument, or says that it must be one.
types::Value fold_argument(const BindInput& input, size_t index, const std::string& parameter) {
  const ExpressionPtr& argument = input.argument(index);
  if (const types::Value* value = literal_value(*argument)) return *value;
  if (!resolved::is_foldable(*argument) || !input.context.evaluate) {
    throw type_mismatch("NON_FOLDABLE_INPUT", input.name, input.expressions(),
                        {{"inputName", parameter},
                         {"inputType", quote_type(argument->type)},
                         {"inputExpr", core::quote_sql(resolved::pretty_name(*argument))}},
                        input.request.origin);
  }
  return input.context.evaluate(argument);
}

}  // namespace

ExpressionPtr int_literal(int32_t value) {
  return literal({static_cast<int64_t>(value)}, DataType::integer());
}

ExpressionPtr string_literal(std::string text) {
  return literal({std::move(text)}, DataType::string());
}

ExpressionPtr boolean_literal(bool value) { return literal({value}, DataType::boolean()); }

ExpressionPtr null_literal(DataType type) { return literal({}, std::move(type)); }

const types::Value* literal_value(const resolved::Expression& expression) {
  if (const auto* literal = std::get_if<resolved::Literal>(&expression.node)) {
    return &literal->value;
  }
  if (const auto* cast = std::get_if<resolved::Cast>(&expression.node);
      cast != nullptr && cast->is_implicit && cast->child->type.kind() == expression.type.kind()) {
    return literal_value(*cast->child);
  }
  return nullptr;
}

std::optional<std::string> constant_text(const BindInput& input, size_t index,
                                         const std::string& parameter) {
  types::Value value = fold_argument(input, index, parameter);
  if (auto* text = std::get_if<std::string>(&value.data)) return std::move(*text);
  if (value.is_null()) return std::nullopt;
  throw unexpected_input_type(input.name, input.expressions(), index, "\"STRING\"",
                              input.request.origin);
}

std::optional<int64_t> constant_integer(const BindInput& input, size_t index,
                                        const std::string& parameter) {
  const types::Value value = fold_argument(input, index, parameter);
  if (const auto* number = std::get_if<int64_t>(&value.data)) return *number;
  if (value.is_null()) return std::nullopt;
  throw unexpected_input_type(input.name, input.expressions(), index, "\"INT\"",
                              input.request.origin);
}

ExpressionPtr make_call(const BindInput& input, std::vector<ExpressionPtr> arguments, DataType type,
                        bool nullable, int overload) {
  return resolved::make_expression(resolved::Call{.function = std::string(input.entry.name),
                                                  .overload = overload,
                                                  .arguments = std::move(arguments),
                                                  .ansi = input.context.ansi},
                                   std::move(type), nullable, input.request.origin);
}

ExpressionPtr make_aggregate(const BindInput& input, std::vector<ExpressionPtr> arguments,
                             DataType type, bool nullable, int overload) {
  return resolved::make_expression(
      resolved::AggregateCall{.function = std::string(input.entry.name),
                              .overload = overload,
                              .arguments = std::move(arguments),
                              .is_distinct = input.request.is_distinct,
                              .filter = input.request.filter,
                              .ignore_nulls = input.request.ignore_nulls,
                              .within_group = input.request.within_group,
                              .ansi = input.context.ansi},
      std::move(type), nullable, input.request.origin);
}

bool any_nullable(const std::vector<ExpressionPtr>& expressions) {
  return std::any_of(expressions.begin(), expressions.end(),
                     [](const ExpressionPtr& e) { return e->nullable; });
}

std::vector<ExpressionPtr> cast_to_common(const BindInput& input,
                                          const std::vector<ExpressionPtr>& expressions) {
  std::vector<DataType> types;
  for (const ExpressionPtr& expression : expressions) types.push_back(expression->type);
  const auto common = types::wider_type(types, types::coercion_rules(input.context.ansi));
  if (!common) {
    // CASE and IF list their branches otherwise than functions do.
    const bool is_case = input.entry.name == "when" || input.entry.name == "case";
    const bool is_branch = is_case || input.entry.name == "if";
    std::string joined;
    for (const DataType& type : types) {
      joined += (joined.empty() ? "" : is_branch ? ", " : " or ") + quote_type(type);
    }
    joined = is_branch ? "[" + joined + "]" : "(" + joined + ")";
    throw type_mismatch(
        "DATA_DIFF_TYPES", input.name, input.expressions(),
        {{"functionName", is_case ? "`casewhen`" : core::quote_identifier(input.name)},
         {"dataType", joined}},
        input.request.origin);
  }
  std::vector<ExpressionPtr> cast;
  for (const ExpressionPtr& expression : expressions) {
    cast.push_back(cast_to(expression, *common, input.context));
  }
  return cast;
}

void require_count(const BindInput& input, const std::vector<size_t>& counts) {
  if (std::find(counts.begin(), counts.end(), input.arguments.size()) == counts.end()) {
    throw wrong_number_of_arguments(input.name, counts, input.arguments.size(),
                                    input.request.origin);
  }
}

const ExpressionPtr& BindInput::argument(size_t i) const {
  const auto* expression = std::get_if<ExpressionPtr>(&arguments.at(i).value);
  if (expression == nullptr) {
    throw core::analysis_error("INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
                               {{"class", name}}, request.origin);
  }
  return *expression;
}

std::vector<ExpressionPtr> BindInput::expressions() const {
  std::vector<ExpressionPtr> all;
  for (size_t i = 0; i < arguments.size(); ++i) all.push_back(argument(i));
  return all;
}

}  // namespace grebe::functions
