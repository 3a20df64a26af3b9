// DuckDB chunks → one Arrow record batch in Spark's shape.
#pragma once

#include "duckdb/common/arrow/arrow_appender.hpp"
#include "duckdb/common/types/data_chunk.hpp"
#include "engine/database.h"

namespace grebe::engine {

/// Throws INTERNAL_ERROR unless every DuckDB column has the carrier type of its Spark column.
/// A schema without columns goes with one DuckDB column that is never sent.
void check_carriers(const types::Schema& schema, const duckdb::vector<duckdb::LogicalType>& types);

/// Bytes that the rows of a chunk take in Arrow form, roughly.
size_t estimate_bytes(duckdb::DataChunk& chunk);

/// Turns a finished DuckDB array into Spark's shape: VOID columns become null arrays, hidden fields
/// of empty structs and the hidden column of an empty schema go. In builds with assertions, a null
/// in a column that is not nullable is INTERNAL_ERROR.
ArrowBatch spark_batch(ArrowArray array, const types::Schema& schema);

}  // namespace grebe::engine
