// A run-time error → the same error with the place in the statement that it comes from.
#pragma once

#include "core/spark_error.h"
#include "resolved/relation.h"

namespace grebe::pipeline {

/// Kernels do not know where their call was written. When the plan has exactly one expression that
/// can raise such an error, its place is added; otherwise the error comes back as it is.
core::SparkError with_origin(const core::SparkError& error, const resolved::Relation& relation);
core::SparkError with_origin(const core::SparkError& error, const resolved::Expression& expression);

}  // namespace grebe::pipeline
