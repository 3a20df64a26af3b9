// Create, append, overwrite and replace as Delta commits; see commit.h.
#include "lakehouse/delta/commit.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include "core/spark_error.h"
#include "lakehouse/delta/features.h"
#include "lakehouse/delta/metadata.h"
#include "lakehouse/table/schema_change.h"
#include "lakehouse/table/storage_select.h"

namespace grebe::lakehouse::delta {

namespace {

constexpr int kMaxAttempts = 1000;
constexpr int64_t kCheckpointInterval = 10;

int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

core::SparkError analysis(std::string message) {
  return core::plain_error(core::ErrorClass::kAnalysis, std::move(message));
}

bool contains_timestamp_ntz(const types::DataType& type) {
  switch (type.kind()) {
    case types::TypeKind::kTimestampNtz:
      return true;
    case types::TypeKind::kArray:
      return contains_timestamp_ntz(type.element());
    case types::TypeKind::kMap:
      return contains_timestamp_ntz(type.key()) || contains_timestamp_ntz(type.value());
    case types::TypeKind::kStruct:
      return std::any_of(type.fields().begin(), type.fields().end(),
                         [](const auto& field) { return contains_timestamp_ntz(field.type); });
    default:
      return false;
  }
}

/// The protocol that a schema needs: the oldest, but for TIMESTAMP_NTZ.
Protocol protocol_for(const types::Schema& schema) {
  if (!contains_timestamp_ntz(types::DataType::struct_type(schema))) return {};
  return {3, 7, {"timestampNtz"}, {"appendOnly", "invariants", "timestampNtz"}};
}

/// What one write means for the table, decided before any row is written.
struct Plan {
  /// The version that the decision rests on, -1 for none.
  int64_t base_version = -1;
  types::Schema schema;
  std::vector<std::string> partition_columns;
  /// Protocol and metadata when they change.
  Actions head;
  /// Live files, for overwrites.
  std::map<std::string, AddFile> live;
  std::map<std::string, std::string> configuration;
  bool replaces_rows = false;
  bool blind_append = false;
};

Metadata new_metadata(const WriteRequest& request, const types::Schema& schema) {
  Metadata metadata{.id = random_uuid(),
                    .description = request.comment,
                    .schema_string = print_schema(schema),
                    .partition_columns = request.partition_columns,
                    .configuration = request.properties,
                    .created_time = now_ms()};
  // Names as the schema spells them.
  for (std::string& name : metadata.partition_columns) {
    const auto column = find_column(schema, name);
    if (!column) {
      throw core::analysis_error("COLUMN_NOT_FOUND",
                                 {{"colName", core::quote_identifier(name)},
                                  {"caseSensitiveConfig", "\"spark.sql.caseSensitive\""}});
    }
    name = schema[*column].name;
  }
  return metadata;
}

Plan plan_new_table(const WriteRequest& request) {
  Plan plan;
  plan.schema = request.schema;
  if (!request.query.empty()) {
    for (types::StructField& column : plan.schema) {
      column.nullable = true;
      column.type = column.type.as_nullable();
    }
  }
  plan.schema = stored_schema(plan.schema);
  plan.head.protocol = protocol_for(plan.schema);
  plan.head.metadata = new_metadata(request, plan.schema);
  plan.partition_columns = plan.head.metadata->partition_columns;
  plan.configuration = plan.head.metadata->configuration;
  check_writable(*plan.head.protocol, *plan.head.metadata);
  return plan;
}

void check_same_partitioning(const WriteRequest& request, const Metadata& metadata) {
  if (request.partition_columns.empty()) return;
  const auto& given = request.partition_columns;
  const auto& held = metadata.partition_columns;
  if (!std::equal(given.begin(), given.end(), held.begin(), held.end(), same_name)) {
    throw analysis(
        fmt::format("Partition columns do not match the partition columns of the "
                    "table.\nGiven: {}\nTable: {}",
                    fmt::join(given, ", "), fmt::join(held, ", ")));
  }
}

Plan plan_existing_table(const WriteRequest& request, const TableState& state) {
  const bool replaces_schema =
      request.mode == WriteMode::kReplace ||
      (request.mode == WriteMode::kOverwrite && is_option_on(request.options, "overwriteschema"));
  Plan plan;
  if (replaces_schema) {
    plan = plan_new_table(request);
    plan.head.metadata->id = state.metadata.id;
    plan.head.metadata->created_time = state.metadata.created_time;
    if (state.protocol.writer_version >= plan.head.protocol->writer_version) {
      plan.head.protocol.reset();
    }
  } else {
    check_same_partitioning(request, state.metadata);
    plan.schema = parse_schema(state.metadata);
    const SchemaChange change =
        fit_schema(plan.schema, request.schema, is_option_on(request.options, "mergeschema"));
    plan.partition_columns = state.metadata.partition_columns;
    plan.configuration = state.metadata.configuration;
    if (change.extended) {
      plan.schema = stored_schema(change.schema);
      plan.head.metadata = state.metadata;
      plan.head.metadata->schema_string = print_schema(plan.schema);
    }
  }
  check_writable(state.protocol, state.metadata);
  plan.base_version = state.version;
  plan.replaces_rows = request.mode != WriteMode::kAppend;
  plan.blind_append = !plan.replaces_rows && !plan.head.metadata;
  if (plan.replaces_rows) {
    const auto append_only = state.metadata.configuration.find("delta.appendOnly");
    if (append_only != state.metadata.configuration.end() && append_only->second == "true") {
      throw core::plain_error(core::ErrorClass::kUnsupportedOperation,
                              "This table is configured to only allow appends.");
    }
    plan.live = state.files;
  }
  return plan;
}

Plan make_plan(const Environment& environment, const WriteRequest& request) {
  if (latest_version(*environment.store, request.location) < 0) {
    return plan_new_table(request);
  }
  if (request.mode == WriteMode::kCreate) {
    throw analysis(
        fmt::format("Cannot create table: a Delta table exists at {} already.", request.location));
  }
  return plan_existing_table(request,
                             replay_log(environment, request.location, SnapshotSelector::latest()));
}

AddFile make_add(const DataFile& file, const Plan& plan, const std::string& location) {
  AddFile add{.path = encode_path(file.path.substr(location.size() + 1)),
              .size = file.bytes,
              .modification_time = now_ms(),
              .stats = print_statistics(file, plan.schema, plan.partition_columns)};
  for (size_t i = 0; i < plan.partition_columns.size(); ++i) {
    const auto column = find_column(plan.schema, plan.partition_columns[i]);
    add.partition_values[plan.partition_columns[i]] =
        partition_text(plan.schema[column.value()].type, file.partition_values[i]);
  }
  return add;
}

std::string mode_name(WriteMode mode) {
  switch (mode) {
    case WriteMode::kCreate:
      return "ErrorIfExists";
    case WriteMode::kAppend:
      return "Append";
    case WriteMode::kOverwrite:
    case WriteMode::kOverwritePartitions:
    case WriteMode::kReplace:
      return "Overwrite";
  }
  return {};
}

Actions make_commit(const WriteRequest& request, const Plan& plan,
                    const std::vector<DataFile>& files) {
  Actions actions = plan.head;
  WriteResult totals;
  std::set<PartitionValues> written;
  for (const DataFile& file : files) {
    actions.adds.push_back(make_add(file, plan, request.location));
    written.insert(actions.adds.back().partition_values);
    totals.rows += file.rows;
    totals.bytes += file.bytes;
  }
  const int64_t now = now_ms();
  const bool dynamic = request.mode == WriteMode::kOverwritePartitions;
  for (const auto& [key, add] : plan.live) {
    if (dynamic && written.count(add.partition_values) == 0) continue;
    actions.removes.push_back({.path = add.path,
                               .deletion_timestamp = now,
                               .partition_values = add.partition_values,
                               .size = add.size,
                               .deletion_vector = add.deletion_vector});
  }
  std::string partitions;
  for (const std::string& column : plan.partition_columns) {
    partitions += fmt::format("{}\"{}\"", partitions.empty() ? "" : ",", column);
  }
  actions.commit_info = {
      .timestamp = now,
      .operation = request.operation,
      .parameters = {{"mode", mode_name(request.mode)}, {"partitionBy", "[" + partitions + "]"}},
      .metrics = {{"numFiles", fmt::to_string(files.size())},
                  {"numOutputRows", fmt::to_string(totals.rows)},
                  {"numOutputBytes", fmt::to_string(totals.bytes)}},
      .blind_append = plan.blind_append};
  return actions;
}

core::SparkError conflict(int64_t version, const std::string& location) {
  return core::plain_error(
      core::ErrorClass::kSpark,
      fmt::format("The table {} was changed by a concurrent commit (version {}); nothing of this "
                  "write was committed. Try the operation again.",
                  location, version));
}

/// Puts the commit behind the newest version; appends step over other writers' rows.
int64_t put_commit(const Environment& environment, const WriteRequest& request, const Plan& plan,
                   const Actions& actions) {
  const std::string directory = log_directory(request.location);
  environment.store->make_directory(directory);
  const std::string text = print_commit(actions);
  int64_t version = plan.base_version + 1;
  for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
    const std::string path = join_path(directory, commit_name(version));
    if (environment.store->put_if_absent(path, text)) return version;
    if (!plan.blind_append) throw conflict(version, request.location);
    const auto winner = environment.store->read(path);
    if (!winner) throw conflict(version, request.location);
    const Actions other = parse_commit(*winner);
    if (other.protocol || other.metadata) throw conflict(version, request.location);
    ++version;
  }
  throw conflict(version, request.location);
}

int64_t checkpoint_interval(const Plan& plan) {
  const auto found = plan.configuration.find("delta.checkpointInterval");
  if (found == plan.configuration.end()) return kCheckpointInterval;
  return std::max<int64_t>(1, std::strtoll(found->second.c_str(), nullptr, 10));
}

std::vector<DataFile> write_rows(const Environment& environment, const WriteRequest& request,
                                 const Plan& plan) {
  if (request.query.empty()) return {};
  DataFileOptions options{.directory = request.location,
                          .partition_columns = plan.partition_columns};
  if (const auto codec = request.options.find("compression"); codec != request.options.end()) {
    options.compression = codec->second;
  }
  // Partition columns keep their carriers: they are not in the files, and their text is UTC.
  return write_data_files(environment,
                          storage_select(request.query, request.schema, plan.schema,
                                         {.carriers_kept = plan.partition_columns}),
                          options);
}

}  // namespace

