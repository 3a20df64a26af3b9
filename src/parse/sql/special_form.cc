// Built-ins with a syntax of their own: CASE, CAST, STRUCT, EXTRACT, TRIM, POSITION ….
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

bool is_datetime_unit(TokenKind kind) {
  switch (kind) {
    case kYear:
    case kQuarter:
    case kMonth:
    case kWeek:
    case kDay:
    case kDayofyear:
    case kHour:
    case kMinute:
    case kSecond:
    case kMillisecond:
    case kMicrosecond:
      return true;
    default:
      return false;
  }
}

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return upper;
}

}  // namespace

plan::ExpressionPtr Grammar::special_form() {
  const TokenKind kind = peek().kind;
  if (kind == kCase) {
    if (ends_expression(1) || at(kDot, 1)) return nullptr;
    return at(kWhen, 1) ? attempt([&] { return case_expression(); }) : case_expression();
  }
  if (!is_keyword(kind) || !at(kLeftParen, 1)) return nullptr;
  const size_t open = position_ + 1;
  switch (kind) {
    case kCast:
    case kTryCast:
      return find_inside(open, kAs) != 0 ? cast_expression() : nullptr;
    case kStruct:
      return struct_expression();
    case kPosition:
      return find_inside(open, kIn) != 0 && count_inside(open, kComma) == 0 ? position_expression()
                                                                            : nullptr;
    case kExtract:
      return at(kFrom, 3) ? extract_expression() : nullptr;
    case kSubstr:
    case kSubstring:
      return find_inside(open, kFrom) != 0 ? substring_expression() : nullptr;
    case kTrim:
      return find_inside(open, kFrom) != 0 ? trim_expression() : nullptr;
    case kOverlay:
      return find_inside(open, kPlacing) != 0 ? overlay_expression() : nullptr;
    case kTimestampadd:
    case kTimestampdiff:
    case kDateadd:
    case kDateAdd:
    case kDatediff:
    case kDateDiff: {
      const bool unit = is_datetime_unit(peek(2).kind) || at_string(2);
      return unit && at(kComma, 3) && count_inside(open, kComma) == 2 ? timestamp_arithmetic()
                                                                      : nullptr;
    }
    default:
      return nullptr;
  }
}

size_t Grammar::find_inside(size_t open, TokenKind kind) {
  const size_t close = closing(open);
  for (size_t i = open + 1; i < close; ++i) {
    if (tokens_[i].kind == kLeftParen) {
      i = closing(i);
    } else if (tokens_[i].kind == kind) {
      return i;
    }
  }
  return 0;
}

size_t Grammar::count_inside(size_t open, TokenKind kind) {
  size_t count = 0;
  const size_t close = closing(open);
  for (size_t i = open + 1; i < close; ++i) {
    if (tokens_[i].kind == kLeftParen) {
      i = closing(i);
    } else if (tokens_[i].kind == kind) {
      ++count;
    }
  }
  return count;
}

// Both forms become `when`; the compared value of the simple form is shared by its branches.
plan::ExpressionPtr Grammar::case_expression() {
  const size_t first = position_;
  next();
  ExpressionPtr value;
  if (!at(kWhen)) value = expression();
  Expressions arguments;
  if (!at(kWhen)) syntax_error();
  while (at(kWhen)) {
    const size_t branch = position_;
    next();
    ExpressionPtr condition = expression();
    if (value) condition = call("=", {value, std::move(condition)}, branch);
    arguments.push_back(std::move(condition));
    expect(kThen);
    arguments.push_back(expression());
  }
  if (accept(kElse)) arguments.push_back(expression());
  expect(kEnd);
  return call("when", std::move(arguments), first);
}

plan::ExpressionPtr Grammar::cast_expression() {
  const size_t first = position_;
  const bool is_try = next().kind == kTryCast;
  next();
  ExpressionPtr value = expression();
  expect(kAs);
  types::DataType type = data_type();
  expect_mended(kRightParen, at_any({kEndOfInput, kFrom}));
  const plan::CastMode mode = is_try ? plan::CastMode::kTry : plan::CastMode::kDefault;
  return express(plan::Cast{std::move(value), std::move(type), mode}, first);
}

