// Arrow batches of a result → single values, for constants, pivot columns, show() and commands.
#pragma once

#include <vector>

#include "engine/database.h"
#include "types/value.h"

namespace grebe::engine {

/// One row of a result.
using Row = std::vector<types::Value>;

/// Reads a batch of a stream with `schema` row by row.
std::vector<Row> batch_rows(const ArrowBatch& batch, const types::Schema& schema,
                            const std::string& time_zone = "UTC");

/// Drains a stream; throws INTERNAL_ERROR above `max_rows` (callers bound their queries).
std::vector<Row> read_rows(ResultStream& stream, int64_t max_rows = 1'000'000);

}  // namespace grebe::engine
