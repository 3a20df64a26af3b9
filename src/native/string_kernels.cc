// The string functions of string_functions.h as kernels.
#include <cctype>

#include "native/special_casing.h"
#include "native/string_functions.h"

#include "native/java_formatter.h"
#include "native/kernel.h"
#include "native/kernel_errors.h"
#include "native/kernel_groups.h"
#include "native/value_kernel.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;
using View = std::string_view;

std::vector<std::optional<std::string>> texts(const duckdb::Value& list) {
  std::vector<std::optional<std::string>> values;
  for (const duckdb::Value& each : duckdb::ListValue::GetChildren(list)) {
    values.push_back(each.IsNull() ? std::nullopt : std::optional(each.ToString()));
  }
  return values;
}

void add_padding(KernelRegistry& registry, const std::string& name, Side side) {
  registry.add(ternary_kernel<View, int32_t, View>(
      name, LogicalType::VARCHAR, LogicalType::INTEGER, LogicalType::VARCHAR, LogicalType::VARCHAR,
      [side](const KernelContext&, View text, int32_t length, View pad) {
        return pad_characters(text, length, pad, side);
      }));
  registry.add(ternary_kernel<View, int32_t, View>(
      name + "_binary", LogicalType::BLOB, LogicalType::INTEGER, LogicalType::BLOB,
      LogicalType::BLOB, [side](const KernelContext&, View bytes, int32_t length, View pad) {
        return pad_bytes(bytes, length, pad, side);
      }));
}

using Overlay = std::string (*)(View, View, int32_t, int32_t);

void add_overlay(KernelRegistry& registry, const std::string& name, const LogicalType& type,
                 Overlay overlay) {
  registry.add(value_kernel(
      name, {type, type, LogicalType::LIST(LogicalType::INTEGER)}, type,
      [overlay, type](const KernelContext&, const duckdb::vector<duckdb::Value>& arguments) {
        const auto& range = duckdb::ListValue::GetChildren(arguments[2]);
        if (range[0].IsNull() || range[1].IsNull()) return duckdb::Value(type);
        const std::string result =
            overlay(duckdb::StringValue::Get(arguments[0]), duckdb::StringValue::Get(arguments[1]),
                    range[0].GetValue<int32_t>(), range[1].GetValue<int32_t>());
        return type == LogicalType::BLOB
                   ? duckdb::Value::BLOB(reinterpret_cast<duckdb::const_data_ptr_t>(result.data()),
                                         result.size())
                   : duckdb::Value(result);
      }));
}

core::SparkError unknown_charset(View charset) {
  return core::plain_error(core::ErrorClass::kIllegalArgument, std::string(charset));
}

/// UnBase64.isValidBase64: white space between the characters, up to two `=` at the end, and no
/// group of a single character.
bool is_valid_base64(View text) {
  size_t characters = 0;
  size_t pads = 0;
  bool after_pads = false;
  for (const char c : text) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      after_pads = pads > 0;
      continue;
    }
    if (c == '=') {
      if (after_pads) return false;
      ++pads;
      continue;
    }
    const bool is_digit = std::isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '/';
    if (!is_digit || pads > 0) return false;
    ++characters;
  }
  if (pads == 0) return characters % 4 != 1;
  return pads <= 2 && (characters + pads) % 4 == 0;
}

size_t count_of(View text, View characters) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [&](char c) { return characters.find(c) != View::npos; }));
}

/// What stands around the digits of a DecimalFormat pattern; `¤` is the dollar of Locale.US.
std::string pattern_affix(View text) {
  constexpr View kCurrency = "¤";
  std::string out(text);
  for (size_t at; (at = out.find(kCurrency)) != std::string::npos;) {
    out.replace(at, kCurrency.size(), "$");
  }
  return out;
}

