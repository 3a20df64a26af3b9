// A table's state → a classic Parquet checkpoint and `_last_checkpoint`; see commit.h.
#include <fmt/format.h>

#include <chrono>

#include "core/spark_error.h"
#include "lakehouse/delta/commit.h"
#include "lakehouse/table/data_files.h"

namespace grebe::lakehouse::delta {

using engine::quote_duckdb_string;

namespace {

constexpr int64_t kTombstoneRetentionMs = int64_t{7} * 24 * 3600 * 1000;

// DuckDB types of a checkpoint's columns (protocol document, "Checkpoint Schema").
constexpr std::string_view kColumns = R"({
  txn: 'STRUCT(appId VARCHAR, "version" BIGINT, lastUpdated BIGINT)',
  "add": 'STRUCT(path VARCHAR, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT,
    modificationTime BIGINT, dataChange BOOLEAN, stats VARCHAR, tags MAP(VARCHAR, VARCHAR),
    deletionVector STRUCT(storageType VARCHAR, pathOrInlineDv VARCHAR, "offset" INTEGER,
      sizeInBytes INTEGER, cardinality BIGINT))',
  remove: 'STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN,
    extendedFileMetadata BOOLEAN, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT,
    deletionVector STRUCT(storageType VARCHAR, pathOrInlineDv VARCHAR, "offset" INTEGER,
      sizeInBytes INTEGER, cardinality BIGINT))',
  metaData: 'STRUCT(id VARCHAR, "name" VARCHAR, description VARCHAR,
    format STRUCT(provider VARCHAR, options MAP(VARCHAR, VARCHAR)), schemaString VARCHAR,
    partitionColumns VARCHAR[], configuration MAP(VARCHAR, VARCHAR), createdTime BIGINT)',
  protocol: 'STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER, readerFeatures VARCHAR[],
    writerFeatures VARCHAR[])'})";

Actions checkpoint_actions(const TableState& state) {
  const int64_t oldest = std::chrono::duration_cast<std::chrono::milliseconds>(
                             std::chrono::system_clock::now().time_since_epoch())
                             .count() -
                         kTombstoneRetentionMs;
  Actions actions{.protocol = state.protocol, .metadata = state.metadata};
  for (const auto& [key, transaction] : state.transactions) {
    actions.transactions.push_back(transaction);
  }
  for (const auto& [key, remove] : state.removed) {
    if (remove.deletion_timestamp < oldest) continue;
    actions.removes.push_back(remove);
    actions.removes.back().data_change = false;
  }
  for (const auto& [key, add] : state.files) {
    actions.adds.push_back(add);
    actions.adds.back().data_change = false;
  }
  return actions;
}

}  // namespace

void write_checkpoint(const Environment& environment, const std::string& location,
                      int64_t version) {
  ObjectStore& store = *environment.store;
  const std::string directory = log_directory(location);
  const TableState state = replay_log(environment, location, SnapshotSelector::version(version));
  const Actions actions = checkpoint_actions(state);
  const std::string stem = join_path(directory, ".grebe-" + random_uuid());
  const std::string json = stem + ".json";
  const std::string parquet = stem + ".parquet";
  try {
    if (!store.put_if_absent(json, print_commit(actions))) return;
    environment.connection->execute(fmt::format(
        "COPY (SELECT txn, \"add\", remove, metaData, protocol FROM read_json({}, columns = {}, "
        "format = 'newline_delimited', maximum_object_size = 1073741824)) TO {} (FORMAT parquet, "
        "COMPRESSION snappy)",
        quote_duckdb_string(json), kColumns, quote_duckdb_string(parquet)));
    const auto bytes = store.read(parquet);
    if (bytes && store.put_if_absent(join_path(directory, checkpoint_name(version)), *bytes)) {
      store.replace(join_path(directory, "_last_checkpoint"),
                    fmt::format(R"({{"version":{},"size":{}}})", version,
                                2 + actions.transactions.size() + actions.removes.size() +
                                    actions.adds.size()));
    }
  } catch (...) {
    store.remove(json);
    store.remove(parquet);
    throw;
  }
  store.remove(json);
  store.remove(parquet);
}

}  // namespace grebe::lakehouse::delta
