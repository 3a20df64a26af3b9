// SHOW … and DESCRIBE ….
#include <algorithm>
#include <cctype>

#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

/// Delta's own word, which Spark's keywords lack.
bool is_history(std::string_view word) {
  constexpr std::string_view kWord = "HISTORY";
  return std::equal(word.begin(), word.end(), kWord.begin(), kWord.end(), [](char a, char b) {
    return std::toupper(static_cast<unsigned char>(a)) == b;
  });
}

}  // namespace

plan::CommandPtr Grammar::show_statement() {
  using Kind = plan::Show::Kind;
  const size_t first = position_;
  next();
  plan::Show show;
  // A table that is not there is reported at its name.
  core::Origin name_origin;
  const auto show_name = [&] {
    const size_t at_name = position_;
    show.name = identifier_reference();
    name_origin = span(at_name);
  };
  const auto namespace_reference = [&] {
    if (accept_any({kFrom, kIn})) show.name = identifier_reference();
  };
  switch (peek().kind) {
    case kDatabases:
    case kSchemas:
    case kNamespaces:
      next();
      show.kind = Kind::kDatabases;
      if (accept_any({kFrom, kIn})) show.name = multipart_identifier();
      show.pattern = like_pattern();
      return make(std::move(show), first);
    case kTables:
    case kViews:
      show.kind = next().kind == kTables ? Kind::kTables : Kind::kViews;
      namespace_reference();
      show.pattern = like_pattern();
      return make(std::move(show), first);
    case kTable:
      next();
      expect(kExtended);
      show.kind = Kind::kTableExtended;
      namespace_reference();
      expect(kLike);
      show.pattern = string_value();
      if (at(kPartition)) show.partition = full_partition_spec();
      return make(std::move(show), first);
    case kTblproperties:
      next();
      show.kind = Kind::kTblProperties;
      show_name();
      if (accept(kLeftParen)) {
        show.pattern = property_key();
        expect(kRightParen);
      }
      return plan::make_command(std::move(show), name_origin);
    case kColumns: {
      next();
      show.kind = Kind::kColumns;
      expect_any({kFrom, kIn});
      show_name();
      if (accept_any({kFrom, kIn})) {
        Name qualifier = multipart_identifier();
        if (show.name.size() == 1)
          show.name.insert(show.name.begin(), qualifier.begin(), qualifier.end());
        show.scope = dotted(qualifier);
      }
      return plan::make_command(std::move(show), name_origin);
    }
    case kPartitions:
      next();
      show.kind = Kind::kPartitions;
      show_name();
      if (at(kPartition)) show.partition = full_partition_spec();
      return plan::make_command(std::move(show), name_origin);
    case kCreate:
      next();
      expect(kTable);
      show.kind = Kind::kCreateTable;
      show_name();
      show.as_serde = accept_sequence({kAs, kSerde});
      return plan::make_command(std::move(show), name_origin);
    case kCurrent:
      next();
      if (!at_namespace_word()) syntax_error();
      next();
      show.kind = Kind::kCurrentNamespace;
      return make(std::move(show), first);
    case kCatalogs:
      next();
      show.kind = Kind::kCatalogs;
      show.pattern = like_pattern();
      return make(std::move(show), first);
    default:
      return show_functions(first);
  }
}

std::string Grammar::dotted(const Name& name) {
  std::string text;
  for (const std::string& part : name) text += (text.empty() ? "" : ".") + part;
  return text;
}

