// INSERT INTO/OVERWRITE, the FROM-first multi-insert, and partition specs.
#include "parse/sql/grammar.h"
#include "parse/sql/table_clauses.h"

namespace grebe::parse::sql {

using enum TokenKind;

plan::CommandPtr Grammar::insert_statement(std::vector<plan::WithCte::Item> ctes) {
  const size_t first = position_;
  if (at(kOverwrite, 1) && (at(kDirectory, 2) || at_sequence({kLocal, kDirectory}, 2))) {
    insert_directory();
    query();
    return unsupported_command("INSERT OVERWRITE DIRECTORY", first);
  }
  plan::InsertInto insert = insert_header();
  insert.query = query();
  if (!ctes.empty()) {
    insert.query = relate(plan::WithCte{std::move(insert.query), std::move(ctes)}, first);
  }
  return make(std::move(insert), first);
}

plan::InsertInto Grammar::insert_header() {
  const size_t first = position_;
  plan::InsertInto insert;
  next();
  insert.overwrite = at(kOverwrite);
  expect_any({kOverwrite, kInto});
  if (at(kTable) && at_identifier(1)) next();
  insert.table = command_table();
  if (!insert.overwrite && at_sequence({kReplace, kWhere})) {
    position_ += 2;
    insert.replace_where = expression();
    return insert;
  }
  if (at(kPartition) && at(kLeftParen, 1)) insert.partition = partition_spec();
  insert.if_partition_not_exists = if_not_exists();
  if (accept_sequence({kBy, kName})) {
    insert.by_name = true;
  } else if (at(kLeftParen) && !at_query(1)) {
    insert.columns = identifier_list();
  }
  if (!insert.if_partition_not_exists) return insert;
  if (!insert.overwrite) operation_not_allowed("INSERT INTO ... IF NOT EXISTS", first);
  std::string dynamic;
  for (const auto& [key, value] : insert.partition) {
    if (!value) dynamic += (dynamic.empty() ? "" : ", ") + key;
  }
  if (!dynamic.empty()) {
    operation_not_allowed("IF NOT EXISTS with dynamic partitions: " + dynamic, first);
  }
  return insert;
}

void Grammar::insert_directory() {
  const size_t first = position_;
  position_ += 2;
  accept(kLocal);
  next();
  const bool has_path = at_string();
  if (has_path) string_value();
  if (accept(kUsing)) {
    multipart_identifier();
    bool option_path = false;
    if (accept(kOptions)) {
      for (const auto& [key, value] : property_list()) option_path = option_path || key == "path";
    }
    if (has_path == option_path) fail("_LEGACY_ERROR_TEMP_0049", {}, first);
    return;
  }
  if (!has_path) syntax_error();
  if (at(kRow)) row_format(first);
  if (at(kStored)) file_format(first);
}

// FROM … INSERT …: tells it from FROM … SELECT … by the first of these words outside parentheses.
bool Grammar::at_multi_insert() {
  for (size_t i = position_ + 1; i < tokens_.size(); ++i) {
    switch (tokens_[i].kind) {
      case kLeftParen:
        i = closing(i);
        break;
      case kInsert:
        if (i + 1 < tokens_.size() &&
            (tokens_[i + 1].kind == kInto || tokens_[i + 1].kind == kOverwrite)) {
          return true;
        }
        break;
      case kSelect:
        return false;
      default:
        break;
    }
  }
  return false;
}

plan::CommandPtr Grammar::multi_insert() {
  const size_t first = position_;
  RelationPtr from = from_clause();
  if (!at(kInsert)) syntax_error();
  std::vector<plan::CommandPtr> inserts;
  bool directory = false;
  while (at(kInsert)) {
    plan::InsertInto insert;
    if (at(kOverwrite, 1) && (at(kDirectory, 2) || at_sequence({kLocal, kDirectory}, 2))) {
      insert_directory();
      directory = true;
    } else {
      insert = insert_header();
    }
    insert.query = from_statement_body(from);
    inserts.push_back(make(std::move(insert), first));
  }
  if (directory) return unsupported_command("INSERT OVERWRITE DIRECTORY", first);
  if (inserts.size() > 1) return make(plan::MultiInsert{std::move(inserts)}, first);
  return inserts[0];
}

// PARTITION (a = 1, b): a key without a value is dynamic.
Grammar::Partition Grammar::partition_spec() {
  const size_t first = position_;
  Partition partition;
  expect(kPartition);
  expect(kLeftParen);
  bool has_default = false;
  do {
    std::string key = identifier();
    ExpressionPtr value;
    if (accept(kEqual)) {
      if (at(kDefault) && ends_expression(1)) {
        next();
        has_default = true;
      } else {
        value = constant();
        if (!value) syntax_error();
      }
    }
    partition.emplace_back(std::move(key), std::move(value));
  } while (accept(kComma));
  expect(kRightParen);
  if (has_default) fail("REF_DEFAULT_VALUE_IS_NOT_ALLOWED_IN_PARTITION", {}, first);
  check_duplicate_partition_keys(partition, first);
  return partition;
}

void Grammar::check_duplicate_partition_keys(const Partition& partition, size_t first) {
  const auto folded = [&](std::string key) {
    if (options_.case_sensitive) return key;
    for (char& c : key) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return key;
  };
  for (size_t i = 0; i < partition.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const std::string key = folded(partition[i].first);
      if (key != folded(partition[j].first)) continue;
      fail("DUPLICATE_KEY", {{"keyColumn", core::quote_identifier(key)}}, first);
    }
  }
}

// A partition spec of which every key has a value.
Grammar::Partition Grammar::full_partition_spec(std::optional<size_t> statement) {
  const size_t first = position_;
  Partition partition = partition_spec();
  for (const auto& [key, value] : partition) {
    if (value) continue;
    // DESCRIBE reports its whole statement, the others their partition spec.
    fail("INVALID_SQL_SYNTAX.EMPTY_PARTITION_VALUE", {{"partKey", core::quote_identifier(key)}},
         shown_at(span(statement.value_or(first)), first));
  }
  return partition;
}

}  // namespace grebe::parse::sql
