// A table → a number that changes when any cell of any row changes, by native DuckDB.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "lab/engines/duckdb_engine.h"

namespace grebe::lab::medallion {

/// Rows, and a sum of row hashes over all columns, independent of row order.
struct Fingerprint {
  std::string rows;
  std::string hash;
  bool operator==(const Fingerprint&) const = default;
};

/// Hashes the table at `path` with its columns cast to the names and types of the Parquet table at
/// `typed_like`; a missing column is an error. `duckdb` must be open for the format.
Fingerprint fingerprint_table(engines::DuckDbEngine& duckdb, std::string_view format,
                              const std::filesystem::path& path,
                              const std::filesystem::path& typed_like);

}  // namespace grebe::lab::medallion
