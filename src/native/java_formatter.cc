// java.util.Formatter's conversions; see java_formatter.h.
// Long: one short function for each family of conversions.
#include "native/java_formatter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "core/utf8.h"
#include "native/string_functions.h"
#include "types/java_number_text.h"

namespace grebe::native {

namespace {

/// Thrown within this file: the message of Java's exception, or what is missing here.
struct FormatFailure {
  std::string message;
  bool is_missing = false;
};

struct Specifier {
  std::string text;
  std::string flags;
  int index = 0;  // 0: the next argument, -1: the one before
  int width = -1;
  int precision = -1;
  char conversion = 0;

  bool has(char flag) const { return flags.find(flag) != std::string::npos; }
  bool is_upper() const { return std::isupper(static_cast<unsigned char>(conversion)) != 0; }
  char kind() const {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(conversion)));
  }
};

std::string_view class_of(char type) {
  switch (type) {
    case 'b':
      return "java.lang.Byte";
    case 's':
      return "java.lang.Short";
    case 'i':
      return "java.lang.Integer";
    case 'l':
      return "java.lang.Long";
    case 'f':
      return "java.lang.Float";
    case 'd':
      return "java.lang.Double";
    case 'D':
      return "org.apache.spark.sql.types.Decimal";
    case 'z':
      return "java.lang.Boolean";
    case 't':
      return "org.apache.spark.unsafe.types.UTF8String";
    default:
      return "java.lang.Object";
  }
}

[[noreturn]] void wrong_type(const Specifier& specifier, const FormatArgument& argument) {
  throw FormatFailure{fmt::format("{} != {}", specifier.conversion, class_of(argument.type))};
}

bool is_whole(char type) { return std::string_view("bsil").find(type) != std::string_view::npos; }

/// Reads what follows a `%`; `position` is left behind it.
Specifier read_specifier(std::string_view pattern, size_t* position) {
  const size_t start = *position;
  size_t at = start + 1;
  const auto digits = [&] {
    const size_t from = at;
    while (at < pattern.size() && std::isdigit(static_cast<unsigned char>(pattern[at]))) ++at;
    return pattern.substr(from, at - from);
  };
  const auto unknown = [&]() -> FormatFailure {
    const char c = start + 1 < pattern.size() ? pattern[start + 1] : '%';
    return {fmt::format("Conversion = '{}'", c)};
  };
  Specifier specifier;
  if (const std::string_view number = digits(); at < pattern.size() && pattern[at] == '$') {
    specifier.index = std::atoi(std::string(number).c_str());
    ++at;
  } else {
    at = start + 1;
  }
  while (at < pattern.size() &&
         std::string_view("-#+ 0,(<").find(pattern[at]) != std::string_view::npos) {
    if (pattern[at] == '<') {
      specifier.index = -1;
    } else {
      specifier.flags += pattern[at];
    }
    ++at;
  }
  if (const std::string_view number = digits(); !number.empty()) {
    specifier.width = std::atoi(std::string(number).c_str());
  }
  if (at < pattern.size() && pattern[at] == '.') {
    ++at;
    const std::string_view number = digits();
    if (number.empty()) throw unknown();
    specifier.precision = std::atoi(std::string(number).c_str());
  }
  if (at >= pattern.size()) throw unknown();
  specifier.conversion = pattern[at];
  const bool is_time = specifier.kind() == 't';
  if (is_time && ++at >= pattern.size()) throw unknown();
  const auto letter = static_cast<unsigned char>(pattern[at]);
  if (!std::isalpha(letter) && letter != '%') throw unknown();
  *position = at + 1;
  specifier.text = std::string(pattern.substr(start, at + 1 - start));
  return specifier;
}

std::string padded(const Specifier& specifier, const std::string& text) {
  const size_t size = count_characters(text);
  const auto width = static_cast<size_t>(std::max(specifier.width, 0));
  const std::string fill(width > size ? width - size : 0, ' ');
  return specifier.has('-') ? text + fill : fill + text;
}

