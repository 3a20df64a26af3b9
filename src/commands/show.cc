// SHOW of every kind.
#include <algorithm>
#include <chrono>

#include "commands/actions.h"
#include "commands/partitions.h"
#include "commands/table_details.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "functions/registry.h"
#include "session/shared_state.h"

namespace grebe::commands {
namespace {

using Kind = plan::Show::Kind;

CommandOutcome show_databases(CommandHost& host, const plan::Show& command) {
  CommandOutcome out{.schema = show_schema(host, command), .rows = {}};
  for (const auto& database : host.catalog().databases()) {
    if (matches_pattern(database.name, command.pattern)) {
      out.rows.push_back({text_value(database.name)});
    }
  }
  return out;
}

/// Temporary views that a listing of `database` shows, with the namespace they are shown under.
std::vector<std::pair<std::string, std::string>> temporary_views(CommandHost& host,
                                                                 const std::string& database) {
  std::vector<std::pair<std::string, std::string>> out;
  if (same_name(database, catalog::kGlobalTempDatabase)) {
    for (const auto& name : host.session().shared().global_temp_view_names()) {
      out.emplace_back(catalog::kGlobalTempDatabase, name);
    }
  }
  for (const auto& name : host.session().temp_view_names()) out.emplace_back("", name);
  return out;
}

CommandOutcome show_tables(CommandHost& host, const plan::Show& command) {
  const std::string name = complete_database(host, command.name);
  const bool global = same_name(name, catalog::kGlobalTempDatabase);
  if (!global) require_database(host, name);
  CommandOutcome out{.schema = show_schema(host, command), .rows = {}};
  for (const auto& table : host.catalog().tables(name)) {
    if (command.kind == Kind::kViews && table.kind != catalog::TableKind::kView) continue;
    if (!matches_pattern(table.name, command.pattern)) continue;
    out.rows.push_back({text_value(table.database), text_value(table.name), {false}});
  }
  for (const auto& [shown, view] : temporary_views(host, name)) {
    if (matches_pattern(view, command.pattern)) {
      out.rows.push_back({text_value(shown), text_value(view), {true}});
    }
  }
  return out;
}

/// SHOW TABLE EXTENDED LIKE pattern [PARTITION (…)].
CommandOutcome show_table_extended(CommandHost& host, const plan::Show& command,
                                   const core::Origin& origin) {
  const std::string database = complete_database(host, command.name);
  const bool global = same_name(database, catalog::kGlobalTempDatabase);
  if (!global) require_database(host, database);
  CommandOutcome out{.schema = show_schema(host, command), .rows = {}};
  if (!command.partition.empty()) {
    // The pattern is a table's name here.
    const auto table = host.catalog().find_table(database, command.pattern.value_or(""));
    if (!table) throw table_not_found({database, command.pattern.value_or("")}, {});
    require_partition_management(host, *table, "SHOW TABLE EXTENDED");
    const auto partition = require_partition(host, *table, command.partition, origin);
    out.rows.push_back({text_value(table->database),
                        text_value(table->name),
                        {false},
                        text_value(details_text(partition_details(*table, partition)))});
    return out;
  }
  for (const auto& table : host.catalog().tables(database)) {
    if (!matches_pattern(table.name, command.pattern)) continue;
    out.rows.push_back({text_value(table.database),
                        text_value(table.name),
                        {false},
                        text_value(extended_text(host, as_stored(host, table)))});
  }
  for (const auto& [shown, name] : temporary_views(host, database)) {
    if (!matches_pattern(name, command.pattern)) continue;
    const auto view = find_temp_view(
        host, shown.empty() ? plan::Name{name} : plan::Name{catalog::kGlobalTempDatabase, name});
    out.rows.push_back(
        {text_value(shown), text_value(name), {true}, text_value(temp_view_text(name, *view))});
  }
  return out;
}

CommandOutcome show_columns(CommandHost& host, const plan::Show& command,
                            const core::Origin& origin) {
  CommandOutcome out{.schema = show_schema(host, command), .rows = {}};
  types::Schema schema;
  plan::Name name = command.name;
  // SHOW COLUMNS IN t IN database.
  if (!command.scope.empty()) name = {command.scope, command.name.back()};
  if (const auto view = find_temp_view(host, name)) {
    schema = view->schema;
  } else {
    schema = require_table(host, name, origin).schema;
  }
  for (const auto& field : schema) out.rows.push_back({text_value(field.name)});
  return out;
}

CommandOutcome show_functions(CommandHost& host, const plan::Show& command) {
  CommandOutcome out{.schema = show_schema(host, command), .rows = {}};
  if (same_name(command.scope, "USER")) return out;
  for (const auto& shown : functions::shown_functions()) {
    if (matches_pattern(shown.name, command.pattern)) {
      out.rows.push_back({text_value(std::string(shown.name))});
    }
  }
  return out;
}

CommandOutcome show_partitions(CommandHost& host, const plan::Show& command,
                               const core::Origin& origin) {
  const auto table = require_plain_table(host, command.name, origin, "SHOW PARTITIONS");
  if (table.partition_columns.empty()) {
    throw core::analysis_error("INVALID_PARTITION_OPERATION.PARTITION_SCHEMA_IS_EMPTY",
                               {{"name", TableName{table.database, table.name}.quoted()}});
  }
  const auto wanted = read_partition_spec(host, table, command.partition, origin);
  CommandOutcome out{.schema = show_schema(host, command), .rows = {}};
  for (const auto& [name, partition] : partitions_by_name(host, table)) {
    if (matches_spec(partition, wanted)) out.rows.push_back({text_value(name)});
  }
  return out;
}

CommandOutcome show_properties(CommandHost& host, const plan::Show& command,
                               const core::Origin& origin) {
  CommandOutcome out{.schema = show_schema(host, command), .rows = {}};
  if (find_temp_view(host, command.name)) return out;
  const auto table = require_table(host, command.name, origin);
  catalog::Properties properties = table.properties;
  for (const auto& [key, value] : table.options) properties.emplace("option." + key, value);
  properties = shown_properties(properties);
  if (command.pattern) {
    const auto found = properties.find(*command.pattern);
    const std::string value = found != properties.end()
                                  ? found->second
                                  : "Table " + std::string(catalog::kCatalogName) + "." +
                                        table.database + "." + table.name +
                                        " does not have property: " + *command.pattern;
    out.rows.push_back({text_value(*command.pattern), text_value(value)});
    return out;
  }
  for (const auto& [key, value] : properties) {
    out.rows.push_back({text_value(key), text_value(value)});
  }
  return out;
}

CommandOutcome show_create_table(CommandHost& host, const plan::Show& command,
                                 const core::Origin& origin) {
  if (const auto view = find_temp_view(host, command.name)) {
    throw core::plain_error(core::ErrorClass::kAnalysis,
                            command.name.back() +
                                " is a temp view. 'SHOW CREATE TABLE' expects a table or "
                                "permanent view.");
  }
  const auto table = require_table(host, command.name, origin);
  if (command.as_serde && table.kind != catalog::TableKind::kView) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1274",
                               {{"table", TableName{table.database, table.name}.quoted()}});
  }
  if (command.as_serde) throw core::unsupported("SHOW CREATE TABLE … AS SERDE of a view", origin);
  return {.schema = show_schema(host, command), .rows = {{text_value(create_statement(table))}}};
}

}  // namespace

