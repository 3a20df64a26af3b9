// DROP TABLE, DROP VIEW, TRUNCATE TABLE.
#include <filesystem>

#include "commands/actions.h"
#include "commands/partitions.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "session/shared_state.h"
#include "sources/file_table.h"

namespace grebe::commands {
namespace {

bool drop_temporary(CommandHost& host, const plan::Name& name) {
  if (name.size() == 1) return host.session().drop_temp_view(name[0]);
  if (name.size() == 2 && same_name(name[0], catalog::kGlobalTempDatabase)) {
    return host.session().shared().drop_global_temp_view(name[1]);
  }
  return false;
}

/// Removes what lies in a directory; one that is not there is empty.
void empty_directory(const std::string& directory, const std::string& quoted_table) {
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(directory, failure)) {
    std::filesystem::remove_all(entry.path(), failure);
    if (failure) {
      throw core::make_error(
          core::ErrorClass::kSpark, "_LEGACY_ERROR_TEMP_1268",
          {{"tableIdentWithDB", quoted_table}, {"path", sources::path_uri(directory)}});
    }
  }
}

}  // namespace

CommandOutcome drop_table(CommandHost& host, const plan::DropTable& command) {
  if (drop_temporary(host, command.name)) return {};
  const TableName name = complete_name(host, command.name);
  const auto table = host.catalog().find_table(name.database, name.table);
  if (!table) {
    if (command.if_exists) return {};
    throw table_not_found(name);
  }
  const bool is_view = table->kind == catalog::TableKind::kView;
  if (is_view != command.is_view) {
    throw core::analysis_error(
        "WRONG_COMMAND_FOR_OBJECT_TYPE",
        {{"operation", command.is_view ? "DROP VIEW" : "DROP TABLE"},
         {"requiredType", command.is_view ? "VIEW" : "EXTERNAL or MANAGED"},
         {"objectName",
          std::string(catalog::kCatalogName) + "." + table->database + "." + table->name},
         {"foundType", is_view                                       ? "VIEW"
                       : table->kind == catalog::TableKind::kManaged ? "MANAGED"
                                                                     : "EXTERNAL"},
         {"alternative", command.is_view ? "DROP TABLE" : "DROP VIEW"}});
  }
  // The entry goes first: a crash in between leaves files that nobody refers to.
  host.catalog().drop_table(table->database, table->name);
  if (table->kind == catalog::TableKind::kManaged) {
    std::error_code failure;
    std::filesystem::remove_all(table->location, failure);
    if (failure) {
      throw core::plain_error(core::ErrorClass::kSpark,
                              "The files of the dropped table " + name.quoted() +
                                  " cannot be removed: " + failure.message());
    }
  }
  return {};
}

CommandOutcome drop_temp_view(CommandHost& host, const plan::DropTempView& command) {
  const bool dropped = command.global ? host.session().shared().drop_global_temp_view(command.name)
                                      : host.session().drop_temp_view(command.name);
  return {.schema = {{"value", types::DataType::boolean(), false}}, .rows = {{{dropped}}}};
}

CommandOutcome truncate_table(CommandHost& host, const plan::TruncateTable& command) {
  const auto table = require_plain_table(host, command.name, {}, "TRUNCATE TABLE");
  const TableName name{table.database, table.name};
  if (table.kind == catalog::TableKind::kExternal) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1266", {{"tableIdentWithDB", name.quoted()}});
  }
  if (table.partition_columns.empty() && !command.partition.empty()) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1267", {{"tableIdentWithDB", name.quoted()}});
  }
  if (!is_file_provider(table.provider) && !command.partition.empty()) {
    throw core::unsupported("TRUNCATE TABLE … PARTITION of a " + table.provider + " table");
  }
  if (!is_file_provider(table.provider)) {
    // An overwrite with no rows keeps the table's history.
    auto nothing = plan::make_relation(
        plan::Filter{plan::make_relation(plan::ReadTable{.name_parts = name.parts()}),
                     plan::make_expression(
                         plan::Literal{.type = types::DataType::boolean(), .value = {false}})});
    write_table(host, {.table = table,
                       .mode = TableWriteMode::kOverwrite,
                       .rows = std::move(nothing),
                       .options = {},
                       .static_partition = {}});
    return {};
  }
  if (!has_registry(host, table)) {
    if (!command.partition.empty()) {
      throw core::unsupported("TRUNCATE TABLE … PARTITION of a table that was never repaired");
    }
    empty_directory(table.location, name.quoted());
    return {};
  }
  const auto wanted = read_partition_spec(host, table, command.partition);
  for (const auto& [directory, partition] : partitions_by_name(host, table)) {
    if (matches_spec(partition, wanted)) empty_directory(partition.location, name.quoted());
  }
  return {};
}

}  // namespace grebe::commands
