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
    case kTable:
    case kLeftParen:
    case kMap:
    case kReduce:
      return query();
    case kWith:
      return with_statement();
    case kFrom:
      if (at_multi_insert()) return multi_insert();
      return query();
    default:
      return command();
  }
}

plan::CommandPtr Grammar::command() {
  if (CommandPtr refused = hive_native_command()) return refused;
  switch (peek().kind) {
    case kInsert:
      return insert_statement({});
    case kDelete:
      return delete_statement();
    case kUpdate:
      return update_statement();
    case kMerge:
      return merge_statement();
    case kCreate:
    case kReplace:
      return create_statement();
    case kDrop:
      return drop_statement();
    case kAlter:
      return alter_statement();
    case kShow:
      return show_statement();
    case kDesc:
    case kDescribe:
      return describe_statement();
    case kExplain:
      return explain_statement();
    case kUse:
      return use_statement();
    case kSet:
      return set_statement();
    case kReset:
      return reset_statement();
    case kCache:
    case kUncache:
    case kClear:
      return cache_statement();
    case kRefresh:
      return refresh_statement();
    case kAnalyze:
      return analyze_statement();
    case kComment:
      return comment_statement();
    case kTruncate:
      return truncate_statement();
    case kLoad:
      return load_statement();
    case kAdd:
    case kList:
      return resource_statement();
    case kMsck:
    case kRepair:
      return repair_statement();
    default:
      syntax_error();
  }
}

// WITH before a query, or before INSERT, DELETE, UPDATE, MERGE.
plan::Statement Grammar::with_statement() {
  const size_t first = position_;
  std::vector<plan::WithCte::Item> items = ctes();
  switch (peek().kind) {
    case kInsert:
      return insert_statement(std::move(items));
    case kDelete:
      return delete_statement();
    case kUpdate:
      return update_statement();
    case kMerge:
      return merge_statement();
    case kFrom:
      if (at_multi_insert()) return multi_insert();
      break;
    default:
      break;
  }
  plan::WithCte with;
  with.items = std::move(items);
  with.input = query_organization(query_term(0));
  check_duplicate_ctes(with.items, first);
  return relate(std::move(with), first);
}

plan::CommandPtr Grammar::unsupported_command(std::string name, size_t first) {
  return make(plan::UnsupportedCommand{std::move(name)}, first);
}

void Grammar::skip_to_end() { position_ = tokens_.size() - 1; }

bool Grammar::if_exists() { return accept_sequence({kIf, kExists}); }

bool Grammar::if_not_exists() { return accept_sequence({kIf, kNot, kExists}); }

bool Grammar::at_namespace_word(size_t ahead) const {
  return at_any({kDatabase, kSchema, kNamespace}, ahead);
}

// `(LIKE? pattern)?`
std::optional<std::string> Grammar::like_pattern() {
  if (at(kLike) && at_string(1)) next();
  if (!at_string()) return std::nullopt;
  return string_value();
}

}  // namespace grebe::parse::sql
