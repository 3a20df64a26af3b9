// Spark types and texts → how DuckDB's SQL writes what carries them.
#pragma once

#include <string>
#include <string_view>

#include "types/data_type.h"

namespace grebe::types {

/// The DuckDB type text that carries a Spark type inside our emitted SQL:
/// day-time interval BIGINT (µs), year-month interval INTEGER (months), TIMESTAMP and TIMESTAMP_NTZ
/// TIMESTAMP (UTC µs), CHAR/VARCHAR/STRING VARCHAR, BINARY BLOB, VOID INTEGER (always null),
/// DECIMAL(p,s), CALENDAR INTERVAL INTERVAL, arrays as lists, maps MAP, structs
/// STRUCT(f0 …, f1 …) by position.
std::string carrier_type(const DataType& type);

/// Quotes an identifier / a string literal for DuckDB SQL.
std::string quote_duckdb_identifier(std::string_view name);
std::string quote_duckdb_string(std::string_view text);

}  // namespace grebe::types
