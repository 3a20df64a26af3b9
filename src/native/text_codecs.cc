// Base 64, hex, charsets and URLs; see string_functions.h.
#include <algorithm>
#include <cctype>

#include "core/utf8.h"
#include "native/string_functions.h"

namespace grebe::native {

namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string upper_case(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return upper;
}

/// Code points of UTF-8; malformed bytes become U+FFFD.
std::vector<uint32_t> code_points(std::string_view text) {
  std::vector<uint32_t> points;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const size_t width = lead < 0x80    ? 1
                         : lead >= 0xF0 ? 4
                         : lead >= 0xE0 ? 3
                         : lead >= 0xC0 ? 2
                                        : 0;
    if (width == 0 || i + width > text.size()) {
      points.push_back(0xFFFD);
      ++i;
      continue;
    }
    uint32_t point = width == 1 ? lead : lead & (0xFFu >> (width + 1));
    for (size_t k = 1; k < width; ++k) {
      point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    }
    points.push_back(point);
    i += width;
  }
  return points;
}

std::string encode_utf16(const std::vector<uint32_t>& points, bool is_big) {
  std::string out;
  const auto add = [&](uint32_t unit) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit);
    out += is_big ? high : low;
    out += is_big ? low : high;
  };
  for (const uint32_t point : points) {
    if (point < 0x10000) {
      add(point);
    } else {
      add(0xD800 + ((point - 0x10000) >> 10));
      add(0xDC00 + ((point - 0x10000) & 0x3FF));
    }
  }
  return out;
}

std::string decode_utf16(std::string_view bytes, bool is_big) {
  std::string out;
  uint32_t high = 0;
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto a = static_cast<unsigned char>(bytes[i]);
    const auto b = static_cast<unsigned char>(bytes[i + 1]);
    const uint32_t unit = is_big ? a << 8 | b : b << 8 | a;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000 && high != 0) {
      core::append_utf8(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
      high = 0;
    } else {
      core::append_utf8(out, unit);
    }
  }
  return out;
}

}  // namespace

std::string encode_base64(std::string_view bytes) {
  std::string out;
  size_t line = 0;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    // MIME: lines of 76 characters.
    if (line == 76) {
      out += "\r\n";
      line = 0;
    }
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    for (size_t k = 0; k < 4; ++k) {
      out += i + k > bytes.size() ? '=' : kBase64[group >> (18 - 6 * k) & 63];
    }
    line += 4;
  }
  return out;
}

DecodedBase64 decode_mime_base64(std::string_view text) {
  constexpr const char* kWrongEnding = "Input byte array has wrong 4-byte ending unit";
  DecodedBase64 decoded;
  uint32_t group = 0;
  int count = 0;  // characters of the current unit of four
  size_t at = 0;
  while (at < text.size()) {
    const char c = text[at++];
    if (c == '=') {
      const bool lacks_second = count == 2 && (at == text.size() || text[at++] != '=');
      if (count == 0 || lacks_second) {
        decoded.failure = kWrongEnding;
        return decoded;
      }
      break;
    }
    const size_t value = kBase64.find(c);
    if (value == std::string_view::npos) continue;  // the MIME decoder skips what it does not know
    group = group << 6 | static_cast<uint32_t>(value);
    if (++count == 4) {
      for (const int shift : {16, 8, 0}) decoded.bytes += static_cast<char>(group >> shift & 0xFF);
      count = 0;
      group = 0;
    }
  }
  if (count == 1) decoded.failure = "Last unit does not have enough valid bits";
  if (count >= 2) decoded.bytes += static_cast<char>(group >> (count == 2 ? 4 : 10) & 0xFF);
  if (count == 3) decoded.bytes += static_cast<char>(group >> 2 & 0xFF);
  for (; at < text.size(); ++at) {
    if (kBase64.find(text[at]) == std::string_view::npos) continue;
    decoded.failure = "Input byte array has incorrect ending byte at " + std::to_string(at + 1);
    break;
  }
  return decoded;
}

std::optional<std::string> decode_base64(std::string_view text) {
  DecodedBase64 decoded = decode_mime_base64(text);
  if (decoded.failure) return std::nullopt;
  return std::move(decoded.bytes);
}

std::optional<std::string> decode_hex(std::string_view text) {
  std::string out;
  size_t i = 0;
  if (text.size() % 2 == 1) {
    const int digit = hex_digit(text[0]);
    if (digit < 0) return std::nullopt;
    out += static_cast<char>(digit);
    i = 1;
  }
  for (; i + 1 < text.size(); i += 2) {
    const int high = hex_digit(text[i]);
    const int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high << 4 | low);
  }
  return out;
}

std::optional<std::string> encode_charset(std::string_view text, std::string_view charset) {
  const std::string name = upper_case(charset);
  if (name == "UTF-8" || name == "UTF8") return std::string(text);
  const std::vector<uint32_t> points = code_points(text);
  if (name == "US-ASCII" || name == "ASCII" || name == "ISO-8859-1" || name == "LATIN1") {
    const uint32_t limit = name == "ISO-8859-1" || name == "LATIN1" ? 0x100 : 0x80;
    std::string out;
    for (const uint32_t point : points) out += point < limit ? static_cast<char>(point) : '?';
    return out;
  }
  if (name == "UTF-16BE") return encode_utf16(points, true);
  if (name == "UTF-16LE") return encode_utf16(points, false);
  // Java writes the byte order mark with the first character.
  if (name == "UTF-16") return points.empty() ? "" : "\xFE\xFF" + encode_utf16(points, true);
  return std::nullopt;
}