/// A number as a DecimalFormat pattern says, of what `group` gives for so many places: digits that
/// must and may stand, grouping, percent, and text around them.
template <class Group>
std::string in_number_pattern(const KernelContext& context, View pattern, Group group) {
  const size_t begin = std::min(pattern.find_first_of("#0,."), pattern.size());
  const size_t end = std::min(pattern.find_first_not_of("#0,.", begin), pattern.size());
  if (pattern.substr(end).starts_with("E0")) {
    context.raise(core::unsupported("format_number with the scientific pattern '" +
                                    std::string(pattern) + "'"));
  }
  const View body = pattern.substr(begin, end - begin);
  const bool is_percent = pattern.find('%') != View::npos;
  const size_t point = std::min(body.find('.'), body.size());
  const View whole = body.substr(0, point);
  const View part = body.substr(std::min(point + 1, body.size()));
  const size_t most_places = count_of(part, "#0");
  size_t least_places = count_of(part, "0");
  size_t least_digits = count_of(whole, "0");
  if (point < body.size() && count_of(body, "0") == 0) {
    // `#.##` shows a zero before the point, `.##` one after it.
    (whole.empty() ? least_places : least_digits) = 1;
  }
  std::string text = group(static_cast<int32_t>(most_places) + (is_percent ? 2 : 0));
  text.erase(std::remove(text.begin(), text.end(), ','), text.end());
  const std::string sign = text.starts_with('-') ? "-" : "";
  text.erase(0, sign.size());
  const std::string prefix = pattern_affix(pattern.substr(0, begin));
  const std::string suffix = pattern_affix(pattern.substr(end));
  if (text.empty() || !std::isdigit(static_cast<unsigned char>(text[0]))) {
    return sign + prefix + text + suffix;
  }
  const size_t dot = std::min(text.find('.'), text.size());
  std::string digits = text.substr(0, dot);
  std::string places = text.substr(std::min(dot + 1, text.size()));
  if (is_percent) {
    digits += places.substr(0, 2);
    places.erase(0, 2);
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.size() < least_digits) digits.insert(0, least_digits - digits.size(), '0');
  while (places.size() > least_places && places.back() == '0') places.pop_back();
  if (digits.empty() && places.empty()) digits = "0";
  if (whole.find(',') != View::npos) {
    for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  }
  return sign + prefix + digits + (places.empty() ? "" : "." + places) + suffix;
}

/// to_binary by format name; nothing when the text does not fit it.
std::optional<std::string> to_binary(View text, View format) {
  std::string name(format);
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (name == "utf-8" || name == "utf8") return std::string(text);
  if (name == "base64") {
    return is_valid_base64(text) ? decode_base64(text) : std::nullopt;
  }
  return decode_hex(text);
}

void add_encodings(KernelRegistry& registry) {
  const LogicalType text = LogicalType::VARCHAR;
  const LogicalType bytes = LogicalType::BLOB;
  registry.add(
      unary_kernel<View>("grebe_base64", bytes, text,
                         [](const KernelContext&, View value) { return encode_base64(value); }));
  registry.add(unary_kernel<View>(
      "grebe_unbase64", text, bytes, [](const KernelContext& context, View value) -> std::string {
        DecodedBase64 decoded = decode_mime_base64(value);
        if (decoded.failure) {
          context.raise(core::plain_error(core::ErrorClass::kIllegalArgument, *decoded.failure));
        }
        return std::move(decoded.bytes);
      }));
  registry.add(unary_kernel<View>("grebe_unhex", text, bytes, [](const KernelContext&, View value) {
    return decode_hex(value);
  }));
  registry.add(binary_kernel<View, View>(
      "grebe_try_to_binary", text, text, bytes,
      [](const KernelContext&, View value, View format) { return to_binary(value, format); }));
  registry.add(binary_kernel<View, View>(
      "grebe_to_binary", text, text, bytes,
      [](const KernelContext& context, View value, View format) -> std::string {
        auto decoded = to_binary(value, format);
        if (decoded) return *std::move(decoded);
        const auto quoted = [](View v) { return "'" + std::string(v) + "'"; };
        std::string name(format);
        for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        context.raise(core::make_error(core::ErrorClass::kIllegalArgument,
                                       "CONVERSION_INVALID_INPUT",
                                       {{"str", quoted(value)},
                                        {"fmt", quoted(name)},
                                        {"targetType", "\"BINARY\""},
                                        {"suggestion", "`try_to_binary`"}}));
      }));
  registry.add(
      binary_kernel<View, View>("grebe_encode", text, text, bytes,
                                [](const KernelContext& context, View value, View charset) {
                                  auto encoded = encode_charset(value, charset);
                                  if (!encoded) context.raise(unknown_charset(charset));
                                  return *encoded;
                                }));
  registry.add(
      binary_kernel<View, View>("grebe_decode", bytes, text, text,
                                [](const KernelContext& context, View value, View charset) {
                                  auto decoded = decode_charset(value, charset);
                                  if (!decoded) context.raise(unknown_charset(charset));
                                  return *decoded;
                                }));
  registry.add(
      unary_kernel<View>("grebe_url_encode", text, text,
                         [](const KernelContext&, View value) { return url_encode(value); }));
  registry.add(unary_kernel<View>(
      "grebe_url_decode", text, text, [](const KernelContext& context, View value) {
        auto decoded = url_decode(value);
        if (!decoded) {
          context.raise(
              core::illegal_argument_error("CANNOT_DECODE_URL", {{"url", std::string(value)}}));
        }
        return *decoded;
      }));
  registry.add(
      ternary_kernel<View, View, View>("grebe_parse_url", text, text, text, text,
                                       [](const KernelContext&, View url, View part, View key) {
                                         return parse_url(url, part, key);
                                       }));
}

}  // namespace

