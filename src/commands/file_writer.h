// A frame → data files in a directory, as Spark's file sources write them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "commands/host.h"

namespace grebe::commands {

/// What happens to rows that are there already.
enum class FileWriteMode : uint8_t {
  kAppend,
  /// Replaces everything below the directory.
  kOverwrite,
  /// Replaces only the partitions that the frame has rows for.
  kOverwriteTouchedPartitions,
};

struct FileWrite {
  plan::RelationPtr input;
  /// parquet, csv, json or text.
  std::string format;
  /// Absolute directory.
  std::string location;
  FileWriteMode mode = FileWriteMode::kAppend;
  /// Names of columns of the input, in order.
  std::vector<std::string> partition_by;
  /// Keys in lower case.
  std::map<std::string, std::string> options;
  /// Leading partition columns with a fixed value, `key=value` as directories spell them: an
  /// overwrite stays below them.
  std::vector<std::string> static_partition;
  /// Absolute directories of partitions that lie elsewhere, by their name below `location`.
  std::map<std::string, std::string> moved_partitions = {};
  /// CLUSTERED BY: rows with the same hash of `bucket_columns` share a file.
  std::vector<std::string> bucket_columns = {};
  std::vector<std::string> sort_columns = {};
  int32_t buckets = 0;
};

/// Writes into a temporary directory beside the target, then renames into place: a reader sees the
/// old files or the new ones. Returns the partitions with new files, `key=value/…` as below
/// `location` ("" for files without partition).
std::set<std::string> write_files(CommandHost& host, const FileWrite& write);

/// Tells whether a directory holds anything that Spark counts as existing output.
bool has_output(const std::string& location);

}  // namespace grebe::commands
