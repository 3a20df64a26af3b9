// ALTER TABLE and ALTER VIEW; UPDATE, DELETE and MERGE are refused as Spark's file tables do.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "catalog/partitions.h"
#include "commands/actions.h"
#include "commands/alter_column.h"
#include "commands/partitions.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "sources/file_table.h"
#include "types/value_sql.h"

namespace grebe::commands {
namespace {

core::SparkError wrong_kind(const catalog::Table& table, const char* operation) {
  const bool is_view = table.kind == catalog::TableKind::kView;
  return core::analysis_error(
      "WRONG_COMMAND_FOR_OBJECT_TYPE",
      {{"operation", operation},
       {"requiredType", is_view ? "TABLE" : "VIEW"},
       {"objectName", std::string(catalog::kCatalogName) + "." + table.database + "." + table.name},
       {"foundType", is_view ? "VIEW" : "TABLE"},
       {"alternative", is_view ? "ALTER VIEW" : "ALTER TABLE"}});
}

/// Applies one action to the table's entry.
struct Change {
  CommandHost& host;
  catalog::Table& table;

  void operator()(const plan::AlterTable::Rename& action) {
    TableName target = complete_name(host, action.to);
    if (action.to.size() == 1) target.database = table.database;
    target.table = lower_case(target.table);
    if (!same_name(target.database, table.database)) {
      throw core::analysis_error("_LEGACY_ERROR_TEMP_1073",
                                 {{"db", table.database}, {"newDb", target.database}});
    }
    if (host.catalog().find_table(target.database, target.table)) {
      throw core::make_error(core::ErrorClass::kTableExists, "TABLE_OR_VIEW_ALREADY_EXISTS",
                             {{"relationName", target.quoted()}});
    }
    const std::string old_name = table.name;
    // The files of a managed table move with its name.
    const auto database = require_database(host, table.database);
    if (table.kind == catalog::TableKind::kManaged &&
        table.location == catalog::default_table_location(database, old_name)) {
      const std::string location = catalog::default_table_location(database, target.table);
      std::error_code failure;
      std::filesystem::rename(table.location, location, failure);
      if (failure) {
        throw core::plain_error(
            core::ErrorClass::kSpark,
            "The files of " + table.location + " cannot be moved: " + failure.message());
      }
      move_partitions(table.location, location);
      table.location = location;
    }
    host.catalog().rename_table(table.database, old_name, table.database, target.table);
    table.name = target.table;
  }
  /// Partitions below a directory that moved lie below its new place.
  void move_partitions(const std::string& from, const std::string& to) {
    auto& registry = catalog::partition_registry(host.catalog());
    catalog::PartitionChange change;
    for (auto partition : registry.partitions(table.database, table.name)) {
      if (!partition.location.starts_with(from + "/")) continue;
      change.removed.push_back(partition.values);
      partition.location = to + partition.location.substr(from.size());
      change.added.push_back(std::move(partition));
    }
    registry.change_partitions(table.database, table.name, change);
  }
  void operator()(const plan::AlterTable::SetProperties& action) {
    for (const auto& [key, value] : action.properties) {
      if (key == "comment") {  // a reserved property: COMMENT ON TABLE
        table.comment = value;
      } else {
        table.properties[key] = value;
      }
    }
  }
  void operator()(const plan::AlterTable::UnsetProperties& action) {
    for (const auto& key : action.keys) {
      if (key == "comment") {
        table.comment.clear();
      } else if (table.properties.erase(key) == 0 && !action.if_exists) {
        throw core::analysis_error("UNSET_NONEXISTENT_PROPERTIES",
                                   {{"properties", core::quote_identifier(key)},
                                    {"table", TableName{table.database, table.name}.quoted()}});
      }
    }
  }
  void operator()(const plan::AlterTable::AddColumns& action) {
    if (!is_file_provider(table.provider)) {
      throw core::unsupported("ALTER TABLE ADD COLUMNS of a " + table.provider + " table");
    }
    const auto partitions = static_cast<std::ptrdiff_t>(table.partition_columns.size());
    auto fields = stored_schema(action.columns);
    for (size_t i = 0; i < fields.size(); ++i) {
      if (action.columns[i].default_value) {
        fix_existence_default(fields[i], action.columns[i].default_value);
      }
    }
    for (const auto& field : fields) {
      for (const auto& known : table.schema) {
        if (same_name(known.name, field.name)) {
          throw core::analysis_error(
              "COLUMN_ALREADY_EXISTS",
              {{"columnName", core::quote_identifier(lower_case(field.name))}});
        }
      }
      table.schema.insert(table.schema.end() - partitions, field);
    }
  }
  /// Rows from before the column have the value that its default has now.
  void fix_existence_default(types::StructField& field, const plan::ExpressionPtr& value) const {
    if (table.provider != "parquet") {
      throw core::unsupported("ALTER TABLE ADD COLUMNS … DEFAULT of a " + table.provider +
                              " table");
    }
    auto metadata = nlohmann::ordered_json::parse(field.metadata_json);
    check_default(host, "ALTER TABLE ADD COLUMNS", field,
                  metadata["CURRENT_DEFAULT"].get<std::string>());
    metadata["EXISTS_DEFAULT"] = types::literal_sql(host.evaluate(value, field.type), field.type,
                                                    host.session().config().time_zone());
    field.metadata_json = metadata.dump();
  }
  void operator()(const plan::AlterTable::DropColumns&) { refuse_v1("DROP COLUMN"); }
  void operator()(const plan::AlterTable::RenameColumn&) { refuse_v1("RENAME COLUMN"); }
  void operator()(const plan::AlterTable::SetLocation& action) {
    table.location = sources::absolute_path(action.location, host.base_directory());
    table.kind = catalog::TableKind::kExternal;
  }
  void operator()(const plan::AlterTable::SetViewText& action) {
    table.schema = host.analyze_schema(action.query);
    table.view_columns.clear();
    for (const auto& field : table.schema) table.view_columns.push_back(field.name);
    table.view_text = action.text;
    table.view_database = host.session().current_database();
  }

