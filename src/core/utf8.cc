// UTF-8 bytes of a character; see utf8.h.
#include "core/utf8.h"

namespace grebe::core {

void append_utf8(std::string& text, uint32_t code) {
  const auto next = [&](uint32_t shift) {
    text += static_cast<char>(0x80 | ((code >> shift) & 0x3F));
  };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
    next(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0 | (code >> 12));
    next(6);
    next(0);
  } else {
    text += static_cast<char>(0xF0 | ((code >> 18) & 0x07));
    next(12);
    next(6);
    next(0);
  }
}

}  // namespace grebe::core
