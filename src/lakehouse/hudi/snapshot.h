// A table's timeline and folders → its state at one instant: the base file of every file group.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lakehouse/hudi/spec.h"
#include "lakehouse/table/table_format.h"

namespace grebe::lakehouse::hudi {

/// The newest committed base file of a file group.
struct FileSlice {
  std::string partition;
  std::string file_id;
  std::string instant;
  /// Absolute.
  std::string path;
  int64_t size = 0;
  int64_t modified_ms = 0;
};

/// The table at one instant.
struct TableState {
  TableConfig config;
  /// The newest completed commit that counts, empty for none.
  std::string instant;
  /// The newest instant that a commit ever began at, completed or not.
  std::string newest_instant;
  /// Spark's schema without the meta columns.
  types::Schema schema;
  std::vector<FileSlice> slices;
  /// True when every commit of the timeline had the same schema.
  bool one_schema = true;
};

/// `<location>/.hoodie`.
std::string timeline_directory(const std::string& location);

/// True when hoodie.properties is there.
bool is_table(ObjectStore& store, const std::string& location);

/// Throws for tables that are not version 6 copy-on-write (or an older one of the same layout).
TableState read_table(ObjectStore& store, const std::string& location,
                      const SnapshotSelector& selector);

/// The state → what the engine reads.
Snapshot make_snapshot(const TableState& state, const std::string& location);

}  // namespace grebe::lakehouse::hudi
