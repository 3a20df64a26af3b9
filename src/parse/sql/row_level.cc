// DELETE, UPDATE and MERGE: checked in full, kept by kind and table.
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

void Grammar::dml_alias(std::string_view operation) {
  const size_t first = position_;
  if (at(kSet)) return;
  const TableAlias alias = table_alias();
  if (alias.columns.empty()) return;
  fail("COLUMN_ALIASES_IS_NOT_ALLOWED", {{"op", "`" + std::string(operation) + "`"}}, first);
}

plan::CommandPtr Grammar::delete_statement() {
  const size_t first = position_;
  next();
  expect_mended(kFrom, at_identifier());
  plan::RowLevelOperation operation{"DELETE", identifier_reference()};
  dml_alias("DELETE");
  if (accept(kWhere)) expression();
  return make(std::move(operation), first);
}

plan::CommandPtr Grammar::update_statement() {
  const size_t first = position_;
  next();
  plan::RowLevelOperation operation{"UPDATE", identifier_reference()};
  dml_alias("UPDATE");
  expect(kSet);
  assignment_list();
  if (accept(kWhere)) expression();
  return make(std::move(operation), first);
}

void Grammar::assignment_list() {
  do {
    multipart_identifier();
    expect(kEqual);
    expression();
  } while (accept(kComma));
}

plan::CommandPtr Grammar::merge_statement() {
  const size_t first = position_;
  next();
  expect(kInto);
  plan::RowLevelOperation operation{"MERGE", identifier_reference()};
  if (!at(kUsing)) dml_alias("MERGE");
  expect(kUsing);
  if (at(kLeftParen)) {
    next();
    query();
    expect(kRightParen);
  } else {
    identifier_or_clause();
  }
  if (!at(kOn)) dml_alias("MERGE");
  expect(kOn);
  expression();
  merge_clauses(first);
  return make(std::move(operation), first);
}

// WHEN MATCHED, then WHEN NOT MATCHED [BY TARGET], then WHEN NOT MATCHED BY SOURCE.
void Grammar::merge_clauses(size_t first) {
  static constexpr const char* kOmitted[] = {
      "NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION",
      "NON_LAST_NOT_MATCHED_BY_TARGET_CLAUSE_OMIT_CONDITION",
      "NON_LAST_NOT_MATCHED_BY_SOURCE_CLAUSE_OMIT_CONDITION"};
  std::vector<bool> conditions[3];
  size_t reached = 0;
  while (accept(kWhen)) {
    size_t kind = 0;
    if (accept(kNot)) kind = at_sequence({kMatched, kBy, kSource}) ? 2 : 1;
    if (kind < reached) syntax_error();
    reached = kind;
    expect(kMatched);
    if (accept(kBy)) expect_any({kTarget, kSource});
    conditions[kind].push_back(accept(kAnd));
    if (conditions[kind].back()) expression();
    expect(kThen);
    merge_action(kind == 1);
  }
  if (conditions[0].empty() && conditions[1].empty() && conditions[2].empty()) {
    fail("_LEGACY_ERROR_TEMP_0008", {}, first);
  }
  for (size_t kind = 0; kind < 3; ++kind) {
    for (size_t i = 0; i + 1 < conditions[kind].size(); ++i) {
      if (!conditions[kind][i]) fail(kOmitted[kind], {}, first);
    }
  }
}

void Grammar::merge_action(bool inserts) {
  const size_t first = position_;
  if (!inserts) {
    if (accept(kDelete)) return;
    expect(kUpdate);
    expect(kSet);
    if (!accept(kAsterisk)) assignment_list();
    return;
  }
  expect(kInsert);
  if (accept(kAsterisk)) return;
  expect(kLeftParen);
  size_t columns = 0;
  do {
    multipart_identifier();
    ++columns;
  } while (accept(kComma));
  expect(kRightParen);
  expect(kValues);
  expect(kLeftParen);
  const size_t values = expression_seq().size();
  expect(kRightParen);
  if (columns != values) fail("_LEGACY_ERROR_TEMP_0006", {}, first);
}

}  // namespace grebe::parse::sql
