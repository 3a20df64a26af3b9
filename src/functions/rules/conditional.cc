// CASE, IF, COALESCE, GREATEST and LEAST → calls whose branches share one type.
#include <fmt/format.h>

#include <algorithm>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"
#include "types/ordering.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

namespace {

/// Checks a condition; a null constant counts as boolean.
ExpressionPtr as_condition(const BindInput& input, size_t index) {
  const ExpressionPtr& condition = input.argument(index);
  if (condition->type.is(TypeKind::kVoid)) {
    return cast_to(condition, DataType::boolean(), input.context);
  }
  if (!condition->type.is(TypeKind::kBoolean)) {
    throw unexpected_input_type(input.name, input.expressions(), index, "\"BOOLEAN\"",
                                input.request.origin);
  }
  return condition;
}

}  // namespace

ExpressionPtr bind_when(const BindInput& input) {
  const size_t count = input.arguments.size();
  if (count < 2) {
    throw wrong_number_of_arguments(input.name, "> 1", count);
  }
  const bool has_else = count % 2 == 1;
  std::vector<ExpressionPtr> values;
  for (size_t i = 1; i < count; i += 2) values.push_back(input.argument(i));
  if (has_else) values.push_back(input.argument(count - 1));
  values = cast_to_common(input, values);
  std::vector<ExpressionPtr> arguments;
  for (size_t i = 0; i + 1 < count; i += 2) {
    arguments.push_back(as_condition(input, i));
    arguments.push_back(values[i / 2]);
  }
  if (has_else) arguments.push_back(values.back());
  const bool nullable = !has_else || any_nullable(values);
  return make_call(input, std::move(arguments), values[0]->type, nullable);
}

std::string lower_when(const LowerInput& input) {
  std::string sql = "CASE";
  const size_t pairs = input.sql.size() / 2;
  for (size_t i = 0; i < pairs; ++i) {
    sql += fmt::format(" WHEN {} THEN {}", input.sql[2 * i], input.sql[2 * i + 1]);
  }
  if (input.sql.size() % 2 == 1) sql += fmt::format(" ELSE {}", input.sql.back());
  return fmt::format("{} END", sql);
}

ExpressionPtr bind_if(const BindInput& input) {
  require_count(input, {3});
  const std::vector<ExpressionPtr> values =
      cast_to_common(input, {input.argument(1), input.argument(2)});
  return make_call(input, {as_condition(input, 0), values[0], values[1]}, values[0]->type,
                   values[0]->nullable || values[1]->nullable);
}

ExpressionPtr bind_coalesce(const BindInput& input) {
  if (input.arguments.empty()) {
    throw wrong_number_of_arguments(input.name, "> 0", 0);
  }
  std::vector<ExpressionPtr> arguments = cast_to_common(input, input.expressions());
  const bool nullable = std::all_of(arguments.begin(), arguments.end(),
                                    [](const ExpressionPtr& e) { return e->nullable; });
  const DataType type = arguments[0]->type;
  return make_call(input, std::move(arguments), type, nullable);
}

std::string lower_greatest_least(const LowerInput& input) {
  // DuckDB compares doubles by themselves, but floats by keys that know no negative zero.
  const bool is_float = input.type.is(TypeKind::kFloat);
  std::string all;
  for (const std::string& each : input.sql) {
    all += (all.empty() ? "" : ", ") + (is_float ? fmt::format("CAST({} AS DOUBLE)", each) : each);
  }
  const std::string& name = input.function;
  if (is_float) return fmt::format("CAST({}({}) AS FLOAT)", name, all);
  if (!input.type.is_nested()) return name + "(" + all + ")";
  // Nulls inside come first in Spark: values are sorted by the key that says so.
  return fmt::format(
      "(list_sort(list_transform(list_filter([{}], lambda e: e IS NOT NULL), "
      "lambda e: {{'k': {}, 'v': e}}), '{}')[1]).v",
      all, types::ordering_key("e", input.type), name == "least" ? "ASC" : "DESC");
}

ExpressionPtr bind_extreme(const BindInput& input) {
  if (input.arguments.size() < 2) {
    throw wrong_number_of_arguments(input.name, "> 1", input.arguments.size());
  }
  std::vector<ExpressionPtr> arguments = input.expressions();
  std::optional<DataType> common = arguments[0]->type;
  for (const ExpressionPtr& argument : arguments) {
    common = types::wider_type_without_strings(*common, argument->type,
                                               types::coercion_rules(input.context.ansi));
    if (!common) break;
  }
  if (!common) {
    std::string joined;
    for (const ExpressionPtr& argument : arguments) {
      joined += (joined.empty() ? "" : ", ") + quote_type(argument->type);
    }
    throw type_mismatch(
        "DATA_DIFF_TYPES", input.name, arguments,
        {{"functionName", core::quote_identifier(input.name)}, {"dataType", "[" + joined + "]"}},
        input.request.origin);
  }
  for (ExpressionPtr& argument : arguments) argument = cast_to(argument, *common, input.context);
  const bool nullable = std::all_of(arguments.begin(), arguments.end(),
                                    [](const ExpressionPtr& e) { return e->nullable; });
  return make_call(input, std::move(arguments), *common, nullable);
}

}  // namespace grebe::functions
