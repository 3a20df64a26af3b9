// An unresolved expression → whether it calls aggregates; a resolved one → the same.
#include "analyze/aggregate_calls.h"

#include <algorithm>

#include "functions/binding.h"
#include "resolved/compare.h"

namespace grebe::analyze {
namespace {

bool any_calls(const std::vector<plan::ExpressionPtr>& list) {
  return std::any_of(list.begin(), list.end(), calls_aggregate);
}

bool any_calls(const std::vector<plan::SortOrder>& order) {
  return std::any_of(order.begin(), order.end(),
                     [](const auto& key) { return calls_aggregate(key.child); });
}

struct CallsAggregate {
  bool operator()(const plan::Literal&) { return false; }
  bool operator()(const plan::UnresolvedAttribute&) { return false; }
  bool operator()(const plan::UnresolvedStar&) { return false; }
  bool operator()(const plan::UnresolvedRegex&) { return false; }
  bool operator()(const plan::UnresolvedFunction& n) {
    return functions::find_kind(n.name_parts.back()) == functions::FunctionKind::kAggregate ||
           any_calls(n.arguments);
  }
  bool operator()(const plan::Alias& n) { return calls_aggregate(n.child); }
  bool operator()(const plan::Cast& n) { return calls_aggregate(n.child); }
  bool operator()(const plan::Window& n) {
    const auto* call = std::get_if<plan::UnresolvedFunction>(&n.function->node);
    return (call && any_calls(call->arguments)) || any_calls(n.partition_by) ||
           any_calls(n.order_by);
  }
  bool operator()(const plan::Lambda& n) { return calls_aggregate(n.body); }
  bool operator()(const plan::LambdaVariable&) { return false; }
  bool operator()(const plan::ExtractValue& n) {
    return calls_aggregate(n.child) || calls_aggregate(n.key);
  }
  bool operator()(const plan::UpdateFields& n) {
    return calls_aggregate(n.child) || (n.value && calls_aggregate(n.value));
  }
  bool operator()(const plan::Subquery& n) { return any_calls(n.values); }
  bool operator()(const plan::ParameterMarker&) { return false; }
  bool operator()(const plan::NamedArgument& n) { return calls_aggregate(n.value); }
  bool operator()(const plan::IdentifierClause&) { return false; }
  bool operator()(const plan::SortKey& n) { return calls_aggregate(n.order.child); }
  bool operator()(const plan::UserFunction&) { return false; }
};

}  // namespace

bool calls_aggregate(const plan::ExpressionPtr& expression) {
  return std::visit(CallsAggregate{}, expression->node);
}

bool contains_aggregate(const resolved::Expression& expression) {
  if (std::holds_alternative<resolved::AggregateCall>(expression.node)) return true;
  if (const auto* window = std::get_if<resolved::WindowCall>(&expression.node)) {
    for (const auto& argument : resolved::children(*window->function)) {
      if (contains_aggregate(*argument)) return true;
    }
    for (const auto& key : window->partition_by) {
      if (contains_aggregate(*key)) return true;
    }
    for (const auto& key : window->order_by) {
      if (contains_aggregate(*key.child)) return true;
    }
    return false;
  }
  for (const auto& child : resolved::children(expression)) {
    if (contains_aggregate(*child)) return true;
  }
  return false;
}

bool contains_outer(const resolved::Expression& expression) {
  return resolved::any_node(expression, [](const resolved::Expression& node) {
    return std::holds_alternative<resolved::OuterRef>(node.node);
  });
}

resolved::ExpressionPtr without_outer(const resolved::ExpressionPtr& expression) {
  if (const auto* ref = std::get_if<resolved::OuterRef>(&expression->node)) {
    return resolved::make_expression(resolved::AttributeRef{ref->id, ref->name, ref->qualifier},
                                     expression->type, expression->nullable, expression->origin);
  }
  return resolved::map_children(expression, without_outer);
}

bool contains_reference(const resolved::Expression& expression) {
  return resolved::any_node(expression, [](const resolved::Expression& node) {
    return std::holds_alternative<resolved::AttributeRef>(node.node) ||
           std::holds_alternative<resolved::OuterRef>(node.node);
  });
}

}  // namespace grebe::analyze
