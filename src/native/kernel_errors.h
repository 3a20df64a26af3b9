// Run-time failures of kernels → Spark's errors.
#pragma once

#include <string>
#include <string_view>

#include "core/spark_error.h"
#include "types/value.h"

namespace grebe::native {

/// ARITHMETIC_OVERFLOW; `alternative` is the try_ function to name, or empty.
core::SparkError arithmetic_overflow(std::string_view message, std::string_view alternative);

/// BINARY_ARITHMETIC_OVERFLOW of BYTE and SHORT operators: `127S`, `+`, `1S`.
core::SparkError small_overflow(std::string_view left, std::string_view symbol,
                                std::string_view right);

core::SparkError divide_by_zero();

/// CAST_OVERFLOW; value as a SQL literal, types as SQL names.
core::SparkError cast_overflow(std::string_view value, std::string_view from, std::string_view to);

/// CAST_INVALID_INPUT; `family` is the Java class that Spark uses for the target.
core::SparkError cast_invalid_input(std::string_view text, std::string_view to,
                                    core::ErrorClass family);

/// NUMERIC_VALUE_OUT_OF_RANGE of a decimal that does not fit.
core::SparkError decimal_out_of_range(types::int128 unscaled, int value_scale, int precision,
                                      int scale);

}  // namespace grebe::native
