// groupBy/GROUP BY with its items and HAVING → Aggregate over keys; legality checked as Spark does.
// Long: what GROUP BY, HAVING and ORDER BY share about keys and aggregates.
#include <algorithm>

#include "analyze/aggregate_calls.h"
#include "analyze/all_keyword.h"
#include "analyze/analyzer.h"
#include "analyze/group_keys.h"
#include "analyze/session_window.h"
#include "analyze/subquery_rules.h"
#include "plan/walk.h"
#include "resolved/compare.h"

namespace grebe::analyze {
namespace {

using resolved::AggregateCall;
using resolved::AttributeRef;
using resolved::ExpressionPtr;
using resolved::NamedExpression;
using resolved::WindowCall;

bool is_grouping(const std::string& function) {
  return function == "grouping" || function == "grouping_id";
}

/// Subqueries are objects of their own each time they are analyzed: written alike, next to each
/// other, they mean the same.
bool same_written_subquery(const resolved::Expression& left, const resolved::Expression& right) {
  const auto text = [](const core::Origin& origin) {
    return std::string_view(*origin.text)
        .substr(static_cast<size_t>(origin.start), static_cast<size_t>(origin.stop - origin.start));
  };
  return std::holds_alternative<resolved::ScalarSubquery>(left.node) &&
         std::holds_alternative<resolved::ScalarSubquery>(right.node) && left.origin.has_text() &&
         right.origin.has_text() && text(left.origin) == text(right.origin);
}

/// The parts of an aggregation that its items, HAVING and ORDER BY share.
class AggregateBlock : public OpenBlock {
 public:
  AggregateBlock(Analyzer& analyzer, Analyzed input, Context context,
                 std::vector<NamedExpression> groups,
                 std::optional<std::vector<std::vector<int32_t>>> grouping_sets)
      : analyzer_(analyzer),
        input_(std::move(input)),
        context_(std::move(context)),
        groups_(std::move(groups)),
        grouping_sets_(std::move(grouping_sets)) {}

  /// Rewrites an expression over the input into one over keys and aggregates; anything else that
  /// still names an input column is refused.
  ExpressionPtr over_groups(const ExpressionPtr& expression) const {
    for (const auto& group : groups_) {
      if (resolved::same_expression(*group.expression, *expression) ||
          same_written_subquery(*group.expression, *expression)) {
        return reference(group.attribute, expression->origin);
      }
    }
    if (const auto* call = std::get_if<AggregateCall>(&expression->node)) {
      return is_grouping(call->function) ? grouping_call(*call, *expression) : expression;
    }
    if (const auto* window = std::get_if<WindowCall>(&expression->node)) {
      WindowCall copy = *window;
      const auto map = [&](const ExpressionPtr& child) { return over_groups(child); };
      copy.function = resolved::map_children(copy.function, map);
      for (auto& key : copy.partition_by) key = over_groups(key);
      for (auto& key : copy.order_by) key.child = over_groups(key.child);
      return resolved::make_expression(std::move(copy), expression->type, expression->nullable,
                                       expression->origin);
    }
    if (const auto* ref = std::get_if<AttributeRef>(&expression->node)) {
      const bool is_key = std::any_of(groups_.begin(), groups_.end(), [&](const auto& group) {
        return group.attribute.id == ref->id;
      });
      const bool is_item = std::any_of(items_.begin(), items_.end(), [&](const auto& item) {
        return item.attribute.id == ref->id;
      });
      if (is_key || is_item) return expression;
      if (groups_.empty()) {
        throw core::analysis_error("MISSING_GROUP_BY", {}, context_.origin);
      }
      const auto text = core::quote_sql(resolved::pretty_name(*expression));
      throw core::analysis_error(
          "MISSING_AGGREGATION",
          {{"expression", text},
           {"expressionAnyValue",
            core::quote_sql("any_value(" + resolved::pretty_name(*expression) + ")")}});
    }
    return resolved::map_children(expression,
                                  [&](const ExpressionPtr& child) { return over_groups(child); });
  }

