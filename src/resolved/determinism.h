// A resolved expression → whether it gives the same value each time.
#pragma once

#include <string_view>

#include "resolved/expression.h"

namespace grebe::resolved {

/// Functions that cannot be folded: their value hangs on more than their arguments.
bool is_volatile(std::string_view function);

/// `Expression.deterministic`; current_timestamp() is, within one query.
bool is_deterministic(const Expression& expression);

}  // namespace grebe::resolved