plan::ExpressionPtr Grammar::struct_expression() {
  const size_t first = position_;
  position_ += 2;
  Expressions members;
  if (!at(kRightParen)) members = named_expression_seq();
  expect(kRightParen);
  return call("struct", std::move(members), first);
}

plan::ExpressionPtr Grammar::position_expression() {
  const size_t first = position_;
  position_ += 2;
  ExpressionPtr needle = value_expression();
  expect(kIn);
  ExpressionPtr haystack = value_expression();
  expect(kRightParen);
  return call("locate", {std::move(needle), std::move(haystack)}, first);
}

plan::ExpressionPtr Grammar::extract_expression() {
  const size_t first = position_;
  position_ += 2;
  const size_t field_token = position_;
  std::string field = identifier();
  ExpressionPtr field_literal =
      make_literal(types::DataType::string(), types::Value{std::move(field)}, field_token);
  expect(kFrom);
  ExpressionPtr source = value_expression();
  expect(kRightParen);
  return call("extract", {std::move(field_literal), std::move(source)}, first);
}

plan::ExpressionPtr Grammar::substring_expression() {
  const size_t first = position_;
  position_ += 2;
  Expressions arguments{value_expression()};
  expect_any({kFrom, kComma});
  arguments.push_back(value_expression());
  if (accept_any({kFor, kComma})) arguments.push_back(value_expression());
  expect(kRightParen);
  return call("substring", std::move(arguments), first);
}

// The registry's order: trimmed characters first.
plan::ExpressionPtr Grammar::trim_expression() {
  const size_t first = position_;
  position_ += 2;
  std::string name = "trim";
  if (at_any({kBoth, kLeading, kTrailing}) && !at(kComma, 1) && !at(kDot, 1)) {
    const TokenKind option = next().kind;
    if (option == kLeading) name = "ltrim";
    if (option == kTrailing) name = "rtrim";
  }
  Expressions arguments;
  if (!at(kFrom)) arguments.push_back(value_expression());
  expect(kFrom);
  arguments.push_back(value_expression());
  expect(kRightParen);
  return call(std::move(name), std::move(arguments), first);
}

plan::ExpressionPtr Grammar::overlay_expression() {
  const size_t first = position_;
  position_ += 2;
  Expressions arguments{value_expression()};
  expect(kPlacing);
  arguments.push_back(value_expression());
  expect(kFrom);
  arguments.push_back(value_expression());
  if (accept(kFor)) arguments.push_back(value_expression());
  expect(kRightParen);
  return call("overlay", std::move(arguments), first);
}

// TIMESTAMPADD(unit, amount, timestamp) and TIMESTAMPDIFF(unit, start, end) with their synonyms.
plan::ExpressionPtr Grammar::timestamp_arithmetic() {
  const size_t first = position_;
  const Token name = next();
  const bool adds = name.kind == kTimestampadd || name.kind == kDateadd || name.kind == kDateAdd;
  next();
  const size_t unit = position_;
  next();
  const bool is_quoted =
      tokens_[unit].kind == kStringLiteral || tokens_[unit].kind == kDoubleQuotedString;
  expect(kComma);
  ExpressionPtr left = value_expression();
  expect(kComma);
  ExpressionPtr right = value_expression();
  expect(kRightParen);
  if (is_quoted) {
    fail("INVALID_PARAMETER_VALUE.DATETIME_UNIT",
         {{"functionName", core::quote_identifier(text_of(name))},
          {"parameter", "`unit`"},
          {"invalidValue", std::string(text_of(tokens_[unit]))}},
         first);
  }
  core::Origin unit_span = token_span(unit);
  ExpressionPtr unit_literal = plan::make_expression(
      plan::Literal{types::DataType::string(), types::Value{upper_case(text_of(tokens_[unit]))}},
      std::move(unit_span));
  return call(adds ? "timestampadd" : "timestampdiff",
              {std::move(unit_literal), std::move(left), std::move(right)}, first);
}

}  // namespace grebe::parse::sql
