// What may follow a value: BETWEEN, IN, LIKE, RLIKE, IS …. As in Spark, the made nodes' spans
// start at the predicate, not at its left side.
#include "parse/sql/grammar.h"
#include "parse/sql/string_literal.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

/// What Spark's parser can evaluate: literals and casts of them.
bool is_written_constant(const plan::ExpressionPtr& expression) {
  const auto* cast = std::get_if<plan::Cast>(&expression->node);
  return cast ? is_written_constant(cast->child)
              : std::holds_alternative<plan::Literal>(expression->node);
}

bool is_constant_text(const plan::ExpressionPtr& pattern) {
  if (!is_written_constant(pattern)) return false;
  const auto* cast = std::get_if<plan::Cast>(&pattern->node);
  return (cast ? cast->type : std::get<plan::Literal>(pattern->node).type).is_string_like();
}

}  // namespace

bool Grammar::at_predicate() const {
  const size_t ahead = at(kNot) ? 1 : 0;
  switch (peek(ahead).kind) {
    case kBetween:
    case kRlike:
    case kLike:
    case kIlike:
      return !ends_expression(ahead + 1);
    case kIn:
      return at(kLeftParen, ahead + 1);
    case kIs:
      return ahead == 0 && at_any({kNull, kNot, kTrue, kFalse, kUnknown, kDistinct}, 1);
    default:
      return false;
  }
}

plan::ExpressionPtr Grammar::negate(ExpressionPtr operand, bool negated, size_t first) {
  return negated ? call("not", {std::move(operand)}, first) : operand;
}

plan::ExpressionPtr Grammar::predicate(ExpressionPtr left) {
  const size_t first = position_;
  if (at(kIs)) return is_predicate(std::move(left), first);
  const bool negated = accept(kNot);
  switch (peek().kind) {
    case kBetween: {
      next();
      ExpressionPtr lower = value_expression();
      expect(kAnd);
      ExpressionPtr upper = value_expression();
      ExpressionPtr from = call(">=", {left, std::move(lower)}, first);
      ExpressionPtr to = call("<=", {left, std::move(upper)}, first);
      return negate(call("and", {std::move(from), std::move(to)}, first), negated, first);
    }
    case kIn:
      return in_predicate(std::move(left), negated, first);
    case kRlike: {
      next();
      ExpressionPtr pattern = value_expression();
      return negate(call("rlike", {std::move(left), std::move(pattern)}, first), negated, first);
    }
    default:
      return like_predicate(std::move(left), negated, first);
  }
}

// IN that does not match is a name, so that the error is about what a name may not stand before.
plan::ExpressionPtr Grammar::in_predicate(ExpressionPtr left, bool negated, size_t first) {
  if (negated) return in_list(std::move(left), true, first);
  ExpressionPtr in = attempt([&] { return in_list(left, false, first); });
  return in ? in : left;
}

plan::ExpressionPtr Grammar::in_list(ExpressionPtr left, bool negated, size_t first) {
  next();
  expect(kLeftParen);
  if (at_query()) {
    plan::Subquery subquery{plan::SubqueryKind::kIn, query(), {}};
    const auto* row = std::get_if<plan::UnresolvedFunction>(&left->node);
    if (row != nullptr && row->name_parts == Name{"#row"}) {
      subquery.values = row->arguments;
    } else {
      subquery.values = {std::move(left)};
    }
    expect(kRightParen);
    return negate(express(std::move(subquery), first), negated, first);
  }
  Expressions arguments{std::move(left)};
  for (ExpressionPtr& item : expression_seq()) arguments.push_back(std::move(item));
  expect(kRightParen);
  return negate(call("in", std::move(arguments), first), negated, first);
}

plan::ExpressionPtr Grammar::like_predicate(ExpressionPtr left, bool negated, size_t first) {
  std::string name = next().kind == kLike ? "like" : "ilike";
  if (at_any({kAny, kSome, kAll}) && at(kLeftParen, 1)) {
    return quantified_like(std::move(left), name, negated, first);
  }
  Expressions arguments{std::move(left), value_expression()};
  if (at(kEscape) && at_string(1)) {
    next();
    const size_t escape = position_;
    const std::string character = string_value();
    const auto continues = [](char c) { return (c & 0xC0) == 0x80; };
    const bool one_character =
        static_cast<size_t>(std::count_if(character.begin(), character.end(), continues)) + 1 ==
        character.size();
    if (!one_character) {
      fail("INVALID_ESC", {{"invalidEscape", "'" + character + "'"}}, first);
    }
    arguments.push_back(make_literal(types::DataType::string(), types::Value{character}, escape));
  }
  return negate(call(std::move(name), std::move(arguments), first), negated, first);
}

plan::ExpressionPtr Grammar::quantified_like(ExpressionPtr left, const std::string& name,
                                             bool negated, size_t first) {
  const bool all = next().kind == kAll;
  expect(kLeftParen);
  Expressions patterns;
  if (!at(kRightParen)) patterns = expression_seq();
  expect(kRightParen);
  if (patterns.empty()) {
    fail("_LEGACY_ERROR_TEMP_0064", {{"msg", "Expected something between '(' and ')'."}}, first);
  }
  if (std::all_of(patterns.begin(), patterns.end(), is_constant_text)) {
    // Spark gives constant patterns a node of its own, with a name and a nullability of its own.
    if (name == "ilike") {
      left = call("lower", {std::move(left)}, first);
      for (auto& pattern : patterns) pattern = call("lower", {std::move(pattern)}, first);
    }
    patterns.insert(patterns.begin(), std::move(left));
    return call(std::string(negated ? "#not_like_" : "#like_") + (all ? "all" : "any"),
                std::move(patterns), first);
  }
  ExpressionPtr combined;
  for (ExpressionPtr& pattern : patterns) {
    ExpressionPtr one = negate(call(name, {left, std::move(pattern)}, first), negated, first);
    combined = combined ? call(all ? "and" : "or", {std::move(combined), std::move(one)}, first)
                        : std::move(one);
  }
  return combined;
}

plan::ExpressionPtr Grammar::is_predicate(ExpressionPtr left, size_t first) {
  next();
  const bool negated = accept(kNot);
  const TokenKind kind = next().kind;
  switch (kind) {
    case kNull:
      return call(negated ? "isnotnull" : "isnull", {std::move(left)}, first);
    case kUnknown: {
      // Spark forgets the word with every operand that changes while it is resolved.
      const auto* literal = std::get_if<plan::Literal>(&left->node);
      const bool is_kept = literal != nullptr && std::holds_alternative<bool>(literal->value.data);
      const std::string name = negated ? "isnotnull" : "isnull";
      return call(is_kept ? (negated ? "#is_not_unknown" : "#is_unknown") : name, {std::move(left)},
                  first);
    }
    case kTrue:
    case kFalse: {
      ExpressionPtr value =
          make_literal(types::DataType::boolean(), types::Value{kind == kTrue}, first);
      return negate(call("<=>", {std::move(left), std::move(value)}, first), negated, first);
    }
    case kDistinct: {
      expect(kFrom);
      ExpressionPtr right = value_expression();
      ExpressionPtr same = call("<=>", {std::move(left), std::move(right)}, first);
      return negate(std::move(same), !negated, first);
    }
    default:
      --position_;
      syntax_error();
  }
}

}  // namespace grebe::parse::sql
