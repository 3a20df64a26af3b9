// What is wrong with a call → Spark's analysis error for it.
#pragma once

#include <string>
#include <vector>

#include "core/spark_error.h"
#include "functions/entry.h"
#include "types/data_type.h"

namespace grebe::functions {

/// UNRESOLVED_ROUTINE with the search path of the session.
core::SparkError unresolved_routine(const std::vector<std::string>& name_parts,
                                    const BindContext& context, const core::Origin& origin);

/// WRONG_NUM_ARGS.WITHOUT_SUGGESTION; `expected` are the accepted counts in order.
core::SparkError wrong_number_of_arguments(const std::string& name,
                                           const std::vector<size_t>& expected, size_t actual,
                                           const core::Origin& origin);

/// As above, with the expectation already worded (`> 0`); Spark names no place for those.
core::SparkError wrong_number_of_arguments(const std::string& name, const std::string& expected,
                                           size_t actual);

/// DATATYPE_MISMATCH.<kind> with sqlExpr set from the call `name(arguments)`.
core::SparkError type_mismatch(const std::string& kind, const std::string& name,
                               const std::vector<resolved::ExpressionPtr>& arguments,
                               core::ErrorParameters parameters, const core::Origin& origin);

/// DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE for one argument; `required` as describe_pattern gives.
core::SparkError unexpected_input_type(const std::string& name,
                                       const std::vector<resolved::ExpressionPtr>& arguments,
                                       size_t index, const std::string& required,
                                       const core::Origin& origin);

/// `"BIGINT"`: a type as messages quote it.
std::string quote_type(const types::DataType& type);

}  // namespace grebe::functions
