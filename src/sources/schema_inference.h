// Files → their columns, by Spark's rules for each format.
#pragma once

#include <string>
#include <vector>

#include "sources/file_table.h"

namespace grebe::sources {

/// One file's schema, all nullable. Throws CANNOT_READ_FILE_FOOTER.
types::Schema parquet_schema(engine::Connection& connection, const std::string& path);

/// The union of all files' columns in order of appearance (mergeSchema).
types::Schema merge_parquet_schemas(engine::Connection& connection,
                                    const std::vector<std::string>& paths);

/// Columns of CSV files: names from the header or _c0, _c1 …; types are strings unless
/// inferSchema.
types::Schema csv_schema(const std::vector<std::string>& paths, const Options& options,
                         const SourceContext& context);

/// Columns of JSON files, sorted by name as Spark does.
types::Schema json_schema(const std::vector<std::string>& paths, const Options& options,
                          const SourceContext& context);

}  // namespace grebe::sources
