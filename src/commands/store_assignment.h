// A query's columns → a table's: arity, names and casts of Spark's ANSI store assignment.
#pragma once

#include <string>
#include <vector>

#include "commands/host.h"

namespace grebe::commands {

/// Fits `query` to `columns` by position, casting with ANSI rules. `quoted_table` is for messages.
/// Throws INSERT_COLUMN_ARITY_MISMATCH and INCOMPATIBLE_DATA_FOR_TABLE.
plan::RelationPtr assign_by_position(CommandHost& host, const plan::RelationPtr& query,
                                     const types::Schema& columns, const std::string& quoted_table);

/// The same by name (INSERT BY NAME, append of saveAsTable and writeTo).
plan::RelationPtr assign_by_name(CommandHost& host, const plan::RelationPtr& query,
                                 const types::Schema& columns, const std::string& quoted_table);

/// Runs a write and turns an overflow of its casts into CAST_OVERFLOW_IN_TABLE_INSERT.
template <typename Write>
auto run_assigned(const types::Schema& columns, Write&& write);

/// CAST_OVERFLOW as Spark reports it for the column of `columns` that it happened in.
core::SparkError insert_overflow(const core::SparkError& overflow, const types::Schema& columns);

template <typename Write>
auto run_assigned(const types::Schema& columns, Write&& write) {
  try {
    return write();
  } catch (const core::SparkError& failure) {
    if (failure.condition() != "CAST_OVERFLOW") throw;
    throw insert_overflow(failure, columns);
  }
}

}  // namespace grebe::commands
