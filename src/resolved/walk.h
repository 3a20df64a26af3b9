// A resolved plan → the expressions of its nodes.
#pragma once

#include <functional>

#include "resolved/relation.h"

namespace grebe::resolved {

/// Calls `visit` with each whole expression that the plan's nodes hold, from the root down to the
/// leaves; absent ones are skipped, plans inside of expressions are left alone.
void for_each_expression(const Relation& relation,
                         const std::function<void(const ExpressionPtr&)>& visit);

}  // namespace grebe::resolved
