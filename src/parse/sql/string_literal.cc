// Escapes of Spark's string literals: \n \t \0 \Z \% \_ \101 \u0041 \U0001F600.
#include "parse/sql/string_literal.h"

#include <cstdint>

#include "core/utf8.h"

namespace grebe::parse::sql {
namespace {

// Value of `count` digits of `base` at `from`, or -1.
int64_t read_digits(std::string_view text, size_t from, size_t count, int base) {
  if (from + count > text.size()) return -1;
  int64_t value = 0;
  for (size_t i = from; i < from + count; ++i) {
    const char c = text[i];
    int digit = 99;
    if (c >= '0' && c <= '9') digit = c - '0';
    if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
    if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
    if (digit >= base) return -1;
    value = value * base + digit;
  }
  return value;
}

// Collects UTF-16 units as Java does: a pair becomes one character, a lone surrogate '?'.
class Utf16Writer {
 public:
  explicit Utf16Writer(std::string& out) : out_(out) {}

  void unit(uint32_t code) {
    const bool low = code >= 0xDC00 && code <= 0xDFFF;
    if (low && high_ != 0) {
      core::append_utf8(out_, 0x10000 + ((high_ - 0xD800) << 10) + (code - 0xDC00));
      high_ = 0;
      return;
    }
    flush();
    if (code >= 0xD800 && code <= 0xDBFF) {
      high_ = code;
    } else if (low) {
      out_ += '?';
    } else {
      core::append_utf8(out_, code);
    }
  }

  void flush() {
    if (high_ != 0) out_ += '?';
    high_ = 0;
  }

 private:
  std::string& out_;
  uint32_t high_ = 0;
};

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '0':
      out += '\0';
      break;
    case 'b':
      out += '\b';
      break;
    case 'n':
      out += '\n';
      break;
    case 'r':
      out += '\r';
      break;
    case 't':
      out += '\t';
      break;
    case 'Z':
      out += '\x1A';
      break;
    case '%':
      out += "\\%";
      break;
    case '_':
      out += "\\_";
      break;
    default:
      out += c;
  }
}

}  // namespace

std::string unescape_string(std::string_view token_text) {
  if (token_text[0] == 'r' || token_text[0] == 'R') {
    return std::string(token_text.substr(2, token_text.size() - 3));
  }
  const std::string_view body = token_text.substr(1, token_text.size() - 2);
  std::string out;
  out.reserve(body.size());
  Utf16Writer units(out);
  for (size_t i = 0; i < body.size();) {
    if (body[i] != '\\' || i + 1 >= body.size()) {
      units.flush();
      out += body[i++];
      continue;
    }
    const char kind = body[i + 1];
    int64_t code = -1;
    if (kind == 'u' && (code = read_digits(body, i + 2, 4, 16)) >= 0) {
      units.unit(static_cast<uint32_t>(code));
      i += 6;
    } else if (kind == 'U' && (code = read_digits(body, i + 2, 8, 16)) >= 0) {
      if (code < 0x10000) {
        units.unit(static_cast<uint32_t>(code));
      } else {
        units.flush();
        core::append_utf8(out, static_cast<uint32_t>(code));
      }
      i += 10;
    } else if ((kind == '0' || kind == '1') && (code = read_digits(body, i + 1, 3, 8)) >= 0) {
      units.unit(static_cast<uint32_t>(code));
      i += 4;
    } else {
      units.flush();
      append_escaped(out, kind);
      i += 2;
    }
  }
  units.flush();
  return out;
}

std::optional<std::string> constant_string(const plan::Expression& expression) {
  if (const auto* literal = std::get_if<plan::Literal>(&expression.node)) {
    const auto* text = std::get_if<std::string>(&literal->value.data);
    if (text != nullptr && literal->type.is(types::TypeKind::kString)) return *text;
    return std::nullopt;
  }
  const auto* call = std::get_if<plan::UnresolvedFunction>(&expression.node);
  if (call == nullptr || call->name_parts != std::vector<std::string>{"concat"}) {
    return std::nullopt;
  }
  std::string joined;
  for (const plan::ExpressionPtr& argument : call->arguments) {
    const std::optional<std::string> part = constant_string(*argument);
    if (!part) return std::nullopt;
    joined += *part;
  }
  return joined;
}

}  // namespace grebe::parse::sql
