// Control characters → two-character escapes; see escape_text.h.
#include "core/escape_text.h"

namespace grebe::core {

std::string escape_meta_characters(std::string_view text) {
  constexpr std::string_view kPlain = "\n\r\t\f\b\v\a";
  constexpr std::string_view kLetters = "nrtfbva";
  std::string out;
  for (const char c : text) {
    if (const size_t at = kPlain.find(c); at != std::string_view::npos) {
      out += '\\';
      out += kLetters[at];
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace grebe::core
