// Higher-order functions: a function types its lambda's parameters, then lowers to list lambdas.
// Long: one rule for each higher-order function.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/bind_once.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/checked_map.h"
#include "functions/rules/rules.h"
#include "types/carrier.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using resolved::LambdaParameter;
using types::DataType;
using types::TypeKind;

namespace {

struct Parameter {
  DataType type;
  bool nullable;
};

size_t lambda_arity(const BindInput& input, size_t index) {
  const auto* lambda = std::get_if<LambdaArgument>(&input.arguments.at(index).value);
  if (lambda == nullptr) {
    throw unexpected_input_type(input.name, {input.argument(0), input.argument(index)}, 1,
                                "\"FUNCTION\"", input.request.origin);
  }
  return lambda->parameter_names.size();
}

/// Where Spark places an error about a lambda's type: it finds them when it checks the operator.
core::Origin whole_statement(const BindInput& input) {
  core::Origin origin = input.request.origin;
  if (!origin.has_text()) return origin;
  origin.start = 0;
  origin.stop = static_cast<int32_t>(origin.text->size());
  origin.line = 1;
  origin.column = 0;
  return origin;
}

/// Resolves the lambda at `index` over typed parameters.
ExpressionPtr bind_lambda(const BindInput& input, size_t index,
                          const std::vector<Parameter>& parameters) {
  const size_t arity = lambda_arity(input, index);
  const auto& lambda = std::get<LambdaArgument>(input.arguments[index].value);
  if (arity != parameters.size()) {
    throw core::analysis_error("INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH",
                               {{"expectedNumArgs", std::to_string(arity)},
                                {"actualNumArgs", std::to_string(parameters.size())}},
                               lambda.origin);
  }
  std::vector<LambdaParameter> bound;
  for (size_t i = 0; i < arity; ++i) {
    bound.push_back({.id = input.context.next_id(),
                     .name = lambda.parameter_names[i],
                     .type = parameters[i].type,
                     .nullable = parameters[i].nullable});
  }
  const ExpressionPtr body = lambda.resolve(bound);
  return resolved::make_expression(resolved::Lambda{.parameters = bound, .body = body}, body->type,
                                   body->nullable, lambda.origin);
}

/// The lambda with its body cast to another type.
ExpressionPtr cast_body(const ExpressionPtr& lambda, const DataType& type,
                        const BindContext& context) {
  const auto& node = std::get<resolved::Lambda>(lambda->node);
  const ExpressionPtr body = cast_to(node.body, type, context);
  return resolved::make_expression(resolved::Lambda{.parameters = node.parameters, .body = body},
                                   body->type, body->nullable, lambda->origin);
}

const ExpressionPtr& require_kind(const BindInput& input, size_t index, TypeKind kind,
                                  const std::string& name) {
  const ExpressionPtr& argument = input.argument(index);
  if (!argument->type.is(kind)) {
    throw unexpected_input_type(input.name, {argument}, 0, "\"" + name + "\"",
                                input.request.origin);
  }
  return argument;
}

void require_boolean(const BindInput& input, const ExpressionPtr& lambda) {
  if (!lambda->type.is(TypeKind::kBoolean)) {
    throw unexpected_input_type(input.name, {input.argument(0), lambda}, 1, "\"BOOLEAN\"",
                                input.request.origin);
  }
}

/// Emitted text of a lambda: `lambda a, b: body`.
struct LambdaSql {
  std::vector<std::string> parameters;
  std::string body;
};

LambdaSql read_lambda(const std::string& sql) {
  LambdaSql lambda;
  size_t start = sql.find("lambda ");
  const size_t colon = sql.find(": ", start);
  if (start != 0 && sql.substr(0, 1) != "(") {
    throw core::internal_error("a lambda was emitted in another form: " + sql);
  }
  start += 7;
  while (start < colon) {
    size_t end = sql.find(", ", start);
    if (end == std::string::npos || end > colon) end = colon;
    lambda.parameters.push_back(sql.substr(start, end - start));
    start = end + (end < colon ? 2 : 0);
  }
  lambda.body = sql.substr(colon + 2);
  if (sql[0] == '(') lambda.body.pop_back();
  return lambda;
}

/// `body` with one of its variables bound to `value`.
std::string bind_variable(const std::string& name, const std::string& value,
                          const std::string& body) {
  return fmt::format("list_transform([{}], lambda {}: {})[1]", value, name, body);
}

/// The lambda as DuckDB's element (and 1-based position) lambda.
std::string element_lambda(const LambdaSql& lambda) {
  if (lambda.parameters.size() == 1) {
    return fmt::format("lambda {}: {}", lambda.parameters[0], lambda.body);
  }
  const std::string position = "p_" + lambda.parameters[1];
  return fmt::format("lambda {}, {}: {}", lambda.parameters[0], position,
                     bind_variable(lambda.parameters[1],
                                   fmt::format("CAST({} - 1 AS INTEGER)", position), lambda.body));
}

/// The body over a map entry `e` of DuckDB's map_entries.
std::string over_entry(const LambdaSql& lambda, const std::string& entry) {
  return bind_variable(lambda.parameters[0], entry + ".key",
                       bind_variable(lambda.parameters[1], entry + ".value", lambda.body));
}

}  // namespace

