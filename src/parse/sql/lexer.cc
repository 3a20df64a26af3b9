// SQL text → tokens, in one pass without regular expressions.
#include "parse/sql/lexer.h"

#include <cstddef>

namespace grebe::parse::sql {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {
    stream_.tokens.reserve(text.size() / 5 + 8);
  }

  TokenStream run() {
    while (skip_hidden()) lex_token();
    push(TokenKind::kEndOfInput, position_);
    return std::move(stream_);
  }

 private:
  char at(size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  // Emits [position_, stop) and moves on, counting lines and columns.
  void push(TokenKind kind, size_t stop) {
    stream_.tokens.push_back(
        {kind, static_cast<int32_t>(position_), static_cast<int32_t>(stop), line_, column_});
    advance(stop);
  }

  void advance(size_t stop) {
    for (; position_ < stop; ++position_) {
      const char c = text_[position_];
      if (c == '\n') {
        ++line_;
        column_ = 0;
      } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
        ++column_;  // not a UTF-8 continuation byte
      }
    }
  }

  // Skips white space and comments; false at the end.
  bool skip_hidden() {
    while (position_ < text_.size()) {
      const char c = text_[position_];
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        advance(position_ + 1);
      } else if (c == '-' && at(position_ + 1) == '-') {
        advance(line_comment_end(position_ + 2));
      } else if (c == '/' && at(position_ + 1) == '*' && at(position_ + 2) != '+') {
        advance(bracketed_comment_end());
      } else {
        return true;
      }
    }
    return false;
  }

  // A backslash before the line break continues the comment.
  size_t line_comment_end(size_t i) const {
    for (; i < text_.size(); ++i) {
      if (text_[i] == '\\' && at(i + 1) == '\n') {
        ++i;
      } else if (text_[i] == '\r' || text_[i] == '\n') {
        break;
      }
    }
    return i;
  }

  // Comments nest; an inner hint start does not.
  size_t bracketed_comment_end() {
    int depth = 1;
    size_t i = position_ + 2;
    while (i < text_.size()) {
      if (text_[i] == '*' && at(i + 1) == '/') {
        i += 2;
        if (--depth == 0) return i;
      } else if (text_[i] == '/' && at(i + 1) == '*' && at(i + 2) != '+') {
        ++depth;
        i += 2;
      } else {
        ++i;
      }
    }
    stream_.unclosed_comment = static_cast<int32_t>(position_);
    return i;
  }

  void lex_token() {
    const char c = text_[position_];
    if (is_digit(c) || (c == '.' && is_digit(at(position_ + 1)))) return lex_number();
    if ((c == 'r' || c == 'R') && (at(position_ + 1) == '\'' || at(position_ + 1) == '"')) {
      if (const size_t stop = raw_string_end(); stop != 0) {
        return push(TokenKind::kStringLiteral, stop);
      }
    }
    if (is_letter(c) || c == '_') return lex_word();
    if (c == '\'' || c == '"') return lex_string(c);
    if (c == '`') return lex_backquoted();
    lex_operator(c);
  }

  void lex_word() {
    size_t stop = position_ + 1;
    while (stop < text_.size() && is_word(text_[stop])) ++stop;
    push(find_keyword(text_.substr(position_, stop - position_)), stop);
  }

  // The longest of all number forms and of an identifier that starts with a digit; on a tie the
  // form that Spark's grammar lists first.
  void lex_number() {
    size_t best_stop = position_;
    TokenKind best = TokenKind::kUnrecognized;
    const auto offer = [&](TokenKind kind, size_t stop) {
      if (stop > best_stop) {
        best_stop = stop;
        best = kind;
      }
    };
    const auto digits_end = [&](size_t i) {
      while (is_digit(at(i))) ++i;
      return i;
    };
    const auto exponent_end = [&](size_t i) {
      if (at(i) != 'e' && at(i) != 'E') return i;
      const size_t digits = i + (at(i + 1) == '+' || at(i + 1) == '-' ? 2 : 1);
      return is_digit(at(digits)) ? digits_end(digits) : i;
    };
    const auto is = [&](size_t i, char lower) { return (at(i) | 0x20) == lower; };
    const auto suffixes = [&](size_t i, bool checked) {
      const auto valid = [&](size_t stop) { return !checked || !is_word(at(stop)); };
      if (is(i, 'f') && valid(i + 1)) offer(TokenKind::kFloatLiteral, i + 1);
      if (is(i, 'd') && valid(i + 1)) offer(TokenKind::kDoubleLiteral, i + 1);
      if (is(i, 'b') && is(i + 1, 'd') && valid(i + 2)) offer(TokenKind::kBigdecimalLiteral, i + 2);
    };

    const size_t whole = digits_end(position_);
    if (whole > position_) {
      if (is(whole, 'l')) offer(TokenKind::kBigintLiteral, whole + 1);
      if (is(whole, 's')) offer(TokenKind::kSmallintLiteral, whole + 1);
      if (is(whole, 'y')) offer(TokenKind::kTinyintLiteral, whole + 1);
      offer(TokenKind::kIntegerValue, whole);
      if (exponent_end(whole) > whole) offer(TokenKind::kExponentValue, exponent_end(whole));
      suffixes(whole, false);
      suffixes(exponent_end(whole), false);
    }
    if (at(whole) == '.') {
      const size_t fraction = digits_end(whole + 1);
      const size_t exponent = exponent_end(fraction);
      if (exponent > fraction && !is_word(at(exponent))) {
        offer(TokenKind::kExponentValue, exponent);
      }
      if (!is_word(at(fraction))) offer(TokenKind::kDecimalValue, fraction);
      suffixes(fraction, true);
      suffixes(exponent, true);
    }
    if (whole > position_) {
      size_t word = whole;
      while (is_word(at(word))) ++word;
      offer(TokenKind::kIdentifier, word);
    }
    if (best == TokenKind::kUnrecognized) return push(TokenKind::kDot, position_ + 1);
    push(best, best_stop);
  }

  // 0 when the string is not closed.
  size_t raw_string_end() const {
    const size_t stop = text_.find(text_[position_ + 1], position_ + 2);
    return stop == std::string_view::npos ? 0 : stop + 1;
  }

  void lex_string(char quote) {
    for (size_t i = position_ + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == quote) {
        return push(quote == '\'' ? TokenKind::kStringLiteral : TokenKind::kDoubleQuotedString,
                    i + 1);
      }
    }
    push(TokenKind::kUnrecognized, position_ + 1);
  }

  void lex_backquoted() {
    for (size_t i = position_ + 1; i < text_.size(); ++i) {
      if (text_[i] != '`') continue;
      if (at(i + 1) != '`') return push(TokenKind::kBackquotedIdentifier, i + 1);
      ++i;
    }
    push(TokenKind::kUnrecognized, position_ + 1);
  }

  void lex_operator(char c) {
    const char next = at(position_ + 1);
    const auto one = [&](TokenKind kind) { push(kind, position_ + 1); };
    const auto two = [&](TokenKind kind) { push(kind, position_ + 2); };
    switch (c) {
      case ';':
        return one(TokenKind::kSemicolon);
      case '(':
        return one(TokenKind::kLeftParen);
      case ')':
        return one(TokenKind::kRightParen);
      case ',':
        return one(TokenKind::kComma);
      case '.':
        return one(TokenKind::kDot);
      case '[':
        return one(TokenKind::kLeftBracket);
      case ']':
        return one(TokenKind::kRightBracket);
      case '+':
        return one(TokenKind::kPlus);
      case '-':
        return next == '>' ? two(TokenKind::kArrow) : one(TokenKind::kMinus);
      case '*':
        return next == '/' ? two(TokenKind::kHintEnd) : one(TokenKind::kAsterisk);
      case '/':
        if (next == '*') return push(TokenKind::kHintStart, position_ + 3);
        return one(TokenKind::kSlash);
      case '%':
        return one(TokenKind::kPercent);
      case '~':
        return one(TokenKind::kTilde);
      case '&':
        return one(TokenKind::kAmpersand);
      case '|':
        return next == '|' ? two(TokenKind::kConcat) : one(TokenKind::kPipe);
      case '^':
        return one(TokenKind::kHat);
      case ':':
        return one(TokenKind::kColon);
      case '?':
        return one(TokenKind::kQuestion);
      case '=':
        if (next == '>') return two(TokenKind::kFatArrow);
        return next == '=' ? two(TokenKind::kEqual) : one(TokenKind::kEqual);
      case '<':
        if (next == '=' && at(position_ + 2) == '>') {
          return push(TokenKind::kNullSafeEqual, position_ + 3);
        }
        if (next == '=') return two(TokenKind::kLessEqual);
        return next == '>' ? two(TokenKind::kNotEqual) : one(TokenKind::kLess);
      case '>':
        return next == '=' ? two(TokenKind::kGreaterEqual) : one(TokenKind::kGreater);
      case '!':
        if (next == '=') return two(TokenKind::kNotEqualBang);
        if (next == '<') return two(TokenKind::kGreaterEqual);
        if (next == '>') return two(TokenKind::kLessEqual);
        return one(TokenKind::kNot);
      default:
        break;
    }
    size_t stop = position_ + 1;  // one code point
    while (stop < text_.size() && (static_cast<unsigned char>(text_[stop]) & 0xC0) == 0x80) ++stop;
    push(TokenKind::kUnrecognized, stop);
  }

  std::string_view text_;
  size_t position_ = 0;
  int32_t line_ = 1;
  int32_t column_ = 0;
  TokenStream stream_;
};

}  // namespace

TokenStream tokenize(std::string_view text) { return Lexer(text).run(); }

}  // namespace grebe::parse::sql
