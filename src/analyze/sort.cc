// Sort (ORDER BY) → Sort; keys may be ordinals, output columns, or expressions over the list's input.
#include "analyze/analyzer.h"
#include "resolved/compare.h"

namespace grebe::analyze {
namespace {

/// True when the text of a key calls an aggregate outside a window: only the block below knows it.
bool calls_aggregate(const plan::ExpressionPtr& expression) {
  if (const auto* call = std::get_if<plan::UnresolvedFunction>(&expression->node)) {
    if (functions::find_kind(call->name_parts.back()) == functions::FunctionKind::kAggregate) {
      return true;
    }
    for (const auto& argument : call->arguments) {
      if (calls_aggregate(argument)) return true;
    }
  }
  if (const auto* cast = std::get_if<plan::Cast>(&expression->node)) {
    return calls_aggregate(cast->child);
  }
  if (const auto* alias = std::get_if<plan::Alias>(&expression->node)) {
    return calls_aggregate(alias->child);
  }
  return false;
}

}  // namespace

Analyzed Analyzer::sort(const plan::Sort& node, const Context& context) {
  auto input = relation(node.input, context);
  ExpressionScope scope{.input = &input.scope, .context = &context, .allow_windows = true};
  std::vector<resolved::SortKey> keys;
  bool widened = false;
  for (const auto& order : node.order) {
    const auto* constant = std::get_if<plan::Literal>(&order.child->node);
    if (constant && options_.order_by_ordinal && constant->type.is(types::TypeKind::kInteger) &&
        !constant->value.is_null()) {
      const auto position = std::get<int64_t>(constant->value.data);
      const auto count = static_cast<int64_t>(input.scope.attributes.size());
      if (position < 1 || position > count) {
        throw core::analysis_error("ORDER_BY_POS_OUT_OF_RANGE",
                                   {{"index", std::to_string(position)},
                                    {"size", std::to_string(count)}},
                                   order.child->origin);
      }
      keys.push_back({reference(input.scope.attributes[static_cast<size_t>(position - 1)]),
                      order.ascending, order.nulls_first});
      continue;
    }
    resolved::ExpressionPtr bound;
    if (input.open && calls_aggregate(order.child)) {
      bound = input.open->add(order.child);
      widened = true;
    } else {
      try {
        bound = expression(order.child, scope);
      } catch (const core::SparkError& error) {
        if (!input.open || error.condition().rfind("UNRESOLVED_COLUMN", 0) != 0) throw;
        try {
          bound = input.open->add(order.child);
          widened = true;
        } catch (const core::SparkError& below) {
          if (below.condition().rfind("UNRESOLVED_COLUMN", 0) != 0) throw;
          throw error;
        }
      }
    }
    if (bound->type.is(types::TypeKind::kMap)) {
      throw core::analysis_error("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                                 {{"sqlExpr", core::quote_sql(resolved::sql_text(*bound))},
                                  {"functionName", "`sortorder`"},
                                  {"dataType", core::quote_sql(bound->type.sql())}},
                                 order.child->origin);
    }
    keys.push_back({std::move(bound), order.ascending, order.nulls_first});
  }
  if (widened) input.relation = input.open->build();
  input.relation = resolved::make_relation(resolved::Sort{input.relation, std::move(keys)},
                                           input.relation->output);
  input.open = nullptr;
  return input;
}

}  // namespace grebe::analyze