ExpressionPtr bind_transform(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& list = require_kind(input, 0, TypeKind::kArray, "ARRAY");
  std::vector<Parameter> parameters = {{list->type.element(), list->type.contains_null()}};
  if (lambda_arity(input, 1) == 2) parameters.push_back({DataType::integer(), false});
  const ExpressionPtr lambda = bind_lambda(input, 1, parameters);
  return make_call(input, {list, lambda}, DataType::array(lambda->type, lambda->nullable),
                   list->nullable);
}

std::string lower_transform(const LowerInput& input) {
  return fmt::format("list_transform({}, {})", input.sql[0],
                     element_lambda(read_lambda(input.sql[1])));
}

ExpressionPtr bind_filter(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& list = require_kind(input, 0, TypeKind::kArray, "ARRAY");
  std::vector<Parameter> parameters = {{list->type.element(), list->type.contains_null()}};
  if (lambda_arity(input, 1) == 2) parameters.push_back({DataType::integer(), false});
  const ExpressionPtr lambda = bind_lambda(input, 1, parameters);
  require_boolean(input, lambda);
  return make_call(input, {list, lambda}, list->type, list->nullable);
}

std::string lower_filter(const LowerInput& input) {
  return fmt::format("list_filter({}, {})", input.sql[0],
                     element_lambda(read_lambda(input.sql[1])));
}

ExpressionPtr bind_exists(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& list = require_kind(input, 0, TypeKind::kArray, "ARRAY");
  const ExpressionPtr lambda =
      bind_lambda(input, 1, {{list->type.element(), list->type.contains_null()}});
  require_boolean(input, lambda);
  return make_call(input, {list, lambda}, DataType::boolean(), list->nullable || lambda->nullable);
}

namespace {

/// Three-valued OR (`decides` true) or AND (`decides` false) over the lambda's answers.
std::string lower_quantifier(const LowerInput& input, std::string_view decides,
                             std::string_view otherwise) {
  const std::string answers = lower_transform(input);
  return bind_once(
      answers, fmt::format("CASE WHEN $x IS NULL THEN NULL WHEN coalesce(list_contains($x, {}), "
                           "false) THEN {} WHEN list_count($x) < len($x) THEN NULL ELSE {} END",
                           decides, decides, otherwise));
}

}  // namespace

std::string lower_exists(const LowerInput& input) {
  return lower_quantifier(input, "true", "false");
}

std::string lower_forall(const LowerInput& input) {
  return lower_quantifier(input, "false", "true");
}

ExpressionPtr bind_aggregate(const BindInput& input) {
  require_count(input, {3, 4});
  const ExpressionPtr& list = require_kind(input, 0, TypeKind::kArray, "ARRAY");
  const ExpressionPtr zero = input.argument(1);
  // What merging makes may hold nulls where the start has none.
  const DataType state = zero->type.as_nullable();
  const ExpressionPtr merge =
      bind_lambda(input, 2, {{state, true}, {list->type.element(), list->type.contains_null()}});
  ExpressionPtr finish;
  if (input.arguments.size() == 4) {
    finish = bind_lambda(input, 3, {{state, true}});
  } else {
    const LambdaParameter same{
        .id = input.context.next_id(), .name = "x", .type = state, .nullable = true};
    const ExpressionPtr body = resolved::make_expression(
        resolved::LambdaVariable{.id = same.id, .name = same.name}, same.type, true);
    finish = resolved::make_expression(resolved::Lambda{.parameters = {same}, .body = body},
                                       same.type, true);
  }
  if (!merge->type.same_type(zero->type)) {
    throw unexpected_input_type(input.name, {list, zero, merge, finish}, 2,
                                "\"" + zero->type.sql() + "\"", whole_statement(input));
  }
  const DataType type = finish->type;
  return make_call(input, {list, zero, cast_body(merge, state, input.context), std::move(finish)},
                   type, true);
}

