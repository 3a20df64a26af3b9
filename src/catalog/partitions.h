// A file table's name → the partitions that are registered for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace grebe::catalog {

/// A text for each partition column, in their order, as directory names hold them unescaped;
/// nothing for null.
using PartitionValues = std::vector<std::optional<std::string>>;

/// One registered partition of a file table.
struct Partition {
  PartitionValues values;
  /// Absolute path of its directory.
  std::string location;
  /// Milliseconds since the epoch.
  int64_t created_ms = 0;
};

/// Registered partitions that go and come in one step.
struct PartitionChange {
  std::vector<PartitionValues> removed = {};
  /// One that is there already stays as it is.
  std::vector<Partition> added = {};
};

/// The part of the catalog that keeps partitions. A table with a registry has the rows of its
/// registered partitions; one without has those of all directories below it (tables that are not
/// partitioned, lakehouse formats, warehouses from before there were registries). Dropping,
/// renaming and dropping the database of a table take its registry along. Thread-safe, durable.
class PartitionRegistry {
 public:
  virtual ~PartitionRegistry() = default;

  virtual bool has_registry(const std::string& database, const std::string& table) const = 0;
  /// Begins an empty registry; one that is there is kept.
  virtual void begin_registry(const std::string& database, const std::string& table) = 0;
  virtual std::vector<Partition> partitions(const std::string& database,
                                            const std::string& table) const = 0;
  /// All of the change or nothing of it.
  virtual void change_partitions(const std::string& database, const std::string& table,
                                 const PartitionChange& change) = 0;
};

/// The registry of a catalog that Catalog::open made.
PartitionRegistry& partition_registry(Catalog& catalog);

}  // namespace grebe::catalog
