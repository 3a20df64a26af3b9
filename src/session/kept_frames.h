// What cache() and checkpoint() keep: frames by their meaning, their rows in tables of the engine.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/database.h"
#include "types/data_type.h"

namespace grebe::session {

/// Spark's StorageLevel; the rows themselves lie wherever the engine keeps its tables.
struct StorageLevel {
  bool use_disk = true;
  bool use_memory = true;
  bool use_off_heap = false;
  bool deserialized = true;
  int32_t replication = 1;
};

/// A table of the engine, dropped with the last query or entry that uses it.
class KeptTable {
 public:
  KeptTable(std::shared_ptr<engine::Database> database, std::string name);
  ~KeptTable();
  KeptTable(const KeptTable&) = delete;
  KeptTable& operator=(const KeptTable&) = delete;
  const std::string& name() const { return name_; }

 private:
  std::shared_ptr<engine::Database> database_;
  std::string name_;
};

/// One file or directory that kept rows were read from, as it was then.
struct SourceState {
  std::string path;
  int64_t size = 0;
  int64_t modified = 0;

  bool operator==(const SourceState&) const = default;
};

/// The state of files and directories now; what is gone has size -1.
std::vector<SourceState> source_states(const std::vector<std::string>& paths);

/// A frame that cache() keeps. Its rows are made by the first query that needs them.
struct KeptFrame {
  /// The plan's meaning, equal for equal plans.
  std::string key;
  /// Cheap to compare before the key is made: kind of the root and number of columns.
  size_t root_kind = 0;
  size_t width = 0;
  StorageLevel level;

  /// Held while the rows are made.
  std::mutex making;
  std::shared_ptr<KeptTable> table;
  std::vector<SourceState> sources;
};

/// A checkpointed frame: its rows and their columns.
struct Checkpointed {
  std::shared_ptr<KeptTable> table;
  types::Schema schema;
  /// The life of the session that made it.
  std::string session;
};

/// Thread-safe; shared by all sessions, as Spark's cache is.
class KeptFrames {
 public:
  explicit KeptFrames(std::shared_ptr<engine::Database> database);

  /// Adds a frame; does nothing when its key is known.
  void add(std::shared_ptr<KeptFrame> frame);
  void remove(const std::string& key);
  void clear();
  std::shared_ptr<KeptFrame> find(const std::string& key) const;
  bool empty() const;
  /// Tells whether some frame has such a root, so that making a key is worth it.
  bool may_hold(size_t root_kind, size_t width) const;
  /// Forgets rows whose sources have changed; called after every command that may write.
  void drop_stale_rows();
  /// Forgets all rows that were read from below `path` (empty: from anywhere).
  void drop_rows_from(const std::string& path);

  /// A table name that no other kept table has.
  std::shared_ptr<KeptTable> new_table();

  void put_checkpoint(const std::string& id, Checkpointed checkpoint);
  std::optional<Checkpointed> find_checkpoint(const std::string& id) const;
  void remove_checkpoint(const std::string& id);
  /// Releases what a session kept for itself.
  void release_session(const std::string& session);

 private:
  std::vector<std::shared_ptr<KeptFrame>> frames() const;

  std::shared_ptr<engine::Database> database_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<KeptFrame>> frames_;
  std::map<std::string, Checkpointed> checkpoints_;
  int64_t last_table_ = 0;
};

}  // namespace grebe::session