std::string in_case(const Specifier& specifier, std::string text) {
  if (!specifier.is_upper()) return text;
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::string general(const Specifier& specifier, std::string text) {
  if (specifier.precision >= 0) {
    text = std::string(substring_characters(text, 1, specifier.precision));
  }
  return padded(specifier, in_case(specifier, std::move(text)));
}

/// Sign, grouping, zeros to the width, and parentheses around a plain number's digits.
std::string signed_number(const Specifier& specifier, bool is_negative, std::string digits) {
  if (specifier.has(',')) {
    const size_t whole = std::min(digits.find_first_not_of("0123456789"), digits.size());
    for (size_t i = whole; i > 3;) {
      i -= 3;
      digits.insert(i, ",");
    }
  }
  std::string sign = is_negative          ? specifier.has('(') ? "(" : "-"
                     : specifier.has('+') ? "+"
                     : specifier.has(' ') ? " "
                                          : "";
  const std::string close = is_negative && specifier.has('(') ? ")" : "";
  if (specifier.has('0') && specifier.width > 0) {
    const size_t size = sign.size() + digits.size() + close.size();
    const auto width = static_cast<size_t>(specifier.width);
    if (width > size) digits.insert(0, width - size, '0');
  }
  return padded(specifier, sign + digits + close);
}

std::string whole_number(const Specifier& specifier, const FormatArgument& argument) {
  if (specifier.precision >= 0) throw FormatFailure{std::to_string(specifier.precision)};
  const bool is_decimal = specifier.kind() == 'd';
  if (!is_decimal && specifier.has(',')) {
    throw FormatFailure{fmt::format("Conversion = {}, Flags = ,", specifier.conversion)};
  }
  if (!argument.text) return general({.flags = specifier.flags, .width = specifier.width}, "null");
  if (!is_whole(argument.type)) wrong_type(specifier, argument);
  const int64_t value = std::strtoll(argument.text->c_str(), nullptr, 10);
  if (is_decimal) {
    const bool is_negative = value < 0;
    return signed_number(specifier, is_negative, argument.text->substr(is_negative ? 1 : 0));
  }
  const int bits = argument.type == 'b'   ? 8
                   : argument.type == 's' ? 16
                   : argument.type == 'i' ? 32
                                          : 64;
  const uint64_t mask = bits == 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1;
  const uint64_t image = static_cast<uint64_t>(value) & mask;
  const bool is_hex = specifier.kind() == 'x';
  std::string digits = is_hex ? fmt::format("{:x}", image) : fmt::format("{:o}", image);
  if (specifier.has('#')) digits.insert(0, is_hex ? "0x" : "0");
  if (specifier.has('0') && specifier.width > static_cast<int>(digits.size())) {
    digits.insert(specifier.has('#') && is_hex ? 2 : 0,
                  static_cast<size_t>(specifier.width) - digits.size(), '0');
  }
  return padded(specifier, in_case(specifier, digits));
}

/// A positive double as digits d1 d2 … of 0.d1d2… · 10^exponent (FormattedFloatingDecimal).
struct Digits {
  std::string digits;
  int exponent = 0;
};

Digits digits_of(double value) {
  const std::string text = types::java_double_text(value);
  const size_t e = std::min(text.find('E'), text.size());
  const size_t point = text.find('.');
  Digits out{.digits = text.substr(0, point) + text.substr(point + 1, e - point - 1),
             .exponent = static_cast<int>(point)};
  if (e < text.size()) out.exponent += std::atoi(text.c_str() + e + 1);
  while (out.digits.size() > 1 && out.digits[0] == '0') {
    out.digits.erase(0, 1);
    --out.exponent;
  }
  return out;
}

/// Keeps `count` digits, HALF_UP.
void round_digits(Digits* number, int count) {
  if (count >= static_cast<int>(number->digits.size())) return;
  const bool is_up = count >= 0 && number->digits[static_cast<size_t>(count)] >= '5';
  number->digits.resize(static_cast<size_t>(std::max(count, 0)));
  if (is_up) {
    size_t i = number->digits.size();
    while (i > 0 && number->digits[i - 1] == '9') number->digits[--i] = '0';
    if (i > 0) {
      ++number->digits[i - 1];
    } else {
      number->digits.insert(0, "1");
      ++number->exponent;
    }
  }
  if (number->digits.empty()) number->digits = "0";
}

std::string fixed_text(Digits number, int precision) {
  round_digits(&number, number.exponent + precision);
  std::string whole = "0";
  std::string fraction;
  if (number.exponent > 0) {
    const auto count = static_cast<size_t>(number.exponent);
    number.digits.append(count > number.digits.size() ? count - number.digits.size() : 0, '0');
    whole = number.digits.substr(0, count);
    fraction = number.digits.substr(count);
  } else if (number.digits != "0") {
    fraction = std::string(static_cast<size_t>(-number.exponent), '0') + number.digits;
  }
  fraction.resize(static_cast<size_t>(precision), '0');
  return precision == 0 ? whole : whole + "." + fraction;
}

std::string scientific_text(Digits number, int precision) {
  const bool is_zero = number.digits == "0";
  round_digits(&number, precision + 1);
  number.digits.resize(static_cast<size_t>(precision) + 1, '0');
  const int exponent = is_zero ? 0 : number.exponent - 1;
  return fmt::format("{}{}{}e{}{:02}", number.digits[0], precision == 0 ? "" : ".",
                     number.digits.substr(1), exponent < 0 ? '-' : '+', std::abs(exponent));
}

std::string real_number(const Specifier& specifier, const FormatArgument& argument) {
  if (!argument.text)
    return general(
        {.flags = specifier.flags, .width = specifier.width, .precision = specifier.precision},
        "null");
  if (argument.type != 'd' && argument.type != 'f') wrong_type(specifier, argument);
  const double value = std::strtod(argument.text->c_str(), nullptr);
  const bool is_negative = std::signbit(value) && !std::isnan(value);
  if (!std::isfinite(value)) {
    const std::string name = std::isnan(value) ? "NaN" : "Infinity";
    const std::string sign = is_negative                                ? "-"
                             : specifier.has('+') && !std::isnan(value) ? "+"
                                                                        : "";
    return padded(specifier, in_case(specifier, sign + name));
  }
  const double size = std::fabs(value);
  const Digits number = digits_of(size);
  const int precision = specifier.precision < 0 ? 6 : specifier.precision;
  std::string text;
  if (specifier.kind() == 'f') {
    text = fixed_text(number, precision);
  } else if (specifier.kind() == 'e') {
    text = scientific_text(number, precision);
  } else {
    const int counted = precision == 0 ? 1 : precision;
    Digits rounded = number;
    round_digits(&rounded, counted);
    const bool is_plain = size == 0 || (rounded.exponent > -4 && rounded.exponent <= counted);
    text = is_plain ? fixed_text(rounded, counted - (size == 0 ? 1 : rounded.exponent))
                    : scientific_text(rounded, counted - 1);
  }
  return in_case(specifier, signed_number(specifier, is_negative, text));
}

std::string character(const Specifier& specifier, const FormatArgument& argument) {
  if (!argument.text) return general({.flags = specifier.flags, .width = specifier.width}, "null");
  if (!is_whole(argument.type) || argument.type == 'l') wrong_type(specifier, argument);
  std::string text;
  core::append_utf8(text, static_cast<uint32_t>(std::strtoll(argument.text->c_str(), nullptr, 10)));
  return padded(specifier, in_case(specifier, text));
}

std::string convert(const Specifier& specifier, const FormatArgument& argument) {
  switch (specifier.kind()) {
    case 's':
      return general(specifier, argument.text.value_or("null"));
    case 'b': {
      const bool is_false = !argument.text || (argument.type == 'z' && *argument.text == "false");
      return general(specifier, is_false ? "false" : "true");
    }
    case 'c':
      return character(specifier, argument);
    case 'd':
    case 'o':
    case 'x':
      return whole_number(specifier, argument);
    case 'e':
    case 'f':
    case 'g':
      return real_number(specifier, argument);
    case 't': {
      // Of what Spark hands over only a long can be a point in time.
      if (!argument.text) return padded(specifier, "null");
      if (argument.type != 'l') {
        throw FormatFailure{
            fmt::format("{} != {}", specifier.text.back(), class_of(argument.type))};
      }
      throw FormatFailure{"%" + specifier.text.substr(1), true};
    }
    default:
      throw FormatFailure{"%" + specifier.text.substr(1), true};
  }
}

}  // namespace

