// Children of the unresolved tree's nodes: visit them, or map them with copy on write.
#pragma once

#include <functional>

#include "plan/relation.h"

namespace grebe::plan {

using ExpressionMap = std::function<ExpressionPtr(const ExpressionPtr&)>;
using RelationMap = std::function<RelationPtr(const RelationPtr&)>;

/// The expression with each direct child mapped, in the order they are written; the same pointer
/// when no child changed. A subquery's relation is left alone, its IN values are children.
ExpressionPtr map_children(const ExpressionPtr& expression, const ExpressionMap& map);

/// The relation with each input mapped; the same pointer when none changed. WITH items count.
RelationPtr map_inputs(const RelationPtr& relation, const RelationMap& map);

/// The relation with each expression it holds itself mapped; the same pointer when none changed.
RelationPtr map_expressions(const RelationPtr& relation, const ExpressionMap& map);

/// Calls `visit` with each direct child.
void for_each_child(const Expression& expression,
                    const std::function<void(const ExpressionPtr&)>& visit);
void for_each_input(const Relation& relation, const std::function<void(const RelationPtr&)>& visit);
void for_each_expression(const Relation& relation,
                         const std::function<void(const ExpressionPtr&)>& visit);

/// Tells whether a column is named anywhere in the expression, subqueries not included.
bool names_column(const Expression& expression);

}  // namespace grebe::plan
