// Catalog table + rows → files or a lakehouse commit.
#include "commands/table_write.h"

#include <filesystem>

#include "commands/file_writer.h"
#include "commands/partitions.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "lakehouse/formats.h"
#include "plan/table_properties.h"
#include "sources/file_table.h"

namespace grebe::commands {
namespace {

lakehouse::WriteMode lakehouse_mode(TableWriteMode mode) {
  switch (mode) {
    case TableWriteMode::kCreate:
      return lakehouse::WriteMode::kCreate;
    case TableWriteMode::kAppend:
      return lakehouse::WriteMode::kAppend;
    case TableWriteMode::kOverwrite:
      return lakehouse::WriteMode::kOverwrite;
    case TableWriteMode::kOverwritePartitions:
      return lakehouse::WriteMode::kOverwritePartitions;
    case TableWriteMode::kReplace:
      return lakehouse::WriteMode::kReplace;
  }
  return lakehouse::WriteMode::kAppend;
}

FileWriteMode file_mode(TableWriteMode mode) {
  switch (mode) {
    case TableWriteMode::kCreate:
    case TableWriteMode::kAppend:
      return FileWriteMode::kAppend;
    case TableWriteMode::kOverwrite:
    case TableWriteMode::kReplace:
      return FileWriteMode::kOverwrite;
    case TableWriteMode::kOverwritePartitions:
      return FileWriteMode::kOverwriteTouchedPartitions;
  }
  return FileWriteMode::kAppend;
}

void write_lakehouse(CommandHost& host, const TableWrite& write,
                     const lakehouse::TableFormat& format) {
  const bool overwrites = write.mode == TableWriteMode::kOverwrite;
  if (overwrites && !write.static_partition.empty()) {
    throw core::unsupported("INSERT OVERWRITE of one static partition of a " +
                            std::string(format.name()) + " table");
  }
  lakehouse::WriteRequest request;
  request.location = write.table.location;
  request.table_name = write.table.database + "." + write.table.name;
  request.mode = lakehouse_mode(write.mode);
  request.schema = write.table.schema;
  request.partition_columns = write.table.partition_columns;
  request.options = write.options;
  for (const auto& [key, value] : write.table.options) {
    request.options.emplace(lower_case(key), value);
  }
  request.options = with_session_codec(host, format.name(), request.options);
  request.properties = write.table.properties;
  request.comment = write.table.comment;
  request.operation = write.mode == TableWriteMode::kCreate
                          ? (write.rows == nullptr ? "CREATE TABLE" : "CREATE TABLE AS SELECT")
                          : "WRITE";
  if (write.rows != nullptr) {
    auto query = host.emit(write.rows);
    std::string cells;
    bool fitted = false;
    for (size_t i = 0; i < query.schema.size(); ++i) {
      const std::string cell = "c" + std::to_string(i);
      const std::string value = fit_length(cell, query.schema[i]);
      fitted = fitted || value != cell;
      cells += (i == 0 ? "" : ", ") + value + " AS " + cell;
    }
    request.query = fitted ? "SELECT " + cells + " FROM (" + query.duckdb_sql + ") AS fitted"
                           : std::move(query.duckdb_sql);
    request.schema = std::move(query.schema);
  }
  const auto environment = lakehouse::local_environment(host.connection());
  format.write(environment, request);
}

}  // namespace

std::map<std::string, std::string> with_session_codec(CommandHost& host, std::string_view format,
                                                      std::map<std::string, std::string> options) {
  if (format == "delta") {
    options.emplace("compression",
                    lower_case(host.session().config().get("spark.sql.parquet.compression.codec")));
  }
  return options;
}

catalog::Table as_stored(CommandHost& host, catalog::Table table) {
  const auto* format = lakehouse::find_table_format(table.provider);
  if (format == nullptr) return table;
  const auto environment = lakehouse::local_environment(host.connection());
  if (!format->exists(environment, table.location)) return table;
  const auto snapshot =
      format->open_snapshot(environment, table.location, lakehouse::SnapshotSelector::latest(), {});
  const auto generated = static_cast<std::ptrdiff_t>(snapshot.generated_columns);
  table.schema = {snapshot.schema.begin() + generated, snapshot.schema.end()};
  if (!snapshot.partition_columns.empty()) table.partition_columns = snapshot.partition_columns;
  return table;
}

std::map<std::string, std::string> lower_keys(const plan::Options& options) {
  std::map<std::string, std::string> out;
  for (const auto& [key, value] : options) out[lower_case(key)] = value;
  return out;
}

bool is_file_provider(const std::string& provider) { return sources::is_file_format(provider); }

std::string require_provider(const std::string& name) {
  std::string lowered = lower_case(name);
  constexpr std::string_view kPrefix = "org.apache.spark.sql.";
  if (lowered.starts_with(kPrefix)) lowered = lowered.substr(kPrefix.size());
  if (sources::is_file_format(lowered) || lakehouse::find_table_format(lowered) != nullptr) {
    return lowered;
  }
  for (const char* known : {"orc", "avro", "jdbc", "binaryfile", "rate", "kafka", "xml", "hive"}) {
    if (lowered == known) throw core::unsupported("the data source " + lowered);
  }
  throw core::make_error(core::ErrorClass::kClassNotFound, "DATA_SOURCE_NOT_FOUND",
                         {{"provider", name}});
}

std::vector<std::string> sort_columns(const catalog::Table& table) {
  std::vector<std::string> columns;
  for (;;) {
    const auto found =
        table.properties.find(plan::kSortColumnProperty + std::to_string(columns.size()));
    if (found == table.properties.end()) return columns;
    columns.push_back(found->second);
  }
}

std::set<std::string> write_table(CommandHost& host, const TableWrite& write) {
  if (const auto* format = lakehouse::find_table_format(write.table.provider)) {
    write_lakehouse(host, write, *format);
    return {};
  }
  if (write.rows == nullptr) {
    std::error_code failure;
    std::filesystem::create_directories(write.table.location, failure);
    if (failure) {
      throw core::plain_error(
          core::ErrorClass::kSpark,
          "The directory " + write.table.location + " cannot be made: " + failure.message());
    }
    return {};
  }
  auto options = lower_keys({write.table.options.begin(), write.table.options.end()});
  for (const auto& [key, value] : write.options) options[key] = value;
  FileWrite files{.input = write.rows,
                  .format = write.table.provider,
                  .location = write.table.location,
                  .mode = file_mode(write.mode),
                  .partition_by = write.table.partition_columns,
                  .options = std::move(options),
                  .static_partition = write.static_partition,
                  .bucket_columns = write.table.bucket_columns,
                  .sort_columns = sort_columns(write.table),
                  .buckets = write.table.buckets};
  const bool is_new =
      write.mode == TableWriteMode::kCreate || write.mode == TableWriteMode::kReplace;
  if (!is_new && has_registry(host, write.table)) {
    for (const auto& [name, partition] : partitions_by_name(host, write.table)) {
      if (partition.location != write.table.location + "/" + name) {
        files.moved_partitions.emplace(name, partition.location);
      }
    }
  }
  return write_files(host, files);
}

void write_known_table(CommandHost& host, const TableWrite& write) {
  record_written_partitions(host, write, write_table(host, write));
}

}  // namespace grebe::commands
