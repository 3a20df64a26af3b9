// The options argument of JSON and CSV functions: a map of constants → names in lower case.
#pragma once

#include <map>
#include <string>

#include "functions/entry.h"

namespace grebe::functions {

/// Reads argument `index`, `map('name', 'value', …)`; empty when the call has none. Throws
/// INVALID_OPTIONS as Spark does when it is no such map, and a typed error for options outside
/// `known` (names in lower case).
std::map<std::string, std::string> read_options(const BindInput& input, size_t index,
                                                const std::vector<std::string_view>& known);

}  // namespace grebe::functions
