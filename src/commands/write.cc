// df.write: save, saveAsTable, insertInto.
#include <algorithm>

#include "commands/actions.h"
#include "commands/file_writer.h"
#include "commands/overwrite_check.h"
#include "commands/store_assignment.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "lakehouse/formats.h"
#include "plan/table_properties.h"
#include "sources/file_table.h"

namespace grebe::commands {
namespace {

std::string format_of(CommandHost& host, const std::string& format) {
  return require_provider(format.empty() ? host.session().config().get("spark.sql.sources.default")
                                         : format);
}

void check_buckets(const plan::WriteOperation& command) {
  const bool is_bucketed = command.buckets > 0 || !command.bucket_by.empty();
  if (!is_bucketed && command.sort_by.empty()) return;
  if (!is_bucketed) throw core::analysis_error("SORT_BY_WITHOUT_BUCKETING", {});
  if (command.target == plan::WriteOperation::Target::kPath) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1312", {{"operation", "save"}});
  }
  if (command.target == plan::WriteOperation::Target::kInsertInto) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1312", {{"operation", "insertInto"}});
  }
}

/// The input's own spelling of the partition columns.
std::vector<std::string> partition_names(const types::Schema& schema,
                                         const std::vector<std::string>& given) {
  std::vector<std::string> names;
  for (const auto& name : given) {
    const auto found = std::find_if(schema.begin(), schema.end(),
                                    [&](const auto& field) { return same_name(field.name, name); });
    if (found == schema.end()) {
      throw core::analysis_error(
          "_LEGACY_ERROR_TEMP_1155",
          {{"col", name}, {"schemaCatalog", types::DataType::struct_type(schema).simple_string()}});
    }
    if (found->type.is_nested() || found->type.is(types::TypeKind::kBinary)) {
      throw core::analysis_error("_LEGACY_ERROR_TEMP_1153",
                                 {{"field", found->type.simple_string()}});
    }
    if (std::find(names.begin(), names.end(), found->name) != names.end()) {
      throw core::analysis_error("COLUMN_ALREADY_EXISTS",
                                 {{"columnName", core::quote_identifier(lower_case(name))}});
    }
    names.push_back(found->name);
  }
  if (!names.empty() && names.size() == schema.size()) {
    throw core::analysis_error("ALL_PARTITION_COLUMNS_NOT_ALLOWED");
  }
  return names;
}

void check_names(const types::Schema& schema) {
  for (size_t i = 0; i < schema.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (same_name(schema[i].name, schema[j].name)) {
        throw core::analysis_error(
            "COLUMN_ALREADY_EXISTS",
            {{"columnName", core::quote_identifier(lower_case(schema[i].name))}});
      }
    }
  }
}

bool dynamic_overwrite(CommandHost& host, const std::map<std::string, std::string>& options) {
  const auto option = options.find("partitionoverwritemode");
  return same_name(option != options.end()
                       ? option->second
                       : host.session().config().get("spark.sql.sources.partitionOverwriteMode"),
                   "dynamic");
}

CommandOutcome save_lakehouse(CommandHost& host, const plan::WriteOperation& command,
                              const lakehouse::TableFormat& format, const std::string& location,
                              const std::map<std::string, std::string>& options) {
  const auto environment = lakehouse::local_environment(host.connection());
  const bool exists = format.exists(environment, location);
  lakehouse::WriteRequest request;
  request.location = location;
  request.options = with_session_codec(host, format.name(), options);
  request.mode = lakehouse::WriteMode::kCreate;
  if (exists) {
    switch (command.mode) {
      case plan::SaveMode::kErrorIfExists:
        throw core::analysis_error("PATH_ALREADY_EXISTS",
                                   {{"outputPath", sources::path_uri(location)}});
      case plan::SaveMode::kIgnore:
        return {};
      case plan::SaveMode::kAppend:
        request.mode = lakehouse::WriteMode::kAppend;
        break;
      case plan::SaveMode::kOverwrite:
        request.mode = dynamic_overwrite(host, options) && !command.partition_by.empty()
                           ? lakehouse::WriteMode::kOverwritePartitions
                           : lakehouse::WriteMode::kOverwrite;
        break;
    }
  }
  auto query = host.emit(command.input);
  check_names(query.schema);
  request.partition_columns = partition_names(query.schema, command.partition_by);
  request.schema = std::move(query.schema);
  request.query = std::move(query.duckdb_sql);
  format.write(environment, request);
  return {};
}

