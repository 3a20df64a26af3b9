// Commands that register and forget partitions: ALTER TABLE … PARTITION, MSCK REPAIR TABLE.
#pragma once

#include <string>

#include "commands/partitions.h"

namespace grebe::commands {

/// What to do about a partition that is there already, or that is not there.
enum class PartitionPresence : uint8_t { kMustFit, kMayDiffer };

/// A partition to register: its directory is below the table when `location` is empty.
struct NewPartition {
  PartitionClause clause;
  std::string location;
};

/// Registers partitions and makes their directories. Throws PARTITIONS_ALREADY_EXIST.
void add_partitions(CommandHost& host, const catalog::Table& table,
                    const std::vector<NewPartition>& partitions, PartitionPresence presence);

/// Forgets the partitions that the clauses name in full; a managed table's directories go as well.
/// Throws PARTITIONS_NOT_FOUND.
void drop_partitions(CommandHost& host, const catalog::Table& table,
                     const std::vector<PartitionClause>& clauses, PartitionPresence presence);

/// Gives a partition other values; a managed table's directory moves. Throws as the two above.
void rename_partition(CommandHost& host, const catalog::Table& table, const PartitionClause& from,
                      const PartitionClause& to);

/// Looks for a partition's files in another directory from now on. Throws PARTITIONS_NOT_FOUND.
void move_partition(CommandHost& host, const catalog::Table& table, const PartitionClause& clause,
                    const std::string& location);

/// Forgets the partitions whose directories are gone. Throws NOT_A_PARTITIONED_TABLE.
void forget_lost_partitions(CommandHost& host, const catalog::Table& table,
                            const std::string& command);

/// Registers the `column=value` directories below the table. Throws NOT_A_PARTITIONED_TABLE.
void recover_partitions(CommandHost& host, const catalog::Table& table, const std::string& command);

}  // namespace grebe::commands
