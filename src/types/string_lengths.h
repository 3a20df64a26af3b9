// A type with CHAR(n) and VARCHAR(n) → the same type with STRING in their place.
#pragma once

#include "types/data_type.h"

namespace grebe::types {

/// The type with STRING for CHAR and VARCHAR, however deep: expressions and files know no lengths.
DataType without_lengths(const DataType& type);

}  // namespace grebe::types
