// Calls, lambdas and subqueries of messages → plan expressions.
#include <optional>
#include <string_view>

#include "parse/proto/conversion.h"

namespace grebe::parse::proto {

namespace {

/// A constant as a small number: 0 or 1 of a flag or of degrees of freedom; -1 for anything else.
int constant_of(const sc::Expression& argument) {
  if (argument.literal().has_boolean()) return argument.literal().boolean() ? 1 : 0;
  return argument.literal().has_integer() ? argument.literal().integer() : -1;
}

/// The aggregate that one of pandas' own is, once its last argument, a constant, is known.
std::optional<std::string> pandas_aggregate(const sc::Expression::UnresolvedFunction& message) {
  struct Form {
    std::string_view name;
    int constant;
    const char* aggregate;
  };
  static constexpr Form kForms[] = {
      {"pandas_covar", 0, "covar_pop"},    {"pandas_covar", 1, "covar_samp"},
      {"pandas_product", 1, "#product"},   {"pandas_stddev", 0, "stddev_pop"},
      {"pandas_stddev", 1, "stddev_samp"}, {"pandas_var", 0, "var_pop"},
      {"pandas_var", 1, "var_samp"},
  };
  if (message.arguments().empty()) return std::nullopt;
  const int constant = constant_of(message.arguments(message.arguments_size() - 1));
  for (const Form& form : kForms) {
    if (form.name == message.function_name() && form.constant == constant) return form.aggregate;
  }
  return std::nullopt;
}

/// Functions that DataFrames have and SQL has not go by a name that no text can write.
std::string builtin_name(const sc::Expression::UnresolvedFunction& message) {
  const std::string& name = message.function_name();
  if (name == "product" && message.arguments_size() == 1) return "#product";
  return name == "distributed_sequence_id" ? "#distributed_sequence_id" : name;
}

}  // namespace

plan::ExpressionPtr Conversion::function(const sc::Expression::UnresolvedFunction& message) {
  if (const auto aggregate = pandas_aggregate(message)) {
    auto arguments = expressions(message.arguments());
    arguments.pop_back();
    return plan::make_call(*aggregate, std::move(arguments));
  }
  return plan::make_expression(
      plan::UnresolvedFunction{.name_parts = message.is_user_defined_function()
                                                 ? name(message.function_name())
                                                 : std::vector<std::string>{builtin_name(message)},
                               .arguments = expressions(message.arguments()),
                               .is_distinct = message.is_distinct(),
                               .filter = nullptr,
                               .ignore_nulls = false,
                               .within_group = {},
                               .is_internal = message.is_internal()});
}

plan::ExpressionPtr Conversion::lambda(const sc::Expression::LambdaFunction& message) {
  if (message.arguments_size() < 1 || message.arguments_size() > 3) {
    throw invalid_plan("LambdaFunction requires 1 ~ 3 arguments, but got " +
                       std::to_string(message.arguments_size()) + " ones!");
  }
  plan::Lambda lambda{.parameters = {}, .body = expression(message.function())};
  for (const auto& argument : message.arguments()) {
    if (argument.name_parts_size() != 1) {
      throw invalid_plan("A lambda parameter must have one name part");
    }
    lambda.parameters.push_back(argument.name_parts(0));
  }
  return plan::make_expression(std::move(lambda));
}

plan::ExpressionPtr Conversion::subquery(const sc::SubqueryExpression& message) {
  const auto found = references_.find(message.plan_id());
  if (found == references_.end()) {
    throw invalid_plan("The subquery refers to the unknown plan " +
                       std::to_string(message.plan_id()));
  }
  plan::Subquery out;
  switch (message.subquery_type()) {
    case sc::SubqueryExpression::SUBQUERY_TYPE_SCALAR:
      out.kind = plan::SubqueryKind::kScalar;
      break;
    case sc::SubqueryExpression::SUBQUERY_TYPE_EXISTS:
      out.kind = plan::SubqueryKind::kExists;
      break;
    case sc::SubqueryExpression::SUBQUERY_TYPE_IN:
      out.kind = plan::SubqueryKind::kIn;
      out.values = expressions(message.in_subquery_values());
      break;
    case sc::SubqueryExpression::SUBQUERY_TYPE_TABLE_ARG:
      throw core::unsupported("a table argument of a function");
    default:
      throw invalid_plan("Unknown subquery type");
  }
  out.relation = relation(*found->second);
  return plan::make_expression(std::move(out));
}

plan::ExpressionPtr Conversion::user_function(const sc::CommonInlineUserDefinedFunction& message) {
  const char* kind = "a user-defined function";
  switch (message.function_case()) {
    case sc::CommonInlineUserDefinedFunction::kPythonUdf:
      kind = "a Python function";
      break;
    case sc::CommonInlineUserDefinedFunction::kScalarScalaUdf:
      kind = "a Scala function";
      break;
    case sc::CommonInlineUserDefinedFunction::kJavaUdf:
      kind = "a Java function";
      break;
    case sc::CommonInlineUserDefinedFunction::FUNCTION_NOT_SET:
      throw invalid_plan("Function with ID: 0 is not supported");
  }
  return plan::make_expression(plan::UserFunction{.name = message.function_name(), .kind = kind});
}

}  // namespace grebe::parse::proto
