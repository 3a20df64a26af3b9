// A nested value → what DuckDB has to compare so that nulls inside come first, as in Spark.
#pragma once

#include <string>

#include "types/data_type.h"

namespace grebe::types {

/// Says whether values of the type have an order: maps and calendar intervals have none, nor has
/// what holds one (RowOrdering.isOrderable).
bool is_orderable(const DataType& type);

/// SQL whose order in DuckDB is the value's own order in Spark; `sql` itself for types that are not
/// nested. A null stays null.
std::string ordering_key(const std::string& sql, const DataType& type);

}  // namespace grebe::types
