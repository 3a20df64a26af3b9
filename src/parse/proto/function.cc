// Calls, lambdas and subqueries of messages → plan expressions.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {

namespace {

/// Functions that DataFrames have and SQL has not go by a name that no text can write.
std::string builtin_name(const sc::Expression::UnresolvedFunction& message) {
  const bool is_product = message.function_name() == "product" && message.arguments_size() == 1;
  return is_product ? "#product" : message.function_name();
}

}  // namespace

plan::ExpressionPtr Conversion::function(const sc::Expression::UnresolvedFunction& message) {
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
