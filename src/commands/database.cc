// CREATE, DROP and USE of databases.
#include <filesystem>

#include "commands/actions.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "sources/file_table.h"

namespace grebe::commands {

CommandOutcome create_database(CommandHost& host, const plan::CreateDatabase& command) {
  const std::string name = lower_case(complete_database(host, command.name));
  catalog::Database database{
      .name = name,
      .comment = command.comment,
      .location = command.location.empty()
                      ? catalog::default_database_location(host.catalog().warehouse(), name)
                      : sources::absolute_path(command.location, host.base_directory()),
      .owner = {},
      .properties = {command.properties.begin(), command.properties.end()}};
  if (same_name(name, catalog::kGlobalTempDatabase)) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1065", {{"name", catalog::kGlobalTempDatabase}});
  }
  if (host.catalog().find_database(name)) {
    if (command.if_not_exists) return {};
    throw core::make_error(core::ErrorClass::kNamespaceExists, "SCHEMA_ALREADY_EXISTS",
                           {{"schemaName", core::quote_identifier(name)}});
  }
  std::error_code failure;
  std::filesystem::create_directories(database.location, failure);
  if (failure) {
    throw core::plain_error(core::ErrorClass::kSpark, "Unable to create database " + name +
                                                          " as failed to create its directory " +
                                                          database.location);
  }
  host.catalog().create_database(database);
  return {};
}

CommandOutcome alter_database(CommandHost& host, const plan::AlterDatabase& command) {
  auto database = require_database(host, complete_database(host, command.name));
  for (const auto& [key, value] : command.properties) database.properties[key] = value;
  if (command.comment) database.comment = *command.comment;
  if (command.location) {
    if (command.location->empty()) {
      throw core::make_error(core::ErrorClass::kIllegalArgument, "INVALID_EMPTY_LOCATION",
                             {{"location", *command.location}});
    }
    database.location = sources::absolute_path(*command.location, host.base_directory());
  }
  host.catalog().update_database(database);
  return {};
}

CommandOutcome drop_database(CommandHost& host, const plan::DropDatabase& command) {
  const std::string name = complete_database(host, command.name);
  const auto database = host.catalog().find_database(name);
  if (!database) {
    if (command.if_exists) return {};
    require_database(host, name);
  }
  if (same_name(name, catalog::kDefaultDatabase)) {
    throw core::analysis_error("UNSUPPORTED_FEATURE.DROP_DATABASE",
                               {{"database", core::quote_identifier(catalog::kDefaultDatabase)}});
  }
  const auto tables = host.catalog().tables(name);
  if (!tables.empty() && !command.cascade) {
    throw core::analysis_error("SCHEMA_NOT_EMPTY", {{"schemaName", core::quote_identifier(name)}});
  }
  for (const auto& table : tables) {
    drop_table(host, {.name = {table.database, table.name},
                      .if_exists = true,
                      .purge = false,
                      .is_view = table.kind == catalog::TableKind::kView});
  }
  host.catalog().drop_database(name);
  std::error_code ignored;  // a directory that others use stays behind
  if (database->location != host.catalog().warehouse()) {
    std::filesystem::remove_all(database->location, ignored);
  }
  if (same_name(host.session().current_database(), name)) {
    host.session().set_current_database(catalog::kDefaultDatabase);
  }
  return {};
}

CommandOutcome use_database(CommandHost& host, const plan::UseDatabase& command) {
  if (command.is_catalog && !same_name(command.name.back(), catalog::kCatalogName)) {
    throw core::plain_error(core::ErrorClass::kSpark,
                            "Catalog '" + command.name.back() + "' plugin class not found: " +
                                "spark.sql.catalog." + command.name.back() + " is not defined");
  }
  // USE spark_catalog names the catalog, not a database.
  if (command.name.size() == 1 && same_name(command.name[0], catalog::kCatalogName)) return {};
  const std::string name = complete_database(host, command.name);
  host.session().set_current_database(require_database(host, name).name);
  return {};
}

}  // namespace grebe::commands