std::string lower_aggregate_lambda(const LowerInput& input) {
  const LambdaSql merge = read_lambda(input.sql[2]);
  const LambdaSql finish = read_lambda(input.sql[3]);
  const DataType& state = input.type_of(1);
  const DataType& element = input.type_of(0).element();
  std::string reduced;
  if (state.same_type(element)) {
    reduced = fmt::format("list_reduce({}, lambda {}, {}: {}, {})", input.sql[0],
                          merge.parameters[0], merge.parameters[1], merge.body, input.sql[1]);
  } else {
    // DuckDB folds states of the element's type only: both travel in one struct.
    const std::string pack =
        fmt::format("{{'s': CAST(NULL AS {}), 'e': e}}", types::carrier_type(state));
    reduced = fmt::format(
        "struct_extract(list_reduce(list_transform({}, lambda e: {}), lambda a, b: {{'s': {}, 'e': "
        "b.e}}, {{'s': CAST({} AS {}), 'e': CAST(NULL AS {})}}), 's')",
        input.sql[0], pack,
        bind_variable(merge.parameters[0], "a.s",
                      bind_variable(merge.parameters[1], "b.e", merge.body)),
        input.sql[1], types::carrier_type(state), types::carrier_type(element));
  }
  if (finish.body == "(" + finish.parameters[0] + ")") return reduced;
  return fmt::format("CASE WHEN {} IS NOT NULL THEN {} END", input.sql[0],
                     bind_variable(finish.parameters[0], reduced, finish.body));
}

ExpressionPtr bind_zip_with(const BindInput& input) {
  require_count(input, {3});
  const ExpressionPtr& left = require_kind(input, 0, TypeKind::kArray, "ARRAY");
  const ExpressionPtr& right = require_kind(input, 1, TypeKind::kArray, "ARRAY");
  const ExpressionPtr lambda =
      bind_lambda(input, 2, {{left->type.element(), true}, {right->type.element(), true}});
  return make_call(input, {left, right, lambda}, DataType::array(lambda->type, lambda->nullable),
                   left->nullable || right->nullable);
}

std::string lower_zip_with(const LowerInput& input) {
  const LambdaSql lambda = read_lambda(input.sql[2]);
  const std::string body = bind_variable(
      lambda.parameters[0], fmt::format("list_extract({}, z + 1)", input.sql[0]),
      bind_variable(lambda.parameters[1], fmt::format("list_extract({}, z + 1)", input.sql[1]),
                    lambda.body));
  return fmt::format(
      "CASE WHEN {} IS NOT NULL AND {} IS NOT NULL THEN list_transform(range(greatest(len({}), "
      "len({}))), lambda z: {}) END",
      input.sql[0], input.sql[1], input.sql[0], input.sql[1], body);
}

ExpressionPtr bind_array_sort(const BindInput& input) {
  require_count(input, {1, 2});
  if (input.arguments.size() == 1) return bind_overloads(input, input.expressions());
  const ExpressionPtr& list = require_kind(input, 0, TypeKind::kArray, "ARRAY");
  const Parameter element{list->type.element(), list->type.contains_null()};
  const ExpressionPtr lambda = bind_lambda(input, 1, {element, element});
  if (!lambda->type.is(TypeKind::kInteger)) {
    throw type_mismatch("UNEXPECTED_RETURN_TYPE", input.name, {list, lambda},
                        {{"functionName", "`lambdafunction`"},
                         {"expectedType", "\"INT\""},
                         {"actualType", quote_type(lambda->type)}},
                        whole_statement(input));
  }
  return make_call(input, {list, lambda}, list->type, list->nullable, 1);
}

std::string lower_array_sort(const LowerInput& input) {
  // DuckDB sorts by keys only: each element's key is the number of elements that go before it.
  const LambdaSql lambda = read_lambda(input.sql[1]);
  const std::string& left = lambda.parameters[0];
  const std::string& right = lambda.parameters[1];
  return fmt::format(
      "CASE WHEN len({0}) < 2 THEN {0} ELSE list_transform(list_sort(list_transform({0}, lambda "
      "{2}, p_{2}: {{'k': len(list_filter(list_transform({0}, lambda {1}, p_{1}: "
      "grebe_goes_before({3}, p_{1}, p_{2})), lambda b: b)), 'v': {2}}})), lambda s: s.v) END",
      input.sql[0], left, right, lambda.body);
}

