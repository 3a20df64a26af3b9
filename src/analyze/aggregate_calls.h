// An unresolved expression → whether it calls aggregates; a resolved one → the same.
#pragma once

#include "plan/expression.h"
#include "resolved/relation.h"

namespace grebe::analyze {

/// True when the text calls an aggregate of the query itself: outside subqueries, and not as the
/// function of a window (whose arguments and keys count).
bool calls_aggregate(const plan::ExpressionPtr& expression);

/// The same for a resolved expression.
bool contains_aggregate(const resolved::Expression& expression);

/// True when the expression reads a column of its own or an outer query.
bool contains_reference(const resolved::Expression& expression);

/// True when the expression names a column of the query around.
bool contains_outer(const resolved::Expression& expression);

/// The expression with columns of the query around as if it stood in that query.
resolved::ExpressionPtr without_outer(const resolved::ExpressionPtr& expression);

}  // namespace grebe::analyze
