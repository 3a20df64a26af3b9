// Directories → the data files below them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sources/file_table.h"

namespace grebe::sources {

/// A data file and the root it was found under.
struct ListedFile {
  std::string path;
  /// The root's directory: partition columns are searched below it.
  std::string base;
  int64_t size = 0;
  /// µs since the epoch.
  int64_t modified = 0;
};

/// Lists the roots (files or directories) recursively, sorted by path. Names that start with "_" or
/// "." are hidden, except directories like `_a=1`. Obeys pathGlobFilter, recursiveFileLookup,
/// modifiedBefore/modifiedAfter and basePath. Throws PATH_NOT_FOUND.
std::vector<ListedFile> list_files(const std::vector<std::string>& roots, const Options& options);

/// Tells whether Spark's listings skip the name.
bool is_hidden_name(const std::string& name);

}  // namespace grebe::sources
