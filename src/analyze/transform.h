// SELECT TRANSFORM → its input as lines of text, the script, and its lines as columns.
#pragma once

#include "analyze/analyzer.h"

namespace grebe::analyze {

/// The name under which the parser hands SELECT TRANSFORM over, as a table function of: the input
/// (a table subquery), the script, the input's field separator and null text, the output's, and
/// the output's columns as DDL text (empty: `key` and `value`).
inline constexpr const char* kTransform = "#transform";

/// Resolves such a call. Spark: ScriptTransformation without serde.
Analyzed script_transform(Analyzer& analyzer, const plan::TableFunction& node,
                          const Context& context);

}  // namespace grebe::analyze
