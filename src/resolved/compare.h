// Two resolved expressions → whether they mean the same, origins and printed names aside.
#pragma once

#include <functional>

#include "resolved/relation.h"

namespace grebe::resolved {

/// Structural equality: same nodes, ids, types and constants. Subqueries are compared by identity.
bool same_expression(const Expression& left, const Expression& right);

/// Equality of constants; NaN equals NaN.
bool same_value(const types::Value& left, const types::Value& right);

/// The node's direct subexpressions in order, absent ones skipped (`lowered` forms are skipped
/// too).
std::vector<ExpressionPtr> children(const Expression& expression);

/// Rebuilds a node with `map` applied to each direct subexpression, `lowered` included; returns the
/// same pointer when nothing changed.
ExpressionPtr map_children(const ExpressionPtr& expression,
                           const std::function<ExpressionPtr(const ExpressionPtr&)>& map);

/// True when `test` holds for the expression or something below it (subquery plans excluded).
bool any_node(const Expression& expression, const std::function<bool(const Expression&)>& test);

/// True when the expression or a part of it is a `Node`; plans inside of it are left alone.
template <class Node>
bool holds(const Expression& expression) {
  return any_node(expression,
                  [](const Expression& part) { return std::holds_alternative<Node>(part.node); });
}

}  // namespace grebe::resolved
