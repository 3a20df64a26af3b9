// SHOW of every kind.
#include <algorithm>
#include <chrono>

#include "commands/actions.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "functions/registry.h"
#include "lakehouse/formats.h"
#include "session/shared_state.h"
#include "sources/file_table.h"
#include "sources/partition_path.h"
#include "types/value_text.h"

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
  for (const auto* entry : functions::list_entries()) {
    if (matches_pattern(entry->name, command.pattern)) {
      out.rows.push_back({text_value(std::string(entry->name))});
    }
  }
  return out;
}

/// Directories of a partitioned table: `year=2020/month=1`.
std::vector<std::string> partition_names(CommandHost& host, const catalog::Table& table) {
  const auto& config = host.session().config();
  std::vector<std::string> names;
  std::vector<types::Schema> unused;
  types::Schema partition_schema;
  for (const auto& column : table.partition_columns) {
    for (const auto& field : table.schema) {
      if (same_name(field.name, column)) partition_schema.push_back(field);
    }
  }
  std::vector<resolved::ScanFile> files;
  if (const auto* format = lakehouse::find_table_format(table.provider)) {
    const auto environment = lakehouse::local_environment(host.connection());
    files =
        format
            ->open_snapshot(environment, table.location, lakehouse::SnapshotSelector::latest(), {})
            .files;
  } else {
    files = sources::open_files({.format = table.provider,
                                 .paths = {table.location},
                                 .user_schema = table.schema,
                                 .options = {},
                                 .partition_schema = partition_schema,
                                 .allow_empty = true},
                                {.connection = host.connection(),
                                 .base_directory = host.base_directory(),
                                 .case_sensitive = config.case_sensitive(),
                                 .time_zone = config.time_zone()})
                .files;
  }
  for (const auto& file : files) {
    std::string name;
    for (size_t i = 0; i < partition_schema.size() && i < file.partition_values.size(); ++i) {
      const auto& value = file.partition_values[i];
      const std::string text =
          value.is_null()
              ? std::string(sources::kDefaultPartition)
              : sources::escape_path_name(types::value_text(value, partition_schema[i].type,
                                                            {.time_zone = config.time_zone()}));
      name +=
          (i == 0 ? "" : "/") + sources::escape_path_name(partition_schema[i].name) + "=" + text;
    }
    names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

CommandOutcome show_partitions(CommandHost& host, const plan::Show& command,
                               const core::Origin& origin) {
  const auto table = require_table(host, command.name, origin);
  if (table.partition_columns.empty()) {
    throw core::analysis_error("INVALID_PARTITION_OPERATION.PARTITION_SCHEMA_IS_EMPTY",
                               {{"name", TableName{table.database, table.name}.quoted()}});
  }
  // SHOW PARTITIONS t PARTITION (k = v): only directories with these values.
  std::vector<std::string> wanted;
  for (const auto& [column, value] : command.partition) {
    const auto field = std::find_if(table.schema.begin(), table.schema.end(),
                                    [&](const auto& f) { return same_name(f.name, column); });
    if (field == table.schema.end() || value == nullptr) {
      throw core::unsupported("a partition specification without values", origin);
    }
    wanted.push_back(sources::escape_path_name(field->name) + "=" +
                     sources::escape_path_name(
                         types::value_text(host.evaluate(value, field->type), field->type,
                                           {.time_zone = host.session().config().time_zone()})));
  }
  CommandOutcome out{.schema = show_schema(host, command), .rows = {}};
  for (const auto& name : partition_names(host, table)) {
    const std::string bounded = "/" + name + "/";
    if (std::all_of(wanted.begin(), wanted.end(), [&](const std::string& directory) {
          return bounded.find("/" + directory + "/") != std::string::npos;
        })) {
      out.rows.push_back({text_value(name)});
    }
  }
  return out;
}

CommandOutcome show_properties(CommandHost& host, const plan::Show& command,
                               const core::Origin& origin) {
  CommandOutcome out{.schema = show_schema(host, command), .rows = {}};
  if (find_temp_view(host, command.name)) return out;
  const auto table = require_table(host, command.name, origin);
  if (command.pattern) {
    const auto found = table.properties.find(*command.pattern);
    const std::string value = found != table.properties.end()
                                  ? found->second
                                  : "Table " + std::string(catalog::kCatalogName) + "." +
                                        table.database + "." + table.name +
                                        " does not have property: " + *command.pattern;
    out.rows.push_back({text_value(*command.pattern), text_value(value)});
    return out;
  }
  for (const auto& [key, value] : table.properties) {
    out.rows.push_back({text_value(key), text_value(value)});
  }
  return out;
}

CommandOutcome show_create_table(CommandHost& host, const plan::Show& command,
                                 const core::Origin& origin) {
  if (command.as_serde) throw core::unsupported("SHOW CREATE TABLE … AS SERDE", origin);
  if (const auto view = find_temp_view(host, command.name)) {
    throw core::plain_error(core::ErrorClass::kAnalysis,
                            command.name.back() +
                                " is a temp view. 'SHOW CREATE TABLE' expects a table or "
                                "permanent view.");
  }
  const auto table = require_table(host, command.name, origin);
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
      throw core::unsupported("SHOW TABLE EXTENDED", origin);
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
