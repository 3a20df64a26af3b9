// A plan over constant rows that failed → the error that Spark meets first.
#pragma once

#include <functional>
#include <optional>
#include <variant>

#include "core/spark_error.h"
#include "resolved/relation.h"
#include "types/value.h"

namespace grebe::pipeline {

/// Runs a constant expression: its value, or the error that it raises.
using Evaluate =
    std::function<std::variant<types::Value, core::SparkError>(const resolved::Expression&)>;

struct FirstError {
  core::SparkError error;
  /// The whole expression that raises it, a row's constants in place of the columns.
  resolved::ExpressionPtr expression;
  /// The place of what stands around the expression.
  core::Origin outer;
};

/// Spark computes constant rows one after the other, and in a row one expression after the other
/// (ConvertToLocalRelation, ConstantFolding); DuckDB computes a vector of one expression after the
/// other, so that of several errors another may come first. Nothing when the plan has another
/// shape than projections and filters over constant rows, with at most one aggregate on top, or
/// when no expression that can be computed by itself raises an error.
std::optional<FirstError> first_error(const resolved::Relation& relation, const Evaluate& evaluate);

}  // namespace grebe::pipeline
