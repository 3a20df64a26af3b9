// Arguments by position and by name → the order that a function's parameters have.
#pragma once

#include <string_view>
#include <vector>

#include "functions/entry.h"

namespace grebe::functions {

/// One parameter of a function that takes named arguments.
struct NamedParameter {
  std::string_view name;
  /// What a call that leaves it out gets; null when it must be given.
  resolved::ExpressionPtr fallback = nullptr;
};

/// One expression for each parameter. Throws what Spark throws for names that are unknown, doubled
/// or missing, and for positional arguments after named ones.
std::vector<resolved::ExpressionPtr> arrange_arguments(
    const BindInput& input, const std::vector<NamedParameter>& parameters);

}  // namespace grebe::functions
