// Whole queries: WITH, set operations, ORDER BY … LIMIT, and the forms of a query's core.
#include "parse/sql/grammar.h"

namespace grebe::parse::sql {

using enum TokenKind;

// In the default mode every keyword may be a name, so the token after it has its say as well.
bool Grammar::at_query(size_t ahead) {
  switch (peek(ahead).kind) {
    case kSelect:
      return !ends_expression(ahead + 1) &&
             !at_any({kDot, kEqual, kLess, kGreater, kSlash, kPercent}, ahead + 1);
    case kWith:
      return at_identifier(ahead + 1) && at_any({kAs, kLeftParen}, ahead + 2);
    case kFrom:
      return !ends_expression(ahead + 1) && (at_identifier(ahead + 1) || at(kLeftParen, ahead + 1));
    case kValues: {
      if (ends_expression(ahead + 1)) return false;
      return !at_any({kDot, kEqual, kLess, kGreater, kSlash, kPercent, kAsterisk, kPlus, kAs},
                     ahead + 1);
    }
    case kTable:
      return at_identifier(ahead + 1) && !ends_expression(ahead + 1);
    case kMap:
    case kReduce:
      return find_transform(position_ + ahead);
    case kLeftParen:
      return at_parenthesized_query(ahead);
    default:
      return false;
  }
}

// `((SELECT 1) UNION …)` is a query, `((SELECT 1) + 1)` a value: what follows the inner
// parentheses decides.
bool Grammar::at_parenthesized_query(size_t ahead) {
  size_t inner = ahead;
  while (at(kLeftParen, inner)) ++inner;
  if (!at_query(inner)) return false;
  for (size_t level = ahead; level < inner; ++level) {
    const size_t after = closing(position_ + level) + 1 - position_;
    const bool continues =
        at_any({kUnion, kExcept, kIntersect, kSetminus, kLimit, kOffset, kWindow}, after) ||
        (at_any({kOrder, kSort, kCluster, kDistribute}, after) && at(kBy, after + 1));
    if (level == ahead ? !continues && !at_any({kRightParen, kEndOfInput, kSemicolon}, after)
                       : !continues && !at(kRightParen, after)) {
      return false;
    }
  }
  return true;
}

plan::RelationPtr Grammar::query() {
  const Nesting nesting(*this);
  const size_t first = position_;
  if (!at(kWith)) return query_organization(query_term(0));
  plan::WithCte with;
  with.items = ctes();
  with.input = query_organization(query_term(0));
  check_duplicate_ctes(with.items, first);
  return relate(std::move(with), first);
}

std::vector<plan::WithCte::Item> Grammar::ctes() {
  expect(kWith);
  std::vector<plan::WithCte::Item> items;
  do {
    plan::WithCte::Item item;
    item.name = error_capturing_identifier();
    if (at(kLeftParen) && !at_query(1)) item.column_names = identifier_list();
    accept(kAs);
    expect(kLeftParen);
    item.relation = query();
    expect(kRightParen);
    items.push_back(std::move(item));
  } while (accept(kComma));
  return items;
}

void Grammar::check_duplicate_ctes(const std::vector<plan::WithCte::Item>& items,
                                   size_t first) const {
  std::string duplicates;
  for (size_t i = 0; i < items.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (items[i].name == items[j].name &&
          duplicates.find("'" + items[i].name + "'") == std::string::npos) {
        duplicates += (duplicates.empty() ? "'" : ", '") + items[i].name + "'";
      }
    }
  }
  if (!duplicates.empty()) {
    fail("_LEGACY_ERROR_TEMP_0038", {{"duplicateNames", duplicates}}, first);
  }
}

// INTERSECT binds tighter than UNION, EXCEPT and MINUS, unless the legacy setting is on.
plan::RelationPtr Grammar::query_term(int precedence) {
  const size_t first = position_;
  Chain chain(*this);
  RelationPtr left = query_primary();
  for (;;) {
    plan::SetOperation operation;
    int binding = 1;
    switch (peek().kind) {
      case kUnion:
        operation.type = plan::SetOpType::kUnion;
        break;
      case kExcept:
      case kSetminus:
        operation.type = plan::SetOpType::kExcept;
        break;
      case kIntersect:
        operation.type = plan::SetOpType::kIntersect;
        binding = options_.legacy_setops_precedence ? 1 : 2;
        break;
      default:
        return left;
    }
    if (binding <= precedence) return left;
    next();
    chain.add_link();
    operation.all = accept(kAll);
    if (!operation.all) accept(kDistinct);
    operation.left = std::move(left);
    operation.right = query_term(binding);
    left = relate(std::move(operation), first);
  }
}

plan::RelationPtr Grammar::query_primary() {
  const size_t first = position_;
  switch (peek().kind) {
    case kSelect:
      return at_transform() ? transform_query() : select_query();
    case kMap:
    case kReduce:
      if (at_transform()) return transform_query();
      break;
    case kFrom:
      return from_query();
    case kValues:
      return inline_table();
    case kTable: {
      next();
      auto [name, clause] = identifier_or_clause();
      plan::ReadTable table;
      table.name_parts = std::move(name);
      table.name_expression = std::move(clause);
      return relate(std::move(table), first);
    }
    case kLeftParen: {
      next();
      RelationPtr inner = query();
      expect(kRightParen);
      return inner;
    }
    default:
      break;
  }
  syntax_error();
}

plan::RelationPtr Grammar::query_organization(RelationPtr input) {
  const size_t first = position_;
  std::vector<plan::SortOrder> order;
  std::vector<plan::SortOrder> sort;
  Expressions distribute;
  Expressions cluster;
  if (accept_sequence({kOrder, kBy})) {
    if (at(kEndOfInput)) syntax_error_at(first);
    order = sort_items();
  }
  if (accept_sequence({kCluster, kBy})) cluster = expression_seq();
  if (accept_sequence({kDistribute, kBy})) distribute = expression_seq();
  if (accept_sequence({kSort, kBy})) sort = sort_items();
  const bool combined =
      (!order.empty() && (!cluster.empty() || !distribute.empty() || !sort.empty())) ||
      (!cluster.empty() && (!distribute.empty() || !sort.empty()));
  if (combined) fail("UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES", {}, first);
  if (!cluster.empty()) {
    distribute = cluster;
    for (ExpressionPtr& key : cluster) sort.push_back(plan::SortOrder{std::move(key), true, true});
  }
  if (!distribute.empty()) {
    plan::Repartition repartition;
    repartition.input = std::move(input);
    repartition.expressions = std::move(distribute);
    input = relate(std::move(repartition), first);
  }
  if (!sort.empty()) input = relate(plan::Sort{std::move(input), std::move(sort), false}, first);
  if (!order.empty()) input = relate(plan::Sort{std::move(input), std::move(order), true}, first);
  input = window_clause(std::move(input));
  ExpressionPtr limit;
  if (accept(kLimit) && !(at(kAll) && !at(kLeftParen, 1) && accept(kAll))) limit = expression();
  if (accept(kOffset)) {
    ExpressionPtr offset = expression();
    input = relate(plan::Offset{std::move(input), std::move(offset)}, first);
  }
  if (limit) input = relate(plan::Limit{std::move(input), std::move(limit)}, first);
  return input;
}

}  // namespace grebe::parse::sql
