// (…) AS alias(columns) → the same relation under a new qualifier; WITH lists; view scopes.
#include <algorithm>

#include "analyze/analyzer.h"
#include "analyze/file_metadata.h"

namespace grebe::analyze {
namespace {

constexpr const char* kCtePolicy = "spark.sql.legacy.ctePrecedencePolicy";

std::string cte_policy(const AnalyzerOptions& options) {
  if (!options.binding.config) return {};
  std::string policy = options.binding.config(kCtePolicy);
  std::transform(policy.begin(), policy.end(), policy.begin(),
                 [](unsigned char letter) { return std::toupper(letter); });
  return policy;
}

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
  if (!with) return;
  const std::string policy = cte_policy(options_);
  if (policy.empty() || policy == "CORRECTED" || policy == "LEGACY") return;
  for (const auto& item : with->items) {
    if (!is_cte_in_sight(context, item.name)) continue;
    throw core::analysis_error("AMBIGUOUS_ALIAS_IN_NESTED_CTE",
                               {{"name", core::quote_identifier(item.name)},
                                {"config", core::quote_sql(kCtePolicy)},
                                {"docroot", "https://spark.apache.org/docs/latest"}});
  }
}

void Analyzer::enter_subquery(Context& context) const {
  if (cte_policy(options_) != "LEGACY") return;
  // The surrounding lists are put in before the subquery's own: theirs win.
  auto winning = context.ctes;
  std::vector<const CteScope*> first;
  for (const auto* scope = context.winning_ctes.get(); scope; scope = scope->parent.get()) {
    first.push_back(scope);
  }
  for (auto it = first.rbegin(); it != first.rend(); ++it) {
    auto copy = std::make_shared<CteScope>(**it);
    copy->parent = std::move(winning);
    winning = std::move(copy);
  }
  context.winning_ctes = std::move(winning);
  context.ctes = nullptr;
}

Analyzed Analyzer::with_cte(const plan::WithCte& node, const Context& context) {
  Context inner = context;
  const bool is_legacy = cte_policy(options_) == "LEGACY";
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
    Context around = inner;
    if (is_legacy) {
      // A definition is put in where it is used: there, what surrounds the list wins over lists
      // inside the definition, and those see nothing of it.
      around.winning_ctes = std::move(around.ctes);
      around.ctes = nullptr;
    }
    auto below = visible(relation(text, around));
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
