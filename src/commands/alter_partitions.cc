// ALTER TABLE … PARTITION, RECOVER PARTITIONS, MSCK REPAIR TABLE → the partitions of a table.
#include "commands/actions.h"
#include "commands/partition_commands.h"
#include "commands/tables.h"

namespace grebe::commands {
namespace {

using plan::AlterPartitions;

PartitionClause clause_of(const plan::PartitionTexts& texts) {
  PartitionClause clause;
  for (const auto& [column, value] : texts) {
    plan::Literal literal;
    if (value) literal = {.type = types::DataType::string(), .value = {*value}};
    clause.emplace_back(column, plan::make_expression(std::move(literal)));
  }
  return clause;
}

PartitionPresence presence(bool may_differ) {
  return may_differ ? PartitionPresence::kMayDiffer : PartitionPresence::kMustFit;
}

/// What messages call a command.
struct Name {
  std::string operator()(const AlterPartitions::Add&) const {
    return "ALTER TABLE ... ADD PARTITION ...";
  }
  std::string operator()(const AlterPartitions::Drop&) const {
    return "ALTER TABLE ... DROP PARTITION ...";
  }
  std::string operator()(const AlterPartitions::Rename&) const {
    return "ALTER TABLE ... RENAME TO PARTITION";
  }
  std::string operator()(const AlterPartitions::SetLocation&) const {
    return "ALTER TABLE ... SET LOCATION ...";
  }
  std::string operator()(const AlterPartitions::Repair& action) const {
    return action.is_alter ? "ALTER TABLE RECOVER PARTITIONS" : "MSCK REPAIR TABLE";
  }
};

struct Change {
  CommandHost& host;
  const catalog::Table& table;

  void operator()(const AlterPartitions::Add& action) const {
    std::vector<NewPartition> partitions;
    for (const auto& [values, location] : action.partitions) {
      partitions.push_back({clause_of(values), location});
    }
    add_partitions(host, table, partitions, presence(action.if_not_exists));
  }
  void operator()(const AlterPartitions::Drop& action) const {
    std::vector<PartitionClause> clauses;
    for (const auto& texts : action.partitions) clauses.push_back(clause_of(texts));
    drop_partitions(host, table, clauses, presence(action.if_exists));
  }
  void operator()(const AlterPartitions::Rename& action) const {
    rename_partition(host, table, clause_of(action.from), clause_of(action.to));
  }
  void operator()(const AlterPartitions::SetLocation& action) const {
    move_partition(host, table, clause_of(action.partition), action.location);
  }
  void operator()(const AlterPartitions::Repair& action) const {
    const std::string command = Name{}(action);
    if (action.adds) recover_partitions(host, table, command);
    if (action.forgets) forget_lost_partitions(host, table, command);
  }
};

}  // namespace

CommandOutcome alter_partitions(CommandHost& host, const AlterPartitions& command) {
  const std::string name = std::visit(Name{}, command.action);
  const bool is_repair = std::holds_alternative<AlterPartitions::Repair>(command.action);
  const auto table = require_plain_table(host, command.name, {}, name,
                                         is_repair ? "" : " Please use ALTER VIEW instead.");
  std::visit(Change{host, table}, command.action);
  // What cache() keeps of the table may be other rows now.
  host.forget_rows(table.location);
  return {};
}

}  // namespace grebe::commands