WriteResult write_table(const Environment& environment, const WriteRequest& request) {
  if (request.options.count("replacewhere") != 0) {
    throw core::unsupported("the Delta write option replaceWhere");
  }
  WriteRequest effective = request;
  const auto overwrite_mode = request.options.find("partitionoverwritemode");
  if (request.mode == WriteMode::kOverwrite && overwrite_mode != request.options.end() &&
      same_name(overwrite_mode->second, "dynamic")) {
    effective.mode = WriteMode::kOverwritePartitions;
  }
  check_storable(effective.schema, "Delta");
  const Plan plan = make_plan(environment, effective);
  const std::vector<DataFile> files = write_rows(environment, effective, plan);
  int64_t version = -1;
  try {
    check_not_null(files, plan.schema, plan.partition_columns);
  } catch (...) {
    discard_data_files(environment, files);
    throw;
  }
  try {
    version = put_commit(environment, effective, plan, make_commit(effective, plan, files));
  } catch (const core::SparkError&) {
    // The files stay: a commit whose answer was lost may refer to them.
    throw;
  }
  if (version > 0 && version % checkpoint_interval(plan) == 0) {
    try {
      write_checkpoint(environment, effective.location, version);
    } catch (const core::SparkError&) {
      // The commit stands; a checkpoint only spares readers some work.
    }
  }
  WriteResult result{.version = std::to_string(version),
                     .files = static_cast<int64_t>(files.size())};
  for (const DataFile& file : files) {
    result.rows += file.rows;
    result.bytes += file.bytes;
  }
  return result;
}

}  // namespace grebe::lakehouse::delta
