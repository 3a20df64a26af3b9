// Little-endian numbers, truncated texts, minimal decimals; see bounds.h.
#include "lakehouse/iceberg/bounds.h"

#include <cstdlib>
#include <cstring>

#include "lakehouse/table/value_text.h"

namespace grebe::lakehouse::iceberg {

using types::TypeKind;

namespace {

constexpr size_t kCharacters = 16;

template <typename T>
std::string little_endian(T value) {
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  return std::string(raw, sizeof raw);
}

/// Cut at 16 characters; an upper bound's last character is raised, where that is plain ASCII.
std::optional<std::string> text_bound(const std::string& text, Bound bound) {
  size_t bytes = 0;
  for (size_t i = 0; i < kCharacters && bytes < text.size(); ++i) {
    do {
      ++bytes;
    } while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80);
  }
  if (bytes == text.size()) return text;
  std::string cut = text.substr(0, bytes);
  if (bound == Bound::kLower) return cut;
  while (!cut.empty()) {
    const auto last = static_cast<unsigned char>(cut.back());
    if (last < 0x7E) {
      cut.back() = static_cast<char>(last + 1);
      return cut;
    }
    if (last >= 0x80) return std::nullopt;
    cut.pop_back();
  }
  return std::nullopt;
}

template <typename T>
std::optional<std::string> float_bound(const std::string& text, Bound bound) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end != text.c_str() + text.size() || value != value) return std::nullopt;
  if (value == 0) return little_endian(bound == Bound::kLower ? T(-0.0) : T(0.0));
  return little_endian(static_cast<T>(value));
}

}  // namespace

int decimal_length(int precision) {
  // Bytes needed for 10^precision - 1 and a sign bit.
  types::int128 bound = 1;
  for (int i = 0; i < precision; ++i) bound *= 10;
  int length = 1;
  while (length < 16 && bound - 1 > (types::int128{1} << (8 * length - 1)) - 1) ++length;
  return length;
}

std::string big_endian(types::int128 value, int length) {
  std::string bytes;
  for (int i = 15; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i));
  if (length > 0) return bytes.substr(static_cast<size_t>(16 - length));
  size_t start = 0;
  while (start < 15) {
    const auto first = static_cast<unsigned char>(bytes[start]);
    const bool next_negative = (static_cast<unsigned char>(bytes[start + 1]) & 0x80) != 0;
    if (!(first == 0 && !next_negative) && !(first == 0xFF && next_negative)) break;
    ++start;
  }
  return bytes.substr(start);
}

std::optional<std::string> encode_bound(const types::DataType& type, const std::string& text,
                                        Bound bound) {
  switch (type.kind()) {
    case TypeKind::kBoolean:
      return std::string(1, text == "1" || text == "true" ? '\1' : '\0');
    case TypeKind::kInteger:
      return little_endian(static_cast<int32_t>(std::strtol(text.c_str(), nullptr, 10)));
    case TypeKind::kLong:
      return little_endian(static_cast<int64_t>(std::strtoll(text.c_str(), nullptr, 10)));
    case TypeKind::kFloat:
      return float_bound<float>(text, bound);
    case TypeKind::kDouble:
      return float_bound<double>(text, bound);
    case TypeKind::kDecimal:
      return big_endian(std::get<types::Decimal>(parse_partition_value(type, text).data).unscaled,
                        0);
    case TypeKind::kString:
      return text_bound(text, bound);
    case TypeKind::kDate:
      if (const auto days = parse_date(text)) return little_endian(static_cast<int32_t>(*days));
      return std::nullopt;
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      if (const auto micros = parse_timestamp(text)) return little_endian(*micros);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace grebe::lakehouse::iceberg
