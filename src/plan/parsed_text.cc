// The unresolved tree → Spark's parsed logical plan as text: its node names, arguments and marks.
#include "plan/parsed_text.h"

#include <utility>

#include "plan/parsed_expression.h"
#include "plan/print.h"
#include "plan/walk.h"

namespace grebe::plan {
namespace {

/// One node of Spark's tree. One of ours may be several of Spark's, one above the other.
struct Node {
  std::string line;
  /// Nothing is left to resolve in the node itself.
  bool resolved = false;
  std::vector<Node> children;
  /// Plans inside of expressions, and the queries of a WITH list.
  std::vector<Node> inner;

  bool is_resolved() const {
    for (const Node& child : children) {
      if (!child.is_resolved()) return false;
    }
    return resolved;
  }
};

/// What Spark makes of a convenience of the DataFrame API, its arguments left out.
struct ConvenienceName {
  const char* operator()(const Drop&) const { return "DataFrameDropColumns"; }
  const char* operator()(const CollectMetrics&) const { return "CollectMetrics"; }
  const char* operator()(const NaDrop&) const { return "Filter"; }
  const char* operator()(const StatSampleBy&) const { return "Filter"; }
  const char* operator()(const CommandResult&) const { return "CommandResult"; }
  const char* operator()(const UnsupportedRelation&) const { return "UnsupportedRelation"; }
  const char* operator()(const WithWindows&) const { return "WithWindowDefinition"; }
  template <typename T>
  const char* operator()(const T&) const {
    return "Project";
  }
};

class Builder {
 public:
  explicit Builder(const TextParser& parse) : parse_(parse) {}

  Node build(const RelationPtr& relation) {
    return std::visit([&](const auto& n) { return of(n, *relation); }, relation->node);
  }

 private:
  /// The conveniences of the DataFrame API.
  template <typename T>
  Node of(const T&, const Relation& relation) {
    return unary(relation, std::visit(ConvenienceName{}, relation.node));
  }

  Node unary(const Relation& relation, std::string line, bool resolved = false) {
    Node node{.line = std::move(line), .resolved = resolved, .children = {}, .inner = {}};
    for_each_input(relation,
                   [&](const RelationPtr& input) { node.children.push_back(build(input)); });
    add_subqueries(relation, node);
    return node;
  }
  static Node above(std::string line, Node child, bool resolved = false) {
    Node node{.line = std::move(line), .resolved = resolved, .children = {}, .inner = {}};
    node.children.push_back(std::move(child));
    return node;
  }
  static Node leaf(std::string line, bool resolved) {
    return {.line = std::move(line), .resolved = resolved, .children = {}, .inner = {}};
  }
  void add_subqueries(const Relation& relation, Node& node) {
    const std::function<void(const ExpressionPtr&)> visit = [&](const ExpressionPtr& expression) {
      if (const auto* subquery = std::get_if<Subquery>(&expression->node)) {
        node.inner.push_back(build(subquery->relation));
      }
      for_each_child(*expression, visit);
    };
    for_each_expression(relation, visit);
  }

  /// A SELECT list: what has no name yet waits for one.
  std::string select_list(const std::vector<ExpressionPtr>& expressions) {
    std::vector<std::string> parts;
    for (const auto& expression : expressions) {
      const bool is_named = std::holds_alternative<Alias>(expression->node) ||
                            std::holds_alternative<UnresolvedAttribute>(expression->node) ||
                            std::holds_alternative<UnresolvedStar>(expression->node) ||
                            std::holds_alternative<UnresolvedRegex>(expression->node);
      const std::string text = printer_.print(*expression);
      parts.push_back(is_named ? text : "unresolvedalias(" + text + ", None)");
    }
    return "[" + shortened_list(parts) + "]";
  }
  static bool are_named_constants(const std::vector<ExpressionPtr>& expressions) {
    for (const auto& expression : expressions) {
      if (!std::holds_alternative<Alias>(expression->node) || !is_resolved_by_parser(*expression)) {
        return false;
      }
    }
    return true;
  }