CommandOutcome save_path(CommandHost& host, const plan::WriteOperation& command) {
  const std::string format = format_of(host, command.format);
  auto options = lower_keys(command.options);
  std::string path = command.path;
  if (const auto option = options.find("path"); option != options.end()) {
    if (!path.empty()) {
      throw core::analysis_error("_LEGACY_ERROR_TEMP_1307",
                                 {{"config", "spark.sql.legacy.pathOptionBehavior.enabled"}});
    }
    path = option->second;
    options.erase(option);
  }
  if (path.empty()) {
    throw core::make_error(core::ErrorClass::kIllegalArgument, "_LEGACY_ERROR_TEMP_2050",
                           {{"paths", ""}});
  }
  check_buckets(command);
  const std::string location = sources::absolute_path(path, host.base_directory());
  if (const auto* table_format = lakehouse::find_table_format(format)) {
    return save_lakehouse(host, command, *table_format, location, options);
  }
  const types::Schema schema = host.analyze_schema(command.input);
  check_names(schema);
  if (schema.empty()) throw core::analysis_error("_LEGACY_ERROR_TEMP_1142", {});
  FileWrite write{.input = command.input,
                  .format = format,
                  .location = location,
                  .mode = FileWriteMode::kAppend,
                  .partition_by = partition_names(schema, command.partition_by),
                  .options = options,
                  .static_partition = {}};
  if (has_output(location)) {
    switch (command.mode) {
      case plan::SaveMode::kErrorIfExists:
        throw core::analysis_error("PATH_ALREADY_EXISTS",
                                   {{"outputPath", sources::path_uri(location)}});
      case plan::SaveMode::kIgnore:
        return {};
      case plan::SaveMode::kAppend:
        break;
      case plan::SaveMode::kOverwrite:
        write.mode = dynamic_overwrite(host, options) && !command.partition_by.empty()
                         ? FileWriteMode::kOverwriteTouchedPartitions
                         : FileWriteMode::kOverwrite;
        break;
    }
  }
  write_files(host, write);
  return {};
}

plan::CreateTable create_command(const plan::WriteOperation& command, const std::string& format) {
  plan::CreateTable create;
  create.name = command.table;
  create.provider = format;
  create.query = command.input;
  create.bucket_by = command.bucket_by;
  create.buckets = command.buckets;
  for (size_t i = 0; i < command.sort_by.size(); ++i) {
    create.properties.emplace_back(plan::kSortColumnProperty + std::to_string(i),
                                   command.sort_by[i]);
  }
  for (const auto& name : command.partition_by) {
    create.partition_by.push_back(
        plan::make_expression(plan::UnresolvedAttribute{.name_parts = {name}}));
  }
  for (const auto& [key, value] : command.options) {
    if (same_name(key, "path")) {
      create.location = value;
    } else {
      create.options.emplace_back(key, value);
    }
  }
  return create;
}

CommandOutcome append_to_table(CommandHost& host, const plan::WriteOperation& command,
                               const catalog::Table& table) {
  const TableName name{table.database, table.name};
  const std::string plain_name =
      std::string(catalog::kCatalogName) + "." + table.database + "." + table.name;
  if (!command.format.empty() && require_provider(command.format) != table.provider) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1159",
                               {{"tableName", plain_name},
                                {"existingProvider", table.provider},
                                {"specifiedProvider", require_provider(command.format)}});
  }
  const types::Schema given = host.analyze_schema(command.input);
  const auto options = lower_keys(command.options);
  const bool merges = options.contains("mergeschema") && options.at("mergeschema") == "true";
  if (merges && !is_file_provider(table.provider)) {
    write_table(host, {.table = table,
                       .mode = TableWriteMode::kAppend,
                       .rows = command.input,
                       .options = options,
                       .static_partition = {}});
    return {};
  }
  if (given.size() != table.schema.size()) {
    throw core::analysis_error(
        "_LEGACY_ERROR_TEMP_1161",
        {{"tableName", plain_name},
         {"existingTableSchema", types::DataType::struct_type(table.schema).simple_string()},
         {"querySchema", types::DataType::struct_type(given).simple_string()}});
  }
  for (const auto& field : table.schema) {
    if (std::none_of(given.begin(), given.end(),
                     [&](const auto& column) { return same_name(column.name, field.name); })) {
      std::string columns;
      for (const auto& column : given) columns += (columns.empty() ? "" : ", ") + column.name;
      throw core::analysis_error("_LEGACY_ERROR_TEMP_1162",
                                 {{"col", field.name}, {"inputColumns", columns}});
    }
  }
  const auto rows = assign_by_name(host, command.input, table.schema, name.quoted());
  run_assigned(table.schema, [&] {
    write_known_table(host, {.table = table,
                             .mode = TableWriteMode::kAppend,
                             .rows = rows,
                             .options = options,
                             .static_partition = {}});
  });
  return {};
}

