// GROUP BY session_window(time, gap) → a column `session_window` below the aggregation.
#pragma once

#include <vector>

#include "analyze/analyzer.h"

namespace grebe::analyze {

/// True for a call of session_window, perhaps named.
bool is_session_window(const plan::ExpressionPtr& key);

/// The expression with calls of session_window replaced by the column that they became.
plan::ExpressionPtr with_session_column(const plan::ExpressionPtr& expression);

/// Adds the column to the rows that lie in a session, and makes `key` that column. Rows of the same
/// other `keys` belong to one session while each starts no later than an earlier one's end
/// (SessionWindowing, UpdatingSessionsExec).
Analyzed with_session_window(Analyzer& analyzer, Analyzed input, plan::ExpressionPtr& key,
                             const std::vector<plan::ExpressionPtr>& keys, const Context& context);

}  // namespace grebe::analyze