  Node of(const SqlQuery& node, const Relation&) { return build(parse_(node)); }
  Node of(const ReadTable& node, const Relation&) {
    const std::string name = node.name_expression ? printer_.print(*node.name_expression)
                                                  : shortened_list(node.name_parts);
    return leaf("UnresolvedRelation [" + name + "], [], " + (node.is_streaming ? "true" : "false"),
                false);
  }
  Node of(const ReadDataSource& node, const Relation&) {
    return leaf("UnresolvedDataSource format: " + node.format +
                    ", isStreaming: " + (node.is_streaming ? "true" : "false") +
                    ", paths: " + std::to_string(node.paths.size()) + " provided",
                false);
  }
  Node of(const LocalRelation&, const Relation& relation) {
    return unary(relation, "LocalRelation", true);
  }
  Node of(const CachedLocalRelation&, const Relation& relation) {
    return unary(relation, "LocalRelation", true);
  }
  Node of(const CachedRemoteRelation&, const Relation& relation) {
    return unary(relation, "LogicalRDD", true);
  }
  Node of(const InlineTable& node, const Relation& relation) {
    std::vector<std::string> rows;
    for (const auto& row : node.rows) rows.push_back("[" + printer_.print_list(row) + "]");
    std::vector<std::string> names = node.column_names;
    if (names.empty() && !node.rows.empty()) {
      for (size_t i = 1; i <= node.rows[0].size(); ++i) names.push_back("col" + std::to_string(i));
    }
    return unary(relation, "UnresolvedInlineTable [" + shortened_list(names) + "], [" +
                               shortened_list(rows) + "]");
  }
  Node of(const OneRow&, const Relation&) { return leaf("OneRowRelation", true); }
  Node of(const Range& node, const Relation&) {
    const std::string splits =
        node.partitions ? "Some(" + std::to_string(*node.partitions) + ")" : "None";
    return leaf("Range (" + std::to_string(node.start) + ", " + std::to_string(node.end) +
                    ", step=" + std::to_string(node.step) + ", splits=" + splits + ")",
                true);
  }
  Node of(const TableFunction& node, const Relation& relation) {
    std::string name;
    for (const auto& part : node.name_parts) name += (name.empty() ? "" : ".") + part;
    return unary(relation, "UnresolvedTableValuedFunction [" + name + "], [" +
                               printer_.print_list(node.arguments) + "]");
  }
  Node of(const Project& node, const Relation& relation) {
    return unary(relation, "Project " + select_list(node.expressions),
                 are_named_constants(node.expressions));
  }
  Node of(const Filter& node, const Relation& relation) {
    return unary(relation, "Filter " + printer_.print(*node.condition));
  }
  Node of(const Join& node, const Relation& relation) {
    std::string type = join_name(node.type);
    if (!node.using_columns.empty()) {
      type = "UsingJoin(" + type + ", [" + shortened_list(node.using_columns) + "])";
    }
    if (node.natural) type = "NaturalJoin(" + type + ")";
    const std::string condition = node.condition ? ", " + printer_.print(*node.condition) : "";
    if (!node.lateral) return unary(relation, "Join " + type + condition);
    Node lateral = above("LateralJoin lateral-subquery#" + std::to_string(printer_.take_id()) +
                             " [], " + type + condition,
                         build(node.left));
    lateral.inner.push_back(build(node.right));
    return lateral;
  }
  Node of(const SetOperation& node, const Relation& relation) {
    const std::string all = node.all ? "All true" : "false";
    if (node.type == SetOpType::kIntersect) return unary(relation, "Intersect " + all, true);
    if (node.type == SetOpType::kExcept) return unary(relation, "Except " + all, true);
    Node both = unary(relation,
                      std::string("Union ") + (node.by_name ? "true" : "false") + ", " +
                          (node.allow_missing_columns ? "true" : "false"),
                      !node.by_name);
    return node.all ? both : above("Distinct", std::move(both), true);
  }
  Node of(const Sort& node, const Relation& relation) {
    std::vector<std::string> keys;
    for (const SortOrder& key : node.order) keys.push_back(printer_.print_order(key));
    return unary(relation,
                 "Sort [" + shortened_list(keys) + "], " + (node.global ? "true" : "false"));
  }
  Node of(const Limit& node, const Relation& relation) {
    const std::string limit = printer_.print(*node.limit);
    return above("GlobalLimit " + limit, unary(relation, "LocalLimit " + limit, true), true);
  }
  Node of(const Offset& node, const Relation& relation) {
    return unary(relation, "Offset " + printer_.print(*node.offset), true);
  }
  Node of(const Tail& node, const Relation& relation) {
    return unary(relation, "Tail " + printer_.print(*node.limit), true);
  }
  std::string groups(const Aggregate& node) {
    std::string keys = printer_.print_list(node.groups);
    if (node.kind == GroupKind::kRollup || node.kind == GroupKind::kCube) {
      std::string sets;
      for (size_t i = 0; i < node.groups.size(); ++i) {
        sets += "Vector(" + std::to_string(i) + "), ";
      }
      keys = (node.kind == GroupKind::kRollup ? "rollup(" : "cube(") + sets + keys + ")";
    }
    if (node.kind == GroupKind::kGroupingSets) {
      std::vector<std::string> sets;
      for (const auto& set : node.grouping_sets) {
        sets.push_back("Vector(" + printer_.print_list(set) + ")");
      }
      keys = "groupingsets(" + shortened_list(sets) + (keys.empty() ? "" : ", " + keys) + ")";
    }
    return "[" + keys + "]";
  }
  Node of(const Aggregate& node, const Relation& relation) {
    std::vector<ExpressionPtr> output;
    if (node.prepend_groups) output = node.groups;
    output.insert(output.end(), node.aggregates.begin(), node.aggregates.end());
    if (node.kind == GroupKind::kPivot) {
      return unary(relation, "Pivot " + groups(node) + ", " + printer_.print(*node.pivot_column) +
                                 ", [" + printer_.print_list(node.pivot_values) + "], [" +
                                 printer_.print_list(node.aggregates) + "]");
    }
    Node aggregate = unary(relation, "Aggregate " + groups(node) + ", " + select_list(output));
    if (!node.having) return aggregate;
    return above("UnresolvedHaving " + printer_.print(*node.having), std::move(aggregate));
  }
  Node of(const Deduplicate& node, const Relation& relation) {
    if (node.columns.empty()) return unary(relation, "Distinct", true);
    return unary(relation, "Deduplicate ['" + shortened_list(node.columns) + "]");
  }
  Node of(const SubqueryAlias& node, const Relation& relation) {
    Node input = unary(relation, "", true);
    if (!node.column_names.empty()) {
      input.line = "UnresolvedSubqueryColumnAliases [" + shortened_list(node.column_names) + "]";
      input.resolved = false;
      return above("SubqueryAlias " + node.alias, std::move(input), true);
    }
    input.line = "SubqueryAlias " + node.alias;
    return input;
  }
  Node of(const WithCte& node, const Relation&) {
    std::vector<std::string> names;
    Node with{.line = {}, .resolved = true, .children = {}, .inner = {}};
    for (const WithCte::Item& item : node.items) {
      names.push_back(item.name);
      SubqueryAlias alias{item.relation, item.name, {}, item.column_names};
      with.inner.push_back(build(make_relation(std::move(alias))));
    }
    with.line = "CTE [" + shortened_list(names) + "]";
    with.children.push_back(build(node.input));
    return with;
  }
  Node of(const LateralView& node, const Relation& relation) {
    std::vector<std::string> names;
    for (const auto& name : node.column_names) names.push_back("'" + name);
    return unary(relation, "Generate " + printer_.print(*node.generator) + ", " +
                               (node.outer ? "true" : "false") + ", " + node.table_alias + ", [" +
                               shortened_list(names) + "]");
  }
  Node of(const ScriptTransform& node, const Relation& relation) {
    std::vector<std::string> names;
    for (const auto& column : node.columns) names.push_back(column.name);
    if (names.empty()) names = {"key", "value"};
    return unary(relation,
                 "ScriptTransformation " + node.script + ", [" + shortened_list(names) + "]");
  }
  Node of(const Unpivot& node, const Relation& relation) {
    return unary(relation, "Unpivot " + node.variable_column_name + ", [" +
                               shortened_list(node.value_column_names) + "]");
  }
  Node of(const Sample& node, const Relation& relation) {
    return unary(relation,
                 "Sample " + std::to_string(node.lower_bound) + ", " +
                     std::to_string(node.upper_bound) + ", " +
                     (node.with_replacement ? "true" : "false"),
                 true);
  }
  Node of(const Repartition& node, const Relation& relation) {
    if (node.expressions.empty() && node.partitions) {
      return unary(relation,
                   "Repartition " + std::to_string(*node.partitions) + ", " +
                       (node.shuffle ? "true" : "false"),
                   true);
    }
    return unary(relation, "RepartitionByExpression [" + printer_.print_list(node.expressions) +
                               "]" +
                               (node.partitions ? ", " + std::to_string(*node.partitions) : ""));
  }
  Node of(const Hint& node, const Relation& relation) {
    return unary(relation, "UnresolvedHint " + node.name + ", [" +
                               printer_.print_list(node.parameters) + "]");
  }

  const TextParser& parse_;
  ParsedExpressionPrinter printer_;
};

void write(const Node& node, const std::string& prefix, std::string& out) {
  out += (node.is_resolved() ? "" : "'") + node.line + "\n";
  // Inner plans stand further to the right, before the inputs.
  const std::string inner_prefix = prefix + (node.children.empty() ? "   " : ":  ");
  for (size_t i = 0; i < node.inner.size(); ++i) {
    const bool last = i + 1 == node.inner.size();
    out += inner_prefix + (last ? "+- " : ":- ");
    write(node.inner[i], inner_prefix + (last ? "   " : ":  "), out);
  }
  for (size_t i = 0; i < node.children.size(); ++i) {
    const bool last = i + 1 == node.children.size();
    out += prefix + (last ? "+- " : ":- ");
    write(node.children[i], prefix + (last ? "   " : ":  "), out);
  }
}

}  // namespace

std::string parsed_text(const RelationPtr& relation, const TextParser& parse) {
  std::string out;
  write(Builder(parse).build(relation), "", out);
  return out;
}

}  // namespace grebe::plan
