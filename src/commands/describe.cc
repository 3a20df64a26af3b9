// DESCRIBE of tables, columns, queries, databases and functions.
#include "commands/actions.h"
#include "commands/partitions.h"
#include "commands/table_details.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "functions/registry.h"
#include "lakehouse/formats.h"
#include "sources/file_table.h"
#include "types/type_names.h"

namespace grebe::commands {
namespace {

using Kind = plan::Describe::Kind;

void add_row(CommandOutcome& out, const std::string& name, const std::string& type,
             types::Value comment) {
  out.rows.push_back({text_value(name), text_value(type), std::move(comment)});
}

void add_columns(CommandOutcome& out, const types::Schema& schema) {
  for (const auto& field : schema) {
    add_row(out, field.name, declared_type(field).simple_string(),
            optional_text(types::field_comment(field)));
  }
}

void add_details(CommandOutcome& out, const Details& details) {
  for (const auto& [name, value] : details) add_row(out, name, value, text_value(""));
}

/// The default values that columns have, below everything else.
void add_defaults(CommandOutcome& out, const types::Schema& schema) {
  bool is_first = true;
  for (const auto& field : schema) {
    const std::string value = column_default(field);
    if (value.empty()) continue;
    if (is_first) add_details(out, {{"", ""}, {"# Column Default Values", ""}});
    is_first = false;
    add_row(out, field.name, declared_type(field).simple_string(), text_value(value));
  }
}

/// DESCRIBE … PARTITION is for tables with registered partitions.
[[noreturn]] void refuse_partition(const plan::Name& name, const char* kind) {
  throw core::analysis_error("FORBIDDEN_OPERATION",
                             {{"statement", "DESC PARTITION"},
                              {"objectType", kind},
                              {"objectName", core::quote_name({name.back()})}});
}

CommandOutcome describe_table(CommandHost& host, const plan::Describe& command,
                              const core::Origin& origin) {
  CommandOutcome out{.schema = describe_schema(command), .rows = {}};
  if (const auto view = find_temp_view(host, command.name)) {
    if (!command.partition.empty()) refuse_partition(command.name, "TEMPORARY VIEW");
    add_columns(out, view->schema);
    return out;
  }
  const auto table = as_stored(host, require_table(host, command.name, origin));
  if (!command.partition.empty()) {
    if (table.kind == catalog::TableKind::kView) refuse_partition(command.name, "VIEW");
    require_partition_management(host, table, "DESC PARTITION");
  }
  add_columns(out, table.schema);
  if (!table.partition_columns.empty()) {
    add_row(out, "# Partition Information", "", text_value(""));
    add_row(out, "# col_name", "data_type", text_value("comment"));
    add_columns(out, partition_schema(table));
  }
  if (!command.partition.empty()) {
    const auto partition = require_partition(host, table, command.partition, origin);
    if (!command.extended) return out;
    add_details(out, {{"", ""},
                      {"# Detailed Partition Information", ""},
                      {"Database", table.database},
                      {"Table", table.name}});
    add_details(out, partition_details(table, partition));
    add_details(out, {{"", ""}, {"# Storage Information", ""}});
    add_details(out, storage_details(table));
    return out;
  }
  if (command.extended) {
    add_details(out, {{"", ""}, {"# Detailed Table Information", ""}});
    add_details(out, table_details(host, table));
  }
  add_defaults(out, table.schema);
  return out;
}

CommandOutcome describe_column(CommandHost& host, const plan::Describe& command,
                               const core::Origin& origin) {
  types::Schema schema;
  if (const auto view = find_temp_view(host, command.name)) {
    schema = view->schema;
  } else {
    schema = as_stored(host, require_table(host, command.name, origin)).schema;
  }
  for (const auto& field : schema) {
    if (command.column.size() != 1 || !same_name(field.name, command.column[0])) continue;
    const std::string comment = types::field_comment(field);
    return {.schema = describe_schema(command),
            .rows = {{text_value("col_name"), text_value(field.name)},
                     {text_value("data_type"), text_value(declared_type(field).simple_string())},
                     {text_value("comment"), text_value(comment.empty() ? "NULL" : comment)}}};
  }
  std::string proposal;
  for (const auto& field : schema) {
    proposal += (proposal.empty() ? "" : ", ") + core::quote_identifier(field.name);
  }
  throw core::analysis_error(
      "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      {{"objectName", core::quote_name(command.column)}, {"proposal", proposal}}, origin);
}

CommandOutcome describe_database(CommandHost& host, const plan::Describe& command) {
  const auto database = require_database(host, complete_database(host, command.name));
  CommandOutcome out{.schema = describe_schema(command), .rows = {}};
  const auto add = [&](const char* name, const std::string& value) {
    out.rows.push_back({text_value(name), text_value(value)});
  };
  add("Catalog Name", catalog::kCatalogName);
  add("Namespace Name", database.name);
  if (!database.comment.empty()) add("Comment", database.comment);
  add("Location", sources::path_uri(database.location));
  if (!database.owner.empty()) add("Owner", database.owner);
  if (command.extended) {
    std::string properties;
    for (const auto& [key, value] : database.properties) {
      properties += (properties.empty() ? "(" : ", (") + key + "," + value + ")";
    }
    add("Properties", properties.empty() ? "" : "(" + properties + ")");
  }
  return out;
}

CommandOutcome describe_function(CommandHost& host, const plan::Describe& command,
                                 const core::Origin& origin) {
  const auto* entry = functions::find_entry(command.name.back());
  if (entry == nullptr) {
    throw core::analysis_error(
        "UNRESOLVED_ROUTINE",
        {{"routineName", core::quote_name(command.name)},
         {"searchPath", "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`" +
                            host.session().current_database() + "`]"}},
        origin);
  }
  const auto description = functions::describe_function(entry->name);
  CommandOutcome out{.schema = describe_schema(command), .rows = {}};
  const auto add = [&](const char* title, std::string_view text) {
    out.rows.push_back({text_value(title + std::string(text))});
  };
  add("Function: ", entry->name);
  if (!description.class_name.empty()) add("Class: ", description.class_name);
  add("Usage: ", description.usage.empty() ? "N/A." : description.usage);
  if (command.extended) {
    const std::string none = "\n    No example/argument for " + std::string(entry->name) + ".\n";
    add("Extended Usage:", description.extended.empty() ? none : description.extended);
  }
  return out;
}

/// Delta's columns; what only a notebook service fills in is null.
types::Schema history_schema() {
  using types::DataType;
  const auto text = DataType::string();
  const auto texts = DataType::map(text, text, true);
  const auto job = DataType::struct_type({{"jobId", text, true},
                                          {"jobName", text, true},
                                          {"jobRunId", text, true},
                                          {"runId", text, true},
                                          {"jobOwnerId", text, true},
                                          {"triggerType", text, true}});
  return {{"version", DataType::long_type(), true},
          {"timestamp", DataType::timestamp(), true},
          {"userId", text, true},
          {"userName", text, true},
          {"operation", text, true},
          {"operationParameters", texts, true},
          {"job", job, true},
          {"notebook", DataType::struct_type({{"notebookId", text, true}}), true},
          {"clusterId", text, true},
          {"readVersion", DataType::long_type(), true},
          {"isolationLevel", text, true},
          {"isBlindAppend", DataType::boolean(), true},
          {"operationMetrics", texts, true},
          {"userMetadata", text, true},
          {"engineInfo", text, true}};
}

types::Value map_value(const lakehouse::Properties& properties) {
  auto map = std::make_shared<types::ValueMap>();
  for (const auto& [key, value] : properties) {
    map->entries.emplace_back(text_value(key), text_value(value));
  }
  return {std::shared_ptr<const types::ValueMap>(std::move(map))};
}

/// The history of a table of the catalog, or of `format`.`path`.
CommandOutcome describe_history(CommandHost& host, const plan::Describe& command,
                                const core::Origin& origin) {
  const auto* format =
      command.name.size() == 2 ? lakehouse::find_table_format(command.name[0]) : nullptr;
  std::string location;
  if (format != nullptr) {
    location = sources::absolute_path(command.name[1], host.base_directory());
  } else {
    const auto table = require_table(host, command.name, origin);
    format = lakehouse::find_table_format(table.provider);
    if (format == nullptr) {
      throw core::unsupported("DESCRIBE HISTORY of a " + table.provider + " table", origin);
    }
    location = table.location;
  }
  const auto environment = lakehouse::local_environment(host.connection());
  if (!format->exists(environment, location)) throw table_not_found(command.name, origin);
  CommandOutcome out{.schema = history_schema(), .rows = {}};
  for (const auto& entry : format->history(environment, location)) {
    if (command.limit && static_cast<int64_t>(out.rows.size()) >= *command.limit) break;
    const types::Value null;
    out.rows.push_back({{entry.version},
                        {entry.committed_micros},
                        null,
                        null,
                        optional_text(entry.operation),
                        map_value(entry.parameters),
                        null,
                        null,
                        null,
                        null,
                        null,
                        {entry.is_blind_append},
                        map_value(entry.metrics),
                        null,
                        optional_text(entry.engine)});
  }
  return out;
}

}  // namespace

types::Schema describe_schema(const plan::Describe& command) {
  switch (command.kind) {
    case Kind::kTable:
    case Kind::kQuery:
      return {text_column("col_name"), text_column("data_type"), text_column("comment", true)};
    case Kind::kColumn:
    case Kind::kDatabase:
      return {text_column("info_name"), text_column("info_value")};
    case Kind::kFunction:
      return {text_column("function_desc")};
    case Kind::kHistory:
      return history_schema();
  }
  return {};
}

CommandOutcome describe(CommandHost& host, const plan::Describe& command,
                        const core::Origin& origin) {
  switch (command.kind) {
    case Kind::kTable:
      return describe_table(host, command, origin);
    case Kind::kColumn:
      return describe_column(host, command, origin);
    case Kind::kQuery: {
      CommandOutcome out{.schema = describe_schema(command), .rows = {}};
      add_columns(out, host.analyze_schema(command.query));
      return out;
    }
    case Kind::kDatabase:
      return describe_database(host, command);
    case Kind::kFunction:
      return describe_function(host, command, origin);
    case Kind::kHistory:
      return describe_history(host, command, origin);
  }
  throw core::internal_error("DESCRIBE of a kind outside the enumeration");
}

}  // namespace grebe::commands
