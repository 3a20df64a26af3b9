// String and byte functions over UTF-8, one row at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::native {

/// Number of characters.
size_t count_characters(std::string_view text);

/// Spark's substring: 1-based, 0 counts as 1, negative from the end.
std::string_view substring_characters(std::string_view text, int32_t position, int32_t length);
std::string_view substring_bytes(std::string_view bytes, int32_t position, int32_t length);

enum class Side : unsigned char { kLeft, kRight };
std::string pad_characters(std::string_view text, int32_t length, std::string_view pad, Side side);
std::string pad_bytes(std::string_view bytes, int32_t length, std::string_view pad, Side side);

/// 1-based character position of `needle` at or after `start`; 0 when there is none.
int32_t locate(std::string_view needle, std::string_view text, int32_t start);

std::string initial_capitals(std::string_view text);
std::string soundex(std::string_view text);
bool luhn_check(std::string_view text);
/// Replaces upper case, lower case, digits and others; an empty replacement keeps the character.
std::string mask(std::string_view text, const std::vector<std::optional<std::string>>& masks);
std::string overlay_characters(std::string_view text, std::string_view replacement,
                               int32_t position, int32_t length);
std::string overlay_bytes(std::string_view bytes, std::string_view replacement, int32_t position,
                          int32_t length);
std::string_view substring_index(std::string_view text, std::string_view delimiter, int32_t count);
/// The n-th part, negative from the end; `n` is not 0.
std::string_view split_part(std::string_view text, std::string_view delimiter, int32_t n);
int32_t find_in_set(std::string_view word, std::string_view list);
/// Edit distance in characters; -1 when it is above the threshold.
int32_t levenshtein(std::string_view left, std::string_view right, int32_t threshold);

std::string encode_base64(std::string_view bytes);
/// Bytes, or the message of java.util.Base64's MIME decoder.
struct DecodedBase64 {
  std::string bytes;
  std::optional<std::string> failure;
};
DecodedBase64 decode_mime_base64(std::string_view text);
/// Nothing when the text is not base 64.
std::optional<std::string> decode_base64(std::string_view text);
std::optional<std::string> decode_hex(std::string_view text);
/// Nothing when the charset is unknown.
std::optional<std::string> encode_charset(std::string_view text, std::string_view charset);
std::optional<std::string> decode_charset(std::string_view bytes, std::string_view charset);

std::string url_encode(std::string_view text);
std::optional<std::string> url_decode(std::string_view text);
/// A part (HOST, PATH, QUERY …) of a URL; `key` names one query parameter, empty for none.
std::optional<std::string> parse_url(std::string_view url, std::string_view part,
                                     std::string_view key);

/// `1,234.50`: a plain decimal text with grouped digits, HALF_EVEN at `digits` places.
std::string group_digits(std::string_view number, int32_t digits);
/// The same of a double, rounded by its exact value; `∞` and `NaN` are as DecimalFormat has them.
std::string group_real(double number, int32_t digits);

/// The plain number that a text spells in a to_number format (`$99,999.9S`, `9G999D99PR`); nothing
/// when it does not fit (Spark: ToNumberParser).
std::optional<std::string> parse_by_number_format(std::string_view text, std::string_view format);

}  // namespace grebe::native
