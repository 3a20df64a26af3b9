// ALTER DATABASE, ALTER COLUMN, SET SERDE, ANALYZE … PARTITION; see alter_calls.h.
#include "commands/alter_calls.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "commands/actions.h"
#include "commands/partitions.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "parse/sql/parser.h"
#include "sources/file_table.h"
#include "types/coercion.h"

namespace grebe::commands {
namespace {

/// `options` are properties to set, `path` a new location, `description` a new comment.
CommandOutcome alter_database(CommandHost& host, const plan::CatalogCall& call) {
  auto database = require_database(host, complete_database(host, host.parse_name(*call.name)));
  for (const auto& [key, value] : call.options) database.properties[key] = value;
  if (call.description) database.comment = *call.description;
  if (call.path) {
    if (call.path->empty()) {
      throw core::make_error(core::ErrorClass::kIllegalArgument, "INVALID_EMPTY_LOCATION",
                             {{"location", *call.path}});
    }
    database.location = sources::absolute_path(*call.path, host.base_directory());
  }
  host.catalog().update_database(database);
  return {};
}

/// `source` is a new serde class, `options` what is set, `pattern` says that a partition is named.
CommandOutcome set_serde(CommandHost& host, const plan::CatalogCall& call) {
  auto table = require_plain_table(host, host.parse_name(*call.name), {},
                                   "ALTER TABLE ... SET [SERDE|SERDEPROPERTIES]",
                                   " Please use ALTER VIEW instead.");
  if (call.pattern) throw core::analysis_error("_LEGACY_ERROR_TEMP_1247", {});
  if (call.source) throw core::analysis_error("_LEGACY_ERROR_TEMP_1248", {});
  for (const auto& [key, value] : call.options) table.options[key] = value;
  host.catalog().update_table(table);
  host.forget_rows(table.location);
  return {};
}

nlohmann::ordered_json metadata_of(const types::StructField& field) {
  auto metadata = nlohmann::ordered_json::parse(
      field.metadata_json.empty() ? "{}" : field.metadata_json, nullptr, false);
  return metadata.is_object() ? metadata : nlohmann::ordered_json::object();
}

/// `source` is the column, `schema` a new type, `description` a new comment, `options` a new
/// default, `pattern` an operation that the session catalog refuses.
CommandOutcome alter_column(CommandHost& host, const plan::CatalogCall& call) {
  auto table =
      require_plain_table(host, host.parse_name(*call.name), {}, "ALTER TABLE ... ALTER COLUMN",
                          " Please use ALTER VIEW instead.");
  if (!is_file_provider(table.provider)) {
    throw core::unsupported("ALTER TABLE ALTER COLUMN of a " + table.provider + " table");
  }
  if (!call.source) throw unsupported_table_operation(table, *call.pattern);
  const plan::Name column = host.parse_name(*call.source);
  const auto field = std::find_if(table.schema.begin(), table.schema.end(), [&](const auto& each) {
    return same_name(each.name, column.front());
  });
  if (field == table.schema.end()) {
    std::string shown;
    for (const auto& part : column) shown += (shown.empty() ? "" : ".") + part;
    throw core::analysis_error(
        "_LEGACY_ERROR_TEMP_1331",
        {{"fieldName", shown},
         {"table", std::string(catalog::kCatalogName) + "." + table.database + "." + table.name},
         {"schema", types::tree_string(table.schema)}});
  }
  if (column.size() > 1) {
    throw unsupported_table_operation(table, "ALTER COLUMN with qualified column");
  }
  if (call.pattern == "NOT NULL") throw core::analysis_error("_LEGACY_ERROR_TEMP_1053", {});
  if (call.pattern) throw unsupported_table_operation(table, *call.pattern);
  if (call.schema && !call.schema->as_nullable().same_type(declared_type(*field).as_nullable())) {
    throw core::analysis_error("NOT_SUPPORTED_CHANGE_COLUMN",
                               {{"table", TableName{table.database, table.name}.quoted()},
                                {"originName", core::quote_identifier(field->name)},
                                {"originType", core::quote_sql(declared_type(*field).sql())},
                                {"newName", core::quote_identifier(field->name)},
                                {"newType", core::quote_sql(call.schema->sql())}});
  }
  auto metadata = metadata_of(*field);
  if (call.description) metadata["comment"] = *call.description;
  for (const auto& [key, text] : call.options) {
    if (text.empty()) {
      metadata.erase("CURRENT_DEFAULT");
      continue;
    }
    check_default(host, "ALTER TABLE ALTER COLUMN", *field, text);
    metadata["CURRENT_DEFAULT"] = text;
  }
  field->metadata_json = metadata.empty() ? std::string() : metadata.dump();
  host.catalog().update_table(table);
  return {};
}

/// Statistics come from the files themselves: only the names are checked. `options` are the
/// partition's columns.
CommandOutcome analyze_partition(CommandHost& host, const plan::CatalogCall& call) {
  const plan::Name name = host.parse_name(*call.name);
  analyze_table(host, {.name = name});
  const auto table = require_table(host, name);
  PartitionClause clause;
  for (const auto& [column, value] : call.options) clause.emplace_back(column, nullptr);
  read_partition_spec(host, table, clause);
  return {};
}

}  // namespace

core::SparkError unsupported_table_operation(const catalog::Table& table,
                                             const std::string& operation) {
  return core::analysis_error(
      "UNSUPPORTED_FEATURE.TABLE_OPERATION",
      {{"tableName", TableName{table.database, table.name}.quoted()}, {"operation", operation}});
}

void check_default(CommandHost& host, const std::string& statement,
                   const types::StructField& column, const std::string& text) {
  const auto written = parse::sql::parse_expression(text);
  const auto given = host.analyze_schema(plan::make_relation(plan::Project{
                                             plan::make_relation(plan::OneRow{}), {written}}))
                         .front()
                         .type;
  // Numbers that fit are taken in the narrower type.
  const bool fits =
      types::can_up_cast(given, column.type) || (given.is_integral() && column.type.is_integral());
  if (!fits && !given.is(types::TypeKind::kVoid)) {
    throw core::analysis_error("INVALID_DEFAULT_VALUE.DATA_TYPE",
                               {{"statement", statement},
                                {"colName", core::quote_identifier(column.name)},
                                {"defaultValue", text},
                                {"expectedType", core::quote_sql(column.type.sql())},
                                {"actualType", core::quote_sql(given.sql())}});
  }
  host.evaluate(written, column.type);
}

std::string existence_default(const types::StructField& field) {
  const auto metadata = metadata_of(field);
  return metadata.contains("EXISTS_DEFAULT") ? metadata["EXISTS_DEFAULT"].get<std::string>()
                                             : std::string();
}

std::optional<CommandOutcome> alter_call(CommandHost& host, const plan::CatalogCall& call) {
  if (call.method == "alter_database") return alter_database(host, call);
  if (call.method == "set_serde") return set_serde(host, call);
  if (call.method == "alter_column") return alter_column(host, call);
  if (call.method == "analyze_partition") return analyze_partition(host, call);
  return std::nullopt;
}

CommandOutcome analyze_table(CommandHost& host, const plan::AnalyzeTable& command) {
  if (find_temp_view(host, command.name)) {
    std::string shown;
    for (const auto& part : command.name) shown += (shown.empty() ? "" : ".") + part;
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1016",
                               {{"nameParts", shown}, {"cmd", "ANALYZE TABLE"}});
  }
  const auto table = require_table(host, command.name);
  if (table.kind == catalog::TableKind::kView) {
    throw core::analysis_error("UNSUPPORTED_FEATURE.ANALYZE_VIEW", {});
  }
  // Statistics come from the files themselves: only the names are checked.
  for (const auto& column : command.columns) {
    const bool is_known =
        column == "*" || std::any_of(table.schema.begin(), table.schema.end(),
                                     [&](const auto& f) { return same_name(f.name, column); });
    if (is_known) continue;
    throw core::analysis_error("COLUMN_NOT_FOUND",
                               {{"colName", core::quote_identifier(column)},
                                {"caseSensitiveConfig", "\"spark.sql.caseSensitive\""}});
  }
  return {};
}

}  // namespace grebe::commands
