// The public functions of the parser, each over one Grammar.
#include "parse/sql/parser.h"

#include "core/spark_error.h"
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

plan::Statement parse_statement(std::string_view text, const ParseOptions& options) {
  return Grammar(text, options).single_statement();
}

plan::ExpressionPtr parse_expression(std::string_view text, const ParseOptions& options) {
  return Grammar(text, options).single_expression();
}

plan::Name parse_identifier(std::string_view text, const ParseOptions& options) {
  return Grammar(text, options).single_multipart_identifier();
}

namespace {

/// Runs a parser of types; Spark's errors name no fragment there.
template <class Parse>
auto without_contexts(const Parse& parse) {
  try {
    return parse();
  } catch (const core::SparkError& error) {
    auto fields = error.fields();
    fields.contexts.clear();
    throw core::SparkError(std::move(fields));
  }
}

}  // namespace

types::DataType parse_data_type(std::string_view text, const ParseOptions& options) {
  return without_contexts([&] { return Grammar(text, options).single_data_type(); });
}

types::Schema parse_table_schema(std::string_view text, const ParseOptions& options) {
  return without_contexts([&] { return Grammar(text, options).single_table_schema(); });
}

plan::ExpressionPtr Grammar::single_expression() {
  ExpressionPtr expression = named_expression();
  expect_end_of_input();
  return expression;
}

plan::Name Grammar::single_multipart_identifier() {
  Name name = multipart_identifier();
  expect_end_of_input();
  return name;
}

types::DataType Grammar::single_data_type() {
  types::DataType type = data_type();
  expect_end_of_input();
  return type;
}

types::Schema Grammar::single_table_schema() {
  types::Schema columns = col_type_list();
  expect_end_of_input();
  return columns;
}

std::vector<StatementSpan> split_statements(std::string_view text) {
  std::vector<StatementSpan> statements;
  std::optional<StatementSpan> open;
  for (const Token& token : tokenize(text).tokens) {
    const bool ends = token.kind == TokenKind::kSemicolon || token.kind == TokenKind::kEndOfInput;
    if (ends) {
      if (open) statements.push_back(*open);
      open.reset();
      continue;
    }
    if (!open) open = StatementSpan{static_cast<size_t>(token.start), 0};
    open->stop = static_cast<size_t>(token.stop);
  }
  return statements;
}

}  // namespace grebe::parse::sql
