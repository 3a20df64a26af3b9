// GROUP BY ALL and ORDER BY ALL → whether the word is the keyword or a column's name.
#pragma once

#include "analyze/scope.h"
#include "plan/expression.h"

namespace grebe::analyze {

/// True for the lone word ALL, unless a column in sight is called so.
bool is_all_keyword(const plan::ExpressionPtr& written, const Scope& input, bool case_sensitive);

}  // namespace grebe::analyze
