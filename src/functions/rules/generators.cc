// Generators: their columns and, for those that need it, their list.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"
#include "types/carrier.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::StructField;
using types::TypeKind;

namespace {

StructField column(std::string name, DataType type, bool nullable) {
  return {
      .name = std::move(name), .type = std::move(type), .nullable = nullable, .metadata_json = {}};
}

/// A generator's type is the struct of its columns.
ExpressionPtr make_generator(const BindInput& input, std::vector<ExpressionPtr> arguments,
                             std::vector<StructField> columns, int overload) {
  return make_call(input, std::move(arguments), DataType::struct_type(std::move(columns)), false,
                   overload);
}

}  // namespace

ExpressionPtr bind_explode(const BindInput& input) {
  require_count(input, {1});
  const ExpressionPtr& source = input.argument(0);
  const DataType& type = source->type;
  const bool is_outer = input.name.ends_with("_outer");
  std::vector<StructField> columns;
  if (input.name.starts_with("pos"))
    columns.push_back(column("pos", DataType::integer(), is_outer));
  if (type.is(TypeKind::kArray)) {
    columns.push_back(column("col", type.element(), is_outer || type.contains_null()));
    return make_generator(input, {source}, std::move(columns), 0);
  }
  if (type.is(TypeKind::kMap)) {
    columns.push_back(column("key", type.key(), is_outer));
    columns.push_back(column("value", type.value(), is_outer || type.value_contains_null()));
    return make_generator(input, {source}, std::move(columns), 1);
  }
  throw unexpected_input_type(input.name, {source}, 0, "(\"ARRAY\" or \"MAP\")",
                              input.request.origin);
}

ExpressionPtr bind_inline(const BindInput& input) {
  require_count(input, {1});
  const ExpressionPtr& source = input.argument(0);
  const DataType& type = source->type;
  if (!type.is(TypeKind::kArray) || !type.element().is(TypeKind::kStruct)) {
    throw unexpected_input_type(input.name, {source}, 0, "\"ARRAY<STRUCT>\"", input.request.origin);
  }
  const bool is_outer = input.name.ends_with("_outer");
  std::vector<StructField> columns = type.element().fields();
  for (StructField& each : columns) {
    each.nullable = each.nullable || is_outer || type.contains_null();
  }
  const int overload = columns.size() == 1 ? 1 : 0;
  return make_generator(input, {source}, std::move(columns), overload);
}

ExpressionPtr bind_stack(const BindInput& input) {
  std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.size() < 2) {
    throw wrong_number_of_arguments(input.name, "> 1", arguments.size());
  }
  const auto rows = static_cast<size_t>(constant_integer(input, 0, "n").value_or(0));
  if (rows == 0) {
    throw type_mismatch(
        "VALUE_OUT_OF_RANGE", input.name, arguments,
        {{"exprName", "`n`"}, {"valueRange", "(0, 2147483647]"}, {"currentValue", "0"}},
        input.request.origin);
  }
  const size_t width = (arguments.size() - 1 + rows - 1) / rows;
  std::vector<StructField> columns;
  for (size_t c = 0; c < width; ++c) {
    DataType type;
    for (size_t r = 0; r < rows; ++r) {
      const size_t at = 1 + r * width + c;
      if (at >= arguments.size()) continue;
      if (type.is(TypeKind::kVoid)) {
        type = arguments[at]->type;
      } else if (!arguments[at]->type.is(TypeKind::kVoid) && !arguments[at]->type.same_type(type)) {
        throw type_mismatch("STACK_COLUMN_DIFF_TYPES", input.name, arguments,
                            {{"columnIndex", std::to_string(c)},
                             {"leftParamIndex", std::to_string(c + 1)},
                             {"leftType", quote_type(type)},
                             {"rightParamIndex", std::to_string(at)},
                             {"rightType", quote_type(arguments[at]->type)}},
                            input.request.origin);
      }
    }
    for (size_t r = 0; r < rows; ++r) {
      const size_t at = 1 + r * width + c;
      if (at < arguments.size()) arguments[at] = cast_to(arguments[at], type, input.context);
    }
    columns.push_back(column("col" + std::to_string(c), type, true));
  }
  return make_generator(input, std::move(arguments), std::move(columns), 0);
}

std::string lower_stack(const LowerInput& input) {
  const auto& columns = input.type.fields();
  std::string rows;
  const auto* count = literal_value(*input.arguments[0]);
  const auto* wanted = count != nullptr ? std::get_if<int64_t>(&count->data) : nullptr;
  const size_t last =
      wanted != nullptr ? static_cast<size_t>(*wanted) * columns.size() : input.sql.size() - 1;
  for (size_t at = 1; at <= last; at += columns.size()) {
    std::string cells;
    for (size_t c = 0; c < columns.size(); ++c) {
      const std::string cell =
          at + c < input.sql.size()
              ? input.sql[at + c]
              : fmt::format("CAST(NULL AS {})", types::carrier_type(columns[c].type));
      cells += columns.size() == 1 ? cell : fmt::format("{}'f{}': {}", c == 0 ? "" : ", ", c, cell);
    }
    rows += (rows.empty() ? "" : ", ") + (columns.size() == 1 ? cells : "{" + cells + "}");
  }
  return "[" + rows + "]";
}

ExpressionPtr bind_json_tuple(const BindInput& input) {
  std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.size() < 2) {
    throw wrong_number_of_arguments(input.name, "> 1", arguments.size());
  }
  std::vector<StructField> columns;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!arguments[i]->type.is_string_like()) {
      throw type_mismatch("NON_STRING_TYPE", input.name, arguments,
                          {{"funcName", core::quote_identifier(input.name)}}, input.request.origin);
    }
    if (i > 0) columns.push_back(column("c" + std::to_string(i - 1), DataType::string(), true));
  }
  return make_generator(input, std::move(arguments), std::move(columns), 0);
}

std::string lower_json_tuple(const LowerInput& input) {
  std::string cells;
  for (size_t i = 1; i < input.sql.size(); ++i) {
    const std::string cell = fmt::format(
        "grebe_json_scalar(grebe_json_field(grebe_json_text({}), "
        "{}), true)",
        input.sql[0], input.sql[i]);
    cells +=
        input.sql.size() == 2 ? cell : fmt::format("{}'f{}': {}", i == 1 ? "" : ", ", i - 1, cell);
  }
  return input.sql.size() == 2 ? "[" + cells + "]" : "[{" + cells + "}]";
}

std::vector<StructField> generator_output(const resolved::Expression& generator) {
  if (!generator.type.is(TypeKind::kStruct)) {
    throw core::internal_error("a generator without columns: " + resolved::pretty_name(generator));
  }
  return generator.type.fields();
}

}  // namespace grebe::functions
