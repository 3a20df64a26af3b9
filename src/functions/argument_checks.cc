// Arguments that Spark refuses by itself; see argument_checks.h.
#include "functions/argument_checks.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "resolved/constant.h"
#include "types/ordering.h"

namespace grebe::functions {
namespace {

using resolved::ExpressionPtr;
using types::TypeKind;
using Arguments = std::vector<ExpressionPtr>;

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

core::SparkError no_order(const BindInput& input, const Arguments& arguments,
                          const types::DataType& type) {
  return type_mismatch(
      "INVALID_ORDERING_TYPE", input.name, arguments,
      {{"functionName", core::quote_identifier(input.name)}, {"dataType", quote_type(type)}},
      input.request.origin);
}

/// Functions that compare their arguments, or the elements of arrays.
void check_order(const BindInput& input, const Arguments& arguments) {
  if (is_one_of(input.name, {"greatest", "least", "in", "max", "min"})) {
    for (const auto& argument : arguments) {
      if (!types::is_orderable(argument->type)) throw no_order(input, arguments, argument->type);
    }
  }
  if (is_one_of(input.name, {"max_by", "min_by"}) && arguments.size() == 2 &&
      !types::is_orderable(arguments[1]->type)) {
    throw no_order(input, arguments, arguments[1]->type);
  }
  if (!is_one_of(input.name, {"array_contains", "array_position", "array_remove", "array_union",
                              "array_distinct", "array_except", "array_intersect"}) ||
      arguments.empty() || !arguments[0]->type.is(TypeKind::kArray)) {
    return;
  }
  const auto& element = arguments[0]->type.element();
  if (!types::is_orderable(element)) throw no_order(input, arguments, element);
}

core::SparkError no_literal(const BindInput& input, const char* argument, const char* type) {
  return core::analysis_error(
      "_LEGACY_ERROR_TEMP_1100",
      {{"argName", argument}, {"funcName", input.name}, {"requiredType", type}},
      input.request.origin);
}

/// Parameters that are read while the call is made.
void check_constants(const BindInput& input, const Arguments& arguments) {
  const auto& name = input.name;
  const auto& origin = input.request.origin;
  if (is_one_of(name, {"ceil", "ceiling", "floor"}) && arguments.size() == 2) {
    const auto& scale = *arguments[1];
    if (!resolved::is_foldable(scale) || !scale.type.is(TypeKind::kInteger)) {
      throw no_literal(input, "scale", "int");
    }
  }
  if (is_one_of(name, {"date_part", "datepart"}) && arguments.size() == 2 &&
      !resolved::is_foldable(*arguments[0])) {
    throw no_literal(input, "field", "string");
  }
  if (is_one_of(name, {"first", "first_value", "last", "last_value", "any_value"}) &&
      arguments.size() == 2) {
    const auto& flag = *arguments[1];
    if (!std::holds_alternative<resolved::Literal>(flag.node) ||
        !flag.type.is(TypeKind::kBoolean)) {
      throw core::analysis_error("_LEGACY_ERROR_TEMP_1210", {{"funcName", name}}, origin);
    }
  }
  if (is_one_of(name, {"rand", "random", "randn"}) && arguments.size() == 1) {
    const auto& seed = *arguments[0];
    const bool is_whole = seed.type.is(TypeKind::kInteger) || seed.type.is(TypeKind::kLong) ||
                          seed.type.is(TypeKind::kVoid);
    if (!resolved::is_foldable(seed)) {
      throw core::analysis_error(
          "SEED_EXPRESSION_IS_UNFOLDABLE",
          {{"seedExpr", core::quote_sql(resolved::pretty_name(seed))},
           {"exprWithSeed", core::quote_sql(name + "(" + resolved::pretty_name(seed) + ")")}},
          origin);
    }
    if (!is_whole && !seed.type.is(TypeKind::kShort) && !seed.type.is(TypeKind::kByte)) {
      throw unexpected_input_type(name, arguments, 0, "(\"INT\" or \"BIGINT\")", origin);
    }
  }
  const size_t schema = 1;
  if (is_one_of(name, {"from_json", "from_csv"}) && arguments.size() > schema &&
      arguments[schema]->type.is_string_like() && !resolved::is_foldable(*arguments[schema])) {
    throw core::analysis_error(
        "INVALID_SCHEMA.NON_STRING_LITERAL",
        {{"inputSchema", core::quote_sql(resolved::pretty_name(*arguments[schema]))}}, origin);
  }
}

/// The accuracy of approx_count_distinct, from which it makes registers at once.
void check_accuracy(const BindInput& input, const Arguments& arguments) {
  if (input.name != "approx_count_distinct" || arguments.size() != 2) return;
  const auto& type = arguments[1]->type;
  if (!std::holds_alternative<resolved::Literal>(arguments[1]->node) ||
      !(type.is(TypeKind::kDouble) || type.is(TypeKind::kDecimal))) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1104", {}, input.request.origin);
  }
  const auto deviation = std::stod(resolved::pretty_name(*arguments[1]));
  const double bits = std::ceil(2.0 * std::log(1.106 / deviation) / std::log(2.0));
  if (bits >= 4 && bits <= 18) return;
  throw core::analysis_error("FAILED_FUNCTION_CALL",
                             {{"funcName", core::quote_identifier(input.name)}},
                             input.request.origin);
}

/// Parameters that take no implicit cast.
void check_exact_types(const BindInput& input, const Arguments& arguments) {
  const auto& origin = input.request.origin;
  if (input.name == "get_json_object" && arguments.size() == 2) {
    for (size_t i = 0; i < arguments.size(); ++i) {
      const auto& type = arguments[i]->type;
      if (type.is_string_like() || type.is(TypeKind::kVoid)) continue;
      throw unexpected_input_type(input.name, arguments, i, "\"STRING\"", origin);
    }
  }
  if (input.name == "concat_ws") {
    for (size_t i = 1; i < arguments.size(); ++i) {
      const auto& type = arguments[i]->type;
      if (!type.is(TypeKind::kMap) && !type.is(TypeKind::kStruct)) continue;
      throw unexpected_input_type(input.name, arguments, i, "(\"ARRAY<STRING>\" or \"STRING\")",
                                  origin);
    }
  }
  if (input.name == "collect_set" && arguments.size() == 1 &&
      !types::is_orderable(arguments[0]->type)) {
    throw type_mismatch(
        "UNSUPPORTED_INPUT_TYPE", input.name, arguments,
        {{"functionName", core::quote_identifier(input.name)}, {"dataType", "\"MAP\""}}, origin);
  }
}

void check_counts(const BindInput& input, size_t count) {
  if (input.name == "elt" && count < 2) {
    throw wrong_number_of_arguments(input.name, "> 1", count);
  }
  if (input.name == "count" && count == 0) {
    throw core::analysis_error("WRONG_NUM_ARGS.WITH_SUGGESTION",
                               {{"functionName", core::quote_identifier(input.name)},
                                {"expectedNum", " >= 1"},
                                {"actualNum", "0"},
                                {"legacyNum", "0"},
                                {"legacyConfKey", "\"spark.sql.legacy.allowParameterlessCount\""},
                                {"legacyConfValue", "\"true\""}},
                               {});
  }
}

void check_format(const BindInput& input, const Arguments& arguments) {
  if (!is_one_of(input.name, {"format_string", "printf"}) || arguments.empty()) return;
  const auto* format = std::get_if<resolved::Literal>(&arguments[0]->node);
  const auto* text = format ? std::get_if<std::string>(&format->value.data) : nullptr;
  if (!text || text->find("%0$") == std::string::npos) return;
  throw core::analysis_error("INVALID_PARAMETER_VALUE.ZERO_INDEX",
                             {{"parameter", "`strfmt`"}, {"functionName", "`format_string`"}},
                             input.request.origin);
}

}  // namespace

void check_arguments(const BindInput& input) {
  Arguments arguments;
  for (const auto& argument : input.request.arguments) {
    const auto* value = std::get_if<ExpressionPtr>(&argument.value);
    if (!value || argument.name) return;
    arguments.push_back(*value);
  }
  check_counts(input, arguments.size());
  check_constants(input, arguments);
  check_accuracy(input, arguments);
  check_exact_types(input, arguments);
  check_order(input, arguments);
  check_format(input, arguments);
}

}  // namespace grebe::functions
