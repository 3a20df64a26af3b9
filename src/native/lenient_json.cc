// A recursive-descent JSON reader with the tolerances of Jackson that Spark switches on.
#include "native/lenient_json.h"

#include "core/utf8.h"

namespace grebe::native {
namespace {

constexpr int kMaxDepth = 500;

class JsonReader {
 public:
  JsonReader(std::string_view text, const JsonLeniency& leniency)
      : rest_(text), leniency_(leniency) {}

  std::optional<JsonValue> read_all() {
    JsonValue value;
    if (!read(value, 0) || !skip_space() || !rest_.empty()) return std::nullopt;
    return value;
  }

 private:
  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  /// False when a comment does not end.
  bool skip_space() {
    for (;;) {
      while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\n' ||
                                rest_[0] == '\r' || rest_.starts_with("\xEF\xBB\xBF"))) {
        rest_.remove_prefix(rest_.starts_with("\xEF\xBB\xBF") ? 3 : 1);
      }
      if (!leniency_.comments) return true;
      if (take("//")) {
        const auto end = rest_.find('\n');
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
      } else if (take("/*")) {
        const auto end = rest_.find("*/");
        if (end == std::string_view::npos) return false;
        rest_.remove_prefix(end + 2);
      } else {
        return true;
      }
    }
  }

  std::optional<uint32_t> hex4() {
    if (rest_.size() < 4) return std::nullopt;
    uint32_t code = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = rest_[static_cast<size_t>(i)];
      code *= 16;
      if (c >= '0' && c <= '9') {
        code += static_cast<uint32_t>(c - '0');
      } else if ((c | 32) >= 'a' && (c | 32) <= 'f') {
        code += static_cast<uint32_t>((c | 32) - 'a' + 10);
      } else {
        return std::nullopt;
      }
    }
    rest_.remove_prefix(4);
    return code;
  }

  bool read_escape(std::string& out) {
    if (rest_.empty()) return false;
    const char c = rest_[0];
    rest_.remove_prefix(1);
    switch (c) {
      case 'n':
        out += '\n';
        return true;
      case 't':
        out += '\t';
        return true;
      case 'r':
        out += '\r';
        return true;
      case 'b':
        out += '\b';
        return true;
      case 'f':
        out += '\f';
        return true;
      case '"':
      case '\\':
      case '/':
        out += c;
        return true;
      case '\'':
        out += c;
        return leniency_.single_quotes;
      case 'u': {
        auto code = hex4();
        if (!code) return false;
        if (*code >= 0xD800 && *code < 0xDC00 && take("\\u")) {
          const auto low = hex4();
          if (!low) return false;
          code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
        }
        core::append_utf8(out, *code);
        return true;
      }
      default:
        return false;
    }
  }

  bool read_string(std::string& out) {
    const char quote = rest_[0];
    rest_.remove_prefix(1);
    while (!rest_.empty()) {
      const char c = rest_[0];
      rest_.remove_prefix(1);
      if (c == quote) return true;
      if (c == '\\') {
        if (!read_escape(out)) return false;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        return false;
      } else {
        out += c;
      }
    }
    return false;
  }

  bool read_name(std::string& out) {
    if (rest_.empty()) return false;
    if (rest_[0] == '"' || (rest_[0] == '\'' && leniency_.single_quotes)) return read_string(out);
    if (!leniency_.unquoted_names) return false;
    size_t length = 0;
    while (length < rest_.size() && (::isalnum(static_cast<unsigned char>(rest_[length])) ||
                                     rest_[length] == '_' || rest_[length] == '$')) {
      ++length;
    }
    out = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return length > 0;
  }

  size_t digits(size_t from) const {
    size_t at = from;
    while (at < rest_.size() && rest_[at] >= '0' && rest_[at] <= '9') ++at;
    return at;
  }

  bool read_number(JsonValue& value) {
    size_t at = rest_[0] == '-' ? 1 : 0;
    const size_t first = at;
    at = digits(at);
    if (at == first) return false;
    if (rest_[first] == '0' && at > first + 1 && !leniency_.leading_zeros) return false;
    if (at < rest_.size() && rest_[at] == '.') {
      const size_t end = digits(at + 1);
      if (end == at + 1) return false;
      at = end;
    }
    if (at < rest_.size() && (rest_[at] | 32) == 'e') {
      size_t power = at + 1;
      if (power < rest_.size() && (rest_[power] == '+' || rest_[power] == '-')) ++power;
      const size_t end = digits(power);
      if (end == power) return false;
      at = end;
    }
    value.kind = JsonValue::Kind::kNumber;
    value.text = rest_.substr(0, at);
    // Leading zeros are no JSON: drop them.
    const size_t sign = value.text[0] == '-' ? 1 : 0;
    while (value.text.size() > sign + 1 && value.text[sign] == '0' && value.text[sign + 1] >= '0' &&
           value.text[sign + 1] <= '9') {
      value.text.erase(sign, 1);
    }
    rest_.remove_prefix(at);
    return true;
  }

  bool read_array(JsonValue& value, int depth) {
    value.kind = JsonValue::Kind::kArray;
    if (!skip_space()) return false;
    if (take("]")) return true;
    for (;;) {
      value.items.emplace_back();
      if (!read(value.items.back(), depth + 1) || !skip_space()) return false;
      if (take("]")) return true;
      if (!take(",")) return false;
    }
  }

  bool read_object(JsonValue& value, int depth) {
    value.kind = JsonValue::Kind::kObject;
    if (!skip_space()) return false;
    if (take("}")) return true;
    for (;;) {
      if (!skip_space()) return false;
      value.members.emplace_back(std::string(), JsonValue{});
      if (!read_name(value.members.back().first) || !skip_space() || !take(":")) return false;
      if (!read(value.members.back().second, depth + 1) || !skip_space()) return false;
      if (take("}")) return true;
      if (!take(",")) return false;
    }
  }

  bool read(JsonValue& value, int depth) {
    if (depth > kMaxDepth || !skip_space() || rest_.empty()) return false;
    if (take("{")) return read_object(value, depth);
    if (take("[")) return read_array(value, depth);
    const char c = rest_[0];
    if (c == '"' || (c == '\'' && leniency_.single_quotes)) {
      value.kind = JsonValue::Kind::kString;
      return read_string(value.text);
    }
    if (take("true")) {
      value.kind = JsonValue::Kind::kBoolean;
      value.boolean = true;
      return true;
    }
    if (take("false")) {
      value.kind = JsonValue::Kind::kBoolean;
      return true;
    }
    if (take("null")) return true;
    if (leniency_.non_numeric_numbers) {
      for (const char* word :
           {"NaN", "+INF", "-INF", "INF", "Infinity", "+Infinity", "-Infinity"}) {
        if (take(word)) {
          value.kind = JsonValue::Kind::kNumber;
          value.text = word;
          return true;
        }
      }
    }
    return read_number(value);
  }

  std::string_view rest_;
  const JsonLeniency& leniency_;
};

