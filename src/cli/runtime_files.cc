// /proc/self/exe → folders beside the binary.
#include "cli/runtime_files.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace grebe::cli {

namespace fs = std::filesystem;

std::string binary_directory() { return fs::read_symlink("/proc/self/exe").parent_path(); }

std::string extension_directory() {
  if (const char* given = std::getenv("GREBE_EXTENSION_DIRECTORY"); given != nullptr && *given) {
    return given;
  }
  return fs::path(binary_directory()) / "lib/extensions";
}

std::vector<std::string> installed_extensions() {
  std::vector<std::string> names;
  std::error_code ignored;  // no directory, no extensions
  for (const auto& entry : fs::recursive_directory_iterator(extension_directory(), ignored)) {
    if (entry.path().extension() == ".duckdb_extension") names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace grebe::cli