types::Schema show_schema(CommandHost& /*host*/, const plan::Show& command) {
  switch (command.kind) {
    case Kind::kDatabases:
      return {text_column("namespace")};
    case Kind::kTables:
      return {text_column("namespace"), text_column("tableName"), boolean_column("isTemporary")};
    case Kind::kViews:
      return {text_column("namespace"), text_column("viewName"), boolean_column("isTemporary")};
    case Kind::kTableExtended:
      return {text_column("namespace"), text_column("tableName"), boolean_column("isTemporary"),
              text_column("information")};
    case Kind::kColumns:
      return {text_column("col_name")};
    case Kind::kFunctions:
      return {text_column("function")};
    case Kind::kPartitions:
      return {text_column("partition")};
    case Kind::kTblProperties:
      return {text_column("key"), text_column("value")};
    case Kind::kCreateTable:
      return {text_column("createtab_stmt")};
    case Kind::kCatalogs:
      return {text_column("catalog")};
    case Kind::kCurrentNamespace:
      return {text_column("catalog"), text_column("namespace")};
  }
  return {};
}

CommandOutcome show(CommandHost& host, const plan::Show& command, const core::Origin& origin) {
  switch (command.kind) {
    case Kind::kDatabases:
      return show_databases(host, command);
    case Kind::kTables:
    case Kind::kViews:
      return show_tables(host, command);
    case Kind::kTableExtended:
      return show_table_extended(host, command, origin);
    case Kind::kColumns:
      return show_columns(host, command, origin);
    case Kind::kFunctions:
      return show_functions(host, command);
    case Kind::kPartitions:
      return show_partitions(host, command, origin);
    case Kind::kTblProperties:
      return show_properties(host, command, origin);
    case Kind::kCreateTable:
      return show_create_table(host, command, origin);
    case Kind::kCatalogs: {
      CommandOutcome out{.schema = show_schema(host, command), .rows = {}};
      if (matches_pattern(catalog::kCatalogName, command.pattern)) {
        out.rows.push_back({text_value(catalog::kCatalogName)});
      }
      return out;
    }
    case Kind::kCurrentNamespace:
      return {.schema = show_schema(host, command),
              .rows = {{text_value(catalog::kCatalogName),
                        text_value(host.session().current_database())}}};
  }
  throw core::internal_error("SHOW of a kind outside the enumeration");
}

}  // namespace grebe::commands
