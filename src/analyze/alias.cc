// (…) AS alias(columns) → the same relation under a new qualifier; WITH lists; view scopes.
#include <algorithm>

#include "analyze/analyzer.h"
#include "analyze/file_metadata.h"

namespace grebe::analyze {
namespace {

constexpr const char* kCtePolicy = "spark.sql.legacy.ctePrecedencePolicy";

bool is_cte_in_sight(const Context& context, const std::string& name) {
  for (auto scope = context.ctes; scope; scope = scope->parent) {
    for (const auto& entry : scope->entries) {
      if (same_identifier(entry.name, name, false)) return true;
    }
  }
  return false;
}

/// Refuses a list of names that is longer or shorter than the columns below.
void check_alias_count(const plan::SubqueryAlias& node, size_t columns) {
  const size_t names = node.column_names.size();
  if (names == columns) return;
  if (const auto* function = std::get_if<plan::TableFunction>(&node.input->node)) {
    throw core::analysis_error("NUM_TABLE_VALUE_ALIASES_MISMATCH",
                               {{"funcName", core::quote_name(function->name_parts)},
                                {"aliasesNum", std::to_string(names)},
                                {"outColsNum", std::to_string(columns)}},
                               node.input->origin);
  }
  throw core::plain_error(
      core::ErrorClass::kAnalysis,
      "Number of column aliases does not match number of columns. Number of column aliases: " +
          std::to_string(names) + "; number of columns: " + std::to_string(columns) + ".");
}

}  // namespace

Analyzed Analyzer::subquery_alias(const plan::SubqueryAlias& node, const Context& context) {
  auto input = relation(node.input, context);
  if (!node.column_names.empty()) {
    check_alias_count(node, input.scope.attributes.size());
    std::vector<resolved::NamedExpression> items;
    for (size_t i = 0; i < node.column_names.size(); ++i) {
      items.push_back(name_expression(reference(input.scope.attributes[i]), node.column_names[i]));
    }
    input = project_items(std::move(input), std::move(items));
  }
  auto qualifier = node.qualifier;
  qualifier.push_back(node.alias);
  for (auto& attribute : input.scope.attributes) attribute.qualifier = qualifier;
  std::vector<resolved::Attribute> hidden;
  for (auto& attribute : input.scope.hidden) {
    if (attribute.name != kFileMetadata) continue;
    attribute.qualifier = qualifier;
    hidden.push_back(attribute);
  }
  input.scope.hidden = std::move(hidden);
  if (input.scope.files.empty()) input.relation = visible(input);
  input.open = nullptr;
  return input;
}

void Analyzer::check_cte_names(const plan::RelationPtr& query, const Context& context) const {
  const auto* with = std::get_if<plan::WithCte>(&query->node);
  if (!with || !options_.binding.config) return;
  const std::string policy = options_.binding.config(kCtePolicy);
  if (policy == "CORRECTED") return;
  for (const auto& item : with->items) {
    if (!is_cte_in_sight(context, item.name)) continue;
    if (policy == "LEGACY") {
      throw core::unsupported(std::string("an outer WITH name that wins over an inner one (") +
                                  kCtePolicy + " = LEGACY)",
                              query->origin);
    }
    throw core::analysis_error("AMBIGUOUS_ALIAS_IN_NESTED_CTE",
                               {{"name", core::quote_identifier(item.name)},
                                {"config", core::quote_sql(kCtePolicy)},
                                {"docroot", "https://spark.apache.org/docs/latest"}});
  }
}

Analyzed Analyzer::with_cte(const plan::WithCte& node, const Context& context) {
  Context inner = context;
  std::vector<resolved::WithCte::Definition> definitions;
  for (const auto& item : node.items) {
    for (const auto& other : node.items) {
      if (&other < &item && same_identifier(other.name, item.name, false)) {
        throw core::parse_error("_LEGACY_ERROR_TEMP_0038",
                                {{"duplicateNames", "'" + item.name + "'"}});
      }
    }
    plan::RelationPtr text = item.relation;
    if (item.column_names.empty()) {
      // Spark looks no further than the start of each definition's query.
      check_cte_names(text, inner);
    } else {
      text = plan::make_relation(plan::SubqueryAlias{
          .input = text, .alias = item.name, .qualifier = {}, .column_names = item.column_names});
    }
    auto below = visible(relation(text, inner));
    auto scope = std::make_shared<CteScope>();
    scope->parent = inner.ctes;
    const auto id = ++last_cte_id_;
    scope->entries.push_back({item.name, id, below->output, below});
    inner.ctes = std::move(scope);
    definitions.push_back({id, item.name, below});
  }
  auto input = relation(node.input, inner);
  auto output = input.relation->output;
  input.relation = resolved::make_relation(
      resolved::WithCte{std::move(definitions), input.relation}, std::move(output));
  // ORDER BY may still reach below the list: the definitions stay in force around the block.
  input.open = nullptr;
  return input;
}

}  // namespace grebe::analyze
