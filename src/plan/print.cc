// Writes the unresolved tree; every alternative of every node is listed.
#include "plan/print.h"

#include <functional>
#include <vector>

#include "plan/walk.h"
#include "types/value_sql.h"

namespace grebe::plan {
namespace {

std::string join_texts(const std::vector<std::string>& parts, const char* separator = ", ") {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : separator) + part;
  return text;
}

std::string print_list(const std::vector<ExpressionPtr>& expressions) {
  std::vector<std::string> parts;
  for (const ExpressionPtr& expression : expressions)
    parts.push_back(print_expression(*expression));
  return join_texts(parts);
}

std::string dotted(const std::vector<std::string>& parts) { return join_texts(parts, "."); }

std::string print_order(const std::vector<SortOrder>& order) {
  std::vector<std::string> parts;
  for (const SortOrder& key : order) {
    parts.push_back(print_expression(*key.child) + (key.ascending ? " ASC" : " DESC") +
                    (key.nulls_first ? " NULLS FIRST" : " NULLS LAST"));
  }
  return join_texts(parts);
}

std::string print_bound(const FrameBound& bound) {
  using Kind = FrameBound::Kind;
  const std::string offset = bound.offset ? print_expression(*bound.offset) + " " : "";
  switch (bound.kind) {
    case Kind::kUnboundedPreceding:
      return "UNBOUNDED PRECEDING";
    case Kind::kPreceding:
      return offset + "PRECEDING";
    case Kind::kCurrentRow:
      return "CURRENT ROW";
    case Kind::kFollowing:
      return offset + "FOLLOWING";
    case Kind::kUnboundedFollowing:
      return "UNBOUNDED FOLLOWING";
  }
  return {};
}

std::string print_window(const Window& window) {
  if (!window.window_name.empty()) return window.window_name;
  std::vector<std::string> parts;
  if (!window.partition_by.empty()) {
    parts.push_back("PARTITION BY " + print_list(window.partition_by));
  }
  if (!window.order_by.empty()) parts.push_back("ORDER BY " + print_order(window.order_by));
  if (window.frame) {
    parts.push_back(std::string(window.frame->unit == FrameUnit::kRows ? "ROWS" : "RANGE") +
                    " BETWEEN " + print_bound(window.frame->lower) + " AND " +
                    print_bound(window.frame->upper));
  }
  return "(" + join_texts(parts, " ") + ")";
}

bool is_operator(const std::string& name) {
  return !name.empty() && !((name[0] | 0x20) >= 'a' && (name[0] | 0x20) <= 'z') && name[0] != '_' &&
         name[0] != '#';
}

struct ExpressionPrinter {
  std::string operator()(const Literal& node) const {
    return types::literal_sql(node.value, node.type);
  }
  std::string operator()(const UnresolvedAttribute& node) const { return dotted(node.name_parts); }
  std::string operator()(const UnresolvedStar& node) const {
    return node.target.empty() ? "*" : dotted(node.target) + ".*";
  }
  std::string operator()(const UnresolvedRegex& node) const {
    return (node.qualifier.empty() ? "" : dotted(node.qualifier) + ".") + "`" + node.pattern + "`";
  }
  std::string operator()(const UnresolvedFunction& node) const {
    const std::string name = dotted(node.name_parts);
    const bool infix = is_operator(name) || name == "and" || name == "or" || name == "div";
    if (infix && node.arguments.size() == 2) {
      return "(" + print_expression(*node.arguments[0]) + " " + name + " " +
             print_expression(*node.arguments[1]) + ")";
    }
    std::string text =
        name + "(" + (node.is_distinct ? "DISTINCT " : "") + print_list(node.arguments) + ")";
    if (!node.within_group.empty()) {
      text += " WITHIN GROUP (ORDER BY " + print_order(node.within_group) + ")";
    }
    if (node.filter) text += " FILTER (WHERE " + print_expression(*node.filter) + ")";
    if (node.ignore_nulls) text += " IGNORE NULLS";
    return text;
  }
  std::string operator()(const Alias& node) const {
    return print_expression(*node.child) + " AS " +
           (node.names.size() == 1 ? node.names[0] : "(" + join_texts(node.names) + ")");
  }
  std::string operator()(const Cast& node) const {
    return std::string(node.mode == CastMode::kTry ? "try_cast(" : "cast(") +
           print_expression(*node.child) + " AS " + node.type.sql() + ")";
  }
  std::string operator()(const Window& node) const {
    return (node.function ? print_expression(*node.function) + " " : "") + "OVER " +
           print_window(node);
  }
  std::string operator()(const Lambda& node) const {
    return "(" + join_texts(node.parameters) + ") -> " + print_expression(*node.body);
  }
  std::string operator()(const LambdaVariable& node) const { return "lambda " + node.name; }
  std::string operator()(const ExtractValue& node) const {
    return print_expression(*node.child) + "[" + print_expression(*node.key) + "]";
  }
  std::string operator()(const UpdateFields& node) const {
    return "update_fields(" + print_expression(*node.child) + ", " + dotted(node.field_path) +
           (node.value ? ", " + print_expression(*node.value) : "") + ")";
  }
  std::string operator()(const Subquery& node) const {
    switch (node.kind) {
      case SubqueryKind::kScalar:
        return "(subquery)";
      case SubqueryKind::kExists:
        return "exists (subquery)";
      case SubqueryKind::kIn:
        return "(" + print_list(node.values) + ") in (subquery)";
      case SubqueryKind::kLateralTable:
        return "table (subquery)";
    }
    return {};
  }
  std::string operator()(const ParameterMarker& node) const {
    return node.name.empty() ? "?" + std::to_string(node.position) : ":" + node.name;
  }
  std::string operator()(const NamedArgument& node) const {
    return node.name + " => " + print_expression(*node.value);
  }
  std::string operator()(const IdentifierClause& node) const {
    return "identifier(" + print_expression(*node.name) + ")" +
           (node.call_arguments ? "(" + print_list(*node.call_arguments) + ")" : "");
  }
  std::string operator()(const SortKey& node) const { return print_order({node.order}); }
  std::string operator()(const UserFunction& node) const { return node.kind + " " + node.name; }
};

const char* group_name(GroupKind kind) {
  switch (kind) {
    case GroupKind::kGroupBy:
      return "";
    case GroupKind::kRollup:
      return " rollup";
    case GroupKind::kCube:
      return " cube";
    case GroupKind::kGroupingSets:
      return " grouping sets";
    case GroupKind::kPivot:
      return " pivot";
  }
  return "";
}

/// The node's own line, inputs left out.
struct RelationLine {
  std::string operator()(const ReadTable& node) const {
    std::string text =
        "ReadTable " +
        (node.name_expression ? print_expression(*node.name_expression) : dotted(node.name_parts));
    if (!node.version_as_of.empty()) text += " version " + node.version_as_of;
    if (node.timestamp_as_of) text += " timestamp " + print_expression(*node.timestamp_as_of);
    return text;
  }
  std::string operator()(const ReadDataSource& node) const {
    return "ReadDataSource " + node.format + " [" + join_texts(node.paths) + "]";
  }
  std::string operator()(const LocalRelation& node) const { return "LocalRelation " + node.schema; }
  std::string operator()(const CachedLocalRelation& node) const {
    return "CachedLocalRelation " + node.hash;
  }
  std::string operator()(const CachedRemoteRelation& node) const {
    return "CachedRemoteRelation " + node.relation_id;
  }
  std::string operator()(const InlineTable& node) const {
    std::vector<std::string> rows;
    for (const auto& row : node.rows) rows.push_back("(" + print_list(row) + ")");
    return "InlineTable [" + join_texts(node.column_names) + "] " + join_texts(rows);
  }
  std::string operator()(const OneRow&) const { return "OneRow"; }
  std::string operator()(const Range& node) const {
    return "Range " + std::to_string(node.start) + ".." + std::to_string(node.end) + " by " +
           std::to_string(node.step);
  }
  std::string operator()(const SqlQuery& node) const { return "SqlQuery " + node.text; }
  std::string operator()(const TableFunction& node) const {
    return "TableFunction " + dotted(node.name_parts) + "(" + print_list(node.arguments) + ")";
  }
  std::string operator()(const CommandResult&) const { return "CommandResult"; }
  std::string operator()(const UnsupportedRelation& node) const {
    return "UnsupportedRelation " + node.name;
  }
  std::string operator()(const Project& node) const {
    return "Project [" + print_list(node.expressions) + "]";
  }
  std::string operator()(const Filter& node) const {
    return "Filter " + print_expression(*node.condition);
  }
  std::string operator()(const Join& node) const {
    std::string text = std::string("Join ") + join_name(node.type);
    if (node.lateral) text += " lateral";
    if (node.natural) text += " natural";
    if (node.condition) text += " on " + print_expression(*node.condition);
    if (!node.using_columns.empty()) text += " using (" + join_texts(node.using_columns) + ")";
    return text;
  }
  std::string operator()(const SetOperation& node) const {
    const char* name = node.type == SetOpType::kUnion       ? "Union"
                       : node.type == SetOpType::kIntersect ? "Intersect"
                                                            : "Except";
    return std::string(name) + (node.all ? " all" : " distinct") + (node.by_name ? " by name" : "");
  }
  std::string operator()(const Sort& node) const {
    return std::string(node.global ? "Sort [" : "SortWithinPartitions [") +
           print_order(node.order) + "]";
  }
  std::string operator()(const Limit& node) const {
    return "Limit " + print_expression(*node.limit);
  }
  std::string operator()(const Offset& node) const {
    return "Offset " + print_expression(*node.offset);
  }
  std::string operator()(const Tail& node) const { return "Tail " + print_expression(*node.limit); }
  std::string operator()(const Aggregate& node) const {
    std::string text =
        std::string("Aggregate") + group_name(node.kind) + " [" + print_list(node.groups) + "]";
    for (const auto& set : node.grouping_sets) text += " (" + print_list(set) + ")";
    text += " [" + print_list(node.aggregates) + "]";
    if (node.pivot_column) {
      text += " for " + print_expression(*node.pivot_column) + " in (" +
              print_list(node.pivot_values) + ")";
    }
    if (node.having) text += " having " + print_expression(*node.having);
    return text;
  }
  std::string operator()(const Deduplicate& node) const {
    return "Deduplicate [" + join_texts(node.columns) + "]";
  }
  std::string operator()(const SubqueryAlias& node) const {
    return "SubqueryAlias " + node.alias +
           (node.column_names.empty() ? "" : "(" + join_texts(node.column_names) + ")");
  }
  std::string operator()(const WithCte& node) const {
    std::vector<std::string> names;
    for (const WithCte::Item& item : node.items) {
      names.push_back(item.name +
                      (item.column_names.empty() ? "" : "(" + join_texts(item.column_names) + ")"));
    }
    return "With [" + join_texts(names) + "]";
  }
  std::string operator()(const WithWindows& node) const {
    std::vector<std::string> windows;
    for (const auto& [name, window] : node.windows) {
      windows.push_back(name + " AS " + print_window(window));
    }
    return "WithWindows [" + join_texts(windows) + "]";
  }
  std::string operator()(const LateralView& node) const {
    return std::string("LateralView ") + (node.outer ? "outer " : "") +
           print_expression(*node.generator) + " " + node.table_alias + "(" +
           join_texts(node.column_names) + ")";
  }
  std::string operator()(const ScriptTransform& node) const {
    return "ScriptTransform '" + node.script + "'";
  }
  std::string operator()(const Unpivot& node) const {
    return "Unpivot " + join_texts(node.value_column_names) + " for " + node.variable_column_name;
  }
  std::string operator()(const Sample& node) const {
    return "Sample " + std::to_string(node.lower_bound) + ".." + std::to_string(node.upper_bound);
  }
  std::string operator()(const Repartition& node) const {
    return "Repartition " + (node.partitions ? std::to_string(*node.partitions) + " " : "") + "[" +
           print_list(node.expressions) + "]";
  }
  std::string operator()(const Hint& node) const {
    return "Hint " + node.name + "(" + print_list(node.parameters) + ")";
  }
  std::string operator()(const ToDf& node) const {
    return "ToDf [" + join_texts(node.column_names) + "]";
  }
  std::string operator()(const WithColumns& node) const {
    return "WithColumns [" + print_list(node.aliases) + "]";
  }
  std::string operator()(const WithColumnsRenamed&) const { return "WithColumnsRenamed"; }
  std::string operator()(const Drop& node) const {
    return "Drop [" + print_list(node.columns) + join_texts(node.column_names) + "]";
  }
  std::string operator()(const ToSchema& node) const {
    return "ToSchema " + node.schema.simple_string();
  }
  std::string operator()(const ShowString&) const { return "ShowString"; }
  std::string operator()(const HtmlString&) const { return "HtmlString"; }
  std::string operator()(const NaFill&) const { return "NaFill"; }
  std::string operator()(const NaDrop&) const { return "NaDrop"; }
  std::string operator()(const NaReplace&) const { return "NaReplace"; }
  std::string operator()(const StatDescribe&) const { return "StatDescribe"; }
  std::string operator()(const StatSummary&) const { return "StatSummary"; }
  std::string operator()(const StatCrosstab&) const { return "StatCrosstab"; }
  std::string operator()(const StatCov&) const { return "StatCov"; }
  std::string operator()(const StatCorr&) const { return "StatCorr"; }
  std::string operator()(const StatApproxQuantile&) const { return "StatApproxQuantile"; }
  std::string operator()(const StatFreqItems&) const { return "StatFreqItems"; }
  std::string operator()(const StatSampleBy&) const { return "StatSampleBy"; }
  std::string operator()(const CollectMetrics& node) const {
    return "CollectMetrics " + node.name + " [" + print_list(node.metrics) + "]";
  }
  std::string operator()(const ParseText& node) const { return "ParseText " + node.format; }
};

void print_tree(const Relation& relation, const std::string& prefix, std::string& out) {
  out += std::visit(RelationLine{}, relation.node) + "\n";
  std::vector<RelationPtr> inputs;
  for_each_input(relation, [&](const RelationPtr& input) { inputs.push_back(input); });
  // Relations of subqueries hang below their user as well.
  std::function<void(const ExpressionPtr&)> collect = [&](const ExpressionPtr& expression) {
    if (const auto* subquery = std::get_if<Subquery>(&expression->node)) {
      inputs.insert(inputs.begin(), subquery->relation);
    }
    for_each_child(*expression, collect);
  };
  for_each_expression(relation, collect);
  for (size_t i = 0; i < inputs.size(); ++i) {
    const bool last = i + 1 == inputs.size();
    out += prefix + (last ? "+- " : ":- ");
    print_tree(*inputs[i], prefix + (last ? "   " : ":  "), out);
  }
}

}  // namespace

const char* join_name(JoinType type) {
  switch (type) {
    case JoinType::kInner:
      return "Inner";
    case JoinType::kLeftOuter:
      return "LeftOuter";
    case JoinType::kRightOuter:
      return "RightOuter";
    case JoinType::kFullOuter:
      return "FullOuter";
    case JoinType::kLeftSemi:
      return "LeftSemi";
    case JoinType::kLeftAnti:
      return "LeftAnti";
    case JoinType::kCross:
      return "Cross";
  }
  return "";
}

std::string print_expression(const Expression& expression) {
  return std::visit(ExpressionPrinter{}, expression.node);
}

std::string print_relation(const Relation& relation) {
  std::string out;
  print_tree(relation, "", out);
  return out;
}

}  // namespace grebe::plan
