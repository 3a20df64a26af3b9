// Characters whose upper case is more than one character (Unicode's SpecialCasing, unconditional).
#pragma once

#include <string>
#include <string_view>

namespace grebe::native {

/// Replaces the characters whose upper case is longer than one character by it (ß → SS), and leaves
/// all others for a simple mapping.
std::string expand_upper_case(std::string_view text);

/// The same for lower case: İ → i̇, and Σ at the end of a word → ς.
std::string expand_lower_case(std::string_view text);

}  // namespace grebe::native