  /// grouping(key) and grouping_id([keys]) over the key columns; all keys when none is named.
  ExpressionPtr grouping_call(const AggregateCall& call,
                              const resolved::Expression& expression) const {
    if (!grouping_sets_) {
      // Above the aggregation Spark names no place.
      throw core::analysis_error("UNSUPPORTED_GROUPING_EXPRESSION", {},
                                 visible_items_ > 0 ? core::Origin{} : expression.origin);
    }
    if (call.function == "grouping_id" && !call.arguments.empty()) check_grouping_id(call);
    AggregateCall copy = call;
    for (auto& argument : copy.arguments) {
      const auto found = std::find_if(groups_.begin(), groups_.end(), [&](const auto& group) {
        return resolved::same_expression(*group.expression, *argument);
      });
      if (found == groups_.end()) {
        std::string keys;
        for (const auto& group : groups_) {
          keys += (keys.empty() ? "" : ",") + resolved::sql_text(*group.expression);
        }
        throw core::analysis_error(
            "GROUPING_COLUMN_MISMATCH",
            {{"grouping", resolved::sql_text(*argument)}, {"groupingColumns", keys}});
      }
      argument = reference(found->attribute, argument->origin);
    }
    if (copy.arguments.empty()) {
      for (const auto& group : groups_) copy.arguments.push_back(reference(group.attribute));
    }
    return resolved::make_expression(std::move(copy), expression.type, expression.nullable,
                                     expression.origin);
  }

  /// grouping_id takes all keys, in order.
  void check_grouping_id(const AggregateCall& call) const {
    bool same = call.arguments.size() == groups_.size();
    for (size_t i = 0; same && i < groups_.size(); ++i) {
      same = resolved::same_expression(*groups_[i].expression, *call.arguments[i]);
    }
    if (same) return;
    std::string keys;
    for (const auto& group : groups_) {
      keys += (keys.empty() ? "" : ",") + resolved::sql_text(*group.expression);
    }
    std::string named;
    for (const auto& argument : call.arguments) {
      named += (named.empty() ? "" : ",") + resolved::sql_text(*argument);
    }
    throw core::analysis_error("GROUPING_ID_COLUMN_MISMATCH",
                               {{"groupingIdColumn", named}, {"groupByColumns", keys}});
  }

  void add_item(NamedExpression item) { items_.push_back(std::move(item)); }
  const std::vector<NamedExpression>& items() const { return items_; }
  const std::vector<NamedExpression>& groups() const { return groups_; }

  /// HAVING sees the grouping columns before the list's aliases of the same name.
  ExpressionPtr add_having(const plan::ExpressionPtr& expression) {
    Scope output;
    const auto is_hidden = [&](const std::string& name) {
      return std::any_of(groups_.begin(), groups_.end(), [&](const auto& group) {
        const auto* column = std::get_if<AttributeRef>(&group.expression->node);
        return column && same_identifier(column->name, name, analyzer_.case_sensitive());
      });
    };
    for (size_t i = 0; i < visible_items_; ++i) {
      const auto& attribute = items_[i].attribute;
      if (!is_hidden(attribute.name)) output.attributes.push_back(attribute);
    }
    try {
      return add_in(expression, std::move(output));
    } catch (const core::SparkError& error) {
      if (error.condition() != "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION") throw;
      // Nothing but hidden columns: those are proposed all the same.
      return add(expression);
    }
  }

  ExpressionPtr add(const plan::ExpressionPtr& expression) override {
    Scope output;
    for (size_t i = 0; i < visible_items_; ++i) output.attributes.push_back(items_[i].attribute);
    return add_in(expression, std::move(output));
  }

  ExpressionPtr add_in(const plan::ExpressionPtr& expression, Scope output) {
    output.frames = input_.scope.frames;
    ExpressionScope scope{.input = &output,
                          .fallback = &input_.scope,
                          .aggregate_input = &input_.scope,
                          .context = &context_,
                          .allow_aggregates = true,
                          .allow_windows = true};
    const OuterUse use = [this](const ExpressionPtr& used) { return below_subquery(used); };
    scope.outer_use = &use;
    const auto bound = analyzer_.expression(expression, scope);
    try {
      return lift(over_groups(bound));
    } catch (const core::SparkError& error) {
      if (error.condition() != "MISSING_GROUP_BY" && error.condition() != "MISSING_AGGREGATION") {
        throw;
      }
      // Above the aggregation a column that is no key does not exist at all.
      throw missing_above(*bound, output.attributes);
    }
  }

