// The percentages of percentile functions: constants between 0 and 1.
#pragma once

#include "functions/entry.h"

namespace grebe::functions {

/// Throws DATATYPE_MISMATCH.UNEXPECTED_NULL or .VALUE_OUT_OF_RANGE unless the foldable argument is
/// a number from 0 to 1, or an array of such.
void check_percentages(const BindInput& input, const resolved::ExpressionPtr& argument);

}  // namespace grebe::functions
