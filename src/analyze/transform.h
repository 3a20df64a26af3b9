// SELECT TRANSFORM → its input as lines of text, the script, and its lines as columns.
#pragma once

#include "analyze/analyzer.h"

namespace grebe::analyze {

Analyzed script_transform(Analyzer& analyzer, const plan::ScriptTransform& node,
                          const Context& context);

}  // namespace grebe::analyze
