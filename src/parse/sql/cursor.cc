// The token cursor of the grammar: looking ahead, consuming, spans, and syntax errors.
#include <algorithm>

#include "parse/sql/grammar.h"

namespace grebe::parse::sql {
namespace {

// Measured on an 8 MB stack with room to spare for the passes that walk the tree afterwards.
constexpr int kMaxNesting = 1200;
constexpr int kMaxChain = 3000;

// ANTLR's display of a token in a message.
std::string quote_token(std::string_view text) {
  std::string quoted = "'";
  for (char c : text) {
    switch (c) {
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        quoted += c;
    }
  }
  return quoted + "'";
}

}  // namespace

Grammar::Grammar(std::string_view text, const ParseOptions& options)
    : options_(options), text_(std::make_shared<const std::string>(text)) {
  TokenStream stream = tokenize(*text_);
  options_.enforce_reserved_keywords = options.ansi && options.enforce_reserved_keywords;
  options_.double_quoted_identifiers = options.ansi && options.double_quoted_identifiers;
  tokens_ = std::move(stream.tokens);
  unclosed_comment_ = stream.unclosed_comment;
}

bool Grammar::at_any(std::initializer_list<TokenKind> kinds, size_t ahead) const {
  const TokenKind kind = peek(ahead).kind;
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool Grammar::at_sequence(std::initializer_list<TokenKind> kinds, size_t ahead) const {
  for (TokenKind kind : kinds) {
    if (!at(kind, ahead++)) return false;
  }
  return true;
}

bool Grammar::accept(TokenKind kind) {
  if (!at(kind)) return false;
  next();
  return true;
}

bool Grammar::accept_any(std::initializer_list<TokenKind> kinds) {
  if (!at_any(kinds)) return false;
  next();
  return true;
}

bool Grammar::accept_sequence(std::initializer_list<TokenKind> kinds) {
  if (!at_sequence(kinds)) return false;
  position_ += kinds.size();
  return true;
}

void Grammar::expect(TokenKind kind) {
  if (!accept(kind)) syntax_error();
}

// Says what ANTLR says when deleting or inserting one token would mend the text.
void Grammar::expect_mended(TokenKind kind, bool insertable) {
  if (accept(kind)) return;
  if (at(kind, 1) && !at(TokenKind::kEndOfInput)) syntax_error_at(position_, extra_input());
  syntax_error_at(position_,
                  insertable ? ": missing '" + std::string(fixed_text(kind)) + "'" : std::string{});
}

void Grammar::expect_any(std::initializer_list<TokenKind> kinds) {
  if (!accept_any(kinds)) syntax_error();
}

void Grammar::expect_end() {
  bool semicolon = false;
  while (accept(TokenKind::kSemicolon)) semicolon = true;
  if (!at(TokenKind::kEndOfInput)) {
    // ANTLR repairs by deleting one token where that makes the rest fit.
    const bool deletable = semicolon || at_any({TokenKind::kEndOfInput, TokenKind::kSemicolon}, 1);
    syntax_error_at(position_, deletable ? extra_input() : std::string{});
  }
  check_unclosed_comment();
}

void Grammar::expect_end_of_input() {
  if (!at(TokenKind::kEndOfInput)) {
    syntax_error_at(position_, at(TokenKind::kEndOfInput, 1) ? extra_input() : std::string{});
  }
  check_unclosed_comment();
}

std::string Grammar::extra_input() const { return ": extra input " + quote_token(text_of(peek())); }

std::string_view Grammar::text_of(const Token& token) const {
  return std::string_view(*text_).substr(token.start, token.stop - token.start);
}

std::string Grammar::source_from(size_t first) const {
  if (position_ <= first) return {};
  const int32_t start = tokens_[first].start;
  return text_->substr(start, tokens_[position_ - 1].stop - start);
}

std::string Grammar::joined_text(size_t first) const {
  std::string joined;
  for (size_t i = first; i < position_; ++i) joined += text_of(tokens_[i]);
  return joined;
}

std::string_view Grammar::remainder_after(size_t index) const {
  return std::string_view(*text_).substr(tokens_[index].stop);
}

core::Origin Grammar::span(size_t first) const {
  const Token& start = tokens_[first];
  const Token& stop = tokens_[position_ > first ? position_ - 1 : first];
  core::Origin origin;
  origin.text = text_;
  origin.start = start.start;
  origin.stop = stop.stop;
  origin.line = start.line;
  origin.column = start.column;
  return origin;
}

core::Origin Grammar::token_span(size_t index) const {
  core::Origin origin;
  origin.text = text_;
  origin.start = tokens_[index].start;
  origin.stop = tokens_[index].stop;
  origin.line = tokens_[index].line;
  origin.column = tokens_[index].column;
  return origin;
}

core::Origin Grammar::shown_at(core::Origin span, size_t token) const {
  span.line = tokens_[token].line;
  span.column = tokens_[token].column;
  return span;
}

size_t Grammar::closing(size_t open) {
  if (closing_.empty()) {
    const auto end = static_cast<uint32_t>(tokens_.size() - 1);
    closing_.assign(tokens_.size(), end);
    std::vector<uint32_t> opened;
    for (uint32_t i = 0; i < end; ++i) {
      if (tokens_[i].kind == TokenKind::kLeftParen) {
        opened.push_back(i);
      } else if (tokens_[i].kind == TokenKind::kRightParen && !opened.empty()) {
        closing_[opened.back()] = i;
        opened.pop_back();
      }
    }
  }
  return closing_[open];
}

void Grammar::enter() {
  if (++depth_ > kMaxNesting) {
    --depth_;
    too_complex();
  }
}

void Grammar::add_chain_link() {
  if (++chain_depth_ > kMaxChain) too_complex();
}

void Grammar::check_unclosed_comment() const {
  if (unclosed_comment_ < 0) return;
  core::Origin origin;
  origin.text = text_;
  origin.start = unclosed_comment_;
  origin.stop = static_cast<int32_t>(text_->size());
  fail("UNCLOSED_BRACKETED_COMMENT", {}, origin);
}

void Grammar::too_complex() const {
  throw core::plain_error(
      core::ErrorClass::kParse,
      "The statement, including potential SQL functions and referenced views, was too complex to "
      "parse. To mitigate this error divide the statement into multiple, less complex chunks.");
}

void Grammar::syntax_error_at(size_t index, std::string hint) const {
  const Token& token = tokens_[std::min(index, tokens_.size() - 1)];
  const bool at_end = token.kind == TokenKind::kEndOfInput;
  if (unclosed_comment_ >= 0 && at_end && tokens_.size() == 1) check_unclosed_comment();
  core::Origin origin;
  origin.text = text_;
  origin.start = token.start;
  origin.stop = token.stop;
  origin.line = token.line;
  origin.column = token.column;
  throw core::parse_error(
      "PARSE_SYNTAX_ERROR",
      {{"error", at_end ? "end of input" : quote_token(text_of(token))}, {"hint", std::move(hint)}},
      origin);
}

void Grammar::fail(std::string condition, core::ErrorParameters parameters, size_t first) const {
  fail(std::move(condition), std::move(parameters), span(first));
}

void Grammar::fail(std::string condition, core::ErrorParameters parameters,
                   const core::Origin& origin) const {
  throw core::parse_error(std::move(condition), std::move(parameters), origin);
}

void Grammar::operation_not_allowed(std::string message, size_t first) const {
  fail("_LEGACY_ERROR_TEMP_0035", {{"message", std::move(message)}}, first);
}

}  // namespace grebe::parse::sql
