// Filter (WHERE) → Filter; a column that the list above the input dropped is fetched from below it.
#include "analyze/analyzer.h"
#include "plan/print.h"
#include "plan/walk.h"
#include "resolved/compare.h"

namespace grebe::analyze {
namespace {

/// Throws INVALID_WHERE_CONDITION with every aggregate of the condition.
void refuse_aggregates(const resolved::Expression& condition, const core::Origin& origin) {
  std::string found;
  resolved::any_node(condition, [&](const resolved::Expression& node) {
    const auto* call = std::get_if<resolved::AggregateCall>(&node.node);
    if (call && (call->function == "grouping" || call->function == "grouping_id")) {
      throw core::analysis_error("UNSUPPORTED_GROUPING_EXPRESSION", {}, origin);
    }
    if (std::holds_alternative<resolved::AggregateCall>(node.node)) {
      found += (found.empty() ? "" : ", ") + resolved::sql_text(node);
    }
    return false;
  });
  if (found.empty()) return;
  throw core::analysis_error(
      "INVALID_WHERE_CONDITION",
      {{"condition", core::quote_sql(resolved::pretty_name(condition))}, {"expressionList", found}},
      origin);
}

/// Where the first star of an expression was written.
core::Origin star_place(const plan::ExpressionPtr& expression) {
  if (std::holds_alternative<plan::UnresolvedStar>(expression->node)) return expression->origin;
  core::Origin found;
  plan::for_each_child(*expression, [&](const plan::ExpressionPtr& child) {
    if (!found.has_text()) found = star_place(child);
  });
  return found;
}

}  // namespace

Analyzed Analyzer::filter(const plan::Filter& node, const Context& context) {
  auto input = relation(node.input, context);
  // Aggregates are let in so that the error shows the whole condition.
  ExpressionScope scope{.input = &input.scope, .context = &context, .allow_aggregates = true};
  resolved::ExpressionPtr bound;
  try {
    bound = condition(node.condition, scope, "WHERE");
  } catch (const core::SparkError& error) {
    if (error.condition() == "UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS") {
      throw core::analysis_error("UNSUPPORTED_GENERATOR.OUTSIDE_SELECT",
                                 {{"plan", "Filter " + plan::print_expression(*node.condition)}});
    }
    if (error.condition() == "INVALID_USAGE_OF_STAR_OR_REGEX") {
      throw core::analysis_error(error.condition(), {{"elem", "'*'"}, {"prettyName", "Filter"}},
                                 star_place(node.condition));
    }
    if (!input.open || error.condition().rfind("UNRESOLVED_COLUMN", 0) != 0) throw;
    resolved::ExpressionPtr hidden;
    try {
      hidden = input.open->add(node.condition);
    } catch (const core::SparkError&) {
      throw error;
    }
    if (!hidden->type.is(types::TypeKind::kBoolean)) throw;
    input.relation = input.open->build();
    bound = std::move(hidden);
  }
  refuse_aggregates(*bound, context.origin);
  input.relation =
      resolved::make_relation(resolved::Filter{input.relation, bound}, input.relation->output);
  return input;
}

}  // namespace grebe::analyze
