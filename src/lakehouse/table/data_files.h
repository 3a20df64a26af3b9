// A SELECT → new uniquely named Parquet files with their statistics, in one pass.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lakehouse/table/table_format.h"

namespace grebe::lakehouse {

/// Statistics of one leaf column as DuckDB prints them; min and max are absent where it knows
/// none, and where a NaN makes them unsafe.
struct ColumnStatistics {
  std::optional<std::string> min = {};
  std::optional<std::string> max = {};
  int64_t nulls = 0;
  int64_t values = 0;
  /// Bytes in the file.
  int64_t bytes = 0;
};

/// One file that was written.
struct DataFile {
  /// Absolute path.
  std::string path = {};
  int64_t rows = 0;
  int64_t bytes = 0;
  /// Keys are leaf paths: column, then fields, `element`, `key` and `value`.
  std::map<std::vector<std::string>, ColumnStatistics> columns = {};
  /// In the order of the partition columns, as DuckDB prints them; nullopt is NULL.
  std::vector<std::optional<std::string>> partition_values = {};
};

/// How files are laid out.
struct DataFileOptions {
  std::string directory = {};
  std::vector<std::string> partition_columns = {};
  enum class PartitionColumns : uint8_t { kLeaveOut, kWrite };
  PartitionColumns in_files = PartitionColumns::kLeaveOut;
  /// Spark's name: snappy, zstd, gzip, lz4, lz4_raw, brotli, uncompressed, none.
  std::string compression = "snappy";
  /// DuckDB's FIELD_IDS struct text, empty for none.
  std::string field_ids = {};
  /// Key-value metadata of every file's footer.
  std::map<std::string, std::string> footer = {};
  /// Schema whose decimals of up to 18 digits the SELECT gives with 38, so that they are
  /// fixed-length byte arrays in the files (Hudi's readers want that); the footers then say the
  /// right precision.
  types::Schema fixed_decimals = {};
  /// Files are cut near this size (unpartitioned writes).
  int64_t target_bytes = int64_t{512} << 20;
};

/// Runs `select` (see storage_select) into files below the directory and makes them durable. Files
/// without rows are removed again. On failure, whatever was written is removed as far as possible.
std::vector<DataFile> write_data_files(const Environment& environment, const std::string& select,
                                       const DataFileOptions& options);

/// Removes files that will not be referenced; never throws.
void discard_data_files(const Environment& environment, const std::vector<DataFile>& files);

/// A random (version 4) UUID.
std::string random_uuid();

}  // namespace grebe::lakehouse
