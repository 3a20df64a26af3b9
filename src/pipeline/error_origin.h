// A run-time error → the same error with the place in the statement that it comes from.
#pragma once

#include <functional>

#include "core/spark_error.h"
#include "resolved/relation.h"

namespace grebe::pipeline {

/// Whether a constant, evaluated by itself, raises the same error.
using RaisesIt = std::function<bool(const resolved::Expression&)>;

/// Kernels do not know where their call was written. When the plan has one expression that can
/// raise such an error, its place is added; among several, that of the first constant that does
/// raise it. Otherwise the error comes back as it is.
core::SparkError with_origin(const core::SparkError& error, const resolved::Relation& relation,
                             const RaisesIt& raises_it);

/// The same for one expression; `outer` is the place of what stands around it.
core::SparkError with_origin(const core::SparkError& error, const resolved::Expression& expression,
                             const core::Origin& outer, const RaisesIt& raises_it);

}  // namespace grebe::pipeline
