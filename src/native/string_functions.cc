// String and byte functions; see string_functions.h.
#include "native/string_functions.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "core/utf8.h"
#include "types/characters.h"
#include "types/java_number_text.h"

namespace grebe::native {

namespace {

size_t width_at(std::string_view text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const size_t width = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  return std::min(width, text.size() - at);
}

/// Byte offset of the character number `index`, the size when there are fewer.
size_t offset_of(std::string_view text, size_t index) {
  size_t at = 0;
  while (index > 0 && at < text.size()) {
    at += width_at(text, at);
    --index;
  }
  return at;
}

std::vector<std::string_view> split_characters(std::string_view text) {
  std::vector<std::string_view> characters;
  for (size_t at = 0; at < text.size();) {
    const size_t width = width_at(text, at);
    characters.push_back(text.substr(at, width));
    at += width;
  }
  return characters;
}

char32_t code_of(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return lead;
  char32_t code = lead & (0xFF >> (character.size() + 1));
  for (size_t i = 1; i < character.size(); ++i) {
    code = code << 6 | (static_cast<unsigned char>(character[i]) & 0x3F);
  }
  return code;
}

struct Range {
  int64_t start;
  int64_t end;
};

/// 0-based half-open range of Spark's substring over `size` units.
Range substring_range(int64_t size, int32_t position, int32_t length) {
  const int64_t start = position > 0 ? position - 1 : position < 0 ? size + position : 0;
  const int64_t end = length == INT32_MAX ? INT64_MAX : start + length;
  return {std::max<int64_t>(start, 0), std::min(end, size)};
}

}  // namespace

size_t count_characters(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string_view substring_characters(std::string_view text, int32_t position, int32_t length) {
  const Range range =
      substring_range(static_cast<int64_t>(count_characters(text)), position, length);
  if (range.start >= range.end) return {};
  const size_t start = offset_of(text, static_cast<size_t>(range.start));
  const std::string_view rest = text.substr(start);
  return rest.substr(0, offset_of(rest, static_cast<size_t>(range.end - range.start)));
}

std::string_view substring_bytes(std::string_view bytes, int32_t position, int32_t length) {
  const Range range = substring_range(static_cast<int64_t>(bytes.size()), position, length);
  if (range.start >= range.end) return {};
  return bytes.substr(static_cast<size_t>(range.start),
                      static_cast<size_t>(range.end - range.start));
}

std::string pad_characters(std::string_view text, int32_t length, std::string_view pad, Side side) {
  if (length <= 0) return {};
  const size_t wanted = static_cast<size_t>(length);
  const size_t size = count_characters(text);
  if (size >= wanted) return std::string(text.substr(0, offset_of(text, wanted)));
  if (pad.empty()) return std::string(text);
  const std::vector<std::string_view> characters = split_characters(pad);
  std::string filler;
  for (size_t i = 0; i < wanted - size; ++i) filler += characters[i % characters.size()];
  return side == Side::kLeft ? filler + std::string(text) : std::string(text) + filler;
}

std::string pad_bytes(std::string_view bytes, int32_t length, std::string_view pad, Side side) {
  if (length <= 0) return {};
  const size_t wanted = static_cast<size_t>(length);
  if (bytes.size() >= wanted) return std::string(bytes.substr(0, wanted));
  if (pad.empty()) return std::string(bytes);
  std::string filler;
  while (filler.size() < wanted - bytes.size()) filler += pad;
  filler.resize(wanted - bytes.size());
  return side == Side::kLeft ? filler + std::string(bytes) : std::string(bytes) + filler;
}

int32_t locate(std::string_view needle, std::string_view text, int32_t start) {
  if (start < 1) return 0;
  const size_t from = offset_of(text, static_cast<size_t>(start - 1));
  if (needle.empty()) return 1;  // UTF8String.indexOf
  const size_t at = text.find(needle, from);
  if (at == std::string_view::npos) return 0;
  return static_cast<int32_t>(count_characters(text.substr(0, at))) + 1;
}

std::string initial_capitals(std::string_view text) {
  std::string out;
  bool at_start = true;
  for (const std::string_view character : split_characters(text)) {
    if (at_start) {
      core::append_utf8(out, static_cast<uint32_t>(types::title_case(code_of(character))));
    } else {
      out += character;
    }
    at_start = character == " ";
  }
  return out;
}

std::string soundex(std::string_view text) {
  constexpr std::string_view kCodes = "01230127022455012623010202";
  if (text.empty() || !std::isalpha(static_cast<unsigned char>(text[0]))) return std::string(text);
  std::string out(1, static_cast<char>(std::toupper(static_cast<unsigned char>(text[0]))));
  char last = kCodes[static_cast<size_t>(out[0] - 'A')];
  for (size_t i = 1; i < text.size() && out.size() < 4; ++i) {
    const auto c = static_cast<unsigned char>(std::toupper(static_cast<unsigned char>(text[i])));
    if (c < 'A' || c > 'Z') {
      last = '0';
      continue;
    }
    const char code = kCodes[c - 'A'];
    if (code == '7') continue;
    if (code != '0' && code != last) out += code;
    last = code;
  }
  out.append(4 - out.size(), '0');
  return out;
}

bool luhn_check(std::string_view text) {
  if (text.empty()) return false;
  int sum = 0;
  bool doubles = false;
  for (size_t i = text.size(); i-- > 0;) {
    if (!std::isdigit(static_cast<unsigned char>(text[i]))) return false;
    int digit = text[i] - '0';
    if (doubles) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
    doubles = !doubles;
  }
  return sum % 10 == 0;
}

std::string mask(std::string_view text, const std::vector<std::optional<std::string>>& masks) {
  std::string out;
  for (const std::string_view character : split_characters(text)) {
    const auto kind = static_cast<size_t>(types::character_class(code_of(character)));
    if (!masks[kind]) {
      out += character;
      continue;
    }
    // Java masks each half of a character beyond the first 65,536 by itself.
    out += *masks[kind];
    if (character.size() == 4) out += *masks[kind];
  }
  return out;
}

std::string overlay_characters(std::string_view text, std::string_view replacement,
                               int32_t position, int32_t length) {
  const auto size = static_cast<int32_t>(count_characters(replacement));
  const int32_t skipped = length >= 0 ? length : size;
  std::string out(substring_characters(text, 1, position - 1));
  out += replacement;
  out += substring_characters(text, position + skipped, INT32_MAX);
  return out;
}

std::string overlay_bytes(std::string_view bytes, std::string_view replacement, int32_t position,
                          int32_t length) {
  const int32_t skipped = length >= 0 ? length : static_cast<int32_t>(replacement.size());
  std::string out(substring_bytes(bytes, 1, position - 1));
  out += replacement;
  out += substring_bytes(bytes, position + skipped, INT32_MAX);
  return out;
}

std::string_view substring_index(std::string_view text, std::string_view delimiter, int32_t count) {
  if (delimiter.empty() || count == 0) return {};
  if (count > 0) {
    size_t at = 0;
    for (int32_t i = 0; i < count; ++i) {
      at = text.find(delimiter, i == 0 ? 0 : at + 1);
      if (at == std::string_view::npos) return text;
    }
    return text.substr(0, at);
  }
  size_t at = text.size();
  for (int32_t i = 0; i < -count; ++i) {
    if (at == 0) return text;
    at = text.rfind(delimiter, at - 1);
    if (at == std::string_view::npos) return text;
  }
  return text.substr(at + delimiter.size());
}

std::string_view split_part(std::string_view text, std::string_view delimiter, int32_t n) {
  std::vector<std::string_view> parts;
  size_t start = 0;
  while (!delimiter.empty()) {
    const size_t at = text.find(delimiter, start);
    if (at == std::string_view::npos) break;
    parts.push_back(text.substr(start, at - start));
    start = at + delimiter.size();
  }
  parts.push_back(text.substr(start));
  const auto size = static_cast<int32_t>(parts.size());
  const int32_t index = n > 0 ? n - 1 : size + n;
  if (index < 0 || index >= size) return {};
  return parts[static_cast<size_t>(index)];
}

int32_t find_in_set(std::string_view word, std::string_view list) {
  if (word.find(',') != std::string_view::npos) return 0;
  int32_t index = 1;
  size_t start = 0;
  for (;;) {
    const size_t end = list.find(',', start);
    if (list.substr(start, end - start) == word) return index;
    if (end == std::string_view::npos) return 0;
    start = end + 1;
    ++index;
  }
}

int32_t levenshtein(std::string_view left, std::string_view right, int32_t threshold) {
  const auto a = split_characters(left);
  const auto b = split_characters(right);
  std::vector<int32_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int32_t>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    int32_t diagonal = row[0];
    row[0] = static_cast<int32_t>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int32_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()] > threshold ? -1 : row[b.size()];
}

std::string group_digits(std::string_view number, int32_t digits) {
  const bool is_negative = !number.empty() && number[0] == '-';
  if (is_negative) number.remove_prefix(1);
  const size_t point = number.find('.');
  std::string whole(point == 0 ? "0" : number.substr(0, point));
  std::string fraction(point == std::string_view::npos ? "" : number.substr(point + 1));
  const auto wanted = static_cast<size_t>(digits);
  if (fraction.size() > wanted) {
    const std::string rest = fraction.substr(wanted);
    fraction.resize(wanted);
    std::string all = "0" + whole + fraction;
    const bool is_half = rest[0] == '5' && rest.find_first_not_of('0', 1) == std::string::npos;
    const bool is_odd = (all.back() - '0') % 2 == 1;
    if (rest[0] > '5' || (rest[0] == '5' && (!is_half || is_odd))) {
      for (size_t i = all.size(); i-- > 0;) {
        if (all[i] != '9') {
          ++all[i];
          break;
        }
        all[i] = '0';
      }
    }
    whole = all.substr(0, all.size() - wanted);
    fraction = all.substr(all.size() - wanted);
    if (whole.size() > 1 && whole[0] == '0') whole.erase(0, 1);
  }
  fraction.append(wanted - std::min(wanted, fraction.size()), '0');
  for (size_t i = whole.size(); i > 3;) {
    i -= 3;
    whole.insert(i, ",");
  }
  return std::string(is_negative ? "-" : "") + whole +
         (digits > 0 ? "." + fraction : std::string());
}

std::string group_real(double number, int32_t digits) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-∞" : "∞";
  const std::string text = types::java_double_text(number);
  const size_t e = text.find('E');
  const size_t point = text.find('.');
  const int exponent = e == std::string::npos ? 0 : std::atoi(text.c_str() + e + 1);
  const int places = static_cast<int>(std::min(e, text.size()) - point) - 1 - exponent;
  if (places > digits) {
    // glibc rounds the exact value to the even digit, as DecimalFormat does.
    std::string rounded(static_cast<size_t>(std::snprintf(nullptr, 0, "%.*f", digits, number)),
                        ' ');
    std::snprintf(rounded.data(), rounded.size() + 1, "%.*f", digits, number);
    return group_digits(rounded, digits);
  }
  // The digits that identify the double, then zeros.
  std::string whole = text.substr(0, point);
  std::string fraction = text.substr(point + 1, std::min(e, text.size()) - point - 1);
  if (exponent > 0) {
    fraction.resize(std::max(fraction.size(), static_cast<size_t>(exponent)), '0');
    whole += fraction.substr(0, static_cast<size_t>(exponent));
    fraction.erase(0, static_cast<size_t>(exponent));
  } else if (exponent < 0) {
    const bool is_negative = whole[0] == '-';
    std::string all = whole.substr(is_negative ? 1 : 0) + fraction;
    all.insert(0, static_cast<size_t>(-exponent), '0');
    whole = std::string(is_negative ? "-" : "") + all[0];
    fraction = all.substr(1);
  }
  return group_digits(whole + "." + fraction, digits);
}

}  // namespace grebe::native
