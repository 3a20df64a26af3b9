// An error about a table that a statement names → the same with the name's place in the statement.
#pragma once

#include "core/spark_error.h"
#include "plan/command.h"

namespace grebe::commands {

/// Adds the place of the table's name to TABLE_OR_VIEW_NOT_FOUND and to errors about a view where a
/// table is expected; a value that cannot be cast gets the whole statement's. Errors that have a
/// place, and others, come back as they are.
core::SparkError with_name_place(const core::SparkError& error, const plan::Command& command);

}  // namespace grebe::commands
