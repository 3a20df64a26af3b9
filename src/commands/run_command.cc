// Command → its action.
#include "commands/actions.h"
#include "commands/name_place.h"
#include "commands/tables.h"
#include "core/spark_error.h"

namespace grebe::commands {
namespace {

struct Runner {
  CommandHost& host;
  const core::Origin& origin;

  CommandOutcome operator()(const plan::WriteOperation& c) { return write_operation(host, c); }
  CommandOutcome operator()(const plan::WriteOperationV2& c) { return write_operation_v2(host, c); }
  CommandOutcome operator()(const plan::CreateView& c) { return create_view(host, c); }
  CommandOutcome operator()(const plan::CreateTempViewUsing& c) {
    return create_temp_view_using(host, c);
  }
  CommandOutcome operator()(const plan::CreateTable& c) { return create_table(host, c); }
  CommandOutcome operator()(const plan::CreateTableLike& c) { return create_table_like(host, c); }
  CommandOutcome operator()(const plan::InsertInto& c) { return insert_into(host, c, origin); }
  CommandOutcome operator()(const plan::MultiInsert& c) {
    for (const auto& each : c.inserts) {  // nothing is written before all are understood
      const auto& insert = std::get<plan::InsertInto>(each->node);
      require_table(host, insert.table, each->table_place);
      host.analyze_schema(insert.query);
    }
    for (const auto& each : c.inserts) run_command(host, *each);
    return {};
  }
  CommandOutcome operator()(const plan::DropTable& c) { return drop_table(host, c); }
  CommandOutcome operator()(const plan::DropTempView& c) { return drop_temp_view(host, c); }
  CommandOutcome operator()(const plan::TruncateTable& c) { return truncate_table(host, c); }
  CommandOutcome operator()(const plan::CreateDatabase& c) { return create_database(host, c); }
  CommandOutcome operator()(const plan::DropDatabase& c) { return drop_database(host, c); }
  CommandOutcome operator()(const plan::UseDatabase& c) { return use_database(host, c); }
  CommandOutcome operator()(const plan::AlterTable& c) { return alter_table(host, c); }
  CommandOutcome operator()(const plan::AlterPartitions& c) { return alter_partitions(host, c); }
  CommandOutcome operator()(const plan::AlterColumn& c) { return alter_column(host, c); }
  CommandOutcome operator()(const plan::SetSerde& c) { return set_serde(host, c); }
  CommandOutcome operator()(const plan::AlterDatabase& c) { return alter_database(host, c); }
  CommandOutcome operator()(const plan::RowLevelOperation& c) {
    return row_level_operation(host, c);
  }
  CommandOutcome operator()(const plan::Show& c) { return show(host, c, origin); }
  CommandOutcome operator()(const plan::Describe& c) { return describe(host, c, origin); }
  CommandOutcome operator()(const plan::Explain& c) { return explain(host, c); }
  CommandOutcome operator()(const plan::SetConfig& c) { return set_config(host, c); }
  CommandOutcome operator()(const plan::ResetConfig& c) { return reset_config(host, c); }
  CommandOutcome operator()(const plan::CacheTable& c) { return cache_table(host, c); }
  CommandOutcome operator()(const plan::UncacheTable& c) { return uncache_table(host, c); }
  CommandOutcome operator()(const plan::ClearCache&) {
    host.clear_cache();
    return {};
  }
  CommandOutcome operator()(const plan::RefreshTable& c) { return refresh_table(host, c); }
  CommandOutcome operator()(const plan::AnalyzeTable& c) { return analyze_table(host, c); }
  CommandOutcome operator()(const plan::CatalogCall& c) { return catalog_call(host, c); }
  CommandOutcome operator()(const plan::Checkpoint& c) {
    return {.schema = {{"relation_id", types::DataType::string(), false}},
            .rows = {{{host.checkpoint(c.input, c.eager)}}}};
  }
  CommandOutcome operator()(const plan::RemoveCachedRemoteRelation& c) {
    host.remove_checkpoint(c.relation_id);
    return {};
  }
  CommandOutcome operator()(const plan::UnsupportedCommand& c) {
    throw core::unsupported(c.name, origin);
  }
};

/// Commands that act on a table that must be there: Spark says where they name it.
bool names_its_table(const plan::Command& command) {
  return std::holds_alternative<plan::AlterTable>(command.node) ||
         std::holds_alternative<plan::InsertInto>(command.node) ||
         std::holds_alternative<plan::TruncateTable>(command.node) ||
         std::holds_alternative<plan::AnalyzeTable>(command.node) ||
         std::holds_alternative<plan::RefreshTable>(command.node) ||
         std::holds_alternative<plan::AlterPartitions>(command.node) ||
         std::holds_alternative<plan::AlterColumn>(command.node) ||
         std::holds_alternative<plan::SetSerde>(command.node);
}

}  // namespace

CommandOutcome run_command(CommandHost& host, const plan::Command& command) {
  if (!names_its_table(command)) return std::visit(Runner{host, command.origin}, command.node);
  try {
    return std::visit(Runner{host, command.origin}, command.node);
  } catch (const core::SparkError& error) {
    throw with_name_place(error, command);
  }
}

types::Schema command_schema(CommandHost& host, const plan::Command& command) {
  if (const auto* c = std::get_if<plan::Show>(&command.node)) return show_schema(host, *c);
  if (const auto* c = std::get_if<plan::Describe>(&command.node)) return describe_schema(*c);
  if (const auto* c = std::get_if<plan::CatalogCall>(&command.node)) {
    return catalog_call_schema(host, *c);
  }
  if (const auto* c = std::get_if<plan::SetConfig>(&command.node)) return set_config_schema(*c);
  if (std::holds_alternative<plan::Explain>(command.node)) {
    return {{"plan", types::DataType::string(), false}};
  }
  if (std::holds_alternative<plan::DropTempView>(command.node)) {
    return {{"value", types::DataType::boolean(), false}};
  }
  if (std::holds_alternative<plan::Checkpoint>(command.node)) {
    return {{"relation_id", types::DataType::string(), false}};
  }
  return {};  // statements that answer without rows
}

}  // namespace grebe::commands
