// Paths of a table's files → reads, listings and atomic writes, the same for every store.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::lakehouse {

/// One entry of a listing.
struct ObjectInfo {
  /// Name inside the listed directory.
  std::string name;
  bool is_directory = false;
  int64_t size = 0;
  /// Milliseconds since the epoch.
  int64_t modified_ms = 0;
};

/// Held while it lives; gives way when its owner dies, too.
class StoreLock {
 public:
  virtual ~StoreLock() = default;
};

/// The primitives every commit is built from. All paths are absolute. A method either has its whole
/// effect or none that a reader could take for a commit; it throws SparkError on failure.
/// An object store fits behind it: put_if_absent is a conditional PUT, directories are nothing.
class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  /// The object's bytes, or nothing when it is absent.
  virtual std::optional<std::string> read(const std::string& path) = 0;
  /// The last `count` bytes of an object, fewer when it is smaller.
  virtual std::string read_end(const std::string& path, size_t count) = 0;
  /// Replaces the bytes that begin `from_end` before the end of an object that nobody refers to
  /// yet.
  virtual void patch_end(const std::string& path, size_t from_end, std::string_view bytes) = 0;
  /// Children of a directory sorted by name; empty when it is absent.
  virtual std::vector<ObjectInfo> list(const std::string& directory) = 0;
  virtual bool exists(const std::string& path) = 0;
  /// Creates the object with these bytes, durably. False when something has that name already;
  /// of many racing callers exactly one gets true.
  virtual bool put_if_absent(const std::string& path, std::string_view bytes) = 0;
  /// Creates or replaces the object atomically.
  virtual void replace(const std::string& path, std::string_view bytes) = 0;
  /// Removes the object or an empty directory; absent is fine.
  virtual void remove(const std::string& path) = 0;
  /// Moves an object that nobody refers to yet; replaces what stands at `to`.
  virtual void rename(const std::string& from, const std::string& to) = 0;
  /// Waits for and takes the exclusive right that `path` stands for (formats that know one writer).
  virtual std::unique_ptr<StoreLock> lock(const std::string& path) = 0;
  /// Makes a directory and its parents, where the store has such things.
  virtual void make_directory(const std::string& path) = 0;
  /// Makes an object durable that somebody else (DuckDB) has written.
  virtual void sync(const std::string& path) = 0;
};

/// The store on this machine's file system.
std::shared_ptr<ObjectStore> local_store();

/// `file:` URIs and relative paths → absolute normalised path. Throws for other schemes.
std::string local_path(std::string_view location);

/// `a/b` + `c` → `a/b/c`.
std::string join_path(std::string_view directory, std::string_view name);

}  // namespace grebe::lakehouse
