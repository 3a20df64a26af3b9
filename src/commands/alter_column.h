// Defaults of columns, and what Spark's session catalog refuses to change.
#pragma once

#include <string>

#include "commands/host.h"
#include "core/spark_error.h"

namespace grebe::commands {

/// Refuses a default that is no constant of the column's type (INVALID_DEFAULT_VALUE.DATA_TYPE).
void check_default(CommandHost& host, const std::string& statement,
                   const types::StructField& column, const std::string& text);

/// The SQL text of the value that rows from before a column have; empty when there is none.
std::string existence_default(const types::StructField& field);

/// An error as Spark's session catalog gives for what only its other catalogs can do.
core::SparkError unsupported_table_operation(const catalog::Table& table,
                                             const std::string& operation);

}  // namespace grebe::commands
