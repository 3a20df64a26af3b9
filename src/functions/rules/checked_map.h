// The SQL of keys and values → the SQL of a map whose keys Spark would accept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "functions/binding.h"
#include "types/data_type.h"

namespace grebe::functions {

struct LowerInput;

/// What becomes of a key that comes twice.
enum class DoubledKeys : uint8_t { kRefused, kLastWins };

/// Two lists as a map; null when one of them is. A null key and lists of
/// different lengths raise, and a doubled key unless the last wins (ArrayBasedMapBuilder).
std::string checked_map(const std::string& keys, const std::string& values,
                        const types::DataType& map_type, DoubledKeys doubled);

std::string lower_str_to_map(const LowerInput& input);

/// The same call under spark.sql.mapKeyDedupPolicy = LAST_WIN, if the function makes maps: it
/// prints as before and runs as one whose doubled keys keep their last value.
resolved::ExpressionPtr with_key_policy(const resolved::ExpressionPtr& call,
                                        const BindContext& context);

/// What the name of a function that runs says of doubled keys.
DoubledKeys doubled_keys(std::string_view function);

/// The function's own name.
std::string_view without_key_policy(std::string_view function);

}  // namespace grebe::functions