namespace {

/// The bytes of the character at the front if it is well-formed (Unicode, table 3-7), else those
/// that could have begun one, negative.
int character_bytes(std::string_view bytes) {
  const auto at = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return 1;
  const int wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return -1;
  for (int i = 1; i < wanted; ++i) {
    if (static_cast<size_t>(i) >= bytes.size()) return -i;
    const bool is_second = i == 1;
    const int least = !is_second ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const int most = !is_second ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at(i) < least || at(i) > most) return -i;
  }
  return wanted;
}

/// U+FFFD for what is no character, as Java decodes.
std::string well_formed_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const int length = character_bytes(bytes);
    const auto taken = static_cast<size_t>(length < 0 ? -length : length);
    out += length < 0 ? std::string_view("\xEF\xBF\xBD") : bytes.substr(0, taken);
    bytes.remove_prefix(taken);
  }
  return out;
}

}  // namespace

std::optional<std::string> decode_charset(std::string_view bytes, std::string_view charset) {
  const std::string name = upper_case(charset);
  if (name == "UTF-8" || name == "UTF8") {
    return well_formed_utf8(bytes);
  }
  if (name == "US-ASCII" || name == "ASCII" || name == "ISO-8859-1" || name == "LATIN1") {
    const bool is_ascii = name == "US-ASCII" || name == "ASCII";
    std::string out;
    for (const char c : bytes) {
      const auto byte = static_cast<unsigned char>(c);
      core::append_utf8(out, is_ascii && byte >= 0x80 ? 0xFFFD : byte);
    }
    return out;
  }
  if (name == "UTF-16BE") return decode_utf16(bytes, true);
  if (name == "UTF-16LE") return decode_utf16(bytes, false);
  if (name == "UTF-16") {
    if (bytes.substr(0, 2) == "\xFF\xFE") return decode_utf16(bytes.substr(2), false);
    if (bytes.substr(0, 2) == "\xFE\xFF") return decode_utf16(bytes.substr(2), true);
    return decode_utf16(bytes, true);
  }
  return std::nullopt;
}

std::string url_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '.' || c == '-' || c == '*' || c == '_') {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      out += '%';
      out += "0123456789ABCDEF"[byte >> 4];
      out += "0123456789ABCDEF"[byte & 15];
    }
  }
  return out;
}

std::optional<std::string> url_decode(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high << 4 | low);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::optional<std::string> parse_url(std::string_view url, std::string_view part,
                                     std::string_view key) {
  const size_t hash = url.find('#');
  const std::optional<std::string_view> reference =
      hash == std::string_view::npos ? std::nullopt : std::optional(url.substr(hash + 1));
  std::string_view rest = url.substr(0, hash);
  const size_t question = rest.find('?');
  const std::optional<std::string_view> query =
      question == std::string_view::npos ? std::nullopt : std::optional(rest.substr(question + 1));
  rest = rest.substr(0, question);
  const size_t colon = rest.find(':');
  std::optional<std::string_view> protocol;
  if (colon != std::string_view::npos && rest.find('/') > colon) {
    protocol = rest.substr(0, colon);
    rest = rest.substr(colon + 1);
  }
  std::optional<std::string_view> authority;
  if (rest.substr(0, 2) == "//") {
    rest.remove_prefix(2);
    const size_t slash = rest.find('/');
    authority = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
  }
  const auto text = [](const std::optional<std::string_view>& value) {
    return value ? std::optional<std::string>(*value) : std::nullopt;
  };
  if (!key.empty() && part != "QUERY") return std::nullopt;
  if (part == "PROTOCOL") return text(protocol);
  if (part == "REF") return text(reference);
  if (part == "PATH") return std::string(rest);
  if (part == "AUTHORITY") return text(authority);
  if (part == "FILE") {
    return std::string(rest) + (query ? "?" + std::string(*query) : std::string());
  }
  if (part == "QUERY") {
    if (!query || key.empty()) return text(query);
    for (size_t start = 0; start <= query->size();) {
      size_t end = query->find('&', start);
      if (end == std::string_view::npos) end = query->size();
      const std::string_view pair = query->substr(start, end - start);
      if (pair.substr(0, key.size()) == key && pair.size() > key.size() &&
          pair[key.size()] == '=') {
        return std::string(pair.substr(key.size() + 1));
      }
      start = end + 1;
    }
    return std::nullopt;
  }
  if (!authority) return std::nullopt;
  const size_t at = authority->rfind('@');
  if (part == "USERINFO") {
    return at == std::string_view::npos ? std::nullopt
                                        : std::optional<std::string>(authority->substr(0, at));
  }
  if (part == "HOST") {
    std::string_view host = at == std::string_view::npos ? *authority : authority->substr(at + 1);
    const size_t port = host.rfind(':');
    if (port != std::string_view::npos && host.find(']', port) == std::string_view::npos) {
      host = host.substr(0, port);
    }
    return std::string(host);
  }
  return std::nullopt;
}

}  // namespace grebe::native
