// Spark's schema ↔ Delta's metadata; file statistics and partition values → the log's text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lakehouse/delta/spec.h"
#include "lakehouse/table/data_files.h"
#include "types/data_type.h"

namespace grebe::lakehouse::delta {

/// The schema that a table's metadata holds.
types::Schema parse_schema(const Metadata& metadata);

/// `schemaString`; CHAR and VARCHAR become strings that remember their length, as Spark has it.
std::string print_schema(const types::Schema& schema);

/// The schema as it will be read back (CHAR and VARCHAR replaced, see print_schema).
types::Schema stored_schema(const types::Schema& schema);

/// The `stats` text of an add action: numRecords, minValues, maxValues, nullCount of the first 32
/// leaf columns outside lists and maps. Bounds are always safe: timestamps to the millisecond
/// outwards, long strings cut, booleans, binaries and what DuckDB prints otherwise left out.
std::string print_statistics(const DataFile& file, const types::Schema& schema,
                             const std::vector<std::string>& partition_columns);

/// The log's text of a partition value that DuckDB printed (timestamps as UTC instants).
std::optional<std::string> partition_text(const types::DataType& type,
                                          const std::optional<std::string>& value);

}  // namespace grebe::lakehouse::delta
