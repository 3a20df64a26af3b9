// Primary expressions: names, parentheses, lambdas, and what hangs on them ([index], .field).
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

plan::ExpressionPtr Grammar::primary_expression() {
  const size_t first = position_;
  Chain chain(*this);
  ExpressionPtr base = primary_base();
  while ((at(kLeftBracket) || at(kDot))) {
    if (at(kDot) && !at_identifier(1)) {
      next();
      syntax_error();
    }
    chain.add_link();
    base = postfix(std::move(base), first);
  }
  return base;
}

// One `[index]` or `.field` after `base`.
plan::ExpressionPtr Grammar::postfix(ExpressionPtr base, size_t first) {
  if (accept(kLeftBracket)) {
    const Nesting nesting(*this);
    ExpressionPtr index = value_expression();
    expect_mended(kRightBracket, at_any({kEndOfInput, kFrom}));
    return express(plan::ExtractValue{std::move(base), std::move(index)}, first);
  }
  next();
  const Token& field = peek();
  std::string name = identifier();
  if (const auto* attribute = std::get_if<plan::UnresolvedAttribute>(&base->node)) {
    Name parts = attribute->name_parts;
    if (options_.quoted_regex_column_names && field.kind == kBackquotedIdentifier &&
        is_column_pattern(name)) {
      return express(plan::UnresolvedRegex{std::move(name), std::move(parts), {}}, first);
    }
    parts.push_back(std::move(name));
    return express(plan::UnresolvedAttribute{.name_parts = std::move(parts)}, first);
  }
  ExpressionPtr key = make_literal(types::DataType::string(), types::Value{std::move(name)}, first);
  return express(plan::ExtractValue{std::move(base), std::move(key)}, first);
}

plan::ExpressionPtr Grammar::primary_base() {
  const size_t first = position_;
  if (at(kLeftParen)) return at_lambda_parameters() ? lambda() : parenthesized();
  if (accept(kAsterisk)) return express(plan::UnresolvedStar{}, first);
  if (ExpressionPtr form = special_form()) return form;
  if (ExpressionPtr literal = constant()) return literal;
  if (at_identifier() && at(kArrow, 1)) return lambda();
  return name_or_call();
}

bool Grammar::at_lambda_parameters() {
  if (!at_identifier(1) || !at(kComma, 2)) return false;
  size_t ahead = 1;
  while (at_identifier(ahead) && at(kComma, ahead + 1)) ahead += 2;
  return at_identifier(ahead) && at_sequence({kRightParen, kArrow}, ahead + 1);
}

plan::ExpressionPtr Grammar::lambda() {
  const size_t first = position_;
  plan::Lambda lambda;
  if (accept(kLeftParen)) {
    do {
      lambda.parameters.push_back(identifier());
    } while (accept(kComma));
    expect(kRightParen);
  } else {
    lambda.parameters.push_back(identifier());
  }
  expect(kArrow);
  lambda.body = expression();
  return express(std::move(lambda), first);
}

// `(query)`, `(a, b)`, `(a)`.
plan::ExpressionPtr Grammar::parenthesized() {
  const size_t first = position_;
  next();
  if (at_query()) {
    RelationPtr subquery = query();
    expect_mended(kRightParen, at(kEndOfInput) || at_identifier());
    return express(plan::Subquery{plan::SubqueryKind::kScalar, std::move(subquery), {}}, first);
  }
  ExpressionPtr value = expression();
  if (accept(kRightParen)) return value;
  // A row: its members may have names, but there are at least two.
  Expressions members{alias_of(std::move(value), first + 1)};
  do {
    expect(kComma);
    members.push_back(named_expression());
  } while (at(kComma));
  expect(kRightParen);
  return call("#row", std::move(members), first);
}

plan::ExpressionPtr Grammar::name_or_call() {
  const size_t first = position_;
  if (at(kIdentifierKw) && at(kLeftParen, 1)) return identifier_call();
  const bool call_only = at_any({kFilter, kLeft, kRight}) && at(kLeftParen, 1);
  if (!call_only && !at_identifier()) syntax_error();
  // The longest chain of names tells a call or a star from a column.
  size_t names = 1;
  while (at(kDot, names * 2 - 1) && at_identifier(names * 2)) ++names;
  const size_t after = names * 2 - 1;
  if (!at(kLeftParen, after) && !at_sequence({kDot, kAsterisk}, after)) {
    return column_reference(first);
  }
  Name parts;
  for (size_t i = 0; i < names; ++i) {
    if (i > 0) next();
    parts.push_back(identifier_text(next()));
  }
  if (at(kLeftParen)) return function_call(std::move(parts), first);
  position_ += 2;
  return express(plan::UnresolvedStar{std::move(parts), {}, {}}, first);
}

plan::ExpressionPtr Grammar::column_reference(size_t first) {
  const Token& token = next();
  std::string name = identifier_text(token);
  if (options_.quoted_regex_column_names && token.kind == kBackquotedIdentifier &&
      is_column_pattern(name)) {
    return express(plan::UnresolvedRegex{std::move(name), {}, {}}, first);
  }
  const bool is_current = token.kind == kCurrentDate || token.kind == kCurrentTimestamp ||
                          token.kind == kCurrentUser || token.kind == kUser;
  if (options_.enforce_reserved_keywords && is_current) return call(std::move(name), {}, first);
  return express(plan::UnresolvedAttribute{.name_parts = {std::move(name)}}, first);
}

bool Grammar::is_column_pattern(std::string_view name) {
  for (const char c : name) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || (c & 0x80) != 0;
    if (!word) return true;
  }
  return false;
}

}  // namespace grebe::parse::sql
