// Subqueries in the condition of an outer join → hidden columns of the side that they look at.
#pragma once

#include <vector>

#include "analyze/analyzer.h"

namespace grebe::analyze {

/// The condition with each subquery replaced by a column that the left or the right side computes:
/// DuckDB joins by subqueries only where every row has a partner. `used` are the join's columns
/// that the subqueries name. A condition that looks at both sides stays as it is.
resolved::ExpressionPtr lift_subqueries(Analyzer& analyzer,
                                        const resolved::ExpressionPtr& condition,
                                        const std::vector<resolved::AttributeId>& used,
                                        resolved::RelationPtr& left, resolved::RelationPtr& right);

}  // namespace grebe::analyze
