// The mark of a sum of decimals that went beyond 38 digits and on.
#pragma once

#include <limits>

#include "types/value.h"

namespace grebe::native {

/// What a sum is once something was added to more than 38 digits. It is no decimal(38), so whatever
/// fits the sum into its type sees it.
inline constexpr types::int128 kSumBeyondDecimal = std::numeric_limits<types::int128>::max();

}  // namespace grebe::native
