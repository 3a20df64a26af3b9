// Bytes → files that are whole or not there; trees of files → their size.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace grebe::lab::data {

/// Writes `content` beside `path`, syncs it, and renames it into place. Makes missing folders.
/// Throws std::system_error; the old file stays as it was.
void write_atomically(const std::filesystem::path& path, std::string_view content);

/// Reads a whole file; throws std::system_error that names it.
std::string read_file(const std::filesystem::path& path);

/// How much a table occupies, its metadata included.
struct Storage {
  int64_t bytes = 0;
  int64_t files = 0;
};

/// Sums all regular files at or below `path`; a path that is not there holds nothing.
Storage measure_storage(const std::filesystem::path& path);

/// The SHA-256 of a file, or of all files below a folder in the order of their names, in hex.
std::string checksum(const std::filesystem::path& path);

/// The SHA-256 of a text, in hex.
std::string checksum_text(std::string_view text);

}  // namespace grebe::lab::data
