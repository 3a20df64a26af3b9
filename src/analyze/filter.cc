// Filter (WHERE) → Filter; a column that the list above the input dropped is fetched from below it.
#include "analyze/analyzer.h"

namespace grebe::analyze {

Analyzed Analyzer::filter(const plan::Filter& node, const Context& context) {
  auto input = relation(node.input, context);
  ExpressionScope scope{.input = &input.scope, .context = &context};
  resolved::ExpressionPtr bound;
  try {
    bound = condition(node.condition, scope, "WHERE");
  } catch (const core::SparkError& error) {
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
  input.relation =
      resolved::make_relation(resolved::Filter{input.relation, bound}, input.relation->output);
  return input;
}

}  // namespace grebe::analyze
