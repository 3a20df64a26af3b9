// Two JSON objects of a column's metadata → one.
#pragma once

#include <string>

namespace grebe::types {

/// The entries of both, `above`'s where both have one; an empty text is no entry.
std::string merged_metadata(const std::string& below, const std::string& above);

}  // namespace grebe::types
