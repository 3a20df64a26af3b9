// A failed check and the plan that it was made on → Spark's error, whose text ends with the plan.
#pragma once

#include <string>

#include "core/spark_error.h"

namespace grebe::core {

/// Says whether Spark finds the error when it checks a whole plan (CheckAnalysis), and so shows the
/// plan; errors of single rules and of the parser have none.
bool is_of_a_checked_plan(const SparkError& error);

/// The error with `;` and the plan after its text, as ExtendedAnalysisException.getMessage.
SparkError with_plan(const SparkError& error, const std::string& plan);

}  // namespace grebe::core
