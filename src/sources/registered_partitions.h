// A catalog's partitions ↔ the option of a file request that names them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sources/file_table.h"

namespace grebe::sources {

/// The option that open_files takes registered partitions from, instead of listing directories.
inline constexpr const char* kRegisteredPartitions = "__partitions";

/// A directory whose rows have these partition values, whatever its name is; nothing for null.
struct PartitionDirectory {
  std::string path;
  std::vector<std::optional<std::string>> values;
};

/// The option's text, and back.
std::string encode_partitions(const std::vector<PartitionDirectory>& directories);
std::vector<PartitionDirectory> decode_partitions(const std::string& text);

}  // namespace grebe::sources
