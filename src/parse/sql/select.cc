// SELECT … FROM … WHERE … GROUP BY … HAVING, FROM-first queries, TRANSFORM, hints.
#include "parse/sql/grammar.h"
#include "parse/sql/table_clauses.h"

namespace grebe::parse::sql {

using enum TokenKind;

plan::RelationPtr Grammar::select_query() { return select_body(nullptr, position_); }

// Hints nest, so their number is limited as nesting is.
constexpr size_t kMaxHints = 1000;

// WHERE and the list or aggregation get the span of the whole block, which ends only now.
plan::RelationPtr Grammar::whole_block(const plan::Relation& made, ExpressionPtr where,
                                       size_t first) {
  auto node = made.node;
  auto* project = std::get_if<plan::Project>(&node);
  auto* aggregate = std::get_if<plan::Aggregate>(&node);
  if (where && (project || aggregate)) {
    RelationPtr& input = project ? project->input : aggregate->input;
    input = relate(plan::Filter{std::move(input), std::move(where)}, first);
  }
  return relate(std::move(node), first);
}

// A SELECT clause and what follows it. `from` is given when FROM came first.
plan::RelationPtr Grammar::select_body(RelationPtr from, size_t first) {
  expect(kSelect);
  HintCalls hint_calls = hints();
  bool is_distinct = false;
  if (at_any({kDistinct, kAll}) && !ends_expression(1) && !at_any({kDot, kFrom}, 1)) {
    is_distinct = next().kind == kDistinct;
  }
  RelationPtr result = list_body(std::move(from), named_expression_seq(), first);
  if (is_distinct) result = relate(plan::Deduplicate{std::move(result), {}, false}, first);
  result = window_clause(std::move(result));
  for (size_t i = hint_calls.size(); i-- > 0;) {
    hint_calls[i].input = std::move(result);
    result = relate(std::move(hint_calls[i]), first);
  }
  return result;
}

// What follows a SELECT list, up to HAVING.
plan::RelationPtr Grammar::list_body(RelationPtr from, Expressions select, size_t first) {
  if (!from) from = at(kFrom) ? from_clause() : relate(plan::OneRow{}, first);
  Chain chain(*this);
  while (at_sequence({kLateral, kView})) {
    from = lateral_view(std::move(from));
    chain.add_link();
  }
  ExpressionPtr condition = accept(kWhere) ? expression() : nullptr;
  RelationPtr result;
  if (at_sequence({kGroup, kBy})) {
    result = aggregation(std::move(from), std::move(select));
  } else if (at(kHaving) && options_.having_is_where) {
    next();
    ExpressionPtr having = expression();
    result = relate(plan::Project{std::move(from), std::move(select)}, first);
    result = whole_block(*result, std::move(condition), first);
    return relate(plan::Filter{std::move(result), std::move(having)}, first);
  } else if (accept(kHaving)) {
    plan::Aggregate global;
    global.input = std::move(from);
    global.aggregates = std::move(select);
    global.having = expression();
    result = relate(std::move(global), first);
  } else {
    result = relate(plan::Project{std::move(from), std::move(select)}, first);
  }
  return whole_block(*result, std::move(condition), first);
}

// `/*+ A(x), B */`, outermost first.
Grammar::HintCalls Grammar::hints() {
  HintCalls calls;
  while (accept(kHintStart)) {
    do {
      plan::Hint hint;
      hint.name = identifier();
      if (accept(kLeftParen)) {
        do {
          hint.parameters.push_back(primary_expression());
        } while (accept(kComma));
        expect(kRightParen);
      }
      calls.push_back(std::move(hint));
      if (calls.size() > kMaxHints) too_complex();
      accept(kComma);
    } while (!at(kHintEnd));
    next();
  }
  return calls;
}

plan::RelationPtr Grammar::from_query() {
  const size_t first = position_;
  RelationPtr from = from_clause();
  Chain chain(*this);
  RelationPtr result = from_statement_body(from);
  // Several bodies are a UNION ALL of their rows.
  while (at_any({kSelect, kMap, kReduce}) && !ends_expression(1)) {
    plan::SetOperation both;
    both.all = true;
    both.left = std::move(result);
    both.right = from_statement_body(from);
    result = relate(std::move(both), first);
    chain.add_link();
  }
  return result;
}

plan::RelationPtr Grammar::from_statement_body(RelationPtr from) {
  const size_t first = position_;
  if (at_transform()) return query_organization(transform_body(std::move(from), first));
  if (!at(kSelect)) syntax_error();
  return query_organization(select_body(std::move(from), first));
}

bool Grammar::find_transform(size_t index) {
  // MAP and REDUCE name columns too; the clause has USING and a string further on.
  for (size_t i = index + 1; i < tokens_.size(); ++i) {
    if (tokens_[i].kind == kLeftParen) {
      i = closing(i);
    } else if (tokens_[i].kind == kUsing) {
      return tokens_[i + 1].kind == kStringLiteral || tokens_[i + 1].kind == kDoubleQuotedString;
    } else if (tokens_[i].kind == kRightParen || tokens_[i].kind == kFrom) {
      return false;
    }
  }
  return false;
}

bool Grammar::at_transform() {
  if (at_sequence({kSelect, kTransform, kLeftParen})) {
    // A call of the function transform() has no USING behind it.
    const size_t after = closing(position_ + 2) + 1;
    const TokenKind kind = after < tokens_.size() ? tokens_[after].kind : kEndOfInput;
    return kind == kUsing || kind == kRecordwriter ||
           (kind == kRow && tokens_[after + 1].kind == kFormat);
  }
  return at_any({kMap, kReduce}) && find_transform(position_);
}

// What follows the clause is that of a SELECT list with the script's inputs as its items.
plan::RelationPtr Grammar::transform_query() { return transform_body(nullptr, position_); }

// SELECT TRANSFORM(…) [ROW FORMAT …] USING 'script' [AS …] [ROW FORMAT …]. `from` is given when
// FROM came first.
plan::RelationPtr Grammar::transform_body(RelationPtr from, size_t first) {
  const bool is_select = accept(kSelect);
  next();
  if (is_select) expect(kLeftParen);
  if (at_any({kDistinct, kAll}) && !ends_expression(1)) {
    const size_t quantifier = position_;
    next();
    fail("UNSUPPORTED_FEATURE.TRANSFORM_DISTINCT_ALL", {}, quantifier);
  }
  Expressions inputs = expression_seq();
  if (is_select) expect(kRightParen);
  bool has_serde = false;
  const auto text_format = [&] {
    plan::ScriptTransform::Format format;
    const size_t clause = position_;
    if (!at(kRow)) return format;
    const RowFormat given = row_format(clause);
    has_serde = has_serde || !given.serde.empty();
    for (const auto& [key, value] : given.properties) {
      if (key == "field.delim") format.separator = value;
      if (key == "serialization.null.format") format.null_text = value;
    }
    return format;
  };
  plan::ScriptTransform transform;
  transform.input_format = text_format();
  if (accept(kRecordwriter)) string_value();
  expect(kUsing);
  transform.script = string_value();
  if (accept(kAs)) {
    const bool parenthesized = accept(kLeftParen);
    std::optional<bool> are_typed;
    do {
      types::StructField column{error_capturing_identifier(), types::DataType::string(), true, {}};
      const bool has_type = are_typed != false &&
                            !at_any({kComma, kRightParen, kFrom, kRow, kRecordreader}) &&
                            !ends_expression(0) && !at_clause(0);
      if (has_type) column.type = data_type();
      transform.columns.push_back(std::move(column));
      // Either every column has a type or none.
      if (are_typed == false && !at_any({kComma, kRightParen}) && parenthesized) {
        syntax_error_at(position_, ": extra input '" + std::string(text_of(peek())) + "'");
      }
      if (are_typed.value_or(has_type) != has_type) syntax_error();
      are_typed = has_type;
    } while (accept(kComma));
    if (parenthesized) expect(kRightParen);
  }
  transform.output_format = text_format();
  if (accept(kRecordreader)) string_value();

  transform.input = window_clause(list_body(std::move(from), std::move(inputs), first));
  if (has_serde) fail("UNSUPPORTED_FEATURE.TRANSFORM_NON_HIVE", {}, span(first));
  return relate(std::move(transform), first);
}

}  // namespace grebe::parse::sql
