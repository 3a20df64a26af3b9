// FROM: relations, their aliases, time travel, and LATERAL VIEW.
#include "parse/sql/grammar.h"
#include "plan/walk.h"

namespace grebe::parse::sql {

using enum TokenKind;

plan::RelationPtr Grammar::from_clause() {
  const size_t first = position_;
  expect(kFrom);
  Chain chain(*this);
  RelationPtr from;
  do {
    const size_t item = position_;
    const bool lateral = at(kLateral) && !at(kView, 1) && accept(kLateral);
    if (lateral) check_lateral(position_);
    RelationPtr right = relation_primary();
    if (from) {
      plan::Join join;
      join.left = std::move(from);
      join.right = std::move(right);
      join.lateral = lateral;
      from = relate(std::move(join), first);
      chain.add_link();
    } else {
      from = std::move(right);
    }
    // As in Spark, a join after a comma joins everything to its left.
    from = relation_extensions(std::move(from), item);
  } while (accept(kComma));
  const size_t views = position_;
  while (at_sequence({kLateral, kView})) {
    from = lateral_view(std::move(from));
    chain.add_link();
  }
  if (views != position_ && (at_pivot() || at_unpivot())) {
    fail(at_pivot() ? "NOT_ALLOWED_IN_FROM.LATERAL_WITH_PIVOT"
                    : "NOT_ALLOWED_IN_FROM.LATERAL_WITH_UNPIVOT",
         {}, first);
  }
  return from;
}

// A relation with its joins, pivots and unpivots.
plan::RelationPtr Grammar::relation() {
  const Nesting nesting(*this);
  const size_t first = position_;
  if (at(kLateral) && !at(kView, 1)) {
    next();
    check_lateral(position_);
  }
  return relation_extensions(relation_primary(), first);
}

plan::RelationPtr Grammar::relation_extensions(RelationPtr left, size_t first) {
  Chain chain(*this);
  for (;;) {
    if (at_join()) {
      left = join_relation(std::move(left));
    } else if (at_pivot()) {
      left = pivot_clause(std::move(left));
    } else if (at_unpivot()) {
      left = unpivot_clause(std::move(left), first);
    } else {
      return left;
    }
    chain.add_link();
  }
}

plan::RelationPtr Grammar::relation_primary() {
  const Nesting nesting(*this);
  const size_t first = position_;
  if (at(kLeftParen)) {
    const bool is_query = at_query(1);
    next();
    RelationPtr inner = is_query ? query() : relation();
    expect_mended(kRightParen, is_query && (at(kEndOfInput) || at_identifier()));
    if (at(kTablesample)) inner = sample(std::move(inner));
    TableAlias alias = table_alias();
    if (is_query && !alias.present) {
      // Spark names it so, which hides the qualifiers of the query's columns.
      alias.name = "__auto_generated_subquery_name";
      alias.present = true;
    }
    return alias_relation(std::move(inner), std::move(alias), first);
  }
  if (at(kValues) && at_query()) return inline_table();
  if (at_table_function()) return table_function();
  return table_name();
}

plan::RelationPtr Grammar::table_name() {
  const size_t first = position_;
  plan::ReadTable table;
  auto [name, clause] = identifier_or_clause();
  table.name_parts = std::move(name);
  table.name_expression = std::move(clause);
  RelationPtr relation = at_temporal_clause() ? temporal_clause(std::move(table), first)
                                              : relate(std::move(table), first);
  const size_t sample_at = position_;
  size_t after_sample = sample_at;
  RelationPtr sampled;
  if (at(kTablesample) && at(kLeftParen, 1)) {
    // The alias is written after the sample but belongs to the table below it.
    sampled = sample(relation);
    after_sample = position_;
  }
  TableAlias alias = table_alias();
  relation = alias_relation(std::move(relation), std::move(alias), first);
  if (!sampled) return relation;
  const size_t end = position_;
  position_ = sample_at;
  relation = sample(std::move(relation));
  position_ = std::max(end, after_sample);
  return relation;
}

bool Grammar::at_temporal_clause() const {
  const size_t ahead = at(kFor) ? 1 : 0;
  return at_any({kVersion, kSystemVersion, kTimestamp, kSystemTime}, ahead) &&
         at_sequence({kAs, kOf}, ahead + 1);
}

plan::RelationPtr Grammar::temporal_clause(plan::ReadTable table, size_t first) {
  accept(kFor);
  const TokenKind kind = next().kind;
  position_ += 2;
  if (kind == kVersion || kind == kSystemVersion) {
    if (!at(kIntegerValue) && !at_string()) syntax_error();
    table.version_as_of = at_string() ? string_value() : std::string(text_of(next()));
  } else {
    const size_t timestamp = position_;
    table.timestamp_as_of = value_expression();
    if (plan::names_column(*table.timestamp_as_of)) {
      fail("_LEGACY_ERROR_TEMP_0056",
           {{"reason", "timestamp expression cannot refer to any columns"}}, timestamp);
    }
  }
  return relate(std::move(table), first);
}

plan::RelationPtr Grammar::inline_table() {
  const size_t first = position_;
  expect(kValues);
  plan::InlineTable table;
  do {
    ExpressionPtr row = expression();
    const auto* members = std::get_if<plan::UnresolvedFunction>(&row->node);
    // struct(…) by itself is a row as well.
    if (members != nullptr &&
        (members->name_parts == Name{"#row"} || members->name_parts == Name{"struct"})) {
      table.rows.push_back(members->arguments);
    } else {
      table.rows.push_back({std::move(row)});
    }
  } while (accept(kComma));
  TableAlias alias = table_alias();
  table.column_names = std::move(alias.columns);
  alias.columns.clear();
  return alias_relation(relate(std::move(table), first), std::move(alias), first);
}

plan::RelationPtr Grammar::lateral_view(RelationPtr input) {
  const size_t first = position_;
  position_ += 2;
  plan::LateralView view;
  view.input = std::move(input);
  view.outer = at(kOuter) && at_identifier(1) && accept(kOuter);
  const size_t call_first = position_;
  plan::UnresolvedFunction generator;
  generator.name_parts.push_back(identifier());
  while (accept(kDot)) generator.name_parts.push_back(identifier());
  if (generator.name_parts.size() > 2) {
    fail("INVALID_SQL_SYNTAX.UNSUPPORTED_FUNC_NAME",
         {{"funcName", core::quote_identifier(joined_text(call_first))}}, call_first);
  }
  expect(kLeftParen);
  if (!at(kRightParen)) generator.arguments = expression_seq();
  expect(kRightParen);
  view.generator = express(std::move(generator), call_first);
  view.table_alias = identifier();
  for (char& c : view.table_alias)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const bool has_columns = accept(kAs) || (at_identifier() && !at_clause(0) && !at_join());
  if (has_columns) {
    do {
      view.column_names.push_back(identifier());
    } while (accept(kComma));
  }
  return relate(std::move(view), first);
}

// --- Aliases ---

bool Grammar::at_clause(size_t ahead) const {
  switch (peek(ahead).kind) {
    case kWhere:
    case kHaving:
    case kLimit:
    case kOffset:
    case kSelect:
      return !ends_expression(ahead + 1);
    case kFrom:
      return !ends_expression(ahead + 1) && !at(kFrom, ahead + 1);
    case kGroup:
    case kOrder:
    case kCluster:
    case kDistribute:
    case kSort:
      return at(kBy, ahead + 1);
    case kWindow:
      return at_identifier(ahead + 1) && at(kAs, ahead + 2);
    case kLateral:
      return at(kView, ahead + 1);
    case kUnion:
    case kExcept:
    case kSetminus:
    case kIntersect:
      return at_any({kSelect, kAll, kDistinct, kFrom, kValues, kTable, kLeftParen, kMap, kReduce},
                    ahead + 1);
    case kPivot:
      return at(kLeftParen, ahead + 1);
    case kUnpivot:
      return at(kLeftParen, ahead + 1) ||
             (at_any({kInclude, kExclude}, ahead + 1) && at(kNulls, ahead + 2));
    case kInsert:
      return at_any({kInto, kOverwrite}, ahead + 1);
    case kTablesample:
      return at(kLeftParen, ahead + 1);
    case kSet:
      return at_identifier(ahead + 1);
    default:
      return false;
  }
}

bool Grammar::follows_relation(size_t ahead) const {
  return ends_expression(ahead) || at_clause(ahead) ||
         at_any({kJoin, kInner, kCross, kLeft, kRight, kFull, kNatural, kSemi, kAnti, kOn, kUsing},
                ahead);
}

bool Grammar::at_table_alias() {
  if (at(kAs)) return at_strict_identifier(1) || at_strict_identifier();
  if (!at_strict_identifier()) return false;
  if (!at_clause(0)) return true;
  // `t WHERE (a)`: Spark reads an alias `where` with a column list wherever that fits.
  if (!at_any({kWhere, kHaving, kLimit, kOffset}) || !at(kLeftParen, 1)) return false;
  size_t ahead = 2;
  while (at_identifier(ahead) && at(kComma, ahead + 1)) ahead += 2;
  return at_identifier(ahead) && at(kRightParen, ahead + 1) && follows_relation(ahead + 2);
}

Grammar::TableAlias Grammar::table_alias() {
  TableAlias alias;
  // FROM t MAP … USING 'script' names no alias.
  if (!at_table_alias() || (at_any({kMap, kReduce}) && at_transform())) return alias;
  if (at(kAs) && at_strict_identifier(1)) next();
  alias.present = true;
  alias.name = strict_identifier();
  if (at(kLeftParen)) alias.columns = identifier_list();
  return alias;
}

plan::RelationPtr Grammar::alias_relation(RelationPtr input, TableAlias alias, size_t first) {
  if (!alias.present) return input;
  plan::SubqueryAlias named;
  named.input = std::move(input);
  named.alias = std::move(alias.name);
  named.column_names = std::move(alias.columns);
  return relate(std::move(named), first);
}

}  // namespace grebe::parse::sql
