// A table's schema and a query's → how the rows fit, or Spark's complaint that they do not.
#pragma once

#include <string_view>
#include <vector>

#include "lakehouse/table/data_files.h"
#include "lakehouse/table/table_format.h"
#include "types/data_type.h"

namespace grebe::lakehouse {

/// The table's schema after a write.
struct SchemaChange {
  types::Schema schema;
  /// True when columns were added.
  bool extended = false;
};

/// Fits rows of `given` into `table` by name: a column of the table that is missing becomes null, a
/// wider integer takes a narrower one, a new column is added only if `merge`. Throws otherwise.
SchemaChange fit_schema(const types::Schema& table, const types::Schema& given, bool merge);

/// Throws when a file holds a null in a column that allows none, by the files' statistics.
void check_not_null(const std::vector<DataFile>& files, const types::Schema& schema,
                    const std::vector<std::string>& partition_columns);

/// True when an option (key in lower case) is "true".
bool is_option_on(const Properties& options, std::string_view key);

}  // namespace grebe::lakehouse
