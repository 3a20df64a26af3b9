// The plan of a subquery → the columns of the query around it that it names.
#pragma once

#include <vector>

#include "resolved/relation.h"

namespace grebe::resolved {

/// Every reference to an outer column, from the plan's root down to its leaves, as often as it
/// stands there (SubExprUtils.getOuterReferences). Subqueries inside the plan are left alone.
std::vector<const OuterRef*> outer_references(const Relation& relation);

}  // namespace grebe::resolved
