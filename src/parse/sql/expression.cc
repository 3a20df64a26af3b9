// Boolean and arithmetic expressions, aliases and sort keys; precedence as in SqlBaseParser.
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

// AND and OR chains become balanced trees, as in Spark's AstBuilder.visitLogicalBinary.
plan::ExpressionPtr balance(const std::vector<plan::ExpressionPtr>& operands, size_t low,
                            size_t high, const std::string& name, const core::Origin& origin) {
  if (low == high) return operands[low];
  const size_t mid = low + (high - low) / 2;
  return plan::make_call(
      name,
      {balance(operands, low, mid, name, origin), balance(operands, mid + 1, high, name, origin)},
      origin);
}

// A binary operator: its precedence (higher binds tighter, 0 for none) and the name of its call.
struct BinaryOperator {
  int precedence = 0;
  const char* name = nullptr;
};

BinaryOperator binary_operator(TokenKind kind) {
  switch (kind) {
    case kEqual:
      return {1, "="};
    case kNotEqual:
    case kNotEqualBang:
      return {1, "<>"};
    case kNullSafeEqual:
      return {1, "<=>"};
    case kLess:
      return {1, "<"};
    case kLessEqual:
      return {1, "<="};
    case kGreater:
      return {1, ">"};
    case kGreaterEqual:
      return {1, ">="};
    case kPipe:
      return {2, "|"};
    case kHat:
      return {3, "^"};
    case kAmpersand:
      return {4, "&"};
    case kPlus:
      return {5, "+"};
    case kMinus:
      return {5, "-"};
    case kConcat:
      return {5, "concat"};
    case kAsterisk:
      return {6, "*"};
    case kSlash:
      return {6, "/"};
    case kPercent:
      return {6, "%"};
    case kDiv:
      return {6, "div"};
    default:
      return {};
  }
}

}  // namespace

plan::ExpressionPtr Grammar::expression() {
  const Nesting nesting(*this);
  return or_expression();
}

plan::ExpressionPtr Grammar::or_expression() {
  const size_t first = position_;
  ExpressionPtr left = and_expression();
  if (!at(kOr) || ends_expression(1)) return left;
  Expressions operands{std::move(left)};
  while (at(kOr) && !ends_expression(1)) {
    next();
    operands.push_back(and_expression());
  }
  return balance(operands, 0, operands.size() - 1, "or", span(first));
}

plan::ExpressionPtr Grammar::and_expression() {
  const size_t first = position_;
  ExpressionPtr left = not_expression();
  if (!at(kAnd) || ends_expression(1)) return left;
  Expressions operands{std::move(left)};
  while (at(kAnd) && !ends_expression(1)) {
    next();
    operands.push_back(not_expression());
  }
  return balance(operands, 0, operands.size() - 1, "and", span(first));
}

plan::ExpressionPtr Grammar::not_expression() {
  if (!at(kNot) || (ends_expression(1) && text_of(peek()) != "!")) return exists_or_predicated();
  const Nesting nesting(*this);
  const size_t first = position_;
  next();
  ExpressionPtr operand = not_expression();
  return call("not", {std::move(operand)}, first);
}

plan::ExpressionPtr Grammar::exists_or_predicated() {
  const size_t first = position_;
  if (at_sequence({kExists, kLeftParen}) && at_query(2)) {
    ExpressionPtr exists = attempt([&] {
      position_ += 2;
      RelationPtr subquery = query();
      expect(kRightParen);
      return express(plan::Subquery{plan::SubqueryKind::kExists, std::move(subquery), {}}, first);
    });
    if (!exists) syntax_error_at(first + 1);
    return exists;
  }
  ExpressionPtr value = value_expression();
  return at_predicate() ? predicate(std::move(value)) : value;
}

plan::ExpressionPtr Grammar::value_expression(int precedence) {
  const size_t first = position_;
  Chain chain(*this);
  ExpressionPtr left = unary_expression();
  for (;;) {
    const BinaryOperator op = binary_operator(peek().kind);
    if (op.precedence < precedence || op.precedence == 0) return left;
    if (at(kDiv) && ends_expression(1)) return left;
    next();
    chain.add_link();
    ExpressionPtr right = value_expression(op.precedence + 1);
    if (std::string_view(op.name) == "<>") {
      left = call("not", {call("=", {std::move(left), std::move(right)}, first)}, first);
    } else {
      left = call(op.name, {std::move(left), std::move(right)}, first);
    }
  }
}

plan::ExpressionPtr Grammar::unary_expression() {
  if (!at_any({kMinus, kPlus, kTilde}) || at_number()) return primary_expression();
  const Nesting nesting(*this);
  const size_t first = position_;
  std::string name(text_of(next()));
  ExpressionPtr operand = unary_expression();
  return call(std::move(name), {std::move(operand)}, first);
}

plan::ExpressionPtr Grammar::named_expression() {
  const size_t first = position_;
  return alias_of(expression(), first);
}

plan::ExpressionPtr Grammar::alias_of(ExpressionPtr value, size_t first) {
  bool has_alias = false;
  if (at(kAs)) {
    // `a as from t`: the alias is `as`; `a as from`: it is `from`.
    const bool as_is_the_name = at(kFrom, 1) && !ends_expression(2) && !at(kFrom, 2);
    if (!as_is_the_name && (at_identifier(1) || at(kLeftParen, 1))) next();
    has_alias = true;
  } else {
    has_alias = at_select_alias();
  }
  if (!has_alias) return value;
  std::vector<std::string> names;
  if (at(kLeftParen)) {
    names = identifier_list();
  } else {
    names.push_back(error_capturing_identifier());
  }
  return express(plan::Alias{std::move(value), std::move(names), {}}, first);
}

bool Grammar::at_select_alias() const {
  if (at(kLeftParen)) return at_identifier(1) && at_any({kComma, kRightParen}, 2);
  if (!at_identifier() || at_clause(0)) return false;
  if (at(kFrom)) return ends_expression(1) || at(kFrom, 1);
  if (at(kFor)) return !(at_identifier(1) || at(kLeftParen, 1));
  return true;
}

std::vector<plan::ExpressionPtr> Grammar::named_expression_seq() {
  Expressions expressions{named_expression()};
  while (accept(kComma)) expressions.push_back(named_expression());
  return expressions;
}

std::vector<plan::ExpressionPtr> Grammar::expression_seq() {
  Expressions expressions{expression()};
  while (accept(kComma)) expressions.push_back(expression());
  return expressions;
}

plan::SortOrder Grammar::sort_item() {
  plan::SortOrder order;
  order.child = expression();
  if (accept(kDesc)) {
    order.ascending = false;
  } else {
    accept(kAsc);
  }
  order.nulls_first = order.ascending;
  if (at(kNulls) && at_any({kFirst, kLast}, 1)) {
    next();
    order.nulls_first = next().kind == kFirst;
  }
  return order;
}

std::vector<plan::SortOrder> Grammar::sort_items() {
  std::vector<plan::SortOrder> items{sort_item()};
  while (accept(kComma)) items.push_back(sort_item());
  return items;
}

}  // namespace grebe::parse::sql
