// Hive's path escaping (Spark: ExternalCatalogUtils.escapePathName).
#include "sources/partition_path.h"

#include <cstdint>

namespace grebe::sources {
namespace {

bool needs_escape(char c) {
  constexpr std::string_view kEscaped = "\"#%'*/:=?\\{[]^\x7f";
  return static_cast<unsigned char>(c) < 0x20 || kEscaped.find(c) != std::string_view::npos;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string escape_path_name(std::string_view name) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : name) {
    if (!needs_escape(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

std::string unescape_path_name(std::string_view name) {
  std::string out;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '%' && i + 2 < name.size()) {
      const int high = hex_digit(name[i + 1]);
      const int low = hex_digit(name[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += name[i];
  }
  return out;
}

std::optional<std::pair<std::string, std::string>> parse_partition_name(std::string_view name) {
  const auto equals = name.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == name.size()) {
    return std::nullopt;
  }
  return std::pair{unescape_path_name(name.substr(0, equals)),
                   unescape_path_name(name.substr(equals + 1))};
}

}  // namespace grebe::sources
