// A call's arguments → the errors that Spark raises for them before it looks at overloads.
#pragma once

#include "functions/entry.h"

namespace grebe::functions {

/// Throws for arguments that must be literals or constants, must have an order, or take no implicit
/// cast, in the words that the function has for it.
void check_arguments(const BindInput& input);

}  // namespace grebe::functions
