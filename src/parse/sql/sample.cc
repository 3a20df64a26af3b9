// TABLESAMPLE (10 PERCENT | 5 ROWS | BUCKET 1 OUT OF 4) [REPEATABLE (seed)].
#include <cstdlib>

#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

plan::RelationPtr Grammar::sample(RelationPtr input) {
  const size_t first = position_;
  next();
  expect(kLeftParen);
  const size_t method = position_;
  if (at(kRightParen)) {
    next();
    fail("_LEGACY_ERROR_TEMP_0014", {}, first);
  }
  plan::Sample sample;
  ExpressionPtr rows;
  double fraction = 0;
  const size_t number_at = at(kMinus) ? 1 : 0;
  if (at_any({kIntegerValue, kDecimalValue}, number_at) && at(kPercentlit, number_at + 1)) {
    const bool negative = accept(kMinus);
    fraction = std::strtod(std::string(text_of(next())).c_str(), nullptr) / 100.0;
    if (negative) fraction = -fraction;
    next();
  } else if (at_sequence({kBucket, kIntegerValue, kOut, kOf, kIntegerValue})) {
    const auto value = [&](size_t ahead) {
      return std::strtod(std::string(text_of(peek(ahead))).c_str(), nullptr);
    };
    fraction = value(1) / value(4);
    position_ += 5;
    if (accept(kOn)) {
      const bool is_call = at(kLeftParen, 1) || at(kDot, 1);
      identifier();
      while (accept(kDot)) identifier();
      if (is_call) {
        expect(kLeftParen);
        expect(kRightParen);
      }
      fail("_LEGACY_ERROR_TEMP_0015",
           {{"msg", is_call ? "BUCKET x OUT OF y ON function" : "BUCKET x OUT OF y ON colname"}},
           method);
    }
  } else {
    rows = expression();
    if (!accept(kRows)) refuse_sample_bytes(first, method);
  }
  expect_mended(kRightParen, at(kEndOfInput));
  if (at_sequence({kRepeatable, kLeftParen})) {
    position_ += 2;
    if (!at(kIntegerValue)) syntax_error();
    sample.seed = std::strtoll(std::string(text_of(next())).c_str(), nullptr, 10);
    expect(kRightParen);
  }
  if (rows) return relate(plan::Limit{std::move(input), std::move(rows)}, first);
  constexpr double kRoundingEpsilon = 1e-6;
  if (!(fraction >= -kRoundingEpsilon && fraction <= 1 + kRoundingEpsilon)) {
    fail(
        "_LEGACY_ERROR_TEMP_0064",
        {{"msg", "Sampling fraction (" + fraction_text(fraction) + ") must be on interval [0, 1]"}},
        first);
  }
  sample.input = std::move(input);
  sample.upper_bound = fraction;
  return relate(std::move(sample), first);
}

// A double as Java prints it in the range of sampling fractions.
std::string Grammar::fraction_text(double value) {
  char buffer[32];
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(buffer, sizeof(buffer), "%.*g", digits, value);
    if (std::strtod(buffer, nullptr) == value) break;
  }
  std::string text = buffer;
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

void Grammar::refuse_sample_bytes(size_t clause, size_t first) {
  const std::string bytes = joined_text(first);
  expect(kRightParen);
  const core::Origin origin = shown_at(span(clause), first);
  const bool is_length = bytes.size() > 1 &&
                         bytes.find_first_not_of("0123456789") == bytes.size() - 1 &&
                         std::string_view("bBkKmMgG").find(bytes.back()) != std::string::npos;
  if (is_length) fail("_LEGACY_ERROR_TEMP_0015", {{"msg", "byteLengthLiteral"}}, origin);
  fail("_LEGACY_ERROR_TEMP_0016", {{"bytesStr", bytes}}, origin);
}

}  // namespace grebe::parse::sql
