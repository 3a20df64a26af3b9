// Meta columns, new file groups and rewritten ones, as DuckDB SQL; see rows.h.
#include "lakehouse/hudi/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/spark_error.h"
#include "lakehouse/hudi/metadata.h"
#include "lakehouse/table/data_files.h"
#include "lakehouse/table/storage_select.h"

namespace grebe::lakehouse::hudi {

using engine::quote_duckdb_identifier;
using engine::quote_duckdb_string;

namespace {

// Names inside our statements; no column may be called so (checked by Avro's naming rules: $).
constexpr const char* kRow = "\"$row\"";
constexpr const char* kKey = "\"$key\"";
constexpr const char* kPath = "\"$path\"";

std::string column_list(const types::Schema& schema) {
  std::string list;
  for (const types::StructField& column : schema) {
    list += ", " + quote_duckdb_identifier(column.name);
  }
  return list;
}

/// The query's rows in storage types, with row number, key and partition path before them.
std::string keyed_rows(const WriteRequest& request, const WritePlan& plan) {
  const std::string stored = storage_select(request.query, request.schema, plan.schema,
                                            {.small_integers = StorageTypes::SmallIntegers::kWiden,
                                             .decimals = StorageTypes::Decimals::kFixedLength});
  // Without a key field, Hudi makes one of instant and row.
  const std::string key =
      plan.record_keys.empty()
          ? fmt::format("{} || {}", quote_duckdb_string(plan.instant + "_0_"), kRow)
          : record_key_expression(plan.schema, plan.record_keys);
  return fmt::format(
      "SELECT {0}, {1} AS {2}, {3} AS {4}{5} FROM (SELECT row_number() OVER () - 1 AS {0}{5} FROM "
      "({6}))",
      kRow, key, kKey, partition_path_expression(plan.schema, plan.partition_fields, plan.style),
      kPath, column_list(plan.schema), stored);
}

/// Base-file columns of rows that come from `source` (shaped like keyed_rows).
std::string new_records(const WritePlan& plan, const std::string& source,
                        const std::string& file_name) {
  return fmt::format("SELECT {} AS {}, {} || {} AS {}, {} AS {}, {} AS {}, {} AS {}{} FROM {}",
                     quote_duckdb_string(plan.instant), kCommitTime,
                     quote_duckdb_string(plan.instant + "_0_"), kRow, kSequence, kKey, kRecordKey,
                     kPath, kPartitionPath, file_name, kFileName, column_list(plan.schema), source);
}

DataFileOptions file_options(const WriteRequest& request, const WritePlan& plan) {
  types::Schema all = meta_columns();
  all.insert(all.end(), plan.schema.begin(), plan.schema.end());
  return {.directory = staging_directory(request.location, plan.instant),
          .compression = plan.compression,
          .footer = {{"parquet.avro.schema", print_avro_schema(all, plan.table_name)}},
          .fixed_decimals = all,
          .target_bytes = INT64_MAX};  // one file, so that its name is known to its rows
}

/// Moves a staged file to its place and makes the folder a Hudi partition.
std::string place_file(ObjectStore& store, const WriteRequest& request, const WritePlan& plan,
                       const std::string& staged, const std::string& partition,
                       const std::string& name) {
  const std::string directory =
      partition.empty() ? request.location : join_path(request.location, partition);
  store.make_directory(directory);
  const int64_t depth =
      partition.empty() ? 0 : std::count(partition.begin(), partition.end(), '/') + 1;
  const std::string metadata = join_path(directory, ".hoodie_partition_metadata");
  if (!store.exists(metadata)) {
    store.put_if_absent(metadata, fmt::format("#partition metadata\ncommitTime={}\n"
                                              "partitionDepth={}\n",
                                              plan.instant, depth));
  }
  const std::string path = join_path(directory, name);
  store.rename(staged, path);
  store.sync(directory);
  return path;
}

/// File ids are derived from the partition, so that a row's SELECT knows its file's name.
std::string file_id_expression(const std::string& salt, const std::string& path) {
  return fmt::format("CAST(CAST(md5({} || {}) AS UUID) AS VARCHAR) || '-0'",
                     quote_duckdb_string(salt), path);
}

/// Writes rows shaped like keyed_rows as new file groups.
WrittenRows write_new_groups(const Environment& environment, const WriteRequest& request,
                             const WritePlan& plan, const std::string& source) {
  const std::string salt = random_uuid();
  const std::string ending = base_file_name("", plan.instant);
  const auto id_of = [&](const std::string& partition) {
    const auto rows = environment.connection->rows(
        "SELECT " + file_id_expression(salt, quote_duckdb_string(partition)));
    return rows.at(0).at(0).value_or("");
  };
  // Without partitions there is one name, and no row needs to compute it.
  const std::string file_name =
      plan.partition_fields.empty()
          ? quote_duckdb_string(id_of("") + ending)
          : fmt::format("{} || {}", file_id_expression(salt, kPath), quote_duckdb_string(ending));
  DataFileOptions options = file_options(request, plan);
  if (!plan.partition_fields.empty()) {
    options.partition_columns = {kPartitionPath};
    options.in_files = DataFileOptions::PartitionColumns::kWrite;
  }
  WrittenRows written;
  std::set<std::string> taken;
  for (const DataFile& file :
       write_data_files(environment, new_records(plan, source, file_name), options)) {
    const std::string partition =
        file.partition_values.empty() ? "" : file.partition_values[0].value_or("");
    std::string id = id_of(partition);
    // DuckDB may cut a partition in several files when many are open.
    if (!taken.insert(id).second) id = random_uuid() + "-0";
    const std::string name = base_file_name(id, plan.instant);
    written.files.push_back(
        place_file(*environment.store, request, plan, file.path, partition, name));
    written.stats.push_back({.file_id = id,
                             .path = partition.empty() ? name : join_path(partition, name),
                             .partition = partition,
                             .writes = file.rows,
                             .inserts = file.rows,
                             .bytes = file.bytes});
  }
  return written;
}

/// A table of this connection that goes away with its owner.
class TemporaryTable {
 public:
  TemporaryTable(engine::Connection& connection, const std::string& query)
      : connection_(connection), name_(quote_duckdb_identifier("hudi_" + random_uuid())) {
    connection_.execute(fmt::format("CREATE TEMP TABLE {} AS {}", name_, query));
  }
  TemporaryTable(const TemporaryTable&) = delete;
  TemporaryTable& operator=(const TemporaryTable&) = delete;
  ~TemporaryTable() {
    try {
      connection_.execute("DROP TABLE " + name_);
    } catch (const core::SparkError&) {
      // It ends with the connection anyway.
    }
  }
  const std::string& name() const { return name_; }

