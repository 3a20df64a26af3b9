// One function for each kind of command; run_command.cc picks by the node.
#pragma once

#include "commands/host.h"

namespace grebe::commands {

CommandOutcome write_operation(CommandHost& host, const plan::WriteOperation& command);
CommandOutcome write_operation_v2(CommandHost& host, const plan::WriteOperationV2& command);
CommandOutcome create_view(CommandHost& host, const plan::CreateView& command);
CommandOutcome create_temp_view_using(CommandHost& host, const plan::CreateTempViewUsing& command);
CommandOutcome create_table(CommandHost& host, const plan::CreateTable& command);
CommandOutcome create_table_like(CommandHost& host, const plan::CreateTableLike& command);
CommandOutcome insert_into(CommandHost& host, const plan::InsertInto& command,
                           const core::Origin& origin);
CommandOutcome drop_table(CommandHost& host, const plan::DropTable& command);
CommandOutcome drop_temp_view(CommandHost& host, const plan::DropTempView& command);
CommandOutcome truncate_table(CommandHost& host, const plan::TruncateTable& command);
CommandOutcome create_database(CommandHost& host, const plan::CreateDatabase& command);
CommandOutcome drop_database(CommandHost& host, const plan::DropDatabase& command);
CommandOutcome use_database(CommandHost& host, const plan::UseDatabase& command);
CommandOutcome alter_table(CommandHost& host, const plan::AlterTable& command);
CommandOutcome alter_partitions(CommandHost& host, const plan::AlterPartitions& command);
CommandOutcome alter_column(CommandHost& host, const plan::AlterColumn& command);
CommandOutcome set_serde(CommandHost& host, const plan::SetSerde& command);
CommandOutcome alter_database(CommandHost& host, const plan::AlterDatabase& command);
CommandOutcome row_level_operation(CommandHost& host, const plan::RowLevelOperation& command);
CommandOutcome show(CommandHost& host, const plan::Show& command, const core::Origin& origin);
CommandOutcome describe(CommandHost& host, const plan::Describe& command,
                        const core::Origin& origin);
CommandOutcome explain(CommandHost& host, const plan::Explain& command);
CommandOutcome set_config(CommandHost& host, const plan::SetConfig& command);
CommandOutcome reset_config(CommandHost& host, const plan::ResetConfig& command);
CommandOutcome cache_table(CommandHost& host, const plan::CacheTable& command);
CommandOutcome uncache_table(CommandHost& host, const plan::UncacheTable& command);
CommandOutcome refresh_table(CommandHost& host, const plan::RefreshTable& command);
CommandOutcome analyze_table(CommandHost& host, const plan::AnalyzeTable& command);
CommandOutcome catalog_call(CommandHost& host, const plan::CatalogCall& command);

/// The text of SHOW CREATE TABLE.
std::string create_statement(const catalog::Table& table);

/// Result columns of the kinds that have any.
types::Schema show_schema(CommandHost& host, const plan::Show& command);
types::Schema describe_schema(const plan::Describe& command);
types::Schema catalog_call_schema(CommandHost& host, const plan::CatalogCall& command);
types::Schema set_config_schema(const plan::SetConfig& command);

}  // namespace grebe::commands
