// (…) AS alias(columns) → the same relation under a new qualifier; WITH lists; view scopes.
#include <algorithm>

#include "analyze/analyzer.h"

namespace grebe::analyze {
namespace {

bool is_cte_in_sight(const Context& context, const std::string& name) {
  for (auto scope = context.ctes; scope; scope = scope->parent) {
    for (const auto& entry : scope->entries) {
      if (same_identifier(entry.name, name, false)) return true;
    }
  }
  return false;
}

}  // namespace

Analyzed Analyzer::subquery_alias(const plan::SubqueryAlias& node, const Context& context) {
  auto input = relation(node.input, context);
  if (!node.column_names.empty()) {
    const auto* function = std::get_if<plan::TableFunction>(&node.input->node);
    if (function && node.column_names.size() != input.scope.attributes.size()) {
      throw core::analysis_error("NUM_TABLE_VALUE_ALIASES_MISMATCH",
                                 {{"funcName", core::quote_name(function->name_parts)},
                                  {"aliasesNum", std::to_string(node.column_names.size())},
                                  {"outColsNum", std::to_string(input.scope.attributes.size())}},
                                 node.input->origin);
    }
    if (node.column_names.size() != input.scope.attributes.size()) {
      if (const auto* function = std::get_if<plan::TableFunction>(&node.input->node)) {
        throw core::analysis_error("NUM_TABLE_VALUE_ALIASES_MISMATCH",
                                   {{"funcName", core::quote_name(function->name_parts)},
                                    {"aliasesNum", std::to_string(node.column_names.size())},
                                    {"outColsNum", std::to_string(input.scope.attributes.size())}},
                                   context.origin);
      }
      throw core::plain_error(
          core::ErrorClass::kAnalysis,
          "Number of column aliases does not match number of columns. Number of column aliases: " +
              std::to_string(node.column_names.size()) +
              "; number of columns: " + std::to_string(input.scope.attributes.size()) + ".");
    }
    std::vector<resolved::NamedExpression> items;
    for (size_t i = 0; i < node.column_names.size(); ++i) {
      items.push_back(name_expression(reference(input.scope.attributes[i]), node.column_names[i]));
    }
    input = project_items(std::move(input), std::move(items));
  }
  auto qualifier = node.qualifier;
  qualifier.push_back(node.alias);
  for (auto& attribute : input.scope.attributes) attribute.qualifier = qualifier;
  input.scope.hidden.clear();
  input.relation = visible(input);
  input.open = nullptr;
  return input;
}

Analyzed Analyzer::with_cte(const plan::WithCte& node, const Context& context) {
  Context inner = context;
  const std::string policy = options_.binding.config
                                 ? options_.binding.config("spark.sql.legacy.ctePrecedencePolicy")
                                 : "";
  const auto is_outer = [&](const std::string& name) {
    return std::any_of(context.cte_conflicts.begin(), context.cte_conflicts.end(),
                       [&](const auto& other) { return same_identifier(other, name, false); });
  };
  std::vector<resolved::WithCte::Definition> definitions;
  for (const auto& item : node.items) {
    if (is_outer(item.name)) {
      if (policy == "EXCEPTION") {
        throw core::analysis_error("AMBIGUOUS_ALIAS_IN_NESTED_CTE",
                                   {{"name", core::quote_identifier(item.name)},
                                    {"config", "\"spark.sql.legacy.ctePrecedencePolicy\""},
                                    {"docroot", "https://spark.apache.org/docs/latest"}});
      }
    }
    for (const auto& other : node.items) {
      if (&other < &item && same_identifier(other.name, item.name, false)) {
        throw core::parse_error("_LEGACY_ERROR_TEMP_0038",
                                {{"duplicateNames", "'" + item.name + "'"}});
      }
    }
    plan::RelationPtr text = item.relation;
    if (!item.column_names.empty()) {
      text = plan::make_relation(plan::SubqueryAlias{
          .input = text, .alias = item.name, .qualifier = {}, .column_names = item.column_names});
    }
    auto below = visible(relation(text, inner));
    auto scope = std::make_shared<CteScope>();
    scope->parent = inner.ctes;
    const auto id = ++last_cte_id_;
    scope->entries.push_back({item.name, id, below->output, below});
    // The legacy policy lets the outer definition win.
    if (policy != "LEGACY" || !is_cte_in_sight(context, item.name)) inner.ctes = std::move(scope);
    definitions.push_back({id, item.name, below});
    inner.cte_conflicts.push_back(item.name);
  }
  inner.cte_conflicts_in_subqueries = inner.cte_conflicts;
  inner.cte_conflicts = context.cte_conflicts;
  auto input = relation(node.input, inner);
  auto output = input.relation->output;
  input.relation = resolved::make_relation(
      resolved::WithCte{std::move(definitions), input.relation}, std::move(output));
  // ORDER BY may still reach below the list: the definitions stay in force around the block.
  input.open = nullptr;
  return input;
}

}  // namespace grebe::analyze
