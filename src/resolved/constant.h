// An expression → the whole number that it is, if it is a constant one.
#pragma once

#include <cstdint>
#include <optional>

#include "resolved/expression.h"

namespace grebe::resolved {

/// The number of a literal of a whole-number type; nothing for null expressions and all others.
std::optional<int64_t> constant_number(const ExpressionPtr& expression);

}  // namespace grebe::resolved
