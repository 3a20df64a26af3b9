// spark.catalog.*: each call's rows with Spark's own columns.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "commands/actions.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "functions/registry.h"
#include "session/shared_state.h"
#include "sources/file_table.h"
#include "types/type_names.h"

namespace grebe::commands {
namespace {

using types::DataType;

const types::Schema& text_result() {
  static const types::Schema kSchema = {text_column("value", true)};
  return kSchema;
}
const types::Schema& boolean_result() {
  static const types::Schema kSchema = {boolean_column("value")};
  return kSchema;
}
const types::Schema& database_columns() {
  static const types::Schema kSchema = {text_column("name", true), text_column("catalog", true),
                                        text_column("description", true),
                                        text_column("locationUri", true)};
  return kSchema;
}
const types::Schema& table_columns() {
  static const types::Schema kSchema = {
      text_column("name", true),
      text_column("catalog", true),
      {"namespace", DataType::array(DataType::string(), true), true},
      text_column("description", true),
      text_column("tableType", true),
      boolean_column("isTemporary")};
  return kSchema;
}
const types::Schema& function_columns() {
  static const types::Schema kSchema = {
      text_column("name", true),
      text_column("catalog", true),
      {"namespace", DataType::array(DataType::string(), true), true},
      text_column("description", true),
      text_column("className", true),
      boolean_column("isTemporary")};
  return kSchema;
}
const types::Schema& column_columns() {
  static const types::Schema kSchema = {text_column("name", true), text_column("description", true),
                                        text_column("dataType", true), boolean_column("nullable"),
                                        boolean_column("isPartition"), boolean_column("isBucket"),
                                        // 4.x reads a seventh column, 3.5 ignores it.
                                        boolean_column("isCluster")};
  return kSchema;
}
const types::Schema& catalog_columns() {
  static const types::Schema kSchema = {text_column("name", true),
                                        text_column("description", true)};
  return kSchema;
}
const types::Schema& no_columns() {
  static const types::Schema kSchema;
  return kSchema;
}

types::Value name_list(const std::vector<std::string>& names) {
  types::ValueList list;
  for (const auto& name : names) list.items.push_back({name});
  return {std::make_shared<const types::ValueList>(std::move(list))};
}

std::vector<types::Value> database_row(const catalog::Database& database) {
  return {text_value(database.name), text_value(catalog::kCatalogName),
          text_value(database.comment), text_value(sources::path_uri(database.location))};
}

std::vector<types::Value> table_row(const catalog::Table& table) {
  const char* kind = table.kind == catalog::TableKind::kManaged    ? "MANAGED"
                     : table.kind == catalog::TableKind::kExternal ? "EXTERNAL"
                                                                   : "VIEW";
  return {text_value(table.name),
          text_value(catalog::kCatalogName),
          name_list({table.database}),
          optional_text(table.comment),
          text_value(kind),
          {false}};
}

std::vector<types::Value> view_row(const std::string& name, const std::vector<std::string>& parts,
                                   const std::string& comment) {
  return {text_value(name),        {},    name_list(parts), optional_text(comment),
          text_value("TEMPORARY"), {true}};
}

/// The name of a call: with `database` the whole name is one part.
plan::Name call_name(CommandHost& host, const plan::CatalogCall& call) {
  if (call.database) return {*call.database, *call.name};
  return host.parse_name(*call.name);
}

CommandOutcome list_databases(CommandHost& host, const plan::CatalogCall& call) {
  CommandOutcome out{.schema = database_columns(), .rows = {}};
  for (const auto& database : host.catalog().databases()) {
    if (matches_pattern(database.name, call.pattern)) out.rows.push_back(database_row(database));
  }
  return out;
}

CommandOutcome get_database(CommandHost& host, const plan::CatalogCall& call) {
  return {.schema = database_columns(),
          .rows = {database_row(
              require_database(host, complete_database(host, host.parse_name(*call.name))))}};
}

CommandOutcome list_tables(CommandHost& host, const plan::CatalogCall& call) {
  const bool views_only = call.method == "list_views";
  const std::string database = call.database
                                   ? complete_database(host, host.parse_name(*call.database))
                                   : host.session().current_database();
  CommandOutcome out{.schema = table_columns(), .rows = {}};
  if (same_name(database, catalog::kGlobalTempDatabase)) {
    for (const auto& name : host.session().shared().global_temp_view_names()) {
      if (matches_pattern(name, call.pattern)) {
        out.rows.push_back(view_row(name, {catalog::kGlobalTempDatabase}, ""));
      }
    }
  } else {
    require_database(host, database);
    for (const auto& table : host.catalog().tables(database)) {
      if (views_only && table.kind != catalog::TableKind::kView) continue;
      if (matches_pattern(table.name, call.pattern)) out.rows.push_back(table_row(table));
    }
  }
  for (const auto& name : host.session().temp_view_names()) {
    if (matches_pattern(name, call.pattern)) out.rows.push_back(view_row(name, {}, ""));
  }
  return out;
}

CommandOutcome get_table(CommandHost& host, const plan::CatalogCall& call) {
  const plan::Name name = call_name(host, call);
  if (const auto view = find_temp_view(host, name)) {
    std::vector<std::string> parts;
    if (name.size() == 2) parts = {catalog::kGlobalTempDatabase};
    return {.schema = table_columns(), .rows = {view_row(name.back(), parts, view->comment)}};
  }
  return {.schema = table_columns(), .rows = {table_row(require_table(host, name))}};
}

CommandOutcome table_exists(CommandHost& host, const plan::CatalogCall& call) {
  const plan::Name name = call_name(host, call);
  bool exists = find_temp_view(host, name).has_value();
  if (!exists) {
    const TableName full = complete_name(host, name);
    exists = host.catalog().find_table(full.database, full.table).has_value();
  }
  return {.schema = boolean_result(), .rows = {{{exists}}}};
}

CommandOutcome list_columns(CommandHost& host, const plan::CatalogCall& call) {
  const plan::Name name = call_name(host, call);
  types::Schema schema;
  std::vector<std::string> partitions;
  std::vector<std::string> buckets;
  if (const auto view = find_temp_view(host, name)) {
    schema = view->schema;
  } else {
    const auto table = require_table(host, name);
    schema = table.schema;
    partitions = table.partition_columns;
    buckets = table.bucket_columns;
  }
  CommandOutcome out{.schema = column_columns(), .rows = {}};
  for (const auto& field : schema) {
    const auto is_in = [&](const std::vector<std::string>& columns) {
      return std::find(columns.begin(), columns.end(), field.name) != columns.end();
    };
    out.rows.push_back({text_value(field.name),
                        optional_text(types::field_comment(field)),
                        text_value(declared_type(field).simple_string()),
                        {field.nullable},
                        {is_in(partitions)},
                        {is_in(buckets)},
                        {false}});
  }
  return out;
}

std::vector<types::Value> function_row(std::string_view name) {
  const auto description = functions::describe_function(name);
  return {text_value(std::string(name)),
          {},
          {},
          {},
          optional_text(std::string(description.class_name)),
          {true}};
}

CommandOutcome list_functions(const plan::CatalogCall& call) {
  CommandOutcome out{.schema = function_columns(), .rows = {}};
  for (const auto& shown : functions::shown_functions()) {
    if (shown.has_class && matches_pattern(shown.name, call.pattern)) {
      out.rows.push_back(function_row(shown.name));
    }
  }
  return out;
}

CommandOutcome get_function(CommandHost& host, const plan::CatalogCall& call) {
  const plan::Name name = call_name(host, call);
  if (const auto* entry = functions::find_entry(name.back())) {
    return {.schema = function_columns(), .rows = {function_row(entry->name)}};
  }
  throw core::analysis_error(
      "UNRESOLVED_ROUTINE",
      {{"routineName", core::quote_name(name)},
       {"searchPath", "[`system`.`builtin`, `system`.`session`, `spark_catalog`.`" +
                          host.session().current_database() + "`]"}});
}

CommandOutcome create(CommandHost& host, const plan::CatalogCall& call) {
  plan::CreateTable command;
  command.name = host.parse_name(*call.name);
  command.provider = call.source && !call.source->empty()
                         ? *call.source
                         : host.session().config().get("spark.sql.sources.default");
  command.options = call.options;
  command.comment = call.description.value_or("");
  if (call.path) command.location = *call.path;
  if (call.schema && call.schema->is(types::TypeKind::kStruct)) {
    for (const auto& field : call.schema->fields()) {
      command.columns.push_back({.name = field.name,
                                 .type = field.type,
                                 .nullable = field.nullable,
                                 .comment = types::field_comment(field),
                                 .default_value = nullptr});
    }
  }
  create_table(host, command);
  // The client shows the new table: no rows, its columns.
  return {.schema = require_table(host, command.name).schema, .rows = {}};
}

}  // namespace

types::Schema catalog_call_schema(CommandHost& host, const plan::CatalogCall& call) {
  const std::string& method = call.method;
  if (method == "current_database" || method == "current_catalog") return text_result();
  if (method == "list_databases" || method == "get_database") return database_columns();
  if (method == "list_tables" || method == "list_views" || method == "get_table") {
    return table_columns();
  }
  if (method == "list_functions" || method == "get_function") return function_columns();
  if (method == "list_columns") return column_columns();
  if (method == "list_catalogs") return catalog_columns();
  if (method == "database_exists" || method == "table_exists" || method == "function_exists" ||
      method == "is_cached") {
    return boolean_result();
  }
  if ((method == "create_table" || method == "create_external_table") && call.schema &&
      call.schema->is(types::TypeKind::kStruct)) {
    return call.schema->as_nullable().fields();
  }
  static_cast<void>(host);
  return no_columns();
}

CommandOutcome catalog_call(CommandHost& host, const plan::CatalogCall& call) {
  const std::string& method = call.method;
  const auto text = [](std::string value) {
    return CommandOutcome{.schema = text_result(), .rows = {{text_value(std::move(value))}}};
  };
  const auto boolean = [](bool value) {
    return CommandOutcome{.schema = boolean_result(), .rows = {{{value}}}};
  };
  if (method == "current_database") return text(host.session().current_database());
  if (method == "set_current_database") {
    return use_database(host, {.name = host.parse_name(*call.name)});
  }
  if (method == "list_databases") return list_databases(host, call);
  if (method == "get_database") return get_database(host, call);
  if (method == "database_exists") {
    return boolean(host.catalog()
                       .find_database(complete_database(host, host.parse_name(*call.name)))
                       .has_value());
  }
  if (method == "list_tables" || method == "list_views") return list_tables(host, call);
  if (method == "get_table") return get_table(host, call);
  if (method == "table_exists") return table_exists(host, call);
  if (method == "list_columns") return list_columns(host, call);
  if (method == "list_functions") return list_functions(call);
  if (method == "get_function") return get_function(host, call);
  if (method == "function_exists") {
    // A name within a database is never that of a built-in function.
    const plan::Name name = call_name(host, call);
    return boolean(name.size() == 1 && functions::find_entry(name.back()) != nullptr);
  }
  if (method == "create_table" || method == "create_external_table") return create(host, call);
  if (method == "recover_partitions") {
    return alter_partitions(
        host, {.name = host.parse_name(*call.name), .action = plan::AlterPartitions::Repair{}});
  }
  if (method == "is_cached") {
    const plan::Name name = host.parse_name(*call.name);
    if (!find_temp_view(host, name)) require_table(host, name);
    return boolean(host.is_persisted(plan::make_relation(plan::ReadTable{.name_parts = name})));
  }
  if (method == "cache_table") {
    return cache_table(host, {.name = host.parse_name(*call.name), .lazy = true});
  }
  if (method == "uncache_table") return uncache_table(host, {.name = host.parse_name(*call.name)});
  if (method == "clear_cache") {
    host.clear_cache();
    return {};
  }
  if (method == "refresh_table") return refresh_table(host, {.name = host.parse_name(*call.name)});
  if (method == "refresh_by_path") {
    return refresh_table(host, {.name = {}, .path = call.path.value_or("")});
  }
  if (method == "current_catalog") return text(catalog::kCatalogName);
  if (method == "set_current_catalog") {
    if (same_name(*call.name, catalog::kCatalogName)) return {};
    throw core::plain_error(core::ErrorClass::kSpark, "Catalog '" + *call.name +
                                                          "' plugin class not found: "
                                                          "spark.sql.catalog." +
                                                          *call.name + " is not defined");
  }
  if (method == "list_catalogs") {
    CommandOutcome out{.schema = catalog_columns(), .rows = {}};
    if (matches_pattern(catalog::kCatalogName, call.pattern)) {
      out.rows.push_back({text_value(catalog::kCatalogName), {}});
    }
    return out;
  }
  throw core::unsupported("the catalog call " + method);
}

}  // namespace grebe::commands
