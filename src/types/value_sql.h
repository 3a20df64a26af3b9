// A value and its type → the SQL literal that Spark writes into names and messages.
#pragma once

#include <string>
#include <string_view>

#include "types/data_type.h"
#include "types/value.h"

namespace grebe::types {

/// Literal.sql: `1L`, `1.5BD`, `'it\'s'`, `CAST(NULL AS INT)`, `DATE '2020-01-01'`.
/// TIMESTAMP prints in `time_zone`.
std::string literal_sql(const Value& value, const DataType& type,
                        std::string_view time_zone = "UTC");

/// The same as column names show it (usePrettyExpression): numbers and strings bare, null `NULL`.
std::string literal_pretty_sql(const Value& value, const DataType& type,
                               std::string_view time_zone = "UTC");

}  // namespace grebe::types
