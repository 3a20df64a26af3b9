// Joins of every kind, with ON, USING, NATURAL and LATERAL.
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

const char* sql_name(plan::JoinType type) {
  switch (type) {
    case plan::JoinType::kInner:
      return "INNER";
    case plan::JoinType::kLeftOuter:
      return "LEFT OUTER";
    case plan::JoinType::kRightOuter:
      return "RIGHT OUTER";
    case plan::JoinType::kFullOuter:
      return "FULL OUTER";
    case plan::JoinType::kLeftSemi:
      return "LEFT SEMI";
    case plan::JoinType::kLeftAnti:
      return "LEFT ANTI";
    case plan::JoinType::kCross:
      return "CROSS";
  }
  return "";
}

}  // namespace

bool Grammar::at_join() const {
  return at_any({kJoin, kInner, kCross, kLeft, kRight, kFull, kNatural, kSemi, kAnti}) &&
         !ends_expression(1);
}

// LATERAL needs a subquery or a table-valued function behind it.
void Grammar::check_lateral(size_t first) {
  if ((at(kLeftParen) && at_query(1)) || at_table_function()) return;
  const bool parenthesized = at(kLeftParen);
  if (parenthesized) {
    position_ = closing(first) + 1;
  } else if (at(kValues)) {
    inline_table();
  } else {
    table_name();
  }
  fail("INVALID_SQL_SYNTAX.LATERAL_WITHOUT_SUBQUERY_OR_TABLE_VALUED_FUNC", {}, first);
}

plan::JoinType Grammar::join_type() {
  using plan::JoinType;
  switch (peek().kind) {
    case kInner:
      next();
      return JoinType::kInner;
    case kCross:
      next();
      return JoinType::kCross;
    case kSemi:
      next();
      return JoinType::kLeftSemi;
    case kAnti:
      next();
      return JoinType::kLeftAnti;
    case kLeft:
      next();
      if (accept(kSemi)) return JoinType::kLeftSemi;
      if (accept(kAnti)) return JoinType::kLeftAnti;
      accept(kOuter);
      return JoinType::kLeftOuter;
    case kRight:
      next();
      accept(kOuter);
      return JoinType::kRightOuter;
    case kFull:
      next();
      accept(kOuter);
      return JoinType::kFullOuter;
    default:
      return JoinType::kInner;
  }
}

plan::RelationPtr Grammar::join_relation(RelationPtr left) {
  const size_t first = position_;
  plan::Join join;
  join.left = std::move(left);
  join.natural = accept(kNatural);
  join.type = join_type();
  expect_mended(kJoin, at_identifier() || at(kLeftParen));
  const size_t lateral = position_;
  join.lateral = accept(kLateral);
  if (join.lateral) check_lateral(position_);
  join.right = relation_primary();
  if (join.natural) {
    if (at(kOn) || at(kUsing)) syntax_error();
    if (join.lateral || join.type == plan::JoinType::kCross) {
      fail("INCOMPATIBLE_JOIN_TYPES",
           {{"joinType1", join.lateral ? "LATERAL" : "NATURAL"},
            {"joinType2", join.lateral ? "NATURAL" : "CROSS"}},
           first);
    }
  } else if (accept(kOn)) {
    join.condition = expression();
  } else if (accept(kUsing)) {
    if (!at(kLeftParen)) expect_mended(kLeftParen, at_identifier());
    join.using_columns = identifier_list();
    if (join.lateral) fail("UNSUPPORTED_FEATURE.LATERAL_JOIN_USING", {}, first);
  }
  const bool lateral_allowed = join.type == plan::JoinType::kInner ||
                               join.type == plan::JoinType::kCross ||
                               join.type == plan::JoinType::kLeftOuter;
  if (join.lateral && !lateral_allowed) {
    static_cast<void>(lateral);
    fail("INVALID_LATERAL_JOIN_TYPE", {{"joinType", sql_name(join.type)}}, first);
  }
  return relate(std::move(join), first);
}

}  // namespace grebe::parse::sql
