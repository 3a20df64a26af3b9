// Files → their columns, by Spark's rules for each format.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sources/file_table.h"

namespace grebe::sources {

/// What one Parquet file's footer says.
struct ParquetFooter {
  /// Columns as Spark reads them, all nullable.
  types::Schema schema;
  /// Columns by the file's own types, where a writer of Spark knew better (intervals, CHAR).
  types::Schema stored;
  /// False when DuckDB reads some column in another width than the Spark type's carrier.
  bool has_carriers = true;
};

/// Reads a footer; files are remembered by path, size and time. Throws CANNOT_READ_FILE_FOOTER.
std::shared_ptr<const ParquetFooter> parquet_footer(engine::Connection& connection,
                                                    const resolved::ScanFile& file);

/// Tells whether the file holds every column of `schema` in the form that its carrier has.
bool holds_columns(const ParquetFooter& footer, const types::Schema& schema);

/// The union of all files' columns in order of appearance (mergeSchema).
types::Schema merge_parquet_schemas(engine::Connection& connection,
                                    const std::vector<resolved::ScanFile>& files);

/// Columns of CSV files: names from the header or _c0, _c1 …; types are strings unless
/// inferSchema.
types::Schema csv_schema(const std::vector<std::string>& paths, const Options& options,
                         const SourceContext& context);

/// Columns of JSON files, sorted by name as Spark does.
types::Schema json_schema(const std::vector<std::string>& paths, const Options& options,
                          const SourceContext& context);

}  // namespace grebe::sources
