// The conditions that Spark raises with their plan; see error_plan.h.
#include "core/error_plan.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace grebe::core {
namespace {

/// Conditions of CheckAnalysis, without their subclasses.
constexpr std::array<std::string_view, 16> kChecked = {
    "COLUMN_NOT_DEFINED_IN_TABLE",
    "DATATYPE_MISMATCH",
    "GROUP_BY_AGGREGATE",
    "GROUPING_SIZE_LIMIT_EXCEEDED",
    "INCOMPATIBLE_COLUMN_TYPE",
    "INVALID_LIMIT_LIKE_EXPRESSION",
    "JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE",
    "MISSING_AGGREGATION",
    "MISSING_GROUP_BY",
    "NESTED_AGGREGATE_FUNCTION",
    "NOT_SUPPORTED_COMMAND_WITHOUT_HIVE_SUPPORT",
    "NUM_COLUMNS_MISMATCH",
    "TABLE_OR_VIEW_NOT_FOUND",
    "UNRESOLVED_COLUMN",
    "UNRESOLVED_MAP_KEY",
    "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY",
};

}  // namespace

bool is_of_a_checked_plan(const SparkError& error) {
  const auto& classes = error.fields().exception_classes;
  if (classes.empty() || classes.front() != class_chain(ErrorClass::kAnalysis).front())
    return false;
  const std::string_view condition = error.condition();
  return std::find(kChecked.begin(), kChecked.end(), condition.substr(0, condition.find('.'))) !=
         kChecked.end();
}

SparkError with_plan(const SparkError& error, const std::string& plan) {
  auto fields = error.fields();
  fields.message += ";\n" + plan;
  return SparkError(std::move(fields));
}

}  // namespace grebe::core
