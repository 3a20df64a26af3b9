// CREATE TABLE, CTAS, REPLACE TABLE and CREATE TABLE LIKE.
#include <algorithm>
#include <chrono>
#include <filesystem>

#include "commands/actions.h"
#include "commands/partitions.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "commands/write_layout.h"
#include "core/error_plan.h"
#include "core/spark_error.h"
#include "lakehouse/formats.h"
#include "sources/file_table.h"

namespace grebe::commands {
namespace {

int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void check_column_names(const types::Schema& schema) {
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

/// Plain columns; transforms like days(ts) belong to formats that have them.
std::vector<std::string> partition_names(const catalog::Table& table,
                                         const std::vector<plan::ExpressionPtr>& partition_by,
                                         catalog::Properties& options) {
  std::vector<std::string> names;
  std::string transforms;
  for (const auto& item : partition_by) {
    if (const auto* attribute = std::get_if<plan::UnresolvedAttribute>(&item->node)) {
      names.push_back(attribute->name_parts.back());
      continue;
    }
    if (table.provider != "iceberg" || !item->origin.has_text()) {
      throw core::unsupported("a partition transform in a " + table.provider + " table");
    }
    transforms +=
        (transforms.empty() ? "" : ", ") +
        item->origin.text->substr(static_cast<size_t>(item->origin.start),
                                  static_cast<size_t>(item->origin.stop - item->origin.start));
  }
  if (!transforms.empty()) options["partition-transforms"] = transforms;
  return names;
}

core::SparkError undefined_column(const catalog::Table& table, const char* kind,
                                  const std::string& name, const std::string& quoted) {
  std::string columns;
  for (const auto& field : table.schema) {
    columns += (columns.empty() ? "" : ", ") + core::quote_identifier(field.name);
  }
  return core::analysis_error("COLUMN_NOT_DEFINED_IN_TABLE",
                              {{"colType", kind},
                               {"colName", core::quote_identifier(name)},
                               {"tableName", quoted},
                               {"tableCols", columns}});
}

/// Spark moves partition columns of its own tables to the end, in the order of PARTITIONED BY.
void order_partition_columns(catalog::Table& table, const std::string& quoted) {
  types::Schema partitions;
  for (auto& name : table.partition_columns) {
    const auto found = std::find_if(table.schema.begin(), table.schema.end(),
                                    [&](const auto& field) { return same_name(field.name, name); });
    if (found == table.schema.end()) {
      throw undefined_column(table, "partition", name, quoted);
    }
    if (std::any_of(partitions.begin(), partitions.end(),
                    [&](const auto& known) { return known.name == found->name; })) {
      throw core::analysis_error("COLUMN_ALREADY_EXISTS",
                                 {{"columnName", core::quote_identifier(lower_case(name))}});
    }
    name = found->name;
    partitions.push_back(*found);
  }
  if (!is_file_provider(table.provider)) return;
  if (!table.schema.empty() && partitions.size() == table.schema.size()) {
    throw core::analysis_error("ALL_PARTITION_COLUMNS_NOT_ALLOWED");
  }
  std::erase_if(table.schema, [&](const types::StructField& field) {
    return std::any_of(partitions.begin(), partitions.end(),
                       [&](const auto& partition) { return partition.name == field.name; });
  });
  table.schema.insert(table.schema.end(), partitions.begin(), partitions.end());
}

types::Schema without_not_null(types::Schema schema) {
  for (auto& field : schema) {
    field.type = field.type.as_nullable();
    field.nullable = true;
  }
  return schema;
}

/// CLUSTERED BY … SORTED BY … INTO … BUCKETS.
void set_buckets(CommandHost& host, catalog::Table& table, const plan::CreateTable& command) {
  if (command.bucket_by.empty()) return;
  if (!is_file_provider(table.provider)) {
    throw core::unsupported("CLUSTERED BY of a " + table.provider + " table");
  }
  const std::string most = host.session().config().get("spark.sql.sources.bucketing.maxBuckets");
  if (command.buckets <= 0 || command.buckets > std::stol(most)) {
    throw core::analysis_error(
        "_LEGACY_ERROR_TEMP_1083",
        {{"bucketingMaxBuckets", most}, {"numBuckets", std::to_string(command.buckets)}});
  }
  const std::string quoted = TableName{table.database, table.name}.quoted();
  const auto names = [&](const std::vector<std::string>& given, const char* kind,
                         const char* condition, const char* parameter) {
    std::vector<std::string> out;
    for (const auto& name : given) {
      const auto found = std::find_if(table.schema.begin(), table.schema.end(),
                                      [&](const auto& f) { return same_name(f.name, name); });
      if (found == table.schema.end()) throw undefined_column(table, kind, name, quoted);
      const auto is_same = [&](const std::string& other) { return same_name(other, name); };
      if (std::any_of(out.begin(), out.end(), is_same)) {
        throw core::analysis_error("COLUMN_ALREADY_EXISTS",
                                   {{"columnName", core::quote_identifier(lower_case(name))}});
      }
      if (std::any_of(table.partition_columns.begin(), table.partition_columns.end(), is_same)) {
        std::string columns;
        for (const auto& column : table.partition_columns) {
          columns += (columns.empty() ? "" : ", ") + column;
        }
        throw core::analysis_error(condition, {{parameter, name}, {"normalizedPartCols", columns}});
      }
      out.push_back(found->name);
    }
    return out;
  };
  table.bucket_columns = names(command.bucket_by, "bucket", "_LEGACY_ERROR_TEMP_1166", "bucketCol");
  names(sort_columns(table), "sort", "_LEGACY_ERROR_TEMP_1167", "sortCol");
  table.buckets = command.buckets;
}

/// A file format as messages print it.
std::string printed_format(const std::string& provider) {
  if (provider == "parquet") return "Parquet";
  if (provider == "text") return "Text";
  std::string upper = provider;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

/// Columns of data that lies at the location already (CREATE TABLE … LOCATION without columns).
void adopt_existing_data(CommandHost& host, catalog::Table& table) {
  const auto environment = lakehouse::local_environment(host.connection());
  if (const auto* format = lakehouse::find_table_format(table.provider)) {
    if (format->exists(environment, table.location)) table = as_stored(host, std::move(table));
    return;
  }
  sources::FileRequest request{.format = table.provider, .paths = {table.location}};
  for (const auto& [key, value] : table.options) request.options[key] = value;
  const auto& config = host.session().config();
  const auto files = sources::open_files(request, {.connection = host.connection(),
                                                   .base_directory = host.base_directory(),
                                                   .case_sensitive = config.case_sensitive(),
                                                   .time_zone = config.time_zone()});
  table.schema = sources::full_schema(files, config.case_sensitive());
  for (const auto& field : files.partition_schema) table.partition_columns.push_back(field.name);
}

bool lakehouse_table_exists(CommandHost& host, const catalog::Table& table) {
  const auto* format = lakehouse::find_table_format(table.provider);
  const auto environment = lakehouse::local_environment(host.connection());
  return format != nullptr && format->exists(environment, table.location);
}

}  // namespace

CommandOutcome create_table(CommandHost& host, const plan::CreateTable& command) {
  const TableName name = complete_name(host, command.name);
  const auto database = require_database(host, name.database);
  const auto existing = host.catalog().find_table(name.database, name.table);
  const bool wants_hive =
      same_name(command.provider, "hive") ||
      (command.provider.empty() &&
       host.session().config().boolean("spark.sql.legacy.createHiveTableByDefault"));
  if (wants_hive) {
    throw core::with_plan(core::analysis_error("NOT_SUPPORTED_COMMAND_WITHOUT_HIVE_SUPPORT",
                                               {{"cmd", "CREATE Hive TABLE (AS SELECT)"}}),
                          "CreateTable " + name.quoted() + ", ErrorIfExists\n");
  }
  if (!existing && command.replace && !command.or_create) throw table_not_found(name);
  catalog::Table table;
  table.database = database.name;
  table.name = lower_case(name.table);
  table.provider = require_provider(command.provider.empty()
                                        ? host.session().config().get("spark.sql.sources.default")
                                        : command.provider);
  if (command.replace && is_file_provider(table.provider)) {
    throw core::analysis_error("UNSUPPORTED_FEATURE.TABLE_OPERATION",
                               {{"tableName", name.quoted()}, {"operation", "REPLACE TABLE"}});
  }
  table.options = {command.options.begin(), command.options.end()};
  table.properties = {command.properties.begin(), command.properties.end()};
  table.comment = command.comment;
  table.created_ms = now_ms();
  std::string location = command.location;
  for (auto option = table.options.begin(); option != table.options.end();) {
    if (!same_name(option->first, "path")) {
      ++option;
      continue;
    }
    if (location.empty()) location = option->second;
    option = table.options.erase(option);
  }
  if (command.external && location.empty()) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1069");
  }
  table.kind = location.empty() ? catalog::TableKind::kManaged : catalog::TableKind::kExternal;
  table.location = location.empty() ? catalog::default_table_location(database, name.table)
                                    : sources::absolute_path(location, host.base_directory());
  catalog::Properties transforms;
  table.partition_columns = partition_names(table, command.partition_by, transforms);
  for (const auto& [key, value] : transforms) table.options[key] = value;

  if (command.query != nullptr) {
    if (!command.columns.empty()) {
      throw core::unsupported("a column list in CREATE TABLE AS SELECT");
    }
    table.schema = without_not_null(host.analyze_schema(command.query));
  } else {
    const bool is_files = is_file_provider(table.provider);
    table.schema = stored_schema(command.columns, is_files ? NotNull::kDropped : NotNull::kKept);
  }
  check_column_names(table.schema);
  if (is_file_provider(table.provider)) check_types(table.provider, table.schema);
  set_buckets(host, table, command);
  const bool adopts = table.schema.empty() && command.query == nullptr &&
                      table.kind == catalog::TableKind::kExternal;
  if (!adopts) order_partition_columns(table, name.quoted());
  if (table.schema.empty() && !adopts && command.query == nullptr &&
      is_file_provider(table.provider)) {
    throw core::analysis_error("UNABLE_TO_INFER_SCHEMA",
                               {{"format", printed_format(table.provider)}});
  }
  // Spark looks at what is asked for before it looks whether the table is there.
  if (existing && !command.replace) {
    if (command.if_not_exists) return {};
    throw core::make_error(core::ErrorClass::kTableExists, "TABLE_OR_VIEW_ALREADY_EXISTS",
                           {{"relationName", name.quoted()}});
  }
  if (adopts) adopt_existing_data(host, table);

  std::error_code failure;
  const bool occupied = std::filesystem::exists(table.location, failure) &&
                        !std::filesystem::is_empty(table.location, failure);
  if (table.kind == catalog::TableKind::kManaged && occupied && !existing) {
    throw core::analysis_error("LOCATION_ALREADY_EXISTS",
                               {{"location", "'" + sources::path_uri(table.location) + "'"},
                                {"identifier", name.quoted()}});
  }
  plan::RelationPtr rows = command.query;
  if (rows != nullptr && is_file_provider(table.provider)) {
    // Partition columns were moved: write in the table's order.
    std::vector<plan::ExpressionPtr> columns;
    for (const auto& field : table.schema) {
      columns.push_back(
          plan::make_expression(plan::UnresolvedAttribute{.name_parts = {field.name}}));
    }
    rows = plan::make_relation(plan::Project{rows, std::move(columns)});
  }
  TableWrite write{.table = table,
                   .mode = TableWriteMode::kCreate,
                   .rows = rows,
                   .options = lower_keys(command.options),
                   .static_partition = {}};
  if (command.replace && existing) write.mode = TableWriteMode::kReplace;
  std::set<std::string> written;
  // Data that is there becomes the table's.
  const bool is_taken_over = rows == nullptr && (occupied || lakehouse_table_exists(host, table));
  if (!is_taken_over) {
    if (rows != nullptr && is_file_provider(table.provider) &&
        table.kind == catalog::TableKind::kExternal) {
      write.mode = TableWriteMode::kReplace;
    }
    write.table = table;
    written = write_table(host, write);
  }
  if (existing) {
    host.catalog().update_table(table);
  } else if (!host.catalog().create_table(table)) {
    throw core::make_error(core::ErrorClass::kTableExists, "TABLE_OR_VIEW_ALREADY_EXISTS",
                           {{"relationName", name.quoted()}});
  }
  if (!table.partition_columns.empty() && is_file_provider(table.provider)) {
    catalog::partition_registry(host.catalog()).begin_registry(table.database, table.name);
    record_written_partitions(host, write, written);
  }
  return {};
}

CommandOutcome create_table_like(CommandHost& host, const plan::CreateTableLike& command) {
  const auto source = require_table(host, command.source);
  plan::CreateTable create;
  create.name = command.name;
  create.if_not_exists = command.if_not_exists;
  create.provider = command.provider.empty()
                        ? (source.provider.empty() ? "parquet" : source.provider)
                        : command.provider;
  create.location = command.location;
  create.properties = command.properties;
  for (const auto& field : source.schema) {
    create.columns.push_back({.name = field.name,
                              .type = declared_type(field),
                              .nullable = field.nullable,
                              .comment = {},
                              .default_value = nullptr});
  }
  for (const auto& name : source.partition_columns) {
    create.partition_by.push_back(
        plan::make_expression(plan::UnresolvedAttribute{.name_parts = {name}}));
  }
  if (is_file_provider(create.provider)) {
    create.bucket_by = source.bucket_columns;
    create.buckets = source.buckets;
  }
  return create_table(host, create);
}

}  // namespace grebe::commands