  /// The column that holds what a subquery in HAVING or ORDER BY uses of this aggregation.
  ExpressionPtr below_subquery(const ExpressionPtr& used) {
    try {
      return lift(over_groups(used));
    } catch (const core::SparkError& error) {
      if (error.condition() != "MISSING_GROUP_BY" && error.condition() != "MISSING_AGGREGATION") {
        throw;
      }
      std::string columns;
      for (const auto& item : items_) {
        columns += (columns.empty() ? "" : ", ") + core::quote_sql(item.attribute.name);
      }
      throw core::analysis_error(
          "MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_MISSING_FROM_INPUT",
          {{"missingAttributes", core::quote_sql(resolved::pretty_name(*used))},
           {"input", columns},
           {"operator", "Filter"}},
          context_.origin);
    }
  }

  /// The error for the first column of `bound` that is neither key nor item.
  core::SparkError missing_above(const resolved::Expression& bound,
                                 const std::vector<resolved::Attribute>& candidates) const {
    const auto is_hidden = [&](const resolved::Expression& node) {
      return std::holds_alternative<AttributeRef>(node.node) && !is_key_or_item(node);
    };
    core::SparkError error = unresolved_column({resolved::pretty_name(bound)}, candidates, {});
    const auto visit = [&](const resolved::Expression& node, const auto& self) -> bool {
      if (std::holds_alternative<AggregateCall>(node.node)) return false;
      if (is_hidden(node)) {
        error =
            unresolved_column({std::get<AttributeRef>(node.node).name}, candidates, node.origin);
        return true;
      }
      for (const auto& child : resolved::children(node)) {
        if (self(*child, self)) return true;
      }
      return false;
    };
    visit(bound, visit);
    return error;
  }

  bool is_key_or_item(const resolved::Expression& node) const {
    const auto id = std::get<AttributeRef>(node.node).id;
    const auto same = [&](const NamedExpression& each) {
      const auto* ref = std::get_if<AttributeRef>(&each.expression->node);
      return each.attribute.id == id || (ref && ref->id == id);
    };
    return std::any_of(groups_.begin(), groups_.end(), same) ||
           std::any_of(items_.begin(), items_.end(), same);
  }

  /// Replaces aggregates and keys by references to items that hold them.
  ExpressionPtr lift(const ExpressionPtr& expression) { return lift_into(items_, expression); }

  ExpressionPtr lift_into(std::vector<NamedExpression>& items,
                          const ExpressionPtr& expression) const {
    for (const auto& item : items) {
      if (resolved::same_expression(*item.expression, *expression)) {
        return reference(item.attribute, expression->origin);
      }
    }
    if (const auto* ref = std::get_if<AttributeRef>(&expression->node)) {
      for (const auto& item : items) {
        if (item.attribute.id == ref->id) return expression;
      }
      for (const auto& group : groups_) {
        if (group.attribute.id != ref->id) continue;
        items.push_back({expression, group.attribute});
        return expression;
      }
      return expression;
    }
    if (std::holds_alternative<AggregateCall>(expression->node)) {
      auto item = analyzer_.name_expression(expression, Analyzer::generated_name(*expression));
      items.push_back(item);
      return reference(item.attribute, expression->origin);
    }
    if (const auto* window = std::get_if<WindowCall>(&expression->node)) {
      WindowCall copy = *window;
      const auto map = [&](const ExpressionPtr& child) { return lift_into(items, child); };
      copy.function = resolved::map_children(copy.function, map);
      for (auto& key : copy.partition_by) key = lift_into(items, key);
      for (auto& key : copy.order_by) key.child = lift_into(items, key.child);
      return resolved::make_expression(std::move(copy), expression->type, expression->nullable,
                                       expression->origin);
    }
    return resolved::map_children(
        expression, [&](const ExpressionPtr& child) { return lift_into(items, child); });
  }

  resolved::RelationPtr build() const override {
    const bool has_window = std::any_of(
        items_.begin(), items_.end(),
        [](const NamedExpression& item) { return resolved::holds<WindowCall>(*item.expression); });
    if (having_ && has_window) return build_windows_above();
    std::vector<resolved::Attribute> output;
    for (const auto& item : items_) output.push_back(item.attribute);
    auto relation = resolved::make_relation(
        resolved::Aggregate{input_.relation, groups_, grouping_sets_, items_}, output);
    if (having_) {
      relation = resolved::make_relation(resolved::Filter{relation, having_}, output);
    }
    return relation;
  }

