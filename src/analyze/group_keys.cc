// GROUP BY as written → its keys; see group_keys.h.
#include "analyze/group_keys.h"

#include <algorithm>

#include "analyze/aggregate_calls.h"
#include "plan/walk.h"
#include "resolved/compare.h"

namespace grebe::analyze {

using resolved::AggregateCall;
using resolved::AttributeRef;
using resolved::ExpressionPtr;
using resolved::NamedExpression;

const plan::Alias* find_alias(Analyzer& analyzer, const std::string& name,
                              const std::vector<plan::ExpressionPtr>& aggregates) {
  for (const auto& item : aggregates) {
    const auto* alias = std::get_if<plan::Alias>(&item->node);
    if (alias && same_identifier(alias->names.front(), name, analyzer.case_sensitive())) {
      return alias;
    }
  }
  return nullptr;
}

plan::ExpressionPtr group_expression(Analyzer& analyzer, const plan::ExpressionPtr& expression,
                                     const std::vector<plan::ExpressionPtr>& aggregates,
                                     const Scope& input) {
  const auto* constant = std::get_if<plan::Literal>(&expression->node);
  if (constant && analyzer.options().group_by_ordinal &&
      constant->type.is(types::TypeKind::kInteger) && !constant->value.is_null()) {
    const auto position = std::get<int64_t>(constant->value.data);
    if (position < 1 || position > static_cast<int64_t>(aggregates.size())) {
      throw core::analysis_error(
          "GROUP_BY_POS_OUT_OF_RANGE",
          {{"index", std::to_string(position)}, {"size", std::to_string(aggregates.size())}},
          expression->origin);
    }
    auto item = aggregates[static_cast<size_t>(position - 1)];
    if (const auto* alias = std::get_if<plan::Alias>(&item->node)) item = alias->child;
    if (calls_aggregate(item)) {
      throw core::analysis_error("GROUP_BY_POS_AGGREGATE",
                                 {{"index", std::to_string(position)}, {"aggExpr", "aggregate"}},
                                 expression->origin);
    }
    return item;
  }
  const auto* name = std::get_if<plan::UnresolvedAttribute>(&expression->node);
  if (name && !name->plan_id && name->name_parts.size() == 1 &&
      analyzer.options().group_by_aliases &&
      !find_column(input.attributes, name->name_parts, analyzer.case_sensitive(),
                   expression->origin)) {
    if (const auto* alias = find_alias(analyzer, name->name_parts.front(), aggregates)) {
      return alias->child;
    }
  }
  return expression;
}

void refuse_lateral_alias(Analyzer& analyzer, const plan::ExpressionPtr& key,
                          const std::vector<plan::ExpressionPtr>& aggregates, const Scope& input) {
  if (const auto* name = std::get_if<plan::UnresolvedAttribute>(&key->node)) {
    if (!name->plan_id &&
        !find_column(input.attributes, name->name_parts, analyzer.case_sensitive(), key->origin) &&
        find_alias(analyzer, name->name_parts.front(), aggregates)) {
      throw core::analysis_error("UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_GROUP_BY", {});
    }
  }
  plan::for_each_child(*key, [&](const plan::ExpressionPtr& child) {
    refuse_lateral_alias(analyzer, child, aggregates, input);
  });
}

bool names_row(const resolved::Expression& expression) {
  if (std::holds_alternative<AggregateCall>(expression.node)) return false;
  if (std::holds_alternative<AttributeRef>(expression.node)) return true;
  const auto below = resolved::children(expression);
  return std::any_of(below.begin(), below.end(),
                     [](const ExpressionPtr& child) { return names_row(*child); });
}

void refuse_outer(const std::vector<NamedExpression>& groups,
                  const std::vector<NamedExpression>& items, const core::Origin& origin) {
  std::string found;
  for (const auto* list : {&groups, &items}) {
    for (const auto& each : *list) {
      if (!contains_outer(*each.expression)) continue;
      std::string text = resolved::pretty_name(*without_outer(each.expression));
      if (!std::holds_alternative<resolved::OuterRef>(each.expression->node)) {
        text += " AS " + core::quote_identifier(each.attribute.name);
      }
      found += (found.empty() ? "" : ",") + core::quote_sql(text);
    }
  }
  if (found.empty()) return;
  throw core::analysis_error("UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.CORRELATED_REFERENCE",
                             {{"sqlExprs", found}}, origin);
}

std::vector<std::vector<int32_t>> all_sets(plan::GroupKind kind, size_t count) {
  std::vector<std::vector<int32_t>> sets;
  if (kind == plan::GroupKind::kRollup) {
    for (size_t keep = count + 1; keep-- > 0;) {
      std::vector<int32_t> set;
      for (size_t i = 0; i < keep; ++i) set.push_back(static_cast<int32_t>(i));
      sets.push_back(std::move(set));
    }
    return sets;
  }
  for (uint32_t mask = 1U << count; mask-- > 0;) {
    std::vector<int32_t> set;
    for (size_t i = 0; i < count; ++i) {
      if (mask & (1U << (count - 1 - i))) set.push_back(static_cast<int32_t>(i));
    }
    sets.push_back(std::move(set));
  }
  return sets;
}

void refuse_windows(const resolved::Expression& expression, const core::Origin& origin) {
  std::string found;
  resolved::any_node(expression, [&](const resolved::Expression& node) {
    const auto* aggregate = std::get_if<resolved::AggregateCall>(&node.node);
    const bool is_grouping =
        aggregate && (aggregate->function == "grouping" || aggregate->function == "grouping_id");
    if (std::holds_alternative<resolved::WindowCall>(node.node) || (aggregate && !is_grouping)) {
      found += (found.empty() ? "" : ", ") + core::quote_sql(resolved::pretty_name(node));
    }
    return false;
  });
  if (found.empty()) return;
  throw core::analysis_error("UNSUPPORTED_EXPR_FOR_OPERATOR", {{"invalidExprSqls", found}}, origin);
}

}  // namespace grebe::analyze
