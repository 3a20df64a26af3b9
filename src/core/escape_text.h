// Control characters of a text → the escapes that Spark's tables and trees show for them.
#pragma once

#include <string>
#include <string_view>

namespace grebe::core {

/// `\n \r \t \f \b \v \a` as two characters each, the rest unchanged: Spark's
/// `escapeMetaCharacters`.
std::string escape_meta_characters(std::string_view text);

}  // namespace grebe::core
