// Texts in to_number formats; see string_functions.h.
#include <algorithm>
#include <cctype>

#include "native/string_functions.h"

namespace grebe::native {

namespace {

/// What a format asks for around its digits.
struct NumberFormat {
  bool has_currency = false;
  bool sign_before = false;
  bool sign_after = false;
  /// `MI` takes only a minus, `S` a plus as well.
  bool minus_only = false;
  bool angle_brackets = false;
  /// Digits and group marks before the point, then digits after it.
  std::string whole;
  std::string fraction;
};

std::optional<NumberFormat> read_format(std::string_view text) {
  std::string format;
  for (const char c : text) {
    format += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  NumberFormat read;
  size_t i = 0;
  const auto take = [&](std::string_view word) {
    if (format.compare(i, word.size(), word) != 0) return false;
    i += word.size();
    return true;
  };
  if (take("MI")) read.sign_before = read.minus_only = true;
  if (take("S")) read.sign_before = true;
  read.has_currency = take("$");
  bool after_point = false;
  for (; i < format.size(); ++i) {
    const char c = format[i];
    if (c == '0' || c == '9') {
      (after_point ? read.fraction : read.whole) += c;
    } else if (!after_point && (c == ',' || c == 'G')) {
      read.whole += ',';
    } else if (!after_point && (c == '.' || c == 'D')) {
      after_point = true;
    } else {
      break;
    }
  }
  if (take("$")) read.has_currency = true;
  if (take("MI")) read.sign_after = read.minus_only = true;
  if (take("S")) read.sign_after = true;
  if (take("PR")) read.angle_brackets = true;
  if (i != format.size()) return std::nullopt;
  return read;
}

}  // namespace

std::optional<std::string> parse_by_number_format(std::string_view text, std::string_view format) {
  const auto wanted = read_format(format);
  if (!wanted) return std::nullopt;
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  bool is_negative = false;
  if (wanted->angle_brackets && text.size() > 2 && text.front() == '<' && text.back() == '>') {
    is_negative = true;
    text = text.substr(1, text.size() - 2);
  }
  if (wanted->sign_before && !text.empty() && (text[0] == '-' || text[0] == '+')) {
    is_negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (wanted->sign_after && !text.empty() && (text.back() == '-' || text.back() == '+')) {
    is_negative = text.back() == '-';
    text.remove_suffix(1);
  }
  if (wanted->has_currency && !text.empty() && text[0] == '$') {
    text.remove_prefix(1);
  }
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  // Group marks stand where the format has them, counted from the right.
  std::string digits;
  const std::string& pattern = wanted->whole;
  if (whole.size() > pattern.size()) return std::nullopt;
  for (size_t i = 0; i < whole.size(); ++i) {
    const char expected = pattern[pattern.size() - whole.size() + i];
    if ((whole[i] == ',') != (expected == ',')) return std::nullopt;
    if (whole[i] == ',') continue;
    if (std::isdigit(static_cast<unsigned char>(whole[i])) == 0) return std::nullopt;
    digits += whole[i];
  }
  // A format that begins with 0 wants all its digits.
  if (!pattern.empty() && pattern[0] == '0' && whole.size() != pattern.size()) return std::nullopt;
  if (fraction.size() > wanted->fraction.size()) return std::nullopt;
  if (!std::all_of(fraction.begin(), fraction.end(),
                   [](unsigned char c) { return std::isdigit(c) != 0; })) {
    return std::nullopt;
  }
  if (digits.empty() && fraction.empty()) return std::nullopt;
  return (is_negative ? "-" : "") + (digits.empty() ? std::string("0") : digits) +
         (fraction.empty() ? std::string() : "." + std::string(fraction));
}

}  // namespace grebe::native
