// ANALYZE TABLE → a check of its names: statistics come from the files themselves.
#include <algorithm>

#include "commands/actions.h"
#include "commands/partitions.h"
#include "commands/tables.h"
#include "core/spark_error.h"

namespace grebe::commands {

CommandOutcome analyze_table(CommandHost& host, const plan::AnalyzeTable& command) {
  if (find_temp_view(host, command.name)) {
    std::string shown;
    for (const auto& part : command.name) shown += (shown.empty() ? "" : ".") + part;
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1016",
                               {{"nameParts", shown}, {"cmd", "ANALYZE TABLE"}});
  }
  const auto table = require_table(host, command.name);
  if (table.kind == catalog::TableKind::kView) {
    throw core::analysis_error("UNSUPPORTED_FEATURE.ANALYZE_VIEW", {});
  }
  for (const auto& column : command.columns) {
    const bool is_known =
        column == "*" || std::any_of(table.schema.begin(), table.schema.end(),
                                     [&](const auto& f) { return same_name(f.name, column); });
    if (is_known) continue;
    throw core::analysis_error("COLUMN_NOT_FOUND",
                               {{"colName", core::quote_identifier(column)},
                                {"caseSensitiveConfig", "\"spark.sql.caseSensitive\""}});
  }
  if (!command.partition_columns.empty()) {
    PartitionClause clause;
    for (const auto& column : command.partition_columns) clause.emplace_back(column, nullptr);
    read_partition_spec(host, table, clause);
  }
  return {};
}

}  // namespace grebe::commands
