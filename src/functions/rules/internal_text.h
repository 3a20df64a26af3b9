// A value's SQL → the text that the JVM's toString gives of it inside Spark.
#pragma once

#include <string>

#include "types/data_type.h"

namespace grebe::functions {

/// Dates are their days, timestamps their microseconds, intervals their counts, and containers as
/// InternalRow and GenericArrayData print them: `[1,x]`. Seen in error texts, in format_string and
/// in the names that to_json gives to the entries of maps.
std::string internal_text(const std::string& sql, const types::DataType& type);

}  // namespace grebe::functions
