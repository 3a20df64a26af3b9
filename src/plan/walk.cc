// One list of members for each node, from which all walks are made.
#include "plan/walk.h"

#include <optional>
#include <utility>
#include <vector>

namespace grebe::plan {
namespace {

/// Applies a map to members of a node's copy and remembers whether one changed.
class ExpressionMapper {
 public:
  explicit ExpressionMapper(const ExpressionMap& map) : map_(map) {}

  void one(ExpressionPtr& member) {
    if (!member) return;
    ExpressionPtr mapped = map_(member);
    changed = changed || mapped != member;
    member = std::move(mapped);
  }
  void all(std::vector<ExpressionPtr>& members) {
    for (ExpressionPtr& member : members) one(member);
  }
  void all(std::vector<SortOrder>& members) {
    for (SortOrder& member : members) one(member.child);
  }
  void all(std::vector<std::vector<ExpressionPtr>>& members) {
    for (std::vector<ExpressionPtr>& member : members) all(member);
  }

  void window(Window& node) {
    one(node.function);
    all(node.partition_by);
    all(node.order_by);
    if (!node.frame) return;
    one(node.frame->lower.offset);
    one(node.frame->upper.offset);
  }

  bool changed = false;

 private:
  const ExpressionMap& map_;
};

/// The expressions directly below an expression.
struct ExpressionChildren {
  ExpressionMapper& map;

  void operator()(Literal&) const {}
  void operator()(UnresolvedAttribute&) const {}
  void operator()(UnresolvedStar&) const {}
  void operator()(UnresolvedRegex&) const {}
  void operator()(UnresolvedFunction& node) const {
    map.all(node.arguments);
    map.one(node.filter);
    map.all(node.within_group);
  }
  void operator()(Alias& node) const { map.one(node.child); }
  void operator()(Cast& node) const { map.one(node.child); }
  void operator()(Window& node) const { map.window(node); }
  void operator()(Lambda& node) const { map.one(node.body); }
  void operator()(LambdaVariable&) const {}
  void operator()(ExtractValue& node) const {
    map.one(node.child);
    map.one(node.key);
  }
  void operator()(UpdateFields& node) const {
    map.one(node.child);
    map.one(node.value);
  }
  void operator()(Subquery& node) const { map.all(node.values); }
  void operator()(ParameterMarker&) const {}
  void operator()(NamedArgument& node) const { map.one(node.value); }
  void operator()(IdentifierClause& node) const {
    map.one(node.name);
    if (node.call_arguments) map.all(*node.call_arguments);
  }
  void operator()(SortKey& node) const { map.one(node.order.child); }
  void operator()(UserFunction&) const {}
};

/// The expressions that a relation holds itself.
struct RelationExpressions {
  ExpressionMapper& map;

  void operator()(ReadTable& node) const {
    map.one(node.timestamp_as_of);
    map.one(node.name_expression);
  }
  void operator()(ReadDataSource&) const {}
  void operator()(LocalRelation&) const {}
  void operator()(CachedLocalRelation&) const {}
  void operator()(CachedRemoteRelation&) const {}
  void operator()(InlineTable& node) const { map.all(node.rows); }
  void operator()(OneRow&) const {}
  void operator()(Range&) const {}
  void operator()(SqlQuery& node) const {
    for (auto& [name, value] : node.named_arguments) map.one(value);
    map.all(node.positional_arguments);
  }
  void operator()(TableFunction& node) const { map.all(node.arguments); }
  void operator()(CommandResult&) const {}
  void operator()(UnsupportedRelation&) const {}
  void operator()(Project& node) const { map.all(node.expressions); }
  void operator()(Filter& node) const { map.one(node.condition); }
  void operator()(Join& node) const { map.one(node.condition); }
  void operator()(SetOperation&) const {}
  void operator()(Sort& node) const { map.all(node.order); }
  void operator()(Limit& node) const { map.one(node.limit); }
  void operator()(Offset& node) const { map.one(node.offset); }
  void operator()(Tail& node) const { map.one(node.limit); }
  void operator()(Aggregate& node) const {
    map.all(node.groups);
    map.all(node.grouping_sets);
    map.all(node.aggregates);
    map.one(node.having);
    map.one(node.pivot_column);
    map.all(node.pivot_values);
  }
  void operator()(Deduplicate&) const {}
  void operator()(SubqueryAlias&) const {}
  void operator()(WithCte&) const {}
  void operator()(WithWindows& node) const {
    for (auto& [name, window] : node.windows) map.window(window);
  }
  void operator()(LateralView& node) const { map.one(node.generator); }
  void operator()(ScriptTransform&) const {}
  void operator()(Unpivot& node) const {
    if (node.ids) map.all(*node.ids);
    if (node.values) map.all(*node.values);
  }
  void operator()(Sample& node) const { map.one(node.row_count); }
  void operator()(Repartition& node) const { map.all(node.expressions); }
  void operator()(Hint& node) const { map.all(node.parameters); }
  void operator()(ToDf&) const {}
  void operator()(WithColumns& node) const { map.all(node.aliases); }
  void operator()(WithColumnsRenamed&) const {}
  void operator()(Drop& node) const { map.all(node.columns); }
  void operator()(ToSchema&) const {}
  void operator()(ShowString&) const {}
  void operator()(HtmlString&) const {}
  void operator()(NaFill&) const {}
  void operator()(NaDrop&) const {}
  void operator()(NaReplace&) const {}
  void operator()(StatDescribe&) const {}
  void operator()(StatSummary&) const {}
  void operator()(StatCrosstab&) const {}
  void operator()(StatCov&) const {}
  void operator()(StatCorr&) const {}
  void operator()(StatApproxQuantile&) const {}
  void operator()(StatFreqItems&) const {}
  void operator()(StatSampleBy& node) const { map.one(node.column); }
  void operator()(CollectMetrics& node) const { map.all(node.metrics); }
  void operator()(ParseText&) const {}
};

/// The relations directly below a relation.
struct RelationInputs {
  const RelationMap& map;
  bool& changed;

