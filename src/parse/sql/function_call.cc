// Calls by name: arguments, DISTINCT, FILTER, WITHIN GROUP, IGNORE NULLS, OVER, IDENTIFIER(…).
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

bool is_word(std::string_view name, std::string_view lower) {
  if (name.size() != lower.size()) return false;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i] >= 'A' && name[i] <= 'Z' ? static_cast<char>(name[i] + 32) : name[i];
    if (c != lower[i]) return false;
  }
  return true;
}

bool is_plain_star(const plan::Expression& expression) {
  const auto* star = std::get_if<plan::UnresolvedStar>(&expression.node);
  return star != nullptr && star->target.empty();
}

}  // namespace

plan::ExpressionPtr Grammar::function_argument() {
  const size_t first = position_;
  if (!at_identifier() || !at(kFatArrow, 1)) return expression();
  std::string name = identifier();
  next();
  ExpressionPtr value = expression();
  return express(plan::NamedArgument{std::move(name), std::move(value)}, first);
}

plan::ExpressionPtr Grammar::function_call(Name name, size_t first) {
  const Nesting nesting(*this);
  plan::UnresolvedFunction call;
  next();
  const bool percentile = name.size() == 1 && (is_word(name[0], "percentile_cont") ||
                                               is_word(name[0], "percentile_disc"));
  const bool ordered = name.size() == 1 && (is_word(name[0], "first") || is_word(name[0], "last") ||
                                            is_word(name[0], "any_value"));
  if (!at(kRightParen)) {
    if (at_any({kDistinct, kAll}) && !ends_expression(1) && !at(kDot, 1)) {
      call.is_distinct = next().kind == kDistinct;
    }
    do {
      call.arguments.push_back(function_argument());
    } while (accept(kComma));
    if (ordered && call.arguments.size() == 1 && at_sequence({kIgnore, kNulls, kRightParen})) {
      position_ += 2;
      call.ignore_nulls = true;
    }
  }
  expect_mended(kRightParen, at_any({kEndOfInput, kFrom}));
  if (name.size() == 1 && is_word(name[0], "count") && !call.is_distinct &&
      call.arguments.size() == 1 && is_plain_star(*call.arguments[0])) {
    call.arguments[0] = make_literal(types::DataType::integer(), types::Value{int64_t{1}}, first);
  }
  call.name_parts = std::move(name);
  if (percentile && at_sequence({kWithin, kGroup, kLeftParen})) {
    position_ += 3;
    expect(kOrder);
    expect(kBy);
    call.within_group.push_back(sort_item());
    expect(kRightParen);
  }
  return call_suffix(std::move(call), first);
}

plan::ExpressionPtr Grammar::call_suffix(plan::UnresolvedFunction call, size_t first) {
  if (at_sequence({kFilter, kLeftParen, kWhere})) {
    position_ += 3;
    call.filter = expression();
    expect(kRightParen);
  }
  if (at_any({kIgnore, kRespect}) && at(kNulls, 1)) {
    call.ignore_nulls = next().kind == kIgnore;
    next();
  }
  return over(std::move(call), first);
}

// As in Spark, the called function's span reaches to the end of its OVER clause.
plan::ExpressionPtr Grammar::over(plan::Expression::Node function, size_t first) {
  if (!at_over()) return express(std::move(function), first);
  next();
  plan::Window window = window_spec();
  window.function = express(std::move(function), first);
  return express(std::move(window), first);
}

bool Grammar::at_over() const { return at(kOver) && (at(kLeftParen, 1) || at_identifier(1)); }

// IDENTIFIER(name) is a column, IDENTIFIER(name)(arguments) a call.
plan::ExpressionPtr Grammar::identifier_call() {
  const size_t first = position_;
  const Nesting nesting(*this);
  position_ += 2;
  ExpressionPtr name = expression();
  if (!at(kRightParen)) {
    position_ = first;
    next();
    return function_call({"identifier"}, first);
  }
  next();
  plan::IdentifierClause clause{std::move(name), std::nullopt};
  if (!at(kLeftParen)) return express(std::move(clause), first);
  next();
  clause.call_arguments.emplace();
  if (!at(kRightParen)) {
    do {
      clause.call_arguments->push_back(function_argument());
    } while (accept(kComma));
  }
  expect(kRightParen);
  return over(std::move(clause), first);
}

}  // namespace grebe::parse::sql
