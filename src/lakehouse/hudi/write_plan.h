// A write request and the table as it is → what the write does, decided before any row moves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lakehouse/hudi/keys.h"
#include "lakehouse/hudi/snapshot.h"

namespace grebe::lakehouse::hudi {

enum class Operation : uint8_t {
  kBulkInsert,
  kInsert,
  kUpsert,
  /// Replaces the partitions that get rows.
  kInsertOverwrite,
  kInsertOverwriteTable,
};

struct WritePlan {
  Operation operation = Operation::kBulkInsert;
  /// True when the table does not exist yet; `config` is written then.
  bool creates = false;
  TableConfig config = {};
  std::string table_name = {};
  std::vector<std::string> record_keys = {};
  std::vector<std::string> partition_fields = {};
  std::string precombine = {};
  PartitionStyle style = {};
  /// Columns of the files, meta columns excluded.
  types::Schema schema = {};
  std::string instant = {};
  /// The table before, empty for a new one.
  TableState before = {};
  std::string compression = "snappy";

  /// "commit" or "replacecommit".
  std::string action() const;
  /// UPSERT and so on.
  std::string operation_name() const;
};

/// Throws when the request does not fit the table.
WritePlan plan_write(const Environment& environment, const WriteRequest& request);

}  // namespace grebe::lakehouse::hudi
