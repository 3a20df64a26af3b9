// Functions that put an array's elements in order; see array_order.cc.
#pragma once

#include <string>

#include "functions/entry.h"

namespace grebe::functions {

/// array_max, array_min: the greatest or least element, nulls left out.
std::string lower_array_extreme(const LowerInput& input);

/// sort_array and array_sort without a comparison: nulls first in the former's ascending order,
/// last in its descending and in the latter's.
std::string lower_array_order(const LowerInput& input);

}  // namespace grebe::functions