  [[noreturn]] void refuse_v1(const char* operation) const {
    throw unsupported_table_operation(table, operation);
  }
};

}  // namespace

CommandOutcome alter_table(CommandHost& host, const plan::AlterTable& command) {
  const auto* text = std::get_if<plan::AlterTable::SetViewText>(&command.action);
  if (text && command.is_view && find_temp_view(host, command.name)) {
    plan::CreateView replaced;
    replaced.name = command.name;
    replaced.input = text->query;
    replaced.text = text->text;
    replaced.scope = command.name.size() > 1 ? plan::CreateView::Scope::kGlobalTemp
                                             : plan::CreateView::Scope::kLocalTemp;
    replaced.replace = true;
    return create_view(host, replaced);
  }
  auto table = require_table(host, command.name);
  const bool is_view = table.kind == catalog::TableKind::kView;
  const bool renames = std::holds_alternative<plan::AlterTable::Rename>(command.action);
  if (is_view && !command.is_view && renames) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1252");
  }
  if (is_view != command.is_view && !renames) {
    throw wrong_kind(table, command.is_view ? "ALTER VIEW …" : "ALTER TABLE …");
  }
  std::visit(Change{host, table}, command.action);
  host.catalog().update_table(table);
  return {};
}

CommandOutcome set_serde(CommandHost& host, const plan::SetSerde& command) {
  auto table =
      require_plain_table(host, command.table, {}, "ALTER TABLE ... SET [SERDE|SERDEPROPERTIES]",
                          " Please use ALTER VIEW instead.");
  if (command.of_partition) throw core::analysis_error("_LEGACY_ERROR_TEMP_1247", {});
  if (command.serde) throw core::analysis_error("_LEGACY_ERROR_TEMP_1248", {});
  for (const auto& [key, value] : command.properties) table.options[key] = value;
  host.catalog().update_table(table);
  host.forget_rows(table.location);
  return {};
}

CommandOutcome row_level_operation(CommandHost& host, const plan::RowLevelOperation& command) {
  const auto table = require_table(host, command.table);
  if (!is_file_provider(table.provider)) {
    throw core::unsupported(command.kind + " of a " + table.provider + " table");
  }
  if (command.kind == "DELETE") {
    throw unsupported_table_operation(table, "DELETE");
  }
  throw core::make_error(core::ErrorClass::kUnsupportedOperation, "_LEGACY_ERROR_TEMP_2096",
                         {{"ddl", command.kind == "MERGE" ? "MERGE INTO TABLE" : "UPDATE TABLE"}});
}

}  // namespace grebe::commands
