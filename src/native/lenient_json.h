// JSON text as Spark's reader accepts it → a tree, and strict JSON again.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace grebe::native {

/// What the reader tolerates beside standard JSON.
struct JsonLeniency {
  bool single_quotes = true;
  bool comments = false;
  bool unquoted_names = false;
  bool leading_zeros = false;
  bool non_numeric_numbers = true;
};

/// A parsed value. Numbers keep their text.
struct JsonValue {
  enum class Kind : unsigned char { kNull, kBoolean, kNumber, kString, kArray, kObject };
  Kind kind = Kind::kNull;
  bool boolean = false;
  /// Number text, or a string's content.
  std::string text = {};
  std::vector<JsonValue> items = {};
  std::vector<std::pair<std::string, JsonValue>> members = {};
};

/// Parses one value that fills the whole text; nothing when the text is malformed.
std::optional<JsonValue> parse_lenient_json(std::string_view text, const JsonLeniency& leniency);

/// Standard JSON text of a value. NaN and infinities become strings.
std::string to_strict_json(const JsonValue& value);

/// One character per flag in the order of the struct.
JsonLeniency decode_leniency(std::string_view flags);
std::string encode_leniency(const JsonLeniency& leniency);

}  // namespace grebe::native
