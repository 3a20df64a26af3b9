// ALTER TABLE, VIEW and DATABASE.
#include "parse/sql/grammar.h"
#include "types/type_names.h"
#include "types/value_text.h"

namespace grebe::parse::sql {

using enum TokenKind;

namespace {

/// What DDL takes for a partition's values: plain constants.
plan::PartitionTexts partition_texts(
    const std::vector<std::pair<std::string, plan::ExpressionPtr>>& partition) {
  plan::PartitionTexts texts;
  for (const auto& [column, value] : partition) {
    const auto* literal = std::get_if<plan::Literal>(&value->node);
    if (literal == nullptr || literal->type.is(types::TypeKind::kTimestamp)) {
      throw core::unsupported("a partition value that is no plain constant", value->origin);
    }
    texts.emplace_back(column, literal->value.is_null() ? std::nullopt
                                                        : std::optional(types::value_text(
                                                              literal->value, literal->type)));
  }
  return texts;
}

}  // namespace

plan::CommandPtr Grammar::alter_statement() {
  const size_t first = position_;
  next();
  if (at_namespace_word()) return alter_namespace(first);
  const bool is_view = at(kView);
  expect_any({kTable, kView});
  plan::AlterTable alter;
  alter.is_view = is_view;
  alter.name = command_table();
  if (is_view) return alter_view(std::move(alter), first);
  const bool has_partition = at(kPartition) && at(kLeftParen, 1);
  Partition partition;
  if (has_partition) partition = full_partition_spec();
  switch (peek().kind) {
    case kRename:
      if (has_partition && at(kTo, 1) && at(kPartition, 2)) {
        position_ += 2;
        plan::PartitionTexts from = partition_texts(partition);
        return make(
            plan::AlterPartitions{
                alter.name, plan::AlterPartitions::Rename{std::move(from),
                                                          partition_texts(full_partition_spec())}},
            first);
      }
      return alter_rename(std::move(alter), first, has_partition);
    case kSet:
      if (has_partition && at(kLocation, 1)) {
        position_ += 2;
        return make(plan::AlterPartitions{alter.name,
                                          plan::AlterPartitions::SetLocation{
                                              partition_texts(partition), string_value()}},
                    first);
      }
      return alter_set(std::move(alter), first, has_partition);
    case kUnset:
      return alter_unset(std::move(alter), first);
    case kAdd:
      return alter_add(std::move(alter), first);
    case kDrop:
      return alter_drop(std::move(alter), first);
    case kAlter:
    case kChange:
      return alter_column(std::move(alter.name), first, has_partition);
    case kReplace:
      next();
      expect(kColumns);
      expect(kLeftParen);
      do {
        positioned_column();
      } while (accept(kComma));
      expect(kRightParen);
      if (has_partition) {
        operation_not_allowed("ALTER TABLE table PARTITION partition_spec REPLACE COLUMNS", first);
      }
      return make(plan::AlterColumn{.table = std::move(alter.name)}, first);
    case kRecover:
      next();
      expect(kPartitions);
      return make(plan::AlterPartitions{std::move(alter.name),
                                        plan::AlterPartitions::Repair{.is_alter = true}},
                  first);
    default:
      syntax_error();
  }
}

plan::CommandPtr Grammar::alter_view(plan::AlterTable alter, size_t first) {
  switch (peek().kind) {
    case kRename:
      return alter_rename(std::move(alter), first, false);
    case kSet:
      return alter_set(std::move(alter), first, false);
    case kUnset:
      return alter_unset(std::move(alter), first);
    case kAdd:
    case kDrop: {
      const bool adds = next().kind == kAdd;
      if (adds ? !if_not_exists() : !if_exists()) {
        if (!at(kPartition)) syntax_error();
      }
      do {
        partition_spec();
        if (adds && accept(kLocation)) string_value();
      } while (adds ? at(kPartition) : accept(kComma));
      if (!adds) accept(kPurge);
      operation_not_allowed(adds ? "ALTER VIEW ... ADD PARTITION" : "ALTER VIEW ... DROP PARTITION",
                            first);
    }
    default:
      break;
  }
  accept(kAs);
  const size_t query_first = position_;
  plan::AlterTable::SetViewText text;
  text.query = query();
  text.text = source_from(query_first);
  alter.action = std::move(text);
  return make(std::move(alter), first);
}

plan::CommandPtr Grammar::alter_rename(plan::AlterTable alter, size_t first, bool has_partition) {
  next();
  if (!alter.is_view && !has_partition && accept(kColumn)) {
    plan::AlterTable::RenameColumn rename;
    rename.from = multipart_identifier();
    expect(kTo);
    rename.to = error_capturing_identifier();
    alter.action = std::move(rename);
    return make(std::move(alter), first);
  }
  expect(kTo);
  if (has_partition) {
    full_partition_spec();
    return unsupported_command("ALTER TABLE … RENAME TO PARTITION", first);
  }
  alter.action = plan::AlterTable::Rename{multipart_identifier()};
  return make(std::move(alter), first);
}

plan::CommandPtr Grammar::alter_set(plan::AlterTable alter, size_t first, bool has_partition) {
  next();
  if (!has_partition && accept(kTblproperties)) {
    plan::AlterTable::SetProperties set{property_list()};
    check_reserved_properties(set.properties, first);
    alter.action = std::move(set);
    return make(std::move(alter), first);
  }
  if (alter.is_view) syntax_error();
  plan::SetSerde serde{.table = alter.name, .of_partition = has_partition};
  if (accept(kSerde)) {
    serde.serde = string_value();
    if (accept(kWith)) {
      expect(kSerdeproperties);
      serde.properties = property_list();
    }
    return make(std::move(serde), first);
  }
  if (accept(kSerdeproperties)) {
    serde.properties = property_list();
    return make(std::move(serde), first);
  }
  expect(kLocation);
  std::string location = string_value();
  if (has_partition) return unsupported_command("ALTER TABLE … PARTITION … SET LOCATION", first);
  alter.action = plan::AlterTable::SetLocation{std::move(location)};
  return make(std::move(alter), first);
}

plan::CommandPtr Grammar::alter_unset(plan::AlterTable alter, size_t first) {
  next();
  expect(kTblproperties);
  plan::AlterTable::UnsetProperties unset;
  unset.if_exists = if_exists();
  unset.keys = property_keys();
  plan::Options properties;
  for (const std::string& key : unset.keys) properties.emplace_back(key, "");
  check_reserved_properties(properties, first);
  alter.action = std::move(unset);
  return make(std::move(alter), first);
}

plan::CommandPtr Grammar::alter_add(plan::AlterTable alter, size_t first) {
  next();
  if (at(kPartition) || at(kIf)) {
    plan::AlterPartitions::Add add{.if_not_exists = if_not_exists()};
    if (!at(kPartition)) syntax_error();
    while (at(kPartition)) {
      add.partitions.push_back({partition_texts(full_partition_spec()), {}});
      if (accept(kLocation)) add.partitions.back().location = string_value();
    }
    return make(plan::AlterPartitions{std::move(alter.name), std::move(add)}, first);
  }
  expect_any({kColumn, kColumns});
  const bool parenthesized = accept(kLeftParen);
  plan::AlterTable::AddColumns add;
  bool plain = true;
  do {
    PositionedColumn column = positioned_column();
    plain = plain && column.name.size() == 1 && !column.has_position;
    column.definition.name = column.name.back();
    add.columns.push_back(std::move(column.definition));
  } while (accept(kComma));
  if (parenthesized) expect(kRightParen);
  if (!plain)
    return unsupported_command("ALTER TABLE … ADD COLUMN within a struct or by position", first);
  alter.action = std::move(add);
  return make(std::move(alter), first);
}

// A column with its place: `a.b INT NOT NULL COMMENT 'x' AFTER c`.
Grammar::PositionedColumn Grammar::positioned_column() {
  PositionedColumn column;
  column.name = multipart_identifier();
  column.definition.type = data_type();
  bool has_comment = false;
  for (;;) {
    const size_t option = position_;
    const char* duplicate = nullptr;
    if (accept_sequence({kNot, kNull})) {
      if (!column.definition.nullable) duplicate = "NOT NULL";
      column.definition.nullable = false;
    } else if (at(kDefault) && !ends_expression(1)) {
      next();
      if (column.definition.default_value) duplicate = "DEFAULT";
      column.definition.default_value = expression();
    } else if (const std::optional<std::string> comment = accept_comment()) {
      if (has_comment) duplicate = "COMMENT";
      has_comment = true;
      column.definition.comment = *comment;
    } else if (at(kFirst) || (at(kAfter) && at_identifier(1))) {
      if (column.has_position) duplicate = "FIRST|AFTER";
      column.has_position = true;
      column_position();
    } else {
      return column;
    }
    if (duplicate != nullptr) {
      fail("ALTER_TABLE_COLUMN_DESCRIPTOR_DUPLICATE",
           {{"type", "ADD"}, {"columnName", column.name.back()}, {"optionName", duplicate}},
           option);
    }
  }
}

void Grammar::column_position() {
  if (accept(kFirst)) return;
  expect(kAfter);
  error_capturing_identifier();
}

plan::CommandPtr Grammar::alter_drop(plan::AlterTable alter, size_t first) {
  next();
  if (at(kPartition) || at_sequence({kIf, kExists, kPartition})) {
    plan::AlterPartitions::Drop drop{.if_exists = if_exists()};
    do {
      drop.partitions.push_back(partition_texts(full_partition_spec()));
    } while (accept(kComma));
    accept(kPurge);
    return make(plan::AlterPartitions{std::move(alter.name), std::move(drop)}, first);
  }
  expect_any({kColumn, kColumns});
  plan::AlterTable::DropColumns drop;
  drop.if_exists = if_exists();
  const bool parenthesized = accept(kLeftParen);
  do {
    drop.columns.push_back(multipart_identifier());
  } while (accept(kComma));
  if (parenthesized) expect(kRightParen);
  alter.action = std::move(drop);
  return make(std::move(alter), first);
}

// ALTER COLUMN c TYPE t | COMMENT … | FIRST | AFTER … | SET/DROP NOT NULL | SET/DROP DEFAULT, and
// Hive's CHANGE COLUMN a a t ….
plan::CommandPtr Grammar::alter_column(Name table, size_t first, bool has_partition) {
  const bool change = next().kind == kChange;
  if (at(kColumn) && at_identifier(1)) next();
  plan::AlterColumn alter{.table = std::move(table), .column = multipart_identifier()};
  if (accept(kType)) {
    alter.type = data_type();
  } else if (const std::optional<std::string> comment = accept_comment()) {
    alter.comment = *comment;
  } else if (at(kFirst) || (at(kAfter) && at_identifier(1) && ends_expression(2))) {
    column_position();
    alter.moves = true;
  } else if (accept_sequence({kSet, kNot, kNull}) || accept_sequence({kDrop, kNot, kNull})) {
    alter.changes_nullability = true;
  } else if (accept_sequence({kDrop, kDefault})) {
    alter.default_text = "";
  } else if (accept_sequence({kSet, kDefault})) {
    const size_t value_first = position_;
    expression();
    alter.default_text = source_from(value_first);
  } else if (change && at_identifier()) {
    const types::StructField renamed = col_type();
    alter.type = renamed.type;
    if (!types::field_comment(renamed).empty()) alter.comment = types::field_comment(renamed);
    if (at_any({kFirst, kAfter})) {
      column_position();
      alter.moves = true;
    }
    if (has_partition) {
      operation_not_allowed("ALTER TABLE table PARTITION partition_spec CHANGE COLUMN", first);
    }
    check_hive_change(alter.column.back(), renamed, first);
  } else {
    operation_not_allowed("ALTER TABLE table " + std::string(change ? "CHANGE" : "ALTER") +
                              " COLUMN requires a TYPE, a SET/DROP, a COMMENT, or a FIRST/AFTER",
                          first);
  }
  return make(std::move(alter), first);
}

void Grammar::check_hive_change(const std::string& name, const types::StructField& renamed,
                                size_t first) {
  const auto lower = [](std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
  };
  const bool same =
      options_.case_sensitive ? name == renamed.name : lower(name) == lower(renamed.name);
  if (!same) {
    fail("_LEGACY_ERROR_TEMP_0034",
         {{"operation", "Renaming column"},
          {"command", "ALTER COLUMN"},
          {"msg", ", please run RENAME COLUMN instead"}},
         first);
  }
  if (!renamed.nullable) {
    fail("_LEGACY_ERROR_TEMP_0034",
         {{"operation", "NOT NULL"},
          {"command", "ALTER COLUMN"},
          {"msg", ", please run ALTER COLUMN ... SET/DROP NOT NULL instead"}},
         first);
  }
}

plan::CommandPtr Grammar::alter_namespace(size_t first) {
  next();
  plan::AlterDatabase alter{.name = identifier_reference()};
  expect(kSet);
  if (accept(kLocation)) {
    alter.location = string_value();
    return make(std::move(alter), first);
  }
  expect_any({kDbproperties, kProperties});
  alter.properties = property_list();
  check_reserved_namespace_properties(alter.properties, first);
  return make(std::move(alter), first);
}

}  // namespace grebe::parse::sql
