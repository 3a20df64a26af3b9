// Table-valued functions in FROM: range(…), explode(…), f(TABLE(t), name => value).
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

// `name(` or IDENTIFIER(…)( starts a call, a table name is never followed by a parenthesis.
bool Grammar::at_table_function() {
  if (at_sequence({kIdentifierKw, kLeftParen})) {
    const size_t after = closing(position_ + 1) + 1;
    return after < tokens_.size() && tokens_[after].kind == kLeftParen;
  }
  if (at_any({kFilter, kLeft, kRight}) && at(kLeftParen, 1)) return true;
  if (!at_identifier()) return false;
  size_t ahead = 1;
  while (at(kDot, ahead) && at_identifier(ahead + 1)) ahead += 2;
  return at(kLeftParen, ahead);
}

plan::RelationPtr Grammar::table_function() {
  const size_t first = position_;
  plan::TableFunction function;
  if (at_sequence({kIdentifierKw, kLeftParen})) {
    function.name_parts = identifier_reference();
  } else {
    function.name_parts.push_back(identifier_text(next()));
    while (accept(kDot)) function.name_parts.push_back(identifier());
  }
  expect(kLeftParen);
  if (!at(kRightParen)) {
    do {
      function.arguments.push_back(table_function_argument());
    } while (accept(kComma));
  }
  expect(kRightParen);
  // A function takes no sample: TABLESAMPLE is a name here, its parenthesis a list of columns.
  if (at(kTablesample) && at(kLeftParen, 1)) {
    next();
    identifier_list();
  }
  TableAlias alias = table_alias();
  if (function.name_parts.size() > 1) {
    fail("INVALID_SQL_SYNTAX.INVALID_TABLE_VALUED_FUNC_NAME",
         {{"funcName", core::quote_name(function.name_parts)}}, first);
  }
  return alias_relation(relate(std::move(function), first), std::move(alias), first);
}

plan::ExpressionPtr Grammar::table_function_argument() {
  const size_t first = position_;
  std::string name;
  if (at_identifier() && at(kFatArrow, 1)) {
    name = identifier();
    next();
  }
  ExpressionPtr value;
  const size_t table = position_;
  if (at(kTable) && at(kLeftParen, 1)) {
    position_ += 2;
    plan::Subquery argument;
    argument.kind = plan::SubqueryKind::kLateralTable;
    if (at_query()) {
      argument.relation = query();
    } else {
      plan::ReadTable read;
      const size_t read_first = position_;
      std::tie(read.name_parts, read.name_expression) = identifier_or_clause();
      argument.relation = relate(std::move(read), read_first);
    }
    expect(kRightParen);
    value = express(std::move(argument), table);
  } else if (at(kTable) && at_identifier(1)) {
    next();
    const size_t argument = position_;
    identifier_or_clause();
    const std::string text = joined_text(argument);
    fail("INVALID_SQL_SYNTAX.INVALID_TABLE_FUNCTION_IDENTIFIER_ARGUMENT_MISSING_PARENTHESES",
         {{"argumentName", core::quote_identifier(text)}}, table);
  } else {
    value = expression();
  }
  if (name.empty()) return value;
  return express(plan::NamedArgument{std::move(name), std::move(value)}, first);
}

}  // namespace grebe::parse::sql
