// An absolute path → its text in a `file:` URI; see file_uri.h.
#include "core/file_uri.h"

namespace grebe::core {

std::string uri_path(std::string_view path) {
  static constexpr std::string_view kIllegal = " %\"<>\\^`{|}#?[]";
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || kIllegal.find(c) != std::string_view::npos) {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace grebe::core
