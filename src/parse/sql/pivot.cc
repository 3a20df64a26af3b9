// PIVOT and UNPIVOT clauses.
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

bool Grammar::at_pivot() const { return at_sequence({kPivot, kLeftParen}); }

bool Grammar::at_unpivot() const {
  return at_sequence({kUnpivot, kLeftParen}) ||
         (at(kUnpivot) && at_any({kInclude, kExclude}, 1) && at(kNulls, 2));
}

// The groups are all columns that neither the aggregates nor the pivot column name.
plan::RelationPtr Grammar::pivot_clause(RelationPtr input) {
  const size_t first = position_;
  position_ += 2;
  plan::Aggregate pivot;
  pivot.input = std::move(input);
  pivot.kind = plan::GroupKind::kPivot;
  pivot.aggregates = named_expression_seq();
  expect(kFor);
  const size_t column = position_;
  const auto attribute = [&] {
    const size_t start = position_;
    std::string name = identifier();
    return express(plan::UnresolvedAttribute{.name_parts = {std::move(name)}}, start);
  };
  if (accept(kLeftParen)) {
    Expressions columns{attribute()};
    while (accept(kComma)) columns.push_back(attribute());
    expect(kRightParen);
    pivot.pivot_column =
        columns.size() == 1 ? columns[0] : call("struct", std::move(columns), column);
  } else {
    pivot.pivot_column = attribute();
  }
  expect(kIn);
  expect(kLeftParen);
  do {
    const size_t start = position_;
    ExpressionPtr value = expression();
    const bool has_alias = accept(kAs) || at_identifier();
    if (has_alias) {
      std::string name = identifier();
      value = express(plan::Alias{std::move(value), {std::move(name)}, {}}, start);
    }
    pivot.pivot_values.push_back(std::move(value));
  } while (accept(kComma));
  expect(kRightParen);
  expect(kRightParen);
  return relate(std::move(pivot), first);
}

std::string Grammar::unpivot_alias() {
  if (accept(kAs) || at_identifier()) return identifier();
  return {};
}

plan::ExpressionPtr Grammar::unpivot_column() {
  const size_t first = position_;
  Name name = multipart_identifier();
  return express(plan::UnresolvedAttribute{.name_parts = std::move(name)}, first);
}

plan::RelationPtr Grammar::unpivot_clause(RelationPtr input, size_t relation_first) {
  const size_t first = position_;
  next();
  plan::Unpivot unpivot;
  unpivot.input = std::move(input);
  unpivot.include_nulls = at(kInclude);
  if (accept_any({kInclude, kExclude})) expect(kNulls);
  expect(kLeftParen);
  const bool several = accept(kLeftParen);
  do {
    unpivot.value_column_names.push_back(identifier());
  } while (several && accept(kComma));
  if (several) expect(kRightParen);
  expect(kFor);
  unpivot.variable_column_name = identifier();
  expect(kIn);
  expect(kLeftParen);
  unpivot.values.emplace();
  bool any_alias = false;
  do {
    Expressions columns;
    if (several) expect(kLeftParen);
    do {
      columns.push_back(unpivot_column());
    } while (several && accept(kComma));
    if (several) expect(kRightParen);
    unpivot.values->push_back(std::move(columns));
    unpivot.value_aliases.push_back(unpivot_alias());
    any_alias = any_alias || !unpivot.value_aliases.back().empty();
  } while (accept(kComma));
  if (!any_alias) unpivot.value_aliases.clear();
  expect(kRightParen);
  expect(kRightParen);
  RelationPtr result = relate(std::move(unpivot), first);
  if (at(kAs) || (at_strict_identifier() && !at_clause(0) && !at_join())) {
    accept(kAs);
    plan::SubqueryAlias alias;
    alias.input = std::move(result);
    alias.alias = identifier();
    result = relate(std::move(alias), relation_first);
  }
  return result;
}

}  // namespace grebe::parse::sql
