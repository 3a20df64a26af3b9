// Names as Spark's grammar allows them: quoted, keywords used as names, IDENTIFIER(…), strings.
#include "parse/sql/grammar.h"
#include "parse/sql/string_literal.h"

namespace grebe::parse::sql {

using enum TokenKind;

bool Grammar::at_identifier(size_t ahead) const {
  const TokenKind kind = peek(ahead).kind;
  if (kind == kIdentifier || kind == kBackquotedIdentifier) return true;
  if (kind == kDoubleQuotedString) return options_.double_quoted_identifiers;
  if (!is_keyword(kind)) return false;
  return !options_.enforce_reserved_keywords || keyword_use(kind).ansi_non_reserved;
}

bool Grammar::at_strict_identifier(size_t ahead) const {
  const TokenKind kind = peek(ahead).kind;
  if (!is_keyword(kind)) return at_identifier(ahead);
  const KeywordUse use = keyword_use(kind);
  return options_.enforce_reserved_keywords ? use.ansi_non_reserved : !use.strict_non_reserved;
}

bool Grammar::at_string(size_t ahead) const {
  const TokenKind kind = peek(ahead).kind;
  return kind == kStringLiteral ||
         (kind == kDoubleQuotedString && !options_.double_quoted_identifiers);
}

bool Grammar::ends_expression(size_t ahead) const {
  return at_any({kEndOfInput, kRightParen, kComma, kSemicolon, kRightBracket, kHintEnd}, ahead);
}

std::string Grammar::identifier_text(const Token& token) const {
  const std::string_view text = text_of(token);
  if (token.kind != kBackquotedIdentifier && token.kind != kDoubleQuotedString) {
    return std::string(text);
  }
  const char quote = text.front();
  std::string name;
  name.reserve(text.size());
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    name += text[i];
    if (text[i] == quote) ++i;  // a doubled quote stands for one
  }
  return name;
}

std::string Grammar::identifier() {
  if (!at_identifier()) syntax_error();
  return identifier_text(next());
}

std::string Grammar::strict_identifier() {
  if (!at_strict_identifier()) syntax_error();
  return identifier_text(next());
}

std::string Grammar::error_capturing_identifier() {
  const size_t first = position_;
  std::string name = identifier();
  if (at(kMinus) && at_identifier(1)) {
    while (at(kMinus) && at_identifier(1)) position_ += 2;
    fail("INVALID_IDENTIFIER", {{"ident", joined_text(first)}}, first + 1);
  }
  return name;
}

plan::Name Grammar::multipart_identifier() {
  Name name{error_capturing_identifier()};
  while (at(kDot)) {
    next();
    name.push_back(error_capturing_identifier());
  }
  return name;
}

bool Grammar::at_identifier_clause() const {
  return at_sequence({kIdentifierKw, kLeftParen}) && !at(kRightParen, 2);
}

std::pair<plan::Name, plan::ExpressionPtr> Grammar::identifier_or_clause() {
  if (!at_identifier_clause()) return {multipart_identifier(), nullptr};
  position_ += 2;
  ExpressionPtr name = expression();
  expect(kRightParen);
  if (const std::optional<std::string> text = constant_string(*name)) {
    return {parse_identifier(*text, options_), nullptr};
  }
  return {{}, std::move(name)};
}

plan::Name Grammar::identifier_reference() {
  const size_t first = position_;
  auto [name, clause] = identifier_or_clause();
  if (clause) throw core::unsupported("IDENTIFIER() of this expression in a command", span(first));
  return std::move(name);
}

plan::Name Grammar::command_table() {
  const size_t first = position_;
  Name name = identifier_reference();
  table_place_ = span(first);
  return name;
}

std::vector<std::string> Grammar::identifier_seq() {
  std::vector<std::string> names{error_capturing_identifier()};
  while (accept(kComma)) names.push_back(error_capturing_identifier());
  return names;
}

std::vector<std::string> Grammar::identifier_list() {
  expect(kLeftParen);
  std::vector<std::string> names = identifier_seq();
  expect_mended(kRightParen, at(kEndOfInput));
  return names;
}

std::string Grammar::string_value() {
  if (!at_string()) syntax_error();
  return unescape_string(text_of(next()));
}

std::optional<std::string> Grammar::accept_comment() {
  if (!(at(kComment) && at_string(1))) return std::nullopt;
  next();
  return string_value();
}

}  // namespace grebe::parse::sql