void add_string_kernels(KernelRegistry& registry) {
  const LogicalType text = LogicalType::VARCHAR;
  registry.add(binary_kernel<View, View>("grebe_to_number", text, text, text,
                                         [](const KernelContext&, View value, View format) {
                                           return parse_by_number_format(value, format);
                                         }));
  registry.add(binary_kernel<View, View>("grebe_to_number_ansi", text, text, text,
                                         [](const KernelContext& context, View value, View format) {
                                           auto number = parse_by_number_format(value, format);
                                           if (!number) {
                                             context.raise(core::illegal_argument_error(
                                                 "INVALID_FORMAT.MISMATCH_INPUT",
                                                 {{"inputType", "\"STRING\""},
                                                  {"input", std::string(value)},
                                                  {"format", std::string(format)}}));
                                           }
                                           return *number;
                                         }));
  const LogicalType integer = LogicalType::INTEGER;
  add_encodings(registry);
  add_padding(registry, "grebe_lpad", Side::kLeft);
  add_padding(registry, "grebe_rpad", Side::kRight);
  add_overlay(registry, "grebe_overlay", text, &overlay_characters);
  add_overlay(registry, "grebe_overlay_binary", LogicalType::BLOB, &overlay_bytes);
  registry.add(ternary_kernel<View, int32_t, int32_t>(
      "grebe_substring", text, integer, integer, text,
      [](const KernelContext&, View value, int32_t position, int32_t length) {
        return std::string(substring_characters(value, position, length));
      }));
  registry.add(ternary_kernel<View, int32_t, int32_t>(
      "grebe_substring_binary", LogicalType::BLOB, integer, integer, LogicalType::BLOB,
      [](const KernelContext&, View value, int32_t position, int32_t length) {
        return std::string(substring_bytes(value, position, length));
      }));
  registry.add(unary_kernel<int64_t>("grebe_chr", LogicalType::BIGINT, text,
                                     [](const KernelContext&, int64_t code) {
                                       if (code < 0) return std::string();
                                       const auto byte = static_cast<unsigned char>(code & 0xFF);
                                       if (byte < 0x80)
                                         return std::string(1, static_cast<char>(byte));
                                       return std::string{static_cast<char>(0xC0 | byte >> 6),
                                                          static_cast<char>(0x80 | (byte & 0x3F))};
                                     }));
  registry.add(binary_kernel<View, View>(
      "grebe_find_in_set", text, text, integer,
      [](const KernelContext&, View word, View list) { return find_in_set(word, list); }));
  registry.add(unary_kernel<View>(
      "grebe_expand_upper", text, text,
      [](const KernelContext&, View value) { return expand_upper_case(value); }));
  registry.add(unary_kernel<View>(
      "grebe_expand_lower", text, text,
      [](const KernelContext&, View value) { return expand_lower_case(value); }));
  registry.add(
      unary_kernel<View>("grebe_initcap", text, text,
                         [](const KernelContext&, View value) { return initial_capitals(value); }));
  registry.add(unary_kernel<View>("grebe_soundex", text, text,
                                  [](const KernelContext&, View value) { return soundex(value); }));
  registry.add(
      unary_kernel<View>("grebe_luhn_check", text, LogicalType::BOOLEAN,
                         [](const KernelContext&, View value) { return luhn_check(value); }));
  registry.add(ternary_kernel<View, View, int32_t>(
      "grebe_locate", text, text, integer, integer,
      [](const KernelContext&, View needle, View value, int32_t start) {
        return locate(needle, value, start);
      }));
  registry.add(ternary_kernel<View, View, int32_t>(
      "grebe_levenshtein", text, text, integer, integer,
      [](const KernelContext&, View left, View right, int32_t threshold) {
        return levenshtein(left, right, threshold);
      }));
  registry.add(ternary_kernel<View, View, int32_t>(
      "grebe_substring_index", text, text, integer, text,
      [](const KernelContext&, View value, View delimiter, int32_t count) {
        return std::string(substring_index(value, delimiter, count));
      }));
  registry.add(ternary_kernel<View, View, int32_t>(
      "grebe_split_part", text, text, integer, text,
      [](const KernelContext& context, View value, View delimiter, int32_t n) {
        if (n == 0) {
          context.raise(core::make_error(core::ErrorClass::kRuntime, "INVALID_INDEX_OF_ZERO", {}));
        }
        return std::string(split_part(value, delimiter, n));
      }));
  registry.add(value_kernel(
      "grebe_mask", {text, LogicalType::LIST(text)}, text,
      [](const KernelContext&, const duckdb::vector<duckdb::Value>& arguments) {
        return duckdb::Value(mask(duckdb::StringValue::Get(arguments[0]), texts(arguments[1])));
      }));
  registry.add(binary_kernel<View, int32_t>(
      "grebe_format_number", text, integer, text,
      [](const KernelContext&, View number, int32_t digits) -> std::optional<std::string> {
        if (digits < 0) return std::nullopt;
        return group_digits(number, digits);
      }));
  registry.add(binary_kernel<double, int32_t>(
      "grebe_format_number", LogicalType::DOUBLE, integer, text,
      [](const KernelContext&, double number, int32_t digits) -> std::optional<std::string> {
        if (digits < 0) return std::nullopt;
        return group_real(number, digits);
      }));
  registry.add(binary_kernel<View, View>(
      "grebe_format_number_pattern", text, text, text,
      [](const KernelContext& context, View number, View pattern) {
        return in_number_pattern(context, pattern,
                                 [&](int32_t digits) { return group_digits(number, digits); });
      }));
  registry.add(binary_kernel<double, View>(
      "grebe_format_number_pattern", LogicalType::DOUBLE, text, text,
      [](const KernelContext& context, double number, View pattern) {
        return in_number_pattern(context, pattern,
                                 [&](int32_t digits) { return group_real(number, digits); });
      }));
  registry.add(value_kernel(
      "grebe_format_string", {text, LogicalType::LIST(text), text}, text,
      [](const KernelContext& context, const duckdb::vector<duckdb::Value>& arguments) {
        const std::vector<std::optional<std::string>> values = texts(arguments[1]);
        const std::string letters = duckdb::StringValue::Get(arguments[2]);
        std::vector<FormatArgument> typed;
        for (size_t i = 0; i < values.size(); ++i) typed.push_back({letters[i], values[i]});
        Formatted formatted = java_format(duckdb::StringValue::Get(arguments[0]), typed);
        if (formatted.missing) {
          context.raise(core::unsupported("format_string with " + *formatted.missing));
        }
        if (formatted.failure) {
          context.raise(core::plain_error(core::ErrorClass::kIllegalArgument, *formatted.failure));
        }
        return duckdb::Value(std::move(formatted.text));
      }));
}

}  // namespace grebe::native
