// Spark's types ↔ Arrow's schema, as Spark Connect 3.5 labels columns for its clients.
#pragma once

#include <string>

#include "nanoarrow/nanoarrow.hpp"
#include "types/data_type.h"

namespace grebe::engine {

/// The Arrow schema (a struct) of a result. TIMESTAMP carries `time_zone`, TIMESTAMP_NTZ none.
nanoarrow::UniqueSchema arrow_schema(const types::Schema& schema, const std::string& time_zone);

/// Spark's columns for an Arrow schema that a client sent; names and nullability are kept.
/// Throws UNSUPPORTED_ARROWTYPE for what Spark cannot take.
types::Schema spark_schema(const ArrowSchema& schema);

}  // namespace grebe::engine
