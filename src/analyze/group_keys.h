// GROUP BY as written → the keys that it stands for: ordinals, aliases, ROLLUP and CUBE; and what
// keys must not be.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyze/analyzer.h"

namespace grebe::analyze {

/// The item of the list that is called `name`; null when there is none.
const plan::Alias* find_alias(Analyzer& analyzer, const std::string& name,
                              const std::vector<plan::ExpressionPtr>& aggregates);

/// The item that a group key `expression` stands for: an ordinal, an alias, or itself.
plan::ExpressionPtr group_expression(Analyzer& analyzer, const plan::ExpressionPtr& expression,
                                     const std::vector<plan::ExpressionPtr>& aggregates,
                                     const Scope& input);

/// Refuses a key taken from the list that names another item of the list.
void refuse_lateral_alias(Analyzer& analyzer, const plan::ExpressionPtr& key,
                          const std::vector<plan::ExpressionPtr>& aggregates, const Scope& input);

/// True when the expression uses a column outside of aggregates.
bool names_row(const resolved::Expression& expression);

/// Refuses keys and items that use the query around: Spark has them in filters and lists only
/// (CheckAnalysis, canHostOuter).
void refuse_outer(const std::vector<resolved::NamedExpression>& groups,
                  const std::vector<resolved::NamedExpression>& items, const core::Origin& origin);

/// Refuses window and aggregate functions in a key or in the condition of a join.
void refuse_windows(const resolved::Expression& expression, const core::Origin& origin);

/// The grouping sets of ROLLUP or CUBE over `count` keys, as indexes.
std::vector<std::vector<int32_t>> all_sets(plan::GroupKind kind, size_t count);

}  // namespace grebe::analyze
