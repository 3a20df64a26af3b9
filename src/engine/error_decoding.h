// A DuckDB failure, by its exception type → the SparkError that the client sees.
#pragma once

#include "core/spark_error.h"
#include "duckdb/common/error_data.hpp"

namespace grebe::engine {

/// Decides by the exception's type alone; DuckDB's text is kept as detail, never read.
core::SparkError decode_error(const duckdb::ErrorData& error);

/// Tells whether the error leaves the whole instance unusable.
bool is_fatal(const duckdb::ErrorData& error);

}  // namespace grebe::engine