 private:
  engine::Connection& connection_;
  std::string name_;
};

std::string file_list(const std::vector<FileSlice>& slices) {
  std::string list;
  for (const FileSlice& slice : slices) {
    list += (list.empty() ? "" : ", ") + quote_duckdb_string(slice.path);
  }
  return list;
}

/// One row for each incoming key: precombine decides, then the later row.
std::string newest_rows(const WriteRequest& request, const WritePlan& plan) {
  std::string order = fmt::format("{} DESC", kRow);
  if (!plan.precombine.empty() && find_column(plan.schema, plan.precombine)) {
    order = fmt::format("{} DESC NULLS LAST, {}", quote_duckdb_identifier(plan.precombine), order);
  }
  return fmt::format(
      "SELECT * FROM ({}) QUALIFY row_number() OVER (PARTITION BY {}, {} ORDER BY {}) = 1",
      keyed_rows(request, plan), kPath, kKey, order);
}

/// The kept rows of a base file in today's columns; columns that it lacks are null.
std::string kept_records(const Environment& environment, const FileSlice& slice,
                         const std::string& incoming, const std::string& file_name) {
  const std::string scan =
      fmt::format("read_parquet({}, hive_partitioning = false)", quote_duckdb_string(slice.path));
  std::set<std::string> held;
  for (const auto& [name, type] : environment.connection->describe("SELECT * FROM " + scan)) {
    held.insert(name);
  }
  std::string columns;
  for (const auto& [name, type] : environment.connection->describe("SELECT * FROM " + incoming)) {
    if (name[0] == '$') continue;
    const std::string column = quote_duckdb_identifier(name);
    columns += fmt::format(", CAST({} AS {}) AS {}",
                           held.count(name) != 0 ? "old." + column : "NULL", type, column);
  }
  return fmt::format(
      "SELECT {0}, {1}, {2}, {3}, {4} AS {5}{6} FROM {7} AS old WHERE NOT EXISTS (SELECT 1 FROM "
      "{8} "
      "AS new WHERE new.{9} = old.{2} AND new.{10} = old.{3})",
      kCommitTime, kSequence, kRecordKey, kPartitionPath, quote_duckdb_string(file_name), kFileName,
      columns, scan, incoming, kKey, kPath);
}

/// Rewrites one file group with its updates.
void rewrite_group(const Environment& environment, const WriteRequest& request,
                   const WritePlan& plan, const FileSlice& slice, int64_t updates,
                   const std::string& incoming, const std::string& located, WrittenRows& written) {
  const std::string name = base_file_name(slice.file_id, plan.instant);
  const std::string updated =
      fmt::format("{} WHERE ({}, {}) IN (SELECT ({}, {}) FROM {} WHERE file = {})", incoming, kPath,
                  kKey, kPath, kKey, located, quote_duckdb_string(slice.path));
  const std::string select = kept_records(environment, slice, incoming, name) + " UNION ALL " +
                             new_records(plan, updated, quote_duckdb_string(name));
  for (const DataFile& file : write_data_files(environment, select, file_options(request, plan))) {
    written.files.push_back(
        place_file(*environment.store, request, plan, file.path, slice.partition, name));
    written.stats.push_back(
        {.file_id = slice.file_id,
         .path = slice.partition.empty() ? name : join_path(slice.partition, name),
         .partition = slice.partition,
         .previous_commit = slice.instant,
         .writes = file.rows,
         .updates = updates,
         .bytes = file.bytes});
  }
}

}  // namespace

std::string staging_directory(const std::string& location, const std::string& instant) {
  return join_path(timeline_directory(location), ".temp/" + instant);
}

WrittenRows insert_rows(const Environment& environment, const WriteRequest& request,
                        const WritePlan& plan) {
  if (request.query.empty()) return {};
  return write_new_groups(environment, request, plan, "(" + keyed_rows(request, plan) + ")");
}

WrittenRows upsert_rows(const Environment& environment, const WriteRequest& request,
                        const WritePlan& plan) {
  if (request.query.empty()) return {};
  const std::vector<FileSlice>& slices = plan.before.slices;
  if (slices.empty()) {
    return write_new_groups(environment, request, plan, "(" + newest_rows(request, plan) + ")");
  }
  engine::Connection& connection = *environment.connection;
  const TemporaryTable incoming(connection, newest_rows(request, plan));
  const TemporaryTable located(
      connection,
      fmt::format("SELECT DISTINCT {0} AS {1}, {2} AS {3}, filename AS file FROM "
                  "read_parquet([{4}], filename = true, union_by_name = true, hive_partitioning = "
                  "false) WHERE ({0}, {2}) IN (SELECT ({1}, {3}) FROM {5})",
                  kPartitionPath, kPath, kRecordKey, kKey, file_list(slices), incoming.name()));
  WrittenRows written;
  for (const auto& row : connection.rows(
           fmt::format("SELECT file, count(*) FROM {} GROUP BY file", located.name()))) {
    const auto slice = std::find_if(slices.begin(), slices.end(), [&](const FileSlice& candidate) {
      return candidate.path == row[0].value_or("");
    });
    if (slice == slices.end()) throw core::internal_error("an updated Hudi file is not listed");
    rewrite_group(environment, request, plan, *slice, std::stoll(row[1].value_or("0")),
                  incoming.name(), located.name(), written);
  }
  WrittenRows added = write_new_groups(
      environment, request, plan,
      fmt::format("(SELECT * FROM {} WHERE ({}, {}) NOT IN (SELECT ({}, {}) FROM {}))",
                  incoming.name(), kPath, kKey, kPath, kKey, located.name()));
  written.stats.insert(written.stats.end(), added.stats.begin(), added.stats.end());
  written.files.insert(written.files.end(), added.files.begin(), added.files.end());
  return written;
}

}  // namespace grebe::lakehouse::hudi
