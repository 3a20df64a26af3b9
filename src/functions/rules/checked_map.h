// The SQL of keys and values → the SQL of a map whose keys Spark would accept.
#pragma once

#include <string>

#include "types/data_type.h"

namespace grebe::functions {

/// Two lists as a map; null when one of them is. A null key, a key that comes twice and lists of
/// different lengths raise (ArrayBasedMapBuilder).
std::string checked_map(const std::string& keys, const std::string& values,
                        const types::DataType& map_type);

}  // namespace grebe::functions
