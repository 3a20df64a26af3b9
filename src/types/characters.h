// A character → what java.lang.Character says of it.
#pragma once

#include <cstdint>

namespace grebe::types {

/// The classes that MASK tells apart.
enum class CharacterClass : unsigned char { kUpper, kLower, kDigit, kOther };

/// Character.isUpperCase, isLowerCase and isDigit, asked in that order.
CharacterClass character_class(char32_t character);

/// Character.toTitleCase, of one character.
char32_t title_case(char32_t character);

}  // namespace grebe::types