void print_string(const std::string& text, std::string& out) {
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void print(const JsonValue& value, std::string& out) {
  switch (value.kind) {
    case JsonValue::Kind::kNull:
      out += "null";
      return;
    case JsonValue::Kind::kBoolean:
      out += value.boolean ? "true" : "false";
      return;
    case JsonValue::Kind::kNumber:
      if (value.text.find_first_of("NI") != std::string::npos) {
        print_string(value.text, out);
      } else {
        out += value.text;
      }
      return;
    case JsonValue::Kind::kString:
      return print_string(value.text, out);
    case JsonValue::Kind::kArray:
      out += '[';
      for (size_t i = 0; i < value.items.size(); ++i) {
        if (i > 0) out += ',';
        print(value.items[i], out);
      }
      out += ']';
      return;
    case JsonValue::Kind::kObject:
      out += '{';
      for (size_t i = 0; i < value.members.size(); ++i) {
        if (i > 0) out += ',';
        print_string(value.members[i].first, out);
        out += ':';
        print(value.members[i].second, out);
      }
      out += '}';
      return;
  }
}

}  // namespace

std::optional<JsonValue> parse_lenient_json(std::string_view text, const JsonLeniency& leniency) {
  return JsonReader(text, leniency).read_all();
}

std::string to_strict_json(const JsonValue& value) {
  std::string out;
  print(value, out);
  return out;
}

std::string encode_leniency(const JsonLeniency& leniency) {
  std::string flags;
  for (const bool flag : {leniency.single_quotes, leniency.comments, leniency.unquoted_names,
                          leniency.leading_zeros, leniency.non_numeric_numbers}) {
    flags += flag ? '1' : '0';
  }
  return flags;
}

JsonLeniency decode_leniency(std::string_view flags) {
  const auto is_set = [&](size_t i) { return i < flags.size() && flags[i] == '1'; };
  return {is_set(0), is_set(1), is_set(2), is_set(3), is_set(4)};
}

}  // namespace grebe::native
