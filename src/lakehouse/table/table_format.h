// The seam of every table format: a location → a pinned snapshot; a query → a committed version.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/database.h"
#include "lakehouse/storage/object_store.h"
#include "resolved/relation.h"
#include "types/data_type.h"

namespace grebe::lakehouse {

/// Options and table properties. Option keys are in lower case, property keys as given.
using Properties = std::map<std::string, std::string>;

/// Which state of a table is meant.
struct SnapshotSelector {
  enum class Kind : uint8_t {
    kLatest,
    /// Delta's versionAsOf.
    kVersion,
    /// The state at a moment (Delta timestampAsOf, Iceberg as-of-timestamp).
    kTimestamp,
    /// Hudi's as.of.instant.
    kInstant,
    /// Iceberg's snapshot-id.
    kSnapshotId,
    /// Iceberg's branch or tag.
    kReference,
  };
  Kind kind = Kind::kLatest;
  /// Version, snapshot id, or µs since the epoch.
  int64_t number = 0;
  /// Instant or reference.
  std::string text = {};

  static SnapshotSelector latest() { return {}; }
  static SnapshotSelector version(int64_t version) { return {Kind::kVersion, version, {}}; }
  static SnapshotSelector timestamp(int64_t micros) { return {Kind::kTimestamp, micros, {}}; }
  static SnapshotSelector instant(std::string text) { return {Kind::kInstant, 0, std::move(text)}; }
  static SnapshotSelector snapshot_id(int64_t id) { return {Kind::kSnapshotId, id, {}}; }
  static SnapshotSelector reference(std::string name) {
    return {Kind::kReference, 0, std::move(name)};
  }
};

/// A scan that DuckDB's extension has to do, because plain files do not say it all (deletion
/// vectors, delete files, renamed columns).
struct ExtensionRead {
  /// "delta" or "iceberg".
  std::string extension = {};
  /// Table directory, or Iceberg's metadata.json.
  std::string location = {};
  std::optional<int64_t> snapshot = {};
};

/// One state of a table, pinned: nothing of it changes any more.
struct Snapshot {
  std::string format = {};
  std::string location = {};
  /// Spark's schema, partition columns at their place.
  types::Schema schema = {};
  /// How many leading columns the format itself fills in; writers give the others.
  size_t generated_columns = 0;
  /// Identity partition columns whose values are not in the files, as the schema spells them.
  std::vector<std::string> partition_columns = {};
  Properties properties = {};
  std::string comment = {};
  /// Delta version, Iceberg snapshot id; -1 when the table holds no snapshot.
  int64_t version = -1;
  /// Hudi's instant, otherwise `version` as text.
  std::string version_text = {};
  /// µs since the epoch of the commit.
  int64_t committed_micros = 0;

  /// Set when the extension must read; otherwise `files` are plain Parquet and say it all.
  std::optional<ExtensionRead> extension = {};
  /// Absolute paths; partition values in the order of `partition_columns`.
  std::vector<resolved::ScanFile> files = {};
  /// True when some files may lack columns of the schema or have other types (schema evolution):
  /// read with union_by_name and cast; columns that no file has are null.
  bool files_may_differ = false;
  /// Sum of the files' row counts where the format tells.
  std::optional<int64_t> rows = {};
};

enum class WriteMode : uint8_t {
  /// Fails when the table exists.
  kCreate,
  /// Adds rows; creates the table when it is absent.
  kAppend,
  /// Replaces all rows, keeps the table (its schema too, unless option overwriteschema is true).
  kOverwrite,
  /// Replaces the rows of those partitions that the query has rows for.
  kOverwritePartitions,
  /// CREATE OR REPLACE: new schema, partitioning and properties, new rows, history kept.
  kReplace,
};

/// What to write. `query` gives carrier types, its columns are those of `schema` by position.
struct WriteRequest {
  /// Absolute path.
  std::string location = {};
  /// `database.table` for catalog tables, else empty.
  std::string table_name = {};
  WriteMode mode = WriteMode::kCreate;
  types::Schema schema = {};
  std::vector<std::string> partition_columns = {};
  /// Iceberg partition transforms and Hudi settings come as options too.
  Properties options = {};
  /// TBLPROPERTIES of a new table.
  Properties properties = {};
  std::string comment = {};
  /// DuckDB SQL that gives the rows; empty writes no rows (CREATE TABLE).
  std::string query = {};
  /// Spark's word for history: WRITE, CREATE TABLE AS SELECT …
  std::string operation = "WRITE";
};

/// What was committed.
struct WriteResult {
  std::string version = {};
  int64_t rows = 0;
  int64_t files = 0;
  int64_t bytes = 0;
};

/// What a format works with: where files lie and the engine that writes them.
struct Environment {
  std::shared_ptr<ObjectStore> store = local_store();
  engine::Connection* connection = nullptr;
};

/// Throws for an option of a read that asks for something else than a state of the table: left out
/// in silence, it would give other rows than were asked for. A value in the list is the harmless
/// one.
void refuse_read_options(
    const Properties& options,
    std::initializer_list<std::pair<std::string_view, std::string_view>> refused);

/// One commit as DESCRIBE HISTORY shows it.
struct HistoryEntry {
  int64_t version = 0;
  int64_t committed_micros = 0;
  std::string operation = {};
  Properties parameters = {};
  Properties metrics = {};
  bool is_blind_append = false;
  std::string engine = {};
};

/// One table format. Stateless and thread-safe.
class TableFormat {
 public:
  virtual ~TableFormat() = default;
  virtual std::string_view name() const = 0;
  /// Tells whether a table of this format lies at `location`.
  virtual bool exists(const Environment& environment, const std::string& location) const = 0;
  /// Throws when there is no table or no such state.
  virtual Snapshot open_snapshot(const Environment& environment, const std::string& location,
                                 const SnapshotSelector& selector,
                                 const Properties& options) const = 0;
  /// The commits that are still known, newest first. Throws where the format has no such list.
  virtual std::vector<HistoryEntry> history(const Environment& environment,
                                            const std::string& location) const = 0;
  /// Commits atomically; on any failure readers see the table as it was.
  virtual WriteResult write(const Environment& environment, const WriteRequest& request) const = 0;
};

}  // namespace grebe::lakehouse
