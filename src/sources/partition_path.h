// Partition columns ↔ directory names `key=value`, as Hive escapes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace grebe::sources {

/// The directory name that stands for a null (and for an empty string).
inline constexpr std::string_view kDefaultPartition = "__HIVE_DEFAULT_PARTITION__";

/// Escapes the characters that Hive does not allow in a path as %XX.
std::string escape_path_name(std::string_view name);
std::string unescape_path_name(std::string_view name);

/// Splits `key=value`; nothing when the name is not of that shape.
std::optional<std::pair<std::string, std::string>> parse_partition_name(std::string_view name);

}  // namespace grebe::sources
