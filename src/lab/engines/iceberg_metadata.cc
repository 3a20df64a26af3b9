// The folder of an Iceberg table → its newest metadata file, for readers without a catalog.
#include "lab/engines/iceberg_metadata.h"

#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace grebe::lab::engines {
namespace {

namespace fs = std::filesystem;

/// The number that a metadata file's name starts with: `00003-uuid.metadata.json`,
/// `v3.metadata.json`.
long metadata_version(const std::string& name) {
  size_t start = name.front() == 'v' ? 1 : 0;
  return std::strtol(name.c_str() + start, nullptr, 10);
}

}  // namespace

fs::path newest_iceberg_metadata(const fs::path& table) {
  fs::path newest;
  if (!fs::is_directory(table / "metadata")) {
    throw std::runtime_error(fmt::format("{} is no Iceberg table", table.string()));
  }
  for (const auto& entry : fs::directory_iterator(table / "metadata")) {
    std::string name = entry.path().filename().string();
    if (!name.ends_with(".metadata.json")) continue;
    if (newest.empty()) {
      newest = entry.path();
      continue;
    }
    long ours = metadata_version(name);
    long best = metadata_version(newest.filename().string());
    if (ours > best || (ours == best && entry.last_write_time() > fs::last_write_time(newest))) {
      newest = entry.path();
    }
  }
  if (newest.empty()) {
    throw std::runtime_error(fmt::format("{} holds no Iceberg metadata", table.string()));
  }
  return newest;
}

}  // namespace grebe::lab::engines