  /// Windows see the groups that HAVING leaves: they are computed above it.
  resolved::RelationPtr build_windows_above() const {
    std::vector<NamedExpression> below;
    for (const auto& item : items_) {
      if (!resolved::holds<WindowCall>(*item.expression)) below.push_back(item);
    }
    std::vector<NamedExpression> above;
    std::vector<resolved::Attribute> output;
    for (const auto& item : items_) {
      const bool is_window = resolved::holds<WindowCall>(*item.expression);
      above.push_back({is_window ? lift_into(below, item.expression) : reference(item.attribute),
                       item.attribute});
      output.push_back(item.attribute);
    }
    std::vector<resolved::Attribute> grouped;
    for (const auto& item : below) grouped.push_back(item.attribute);
    auto relation = resolved::make_relation(
        resolved::Aggregate{input_.relation, groups_, grouping_sets_, std::move(below)}, grouped);
    relation = resolved::make_relation(resolved::Filter{relation, having_}, grouped);
    return resolved::make_relation(resolved::Project{relation, std::move(above)}, output);
  }

  void set_visible_items() { visible_items_ = items_.size(); }
  void set_having(ExpressionPtr condition) { having_ = std::move(condition); }

 private:
  Analyzer& analyzer_;
  Analyzed input_;
  Context context_;
  std::vector<NamedExpression> groups_;
  std::optional<std::vector<std::vector<int32_t>>> grouping_sets_;
  std::vector<NamedExpression> items_;
  size_t visible_items_ = 0;
  ExpressionPtr having_;
};

/// window(time, duration …), perhaps named.
bool is_time_window(const plan::ExpressionPtr& key) {
  const auto* alias = std::get_if<plan::Alias>(&key->node);
  const auto* call = std::get_if<plan::UnresolvedFunction>(&(alias ? alias->child : key)->node);
  return call && call->arguments.size() >= 2 &&
         same_identifier(call->name_parts.back(), "window", false);
}

plan::ExpressionPtr with_alias_of(const plan::Expression& key, plan::ExpressionPtr column) {
  const auto* alias = std::get_if<plan::Alias>(&key.node);
  if (!alias) return column;
  return plan::make_expression(plan::Alias{column, alias->names, alias->metadata_json}, key.origin);
}

/// The expression with calls of window() replaced by the column that they became.
plan::ExpressionPtr with_window_column(const plan::ExpressionPtr& expression) {
  if (!std::holds_alternative<plan::Alias>(expression->node) && is_time_window(expression)) {
    return plan::make_expression(plan::UnresolvedAttribute{.name_parts = {"window"}},
                                 expression->origin);
  }
  return plan::map_children(expression, with_window_column);
}

}  // namespace

/// GROUP BY window(…): the window becomes the column `window` below the aggregation, over the rows
/// that have a time (TimeWindowing), and `key` that column.
Analyzed Analyzer::with_time_window(Analyzed input, plan::ExpressionPtr& key,
                                    const Context& context) {
  const auto* alias = std::get_if<plan::Alias>(&key->node);
  const auto& call = alias ? alias->child : key;
  ExpressionScope scope{.input = &input.scope, .context = &context};
  if (std::get<plan::UnresolvedFunction>(call->node).arguments.size() > 2) {
    // Windows that slide overlap: each row is once in every window that it falls into.
    plan::UnresolvedFunction all = std::get<plan::UnresolvedFunction>(call->node);
    all.name_parts = {"#time_windows"};
    const auto windows = expression(plan::make_expression(std::move(all), key->origin), scope);
    const auto generator = this->call("explode", {windows}, key->origin);
    auto generated = new_attribute("window", windows->type.element(), false);
    auto output = input.relation->output;
    output.push_back(generated);
    input.relation = resolved::make_relation(
        resolved::Generate{input.relation, generator, false, {generated}}, output);
    input.scope.attributes.push_back(std::move(generated));
    input.open = nullptr;
    key = plan::make_expression(plan::UnresolvedAttribute{.name_parts = {"window"}}, key->origin);
    return input;
  }
  const auto bound = expression(call, scope);
  std::vector<NamedExpression> items;
  for (const auto& attribute : input.scope.attributes) items.push_back(pass_through(attribute));
  items.push_back(name_expression(bound, "window"));
  if (bound->nullable) {
    input.relation = resolved::make_relation(
        resolved::Filter{input.relation, this->call("isnotnull", {bound}, key->origin)},
        input.relation->output);
  }
  input = project_items(std::move(input), std::move(items));
  key = plan::make_expression(plan::UnresolvedAttribute{.name_parts = {"window"}}, key->origin);
  return input;
}

Analyzed Analyzer::aggregate(const plan::Aggregate& as_written, const Context& context) {
  if (as_written.kind == plan::GroupKind::kPivot) return pivot(as_written, context);
  auto input = relation(as_written.input, context);
  plan::Aggregate node = as_written;
  for (auto& key : node.groups) {
    if (!is_time_window(key)) continue;
    const auto as_given = key;
    input = with_time_window(std::move(input), key, context);
    key = with_alias_of(*as_given, key);
    for (auto& item : node.aggregates) item = with_window_column(item);
    if (node.having) node.having = with_window_column(node.having);
  }
  for (auto& key : node.groups) {
    if (!is_session_window(key)) continue;
    const auto as_given = key;
    input = with_session_window(*this, std::move(input), key, node.groups, context);
    key = with_alias_of(*as_given, key);
    for (auto& item : node.aggregates) item = with_session_column(item);
    if (node.having) node.having = with_session_column(node.having);
  }
  std::vector<plan::ExpressionPtr> written = node.groups;
  ExpressionScope key_scope{.input = &input.scope, .context = &context, .allow_windows = true};

  // Keys.
  bool groups_by_all = false;
  if (node.kind == plan::GroupKind::kGroupBy && node.groups.size() == 1 &&
      is_all_keyword(node.groups.front(), input.scope, case_sensitive()) &&
      !(options_.group_by_aliases && find_alias(*this, "all", node.aggregates))) {
    written.clear();
    groups_by_all = true;
    for (const auto& item : node.aggregates) {
      if (calls_aggregate(item)) continue;
      const auto* alias = std::get_if<plan::Alias>(&item->node);
      written.push_back(alias ? alias->child : item);
    }
  }
  std::vector<plan::ExpressionPtr> shown = node.aggregates;
  if (node.prepend_groups) shown.insert(shown.begin(), node.groups.begin(), node.groups.end());
  const core::Origin& clause = node.group_by.has_text() ? node.group_by : context.origin;
  std::vector<NamedExpression> groups;
  const auto add_group = [&](const plan::ExpressionPtr& key) -> int32_t {
    const auto chosen = group_expression(*this, key, shown, input.scope);
    if (calls_aggregate(chosen)) {
      auto open_scope = key_scope;
      open_scope.allow_aggregates = true;
      throw core::analysis_error("GROUP_BY_AGGREGATE",
                                 {{"sqlExpr", resolved::sql_text(*expression(chosen, open_scope))}},
                                 key->origin);
    }
    if (chosen != key || groups_by_all) {
      refuse_lateral_alias(*this, chosen, node.aggregates, input.scope);
    }
    auto named = items({chosen}, key_scope, nullptr);
    int32_t index = -1;
    for (auto& item : named) {
      if (resolved::holds<AggregateCall>(*item.expression)) {
        throw core::analysis_error(
            "GROUP_BY_AGGREGATE", {{"sqlExpr", resolved::sql_text(*item.expression)}}, key->origin);
      }
      refuse_windows(*item.expression, clause);
      index = -1;
      for (size_t i = 0; i < groups.size(); ++i) {
        if (resolved::same_expression(*groups[i].expression, *item.expression)) {
          index = static_cast<int32_t>(i);
        }
      }
      if (index >= 0 && node.kind != plan::GroupKind::kGroupBy) continue;
      if (index >= 0 && !node.prepend_groups) continue;
      if (item.expression->type.is(types::TypeKind::kMap)) {
        throw core::analysis_error(
            "GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE",
            {{"sqlExpr", core::quote_sql(resolved::pretty_name(*item.expression))},
             {"dataType", core::quote_sql(item.expression->type.sql())}},
            key->origin);
      }
      index = static_cast<int32_t>(groups.size());
      groups.push_back(std::move(item));
    }
    return index;
  };
  std::optional<std::vector<std::vector<int32_t>>> grouping_sets;
  for (const auto& key : written) add_group(key);
  if (node.kind == plan::GroupKind::kRollup || node.kind == plan::GroupKind::kCube) {
    if (groups.size() > 16) {
      throw core::analysis_error("GROUPING_SIZE_LIMIT_EXCEEDED", {{"maxSize", "16"}});
    }
    grouping_sets = all_sets(node.kind, groups.size());
  } else if (node.kind == plan::GroupKind::kGroupingSets) {
    std::vector<std::vector<int32_t>> sets;
    if (node.grouping_sets.empty()) throw core::unsupported("GROUPING SETS without a set");
    for (const auto& set : node.grouping_sets) {
      std::vector<int32_t> indexes;
      for (const auto& key : set) indexes.push_back(add_group(key));
      sets.push_back(std::move(indexes));
    }
    grouping_sets = std::move(sets);
  }
  if (grouping_sets) {
    // A key left out of a set is NULL there, so its column is another one than the input's.
    for (auto& group : groups) {
      const bool always =
          std::all_of(grouping_sets->begin(), grouping_sets->end(), [&](const auto& set) {
            return std::find(set.begin(), set.end(),
                             static_cast<int32_t>(&group - groups.data())) != set.end();
          });
      auto attribute = new_attribute(group.attribute.name, group.attribute.type,
                                     group.attribute.nullable || !always);
      attribute.qualifier = group.attribute.qualifier;
      group.attribute = std::move(attribute);
    }
  }

  // Items.
  ExpressionScope item_scope{
      .input = &input.scope, .context = &context, .allow_aggregates = true, .allow_windows = true};
  auto list = items(node.aggregates, item_scope, nullptr);
  if (groups_by_all && groups.empty()) {
    for (const auto& item : list) {
      if (!names_row(*item.expression)) continue;
      throw core::analysis_error("UNRESOLVED_ALL_IN_GROUP_BY", {}, clause);
    }
  }
  refuse_outer(groups, list, context.origin);
  for (const auto& item : list) refuse_correlated_scalar(*item.expression, groups);
  auto block = std::make_shared<AggregateBlock>(*this, input, context, groups, grouping_sets);
  const auto add_item = [&](NamedExpression item) {
    auto rewritten = block->over_groups(item.expression);
    if (const auto* ref = std::get_if<AttributeRef>(&rewritten->node)) {
      // An unrenamed key keeps its identity, so that `df.key` still finds it.
      for (const auto& group : groups) {
        if (group.attribute.id != ref->id) continue;
        if (item.attribute.name == group.attribute.name) {
          const bool taken = std::any_of(
              block->items().begin(), block->items().end(),
              [&](const auto& other) { return other.attribute.id == group.attribute.id; });
          if (!taken) {
            const auto name = item.attribute.name;
            item.attribute = group.attribute;
            item.attribute.name = name;
          } else {
            item.attribute.id = next_id();
          }
        } else if (item.attribute.id == ref->id) {
          item.attribute.id = next_id();
        }
        item.attribute.nullable = group.attribute.nullable;
      }
    }
    if (grouping_sets) item.attribute.nullable = item.attribute.nullable || rewritten->nullable;
    item.expression = std::move(rewritten);
    block->add_item(std::move(item));
  };
  if (node.prepend_groups) {
    for (const auto& group : groups) {
      block->add_item({reference(group.attribute), group.attribute});
    }
  }
  for (auto& item : list) add_item(std::move(item));
  block->set_visible_items();
  std::vector<resolved::Attribute> visible_columns;
  for (const auto& item : block->items()) visible_columns.push_back(item.attribute);
  if (node.having) {
    auto bound = block->add_having(node.having);
    if (resolved::holds<WindowCall>(*bound)) {
      throw core::analysis_error("_LEGACY_ERROR_TEMP_1034", {{"clauseName", "HAVING"}});
    }
    if (!bound->type.is(types::TypeKind::kBoolean)) {
      throw core::analysis_error("DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
                                 {{"sqlExpr", core::quote_sql(resolved::pretty_name(*bound))},
                                  {"filter", core::quote_sql(resolved::pretty_name(*bound))},
                                  {"type", core::quote_sql(bound->type.sql())}},
                                 context.origin);
    }
    block->set_having(std::move(bound));
  }
  Analyzed out;
  out.relation = block->build();
  out.scope.attributes = std::move(visible_columns);
  out.scope.frames = input.scope.frames;
  out.open = std::move(block);
  return out;
}

}  // namespace grebe::analyze