CommandOutcome save_as_table(CommandHost& host, const plan::WriteOperation& command) {
  check_buckets(command);
  const TableName name = complete_name(host, command.table);
  const auto existing = host.catalog().find_table(name.database, name.table);
  if (existing) {
    switch (command.mode) {
      case plan::SaveMode::kErrorIfExists:
        throw core::make_error(core::ErrorClass::kTableExists, "TABLE_OR_VIEW_ALREADY_EXISTS",
                               {{"relationName", name.quoted()}});
      case plan::SaveMode::kIgnore:
        return {};
      case plan::SaveMode::kAppend:
        if (existing->kind == catalog::TableKind::kView) {
          throw core::analysis_error("_LEGACY_ERROR_TEMP_1158", {});
        }
        return append_to_table(host, command, as_stored(host, *existing));
      case plan::SaveMode::kOverwrite:
        refuse_overwrite_of_source(host, command.input, name);
        break;
    }
  }
  const std::string format = format_of(host, command.format);
  auto create = create_command(command, format);
  if (!existing) return create_table(host, create);
  if (!is_file_provider(existing->provider) && existing->provider == format) {
    // A lakehouse table keeps its history: the new rows replace the old ones in one commit.
    create.replace = true;
    create.or_create = true;
    return create_table(host, create);
  }
  // Write the new table beside the old one, so that a failure leaves the old one as it was.
  const std::string stand_in = name.table + "__grebe_new";
  drop_table(host, {.name = {catalog::kCatalogName, name.database, stand_in},
                    .if_exists = true,
                    .purge = true,
                    .is_view = false});
  create.name = {catalog::kCatalogName, name.database, stand_in};
  create_table(host, create);
  drop_table(host, {.name = name.parts(),
                    .if_exists = true,
                    .purge = true,
                    .is_view = existing->kind == catalog::TableKind::kView});
  plan::AlterTable rename;
  rename.name = create.name;
  rename.action = plan::AlterTable::Rename{.to = {name.table}};
  return alter_table(host, rename);
}

CommandOutcome insert_table(CommandHost& host, const plan::WriteOperation& command) {
  if (!command.partition_by.empty()) throw core::analysis_error("_LEGACY_ERROR_TEMP_1309", {});
  plan::InsertInto insert;
  insert.table = command.table;
  insert.query = command.input;
  insert.overwrite = command.mode == plan::SaveMode::kOverwrite;
  return insert_into(host, insert, {});
}

}  // namespace

CommandOutcome write_operation(CommandHost& host, const plan::WriteOperation& command) {
  switch (command.target) {
    case plan::WriteOperation::Target::kPath:
      return save_path(host, command);
    case plan::WriteOperation::Target::kSaveAsTable:
      return save_as_table(host, command);
    case plan::WriteOperation::Target::kInsertInto:
      return insert_table(host, command);
  }
  throw core::internal_error("a write to a target outside the enumeration");
}

CommandOutcome write_operation_v2(CommandHost& host, const plan::WriteOperationV2& command) {
  using Mode = plan::WriteOperationV2::Mode;
  if (command.mode == Mode::kCreate || command.mode == Mode::kReplace ||
      command.mode == Mode::kCreateOrReplace) {
    plan::CreateTable create;
    create.name = command.table;
    create.provider = command.provider;  // none: create_table asks for Hive, as Spark does
    create.query = command.input;
    create.partition_by = command.partition_by;
    create.options = command.options;
    create.properties = command.table_properties;
    create.replace = command.mode != Mode::kCreate;
    create.or_create = command.mode == Mode::kCreateOrReplace;
    return create_table(host, create);
  }
  const auto table = as_stored(host, require_table(host, command.table));
  const TableName name{table.database, table.name};
  if (is_file_provider(table.provider)) {
    throw core::analysis_error(
        "_LEGACY_ERROR_TEMP_1332",
        {{"errorMessage", "Cannot write into v1 table: " + name.quoted() + "."}});
  }
  TableWrite write{.table = table,
                   .mode = TableWriteMode::kAppend,
                   .rows = assign_by_name(host, command.input, table.schema, name.quoted()),
                   .options = lower_keys(command.options),
                   .static_partition = {}};
  if (command.mode == Mode::kOverwritePartitions) {
    write.mode = TableWriteMode::kOverwritePartitions;
  } else if (command.mode == Mode::kOverwrite) {
    const auto* literal = command.overwrite_condition == nullptr
                              ? nullptr
                              : std::get_if<plan::Literal>(&command.overwrite_condition->node);
    const bool everything = literal != nullptr &&
                            std::holds_alternative<bool>(literal->value.data) &&
                            std::get<bool>(literal->value.data);
    if (!everything) throw core::unsupported("overwrite(condition) of writeTo");
    write.mode = TableWriteMode::kOverwrite;
  }
  run_assigned(table.schema, [&] { write_table(host, write); });
  return {};
}

}  // namespace grebe::commands
