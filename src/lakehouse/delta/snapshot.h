// A table's log → its state at one version, by replay over checkpoints.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lakehouse/delta/spec.h"
#include "lakehouse/table/table_format.h"

namespace grebe::lakehouse::delta {

/// The table at `version`, as the log says.
struct TableState {
  int64_t version = -1;
  /// Milliseconds since the epoch.
  int64_t commit_timestamp = 0;
  Protocol protocol = {};
  Metadata metadata = {};
  /// Live files by path (with the deletion vector's text appended when there is one).
  std::map<std::string, AddFile> files = {};
  /// Tombstones by the same key.
  std::map<std::string, RemoveFile> removed = {};
  std::map<std::string, Transaction> transactions = {};
  /// True when the whole log was seen and the schema never changed.
  bool one_schema = false;
};

/// `<location>/_delta_log`.
std::string log_directory(const std::string& location);

/// Replays the log up to what `selector` means. Throws when there is no such version, or the table
/// needs a reader feature that we do not have.
TableState replay_log(const Environment& environment, const std::string& location,
                      const SnapshotSelector& selector);

/// The commits that are still in the log, newest first.
std::vector<HistoryEntry> read_history(const Environment& environment, const std::string& location);

/// Applies one commit to a state.
void apply_actions(TableState& state, const Actions& actions);

/// The newest version in the log, -1 when there is none.
int64_t latest_version(ObjectStore& store, const std::string& location);

}  // namespace grebe::lakehouse::delta