Formatted java_format(std::string_view pattern, const std::vector<FormatArgument>& arguments) {
  constexpr std::string_view kConversions = "bBsScCdoxXeEfgGnhHaAtT%";
  Formatted out;
  size_t next = 0;
  size_t last = 0;
  try {
    for (size_t at = 0; at < pattern.size();) {
      if (pattern[at] != '%') {
        out.text += pattern[at++];
        continue;
      }
      const Specifier specifier = read_specifier(pattern, &at);
      if (kConversions.find(specifier.conversion) == std::string_view::npos) {
        throw FormatFailure{fmt::format("Conversion = '{}'", specifier.conversion)};
      }
      if (specifier.conversion == 'n') {
        out.text += '\n';
        continue;
      }
      if ((specifier.has('-') || specifier.has('0')) && specifier.width < 0) {
        throw FormatFailure{specifier.text};
      }
      if (specifier.conversion == '%') {
        out.text += padded(specifier, "%");
        continue;
      }
      const size_t index = specifier.index > 0    ? static_cast<size_t>(specifier.index) - 1
                           : specifier.index == 0 ? next++
                                                  : last;
      if (index >= arguments.size()) {
        throw FormatFailure{fmt::format("Format specifier '{}'", specifier.text)};
      }
      last = index;
      out.text += convert(specifier, arguments[index]);
    }
  } catch (const FormatFailure& failure) {
    (failure.is_missing ? out.missing : out.failure) = failure.message;
  }
  return out;
}

}  // namespace grebe::native
