// The plan of a subquery that names columns of the query around it → Spark's refusals.
#pragma once

#include "analyze/analyzer.h"

namespace grebe::analyze {

/// Where a subquery stands.
enum class SubqueryPlace : uint8_t { kScalar, kPredicate, kLateral };

/// Throws UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.… where Spark cannot take the subquery apart
/// (CheckAnalysis.checkCorrelationsInSubquery, checkAggregateInScalarSubquery).
void check_correlation(const resolved::Relation& relation, SubqueryPlace place,
                       const core::Origin& origin);

/// Spark groups a correlated EXISTS over an aggregate without keys by the columns that it is
/// joined by, so that it finds nothing where SQL finds one row.
resolved::RelationPtr without_empty_group(Analyzer& analyzer,
                                          const resolved::RelationPtr& relation);

/// Throws when a correlated scalar subquery stands in an aggregation's list neither as a key nor in
/// an aggregate function.
void refuse_correlated_scalar(const resolved::Expression& item,
                              const std::vector<resolved::NamedExpression>& groups);

/// Throws when a subquery stands in a sort key where Spark plans none.
void check_sorted_subqueries(const resolved::Expression& key, const core::Origin& origin);

}  // namespace grebe::analyze
