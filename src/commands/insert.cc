// INSERT INTO and INSERT OVERWRITE.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "commands/actions.h"
#include "commands/overwrite_check.h"
#include "commands/partitions.h"
#include "commands/store_assignment.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "parse/sql/parser.h"
#include "sources/partition_path.h"
#include "types/value_text.h"

namespace grebe::commands {
namespace {

std::string column_list(const types::Schema& schema) {
  std::string out;
  for (const auto& field : schema) {
    out += (out.empty() ? "" : ", ") + core::quote_identifier(field.name);
  }
  return out;
}

const types::StructField* find_field(const types::Schema& schema, const std::string& name) {
  for (const auto& field : schema) {
    if (same_name(field.name, name)) return &field;
  }
  return nullptr;
}

/// INSERT INTO t (a, b): the query's columns take these names.
plan::RelationPtr name_columns(CommandHost& host, const plan::InsertInto& command,
                               const types::Schema& schema, const std::string& quoted_table,
                               const core::Origin& origin) {
  types::Schema listed;
  for (const auto& name : command.columns) {
    const auto* field = find_field(schema, name);
    if (field == nullptr) {
      throw core::analysis_error(
          "UNRESOLVED_COLUMN.WITH_SUGGESTION",
          {{"objectName", core::quote_identifier(name)}, {"proposal", column_list(schema)}},
          origin);
    }
    if (find_field(listed, name) != nullptr) {
      throw core::analysis_error("COLUMN_ALREADY_EXISTS",
                                 {{"columnName", core::quote_identifier(name)}});
    }
    listed.push_back(*field);
  }
  // Arity and types are checked against the listed columns alone.
  return assign_by_position(host, command.query, listed, quoted_table);
}

/// VALUES (1, DEFAULT): the word stands for the column's default.
plan::RelationPtr with_defaults(const plan::RelationPtr& query, const types::Schema& columns) {
  const auto* table = std::get_if<plan::InlineTable>(&query->node);
  if (table == nullptr) {
    const auto* project = std::get_if<plan::Project>(&query->node);
    if (project == nullptr || project->expressions.size() != 1 ||
        !std::holds_alternative<plan::UnresolvedStar>(project->expressions[0]->node)) {
      return query;
    }
    return with_defaults(project->input, columns);
  }
  plan::InlineTable filled = *table;
  for (auto& row : filled.rows) {
    for (size_t i = 0; i < row.size() && i < columns.size(); ++i) {
      const auto* word = std::get_if<plan::UnresolvedAttribute>(&row[i]->node);
      if (word == nullptr || word->name_parts.size() != 1 ||
          !same_name(word->name_parts[0], "default")) {
        continue;
      }
      row[i] = plan::make_expression(plan::Literal{});
      const auto metadata = nlohmann::json::parse(
          columns[i].metadata_json.empty() ? "{}" : columns[i].metadata_json, nullptr, false);
      if (metadata.is_object() && metadata.contains("CURRENT_DEFAULT")) {
        row[i] = parse::sql::parse_expression(metadata["CURRENT_DEFAULT"].get<std::string>());
      }
    }
  }
  return plan::make_relation(std::move(filled), query->plan_id, query->origin);
}

/// The values that PARTITION (k = v) fixes. Throws for columns that are no partition columns, and
/// where a fixed one of a file table follows one that is not.
std::vector<std::pair<std::string, plan::ExpressionPtr>> fixed_values(
    const plan::InsertInto& command, const catalog::Table& table) {
  std::vector<std::pair<std::string, plan::ExpressionPtr>> fixed;
  for (const auto& [name, value] : command.partition) {
    const bool known = std::any_of(
        table.partition_columns.begin(), table.partition_columns.end(),
        [&, &name = name](const std::string& column) { return same_name(column, name); });
    if (!known && is_file_provider(table.provider)) {
      throw not_a_partition_column(table, name);
    }
    if (!known) {
      throw core::analysis_error("NON_PARTITION_COLUMN",
                                 {{"columnName", core::quote_identifier(name)}});
    }
    if (value != nullptr) fixed.emplace_back(name, value);
  }
  for (size_t i = 0; i < fixed.size() && is_file_provider(table.provider); ++i) {
    const auto& leading = table.partition_columns[i];
    if (std::any_of(fixed.begin(), fixed.end(),
                    [&](const auto& item) { return same_name(item.first, leading); })) {
      continue;
    }
    std::string columns;
    for (const auto& column : table.partition_columns) {
      columns += (columns.empty() ? "" : ",") + column;
    }
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1147", {{"partColumns", "[" + columns + "]"}});
  }
  return fixed;
}

/// Directories of the leading fixed partitions, which an overwrite replaces alone.
std::vector<std::string> fixed_directories(
    CommandHost& host, const catalog::Table& table,
    const std::vector<std::pair<std::string, plan::ExpressionPtr>>& fixed) {
  std::vector<std::string> directories;
  for (const auto& column : table.partition_columns) {
    const auto found = std::find_if(fixed.begin(), fixed.end(), [&](const auto& item) {
      return same_name(item.first, column);
    });
    if (found == fixed.end()) break;
    const auto* field = find_field(table.schema, column);
    const auto value = host.evaluate(found->second, field->type);
    std::string text = value.is_null()
                           ? std::string()
                           : types::value_text(value, field->type,
                                               {.time_zone = host.session().config().time_zone()});
    text = text.empty() ? std::string(sources::kDefaultPartition) : sources::escape_path_name(text);
    directories.push_back(sources::escape_path_name(column) + "=" + text);
  }
  return directories;
}

/// IF NOT EXISTS: whether the partition that the command names is there.
bool has_partition_below(CommandHost& host, const TableWrite& write) {
  std::string name;
  for (const auto& directory : write.static_partition) name += directory + "/";
  for (const auto& [known, partition] : partitions_by_name(host, write.table)) {
    if ((known + "/").starts_with(name)) return true;
  }
  return false;
}

}  // namespace

CommandOutcome insert_into(CommandHost& host, const plan::InsertInto& command,
                           const core::Origin& origin) {
  if (find_temp_view(host, command.table)) {
    throw core::analysis_error("UNSUPPORTED_INSERT.RDD_BASED", {});
  }
  const auto table = as_stored(host, require_table(host, command.table, origin));
  const TableName name{table.database, table.name};
  if (table.kind == catalog::TableKind::kView) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1158", {}, origin);
  }
  if (command.replace_where != nullptr) throw core::unsupported("INSERT … REPLACE WHERE", origin);
  // A lakehouse commit reads its own snapshot and may overwrite it.
  if (command.overwrite && is_file_provider(table.provider)) {
    refuse_overwrite_of_source(host, command.query, name);
  }
  const auto fixed = fixed_values(command, table);
  types::Schema expected;  // the columns that the query has to give
  for (const auto& field : table.schema) {
    const bool is_fixed = std::any_of(fixed.begin(), fixed.end(), [&](const auto& item) {
      return same_name(item.first, field.name);
    });
    if (!is_fixed) expected.push_back(field);
  }

