// One statement: a query, or a command told by its first words.
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

plan::Statement Grammar::single_statement() {
  plan::Statement result = statement();
  expect_end();
  return result;
}

plan::Statement Grammar::statement() {
  const Nesting nesting(*this);
  switch (peek().kind) {
    case kSelect:
    case kValues:
    case kLeftParen:
    case kMap:
    case kReduce:
      return query();
    case kTable:
      return query();
    case kWith:
      return query();
    case kFrom:
      return query();
    default:
      break;
  }
  throw core::unsupported("this statement", token_span(position_));
}

}  // namespace grebe::parse::sql
