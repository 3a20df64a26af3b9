// Sort (ORDER BY) → Sort; keys may be ordinals, output columns, or expressions over the list's
// input.
#include <algorithm>

#include "analyze/aggregate_calls.h"
#include "analyze/all_keyword.h"
#include "analyze/analyzer.h"
#include "analyze/group_keys.h"
#include "analyze/subquery_rules.h"
#include "plan/print.h"

namespace grebe::analyze {

namespace {

/// True when the list below can add the column from its own input.
bool has_hidden_column(const Analyzed& input, const plan::ExpressionPtr& name) {
  if (!input.open) return false;
  try {
    const auto bound = input.open->add(name);
    const auto* ref = std::get_if<resolved::AttributeRef>(&bound->node);
    if (!ref) return false;
    const auto list = input.open->build();
    const auto* project = std::get_if<resolved::Project>(&list->node);
    if (!project) return true;
    // A column of the query around is none of the list's.
    return std::none_of(project->items.begin(), project->items.end(), [&](const auto& item) {
      return item.attribute.id == ref->id && contains_outer(*item.expression);
    });
  } catch (const core::SparkError&) {
    return false;
  }
}

std::string order_text(const plan::SortOrder& order) {
  return std::string(order.ascending ? " ASC" : " DESC") +
         (order.nulls_first ? " NULLS FIRST" : " NULLS LAST");
}

}  // namespace

Analyzed Analyzer::sort(const plan::Sort& node, const Context& context) {
  auto input = relation(node.input, context);
  ExpressionScope scope{.input = &input.scope, .context = &context, .allow_windows = true};
  std::vector<resolved::SortKey> keys;
  bool widened = false;
  // ORDER BY ALL: every column of the list.
  if (node.order.size() == 1 &&
      is_all_keyword(node.order.front().child, input.scope, case_sensitive()) &&
      !has_hidden_column(input, node.order.front().child)) {
    for (const auto& attribute : input.scope.attributes) {
      keys.push_back({reference(attribute), node.order[0].ascending, node.order[0].nulls_first});
    }
    input.relation = resolved::make_relation(resolved::Sort{input.relation, std::move(keys)},
                                             input.relation->output);
    input.open = nullptr;
    return input;
  }
  for (const auto& order : node.order) {
    const auto* constant = std::get_if<plan::Literal>(&order.child->node);
    if (constant && options_.order_by_ordinal && constant->type.is(types::TypeKind::kInteger) &&
        !constant->value.is_null()) {
      const auto position = std::get<int64_t>(constant->value.data);
      const auto count = static_cast<int64_t>(input.scope.attributes.size());
      if (position < 1 || position > count) {
        throw core::analysis_error(
            "ORDER_BY_POS_OUT_OF_RANGE",
            {{"index", std::to_string(position)}, {"size", std::to_string(count)}},
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
        if (error.condition() == "UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS") {
          throw core::analysis_error(
              "UNSUPPORTED_GENERATOR.OUTSIDE_SELECT",
              {{"plan", "Sort [" + plan::print_expression(*order.child) + "], true"}});
        }
        if (error.condition() == "INVALID_WHERE_CONDITION") {
          // Let in so that the error names it.
          auto open = scope;
          open.allow_aggregates = true;
          refuse_windows(*expression(order.child, open), context.origin);
        }
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
      throw core::analysis_error(
          "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
          {{"sqlExpr", core::quote_sql(resolved::pretty_name(*bound) + order_text(order))},
           {"functionName", "`sortorder`"},
           {"dataType", core::quote_sql(bound->type.sql())}},
          order.child->origin);
    }
    check_sorted_subqueries(*bound, context.origin);
    refuse_windows(*bound, context.origin);
    keys.push_back({std::move(bound), order.ascending, order.nulls_first});
  }
  if (widened) input.relation = input.open->build();
  input.relation = resolved::make_relation(resolved::Sort{input.relation, std::move(keys)},
                                           input.relation->output);
  input.open = nullptr;
  return input;
}

}  // namespace grebe::analyze