  plan::RelationPtr rows;
  if (!command.columns.empty()) {
    rows = assign_by_name(host, name_columns(host, command, expected, name.quoted(), origin),
                          expected, name.quoted());
  } else if (command.by_name) {
    rows = assign_by_name(host, command.query, expected, name.quoted());
  } else {
    rows =
        assign_by_position(host, with_defaults(command.query, expected), expected, name.quoted());
  }
  if (!fixed.empty()) {
    std::vector<plan::ExpressionPtr> items;
    for (const auto& field : table.schema) {
      const auto found = std::find_if(fixed.begin(), fixed.end(), [&](const auto& item) {
        return same_name(item.first, field.name);
      });
      plan::ExpressionPtr value =
          plan::make_expression(plan::UnresolvedAttribute{.name_parts = {field.name}});
      if (found != fixed.end()) {
        value = plan::make_expression(
            plan::Cast{.child = found->second, .type = field.type, .mode = plan::CastMode::kAnsi});
      }
      items.push_back(plan::make_expression(
          plan::Alias{.child = value, .names = {field.name}, .metadata_json = {}}));
    }
    rows = plan::make_relation(plan::Project{rows, std::move(items)});
  }

  TableWrite write{.table = table, .mode = TableWriteMode::kAppend, .rows = rows, .options = {}};
  write.static_partition = fixed_directories(host, table, fixed);
  if (command.overwrite) {
    const bool dynamic =
        same_name(host.session().config().get("spark.sql.sources.partitionOverwriteMode"),
                  "dynamic") &&
        !table.partition_columns.empty() && fixed.size() < table.partition_columns.size();
    write.mode = dynamic ? TableWriteMode::kOverwritePartitions : TableWriteMode::kOverwrite;
    if (dynamic) write.static_partition.clear();
  }
  if (command.if_partition_not_exists && has_partition_below(host, write)) return {};
  run_assigned(table.schema, [&] { write_known_table(host, write); });
  return {};
}

}  // namespace grebe::commands