  void one(RelationPtr& input) const {
    if (!input) return;
    RelationPtr mapped = map(input);
    changed = changed || mapped != input;
    input = std::move(mapped);
  }

  void operator()(ReadTable&) const {}
  void operator()(ReadDataSource&) const {}
  void operator()(LocalRelation&) const {}
  void operator()(CachedLocalRelation&) const {}
  void operator()(CachedRemoteRelation&) const {}
  void operator()(InlineTable&) const {}
  void operator()(OneRow&) const {}
  void operator()(Range&) const {}
  void operator()(SqlQuery&) const {}
  void operator()(TableFunction&) const {}
  void operator()(CommandResult&) const {}
  void operator()(UnsupportedRelation&) const {}
  void operator()(Join& node) const {
    one(node.left);
    one(node.right);
  }
  void operator()(SetOperation& node) const {
    one(node.left);
    one(node.right);
  }
  void operator()(WithCte& node) const {
    for (WithCte::Item& item : node.items) one(item.relation);
    one(node.input);
  }
  // Every other operator has one input.
  template <typename Node>
  requires requires(Node& node) { node.input; }
  void operator()(Node& node) const { one(node.input); }
};

}  // namespace

ExpressionPtr map_children(const ExpressionPtr& expression, const ExpressionMap& map) {
  Expression copy = *expression;
  ExpressionMapper mapper(map);
  std::visit(ExpressionChildren{mapper}, copy.node);
  return mapper.changed ? std::make_shared<const Expression>(std::move(copy)) : expression;
}

RelationPtr map_inputs(const RelationPtr& relation, const RelationMap& map) {
  Relation copy = *relation;
  bool changed = false;
  std::visit(RelationInputs{map, changed}, copy.node);
  return changed ? std::make_shared<const Relation>(std::move(copy)) : relation;
}

RelationPtr map_expressions(const RelationPtr& relation, const ExpressionMap& map) {
  Relation copy = *relation;
  ExpressionMapper mapper(map);
  std::visit(RelationExpressions{mapper}, copy.node);
  return mapper.changed ? std::make_shared<const Relation>(std::move(copy)) : relation;
}

void for_each_child(const Expression& expression,
                    const std::function<void(const ExpressionPtr&)>& visit) {
  const ExpressionMap keep = [&](const ExpressionPtr& child) {
    visit(child);
    return child;
  };
  Expression copy = expression;
  ExpressionMapper mapper(keep);
  std::visit(ExpressionChildren{mapper}, copy.node);
}

void for_each_input(const Relation& relation,
                    const std::function<void(const RelationPtr&)>& visit) {
  const RelationMap keep = [&](const RelationPtr& input) {
    visit(input);
    return input;
  };
  Relation copy = relation;
  bool changed = false;
  std::visit(RelationInputs{keep, changed}, copy.node);
}

void for_each_expression(const Relation& relation,
                         const std::function<void(const ExpressionPtr&)>& visit) {
  const ExpressionMap keep = [&](const ExpressionPtr& expression) {
    visit(expression);
    return expression;
  };
  Relation copy = relation;
  ExpressionMapper mapper(keep);
  std::visit(RelationExpressions{mapper}, copy.node);
}

bool names_column(const Expression& expression) {
  if (std::holds_alternative<UnresolvedAttribute>(expression.node)) return true;
  bool found = false;
  for_each_child(expression,
                 [&](const ExpressionPtr& child) { found = found || names_column(*child); });
  return found;
}

}  // namespace grebe::plan
