// Character classes and title case by ICU; see characters.h.
#include "types/characters.h"

#include <unicode/uchar.h>

namespace grebe::types {

CharacterClass character_class(char32_t character) {
  const auto c = static_cast<UChar32>(character);
  if (u_isUUppercase(c) != 0) return CharacterClass::kUpper;
  if (u_isULowercase(c) != 0) return CharacterClass::kLower;
  return u_isdigit(c) != 0 ? CharacterClass::kDigit : CharacterClass::kOther;
}

char32_t title_case(char32_t character) {
  return static_cast<char32_t>(u_totitle(static_cast<UChar32>(character)));
}

}  // namespace grebe::types