// SHOW [ALL | SYSTEM | USER] FUNCTIONS [FROM db] [LIKE pattern].
plan::CommandPtr Grammar::show_functions(size_t first) {
  plan::Show show;
  show.kind = plan::Show::Kind::kFunctions;
  if (!at(kFunctions) || at(kFunctions, 1)) {
    const size_t scope = position_;
    show.scope = identifier();
    for (char& c : show.scope) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (!at(kFunctions)) {
      syntax_error_at(position_, at(kEndOfInput) ? ": missing 'FUNCTIONS'" : std::string{});
    }
    if (show.scope != "all" && show.scope != "system" && show.scope != "user") {
      fail("INVALID_SQL_SYNTAX.SHOW_FUNCTIONS_INVALID_SCOPE",
           {{"scope", core::quote_identifier(show.scope)}}, shown_at(span(first), scope));
    }
  }
  next();
  bool has_namespace = false;
  if (accept_any({kFrom, kIn})) {
    has_namespace = true;
    show.name = identifier_reference();
  }
  if (at(kLike) && !ends_expression(1)) next();
  if (at_string()) {
    show.pattern = string_value();
  } else if (at_identifier()) {
    const size_t legacy = position_;
    Name name = multipart_identifier();
    if (has_namespace) {
      fail("INVALID_SQL_SYNTAX.SHOW_FUNCTIONS_INVALID_PATTERN",
           {{"pattern", core::quote_identifier(joined_text(legacy))}}, legacy);
    }
    show.pattern = name.back();
    name.pop_back();
    show.name = std::move(name);
  }
  return make(std::move(show), first);
}

plan::CommandPtr Grammar::describe_statement() {
  using Kind = plan::Describe::Kind;
  const size_t first = position_;
  next();
  plan::Describe describe;
  if (at(kFunction) && !ends_expression(1)) {
    next();
    describe.kind = Kind::kFunction;
    describe.extended = at(kExtended) && !ends_expression(1) && accept(kExtended);
    const size_t function_first = position_;
    describe.name = described_function();
    return make(std::move(describe), function_first);
  }
  if (at_namespace_word() && !ends_expression(1)) {
    next();
    describe.kind = Kind::kDatabase;
    describe.extended = at(kExtended) && !ends_expression(1) && accept(kExtended);
    describe.name = identifier_reference();
    return make(std::move(describe), first);
  }
  if (at_identifier() && is_history(text_of(peek())) && !ends_expression(1)) {
    next();
    describe.kind = Kind::kHistory;
    describe.name = identifier_reference();
    if (accept(kLimit)) {
      if (!at(kIntegerValue)) syntax_error();
      describe.limit = std::stoll(std::string(text_of(next())));
    }
    return make(std::move(describe), first);
  }
  const bool says_query = at(kQuery) && at_query(1);
  if (says_query || (at_query() && !at(kTable))) {
    if (says_query) next();
    describe.kind = Kind::kQuery;
    if (at(kFrom) && at_multi_insert()) {
      from_clause();
      syntax_error();
    }
    const size_t query_first = position_;
    describe.query = query();
    describe.query_text = source_from(query_first);
    return make(std::move(describe), first);
  }
  if (at(kTable) && !ends_expression(1)) next();
  describe.extended = at_any({kExtended, kFormatted}) && !ends_expression(1) && !at(kDot, 1) &&
                      accept_any({kExtended, kFormatted});
  const size_t name_first = position_;
  describe.name = identifier_reference();
  const core::Origin name_origin = span(name_first);
  if (at(kPartition) && at(kLeftParen, 1)) {
    describe.partition = full_partition_spec(first);
  }
  if (at_identifier()) {
    describe.kind = Kind::kColumn;
    describe.column.push_back(identifier());
    while (accept(kDot)) describe.column.push_back(identifier());
    if (!describe.partition.empty() && at_any({kEndOfInput, kSemicolon})) {
      fail("UNSUPPORTED_FEATURE.DESC_TABLE_COLUMN_PARTITION", {}, first);
    }
  }
  return plan::make_command(std::move(describe), name_origin);
}

// A function's name, or an operator.
plan::Name Grammar::described_function() {
  if (at_string()) return {string_value()};
  const TokenKind kind = peek().kind;
  const bool is_operator = (kind >= kEqual && kind <= kHat) || kind == kDiv || kind == kOr ||
                           kind == kAnd || kind == kIn || kind == kNot;
  if (is_operator && ends_expression(1)) return {std::string(text_of(next()))};
  return identifier_reference();
}

}  // namespace grebe::parse::sql
