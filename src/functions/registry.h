// All entries by name → lookup, listing.
#pragma once

#include <string>
#include <vector>

#include "functions/entry.h"

namespace grebe::functions {

/// The entry of a built-in by name in any case, or null.
const Entry* find_entry(std::string_view name);

/// Every entry in the order of names, unsupported ones included.
std::vector<const Entry*> list_entries();

}  // namespace grebe::functions