ExpressionPtr bind_map_lambda(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& map = require_kind(input, 0, TypeKind::kMap, "MAP");
  const DataType& type = map->type;
  const ExpressionPtr lambda =
      bind_lambda(input, 1, {{type.key(), false}, {type.value(), type.value_contains_null()}});
  DataType result = type;
  if (input.name == "map_filter") {
    require_boolean(input, lambda);
  } else if (input.name == "transform_keys") {
    result = DataType::map(lambda->type, type.value(), type.value_contains_null());
  } else {
    result = DataType::map(type.key(), lambda->type, lambda->nullable);
  }
  return make_call(input, {map, lambda}, result, map->nullable);
}

std::string lower_map_filter(const LowerInput& input) {
  return fmt::format("map_from_entries(list_filter(map_entries({}), lambda e: {}))", input.sql[0],
                     over_entry(read_lambda(input.sql[1]), "e"));
}

std::string lower_transform_keys(const LowerInput& input) {
  return checked_map(fmt::format("list_transform(map_entries({}), lambda e: {})", input.sql[0],
                                 over_entry(read_lambda(input.sql[1]), "e")),
                     fmt::format("map_values({})", input.sql[0]), input.type,
                     doubled_keys(input.function));
}

std::string lower_transform_values(const LowerInput& input) {
  return fmt::format(
      "CASE WHEN {} IS NOT NULL THEN map(map_keys({}), list_transform(map_entries({}), lambda e: "
      "{})) END",
      input.sql[0], input.sql[0], input.sql[0], over_entry(read_lambda(input.sql[1]), "e"));
}

ExpressionPtr bind_map_zip_with(const BindInput& input) {
  require_count(input, {3});
  const ExpressionPtr& left = require_kind(input, 0, TypeKind::kMap, "MAP");
  const ExpressionPtr& right = require_kind(input, 1, TypeKind::kMap, "MAP");
  const DataType& left_key = left->type.key();
  const DataType& right_key = right->type.key();
  auto key =
      left_key.same_type(right_key)
          ? std::optional(left_key)
          : types::wider_type(left_key, right_key, types::coercion_rules(input.context.ansi));
  if (key && (types::cast_forces_nullable(left_key, *key) ||
              types::cast_forces_nullable(right_key, *key))) {
    key.reset();
  }
  if (!key) {
    const ExpressionPtr shown = bind_lambda(
        input, 2, {{left_key, false}, {left->type.value(), true}, {right->type.value(), true}});
    throw type_mismatch("MAP_ZIP_WITH_DIFF_TYPES", input.name, {left, right, shown},
                        {{"functionName", "`map_zip_with`"},
                         {"leftType", quote_type(left->type.key())},
                         {"rightType", quote_type(right->type.key())}},
                        input.request.origin);
  }
  const auto with_key = [&](const ExpressionPtr& map) {
    return cast_to(map, DataType::map(*key, map->type.value(), map->type.value_contains_null()),
                   input.context);
  };
  const ExpressionPtr lambda = bind_lambda(
      input, 2, {{*key, false}, {left->type.value(), true}, {right->type.value(), true}});
  return make_call(input, {with_key(left), with_key(right), lambda},
                   DataType::map(*key, lambda->type, lambda->nullable),
                   left->nullable || right->nullable);
}

std::string lower_map_zip_with(const LowerInput& input) {
  const LambdaSql lambda = read_lambda(input.sql[2]);
  const std::string& left = input.sql[0];
  const std::string& right = input.sql[1];
  const std::string keys = fmt::format(
      "list_concat(map_keys({0}), list_filter(map_keys({1}), lambda q: NOT "
      "list_contains(map_keys({0}), q)))",
      left, right);
  const std::string body = bind_variable(
      lambda.parameters[0], "k",
      bind_variable(
          lambda.parameters[1], fmt::format("list_extract(map_extract({}, k), 1)", left),
          bind_variable(lambda.parameters[2],
                        fmt::format("list_extract(map_extract({}, k), 1)", right), lambda.body)));
  return fmt::format(
      "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN map({2}, list_transform({2}, lambda k: "
      "{3})) END",
      left, right, keys, body);
}

}  // namespace grebe::functions
