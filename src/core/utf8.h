// A character's number → its bytes in UTF-8.
#pragma once

#include <cstdint>
#include <string>

namespace grebe::core {

/// Appends the character of this number (at most 0x10FFFF) as one to four bytes.
void append_utf8(std::string& text, uint32_t code);

}  // namespace grebe::core
