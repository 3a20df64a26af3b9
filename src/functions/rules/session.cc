// Functions that are constants of the session, and checks that know their own text.
#include <algorithm>
#include <iterator>
#include <string_view>

#include "core/spark_error.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

using resolved::ExpressionPtr;

namespace {

struct SessionValue {
  std::string_view name;
  std::string (*read)(const BindContext& context);
};

std::string read_database(const BindContext& context) { return context.current_database; }
std::string read_user(const BindContext& context) { return context.user; }

constexpr SessionValue kValues[] = {
    {"current_catalog", [](const BindContext& context) { return context.current_catalog; }},
    {"current_database", &read_database},
    {"current_schema", &read_database},
    {"current_user", &read_user},
    {"user", &read_user},
    // The version that Grebe follows, with the commit that Spark 3.5.7 was built from.
    {"version",
     [](const BindContext&) {
       return std::string("3.5.7 ed00d046951a7ecda6429accd3b9c5b2dc792b65");
     }},
};

ExpressionPtr with_lowered(const BindInput& input, std::vector<ExpressionPtr> arguments,
                           const ExpressionPtr& lowered) {
  return resolved::make_expression(
      resolved::Call{.function = input.name, .arguments = std::move(arguments), .lowered = lowered},
      lowered->type, lowered->nullable, input.request.origin);
}

}  // namespace

ExpressionPtr bind_session_value(const BindInput& input) {
  require_count(input, {0});
  for (const SessionValue& value : kValues) {
    if (value.name == input.name) {
      return with_lowered(input, {}, string_literal(value.read(input.context)));
    }
  }
  throw core::internal_error("no session value named " + input.name);
}

ExpressionPtr bind_typeof(const BindInput& input) {
  require_count(input, {1});
  return with_lowered(input, {input.argument(0)},
                      string_literal(input.argument(0)->type.simple_string()));
}

namespace {

/// A condition as Spark's plans print it, which names casts.
std::string plan_text(const resolved::Expression& expression) {
  if (const auto* call = std::get_if<resolved::Call>(&expression.node)) {
    if (call->lowered && std::holds_alternative<resolved::Cast>(call->lowered->node)) {
      return plan_text(*call->lowered);
    }
  }
  if (const auto* cast = std::get_if<resolved::Cast>(&expression.node)) {
    return "cast(" + plan_text(*cast->child) + " as " + expression.type.simple_string() + ")";
  }
  const auto* literal = std::get_if<resolved::Literal>(&expression.node);
  if (literal != nullptr && literal->value.is_null()) return "null";
  constexpr std::string_view kComparisons[] = {"<", "<=", "<=>", "=", ">", ">="};
  const auto* call = std::get_if<resolved::Call>(&expression.node);
  if (call != nullptr && std::find(std::begin(kComparisons), std::end(kComparisons),
                                   call->function) != std::end(kComparisons)) {
    return "(" + plan_text(*call->arguments[0]) + " " + call->function + " " +
           plan_text(*call->arguments[1]) + ")";
  }
  return resolved::pretty_name(expression);
}

}  // namespace

ExpressionPtr bind_assert_true(const BindInput& input) {
  require_count(input, {1, 2});
  std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.size() == 1) {
    arguments.push_back(string_literal("'" + plan_text(*arguments[0]) + "' is not true!"));
  }
  return bind_overloads(input, std::move(arguments));
}

}  // namespace grebe::functions
