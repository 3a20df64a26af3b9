// Refuses to overwrite a table that the query reads, as Spark does.
#pragma once

#include "commands/tables.h"

namespace grebe::commands {

/// Throws UNSUPPORTED_OVERWRITE.TABLE when `query`, or a temporary view in it, reads `target`.
void refuse_overwrite_of_source(CommandHost& host, const plan::RelationPtr& query,
                                const TableName& target);

}  // namespace grebe::commands
