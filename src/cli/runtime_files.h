// The running binary → the folder `lib` beside it, with DuckDB's library and extensions.
#pragma once

#include <string>
#include <vector>

namespace grebe::cli {

/// Directory of the running binary, symbolic links resolved.
std::string binary_directory();

/// DuckDB's `extension_directory`: GREBE_EXTENSION_DIRECTORY, else `lib/extensions` beside the
/// binary. It holds v<version>/<platform>/<name>.duckdb_extension.
std::string extension_directory();

/// Names of the extensions that lie in `extension_directory()`, sorted.
std::vector<std::string> installed_extensions();

}  // namespace grebe::cli
