// DuckDB's text of a type → the Spark type that a Parquet column of it has.
#pragma once

#include <string_view>

#include "types/data_type.h"

namespace grebe::sources {

/// `STRUCT(a INTEGER, "b c" VARCHAR[])` → struct<a:int,b c:array<string>>, all nullable. Throws a
/// typed error for types that Spark cannot read.
types::DataType parse_duckdb_type(std::string_view text);

}  // namespace grebe::sources
