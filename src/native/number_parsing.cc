// Text → numbers and booleans; see text_parsing.h.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "native/text_parsing.h"
#include "types/decimal_rules.h"

namespace grebe::native {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

/// Checks `[sign] digits [. digits] [e [sign] digits] [d|f]` and gives it without the suffix.
std::optional<std::string> java_number(std::string_view text) {
  size_t i = 0;
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  size_t digits = 0;
  while (i < text.size() && is_digit(text[i])) ++i, ++digits;
  if (i < text.size() && text[i] == '.') {
    ++i;
    while (i < text.size() && is_digit(text[i])) ++i, ++digits;
  }
  if (digits == 0) return std::nullopt;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    const size_t start = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    if (i == start) return std::nullopt;
  }
  const size_t end = i;
  if (i < text.size() && std::string_view("dDfF").find(text[i]) != std::string_view::npos) ++i;
  if (i != text.size()) return std::nullopt;
  return std::string(text.substr(0, end));
}

template <class T>
std::optional<T> special_number(std::string_view text) {
  const std::string lower = lower_case(text);
  if (lower == "nan") return std::numeric_limits<T>::quiet_NaN();
  if (lower == "inf" || lower == "+inf" || lower == "infinity" || lower == "+infinity") {
    return std::numeric_limits<T>::infinity();
  }
  if (lower == "-inf" || lower == "-infinity") return -std::numeric_limits<T>::infinity();
  return std::nullopt;
}

}  // namespace

std::string_view trim_all(std::string_view text) {
  const auto is_blank = [](unsigned char c) { return c <= ' ' || c == 0x7F; };
  while (!text.empty() && is_blank(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && is_blank(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

std::optional<int64_t> parse_integer(std::string_view text, Fraction fraction) {
  text = trim_all(text);
  if (text.empty()) return std::nullopt;
  const bool is_negative = text.front() == '-';
  if (text.front() == '-' || text.front() == '+') text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  int64_t value = 0;
  size_t i = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) {
    // Built negative, since the range reaches one further there.
    if (__builtin_mul_overflow(value, int64_t{10}, &value) ||
        __builtin_sub_overflow(value, int64_t{text[i] - '0'}, &value)) {
      return std::nullopt;
    }
  }
  if (i < text.size()) {
    if (text[i] != '.' || fraction == Fraction::kReject) return std::nullopt;
    for (++i; i < text.size(); ++i) {
      if (!is_digit(text[i])) return std::nullopt;
    }
  }
  if (is_negative) return value;
  if (value == std::numeric_limits<int64_t>::min()) return std::nullopt;
  return -value;
}

std::optional<double> parse_double(std::string_view text) {
  text = trim_all(text);
  if (const auto number = java_number(text)) return std::strtod(number->c_str(), nullptr);
  return special_number<double>(text);
}

std::optional<float> parse_float(std::string_view text) {
  text = trim_all(text);
  if (const auto number = java_number(text)) return std::strtof(number->c_str(), nullptr);
  return special_number<float>(text);
}

std::optional<bool> parse_boolean(std::string_view text) {
  const std::string lower = lower_case(trim_all(text));
  for (const std::string_view word : {"t", "true", "y", "yes", "1"}) {
    if (lower == word) return true;
  }
  for (const std::string_view word : {"f", "false", "n", "no", "0"}) {
    if (lower == word) return false;
  }
  return std::nullopt;
}

std::optional<ParsedDecimal> parse_decimal(std::string_view text) {
  text = trim_all(text);
  const auto number = java_number(text);
  // BigDecimal knows no type suffix.
  if (!number || number->size() != text.size()) return std::nullopt;
  ParsedDecimal parsed;
  size_t i = 0;
  const bool is_negative = (*number)[0] == '-';
  if ((*number)[0] == '-' || (*number)[0] == '+') ++i;
  bool after_point = false;
  int dropped = 0;
  for (; i < number->size() && (*number)[i] != 'e' && (*number)[i] != 'E'; ++i) {
    if ((*number)[i] == '.') {
      after_point = true;
      continue;
    }
    const bool is_full = parsed.unscaled >= types::power_of_ten(37);
    if (is_full || dropped > 0) {
      // Digits beyond 38 only move the point; they cannot be kept.
      if (!after_point) ++dropped;
      if (after_point) continue;
      continue;
    }
    parsed.unscaled = parsed.unscaled * 10 + ((*number)[i] - '0');
    if (after_point) ++parsed.scale;
  }
  if (i < number->size()) parsed.scale -= std::atoi(number->c_str() + i + 1);
  parsed.scale -= dropped;
  if (is_negative) parsed.unscaled = -parsed.unscaled;
  return parsed;
}

std::optional<types::int128> fit_decimal(const ParsedDecimal& value, int precision, int scale) {
  types::int128 unscaled = value.unscaled;
  if (unscaled == 0) return 0;
  const int shift = scale - value.scale;
  if (shift > 38) return std::nullopt;
  if (shift >= 0) {
    if (__builtin_mul_overflow(unscaled, types::power_of_ten(shift), &unscaled)) {
      return std::nullopt;
    }
  } else if (-shift > 38) {
    return 0;
  } else {
    const types::int128 divisor = types::power_of_ten(-shift);
    const types::int128 rest = unscaled % divisor;
    unscaled /= divisor;
    const types::int128 size = rest < 0 ? -rest : rest;
    if (size >= divisor - size) unscaled += value.unscaled < 0 ? -1 : 1;
  }
  const types::int128 bound = types::power_of_ten(precision);
  if (unscaled >= bound || unscaled <= -bound) return std::nullopt;
  return unscaled;
}

}  // namespace grebe::native
