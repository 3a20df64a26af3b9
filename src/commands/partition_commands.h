// Commands that register and forget partitions: ALTER TABLE … PARTITION, MSCK REPAIR TABLE.
#pragma once

#include <string>

#include "commands/partitions.h"

namespace grebe::commands {

/// What to do about a partition that is there already, or that is not there.
enum class PartitionPresence : uint8_t { kMustFit, kMayDiffer };

/// Registers a partition and makes its directory: below the table when `location` is empty. Throws
/// PARTITIONS_ALREADY_EXIST.
void add_partition(CommandHost& host, const catalog::Table& table, const PartitionClause& clause,
                   const std::string& location, PartitionPresence presence);

/// Forgets the partition that the clause names in full; a managed table's directory goes as well.
/// Throws PARTITIONS_NOT_FOUND.
void drop_partition(CommandHost& host, const catalog::Table& table, const PartitionClause& clause,
                    PartitionPresence presence);

/// Registers the `column=value` directories below the table. Throws NOT_A_PARTITIONED_TABLE.
void recover_partitions(CommandHost& host, const catalog::Table& table, const std::string& command);

}  // namespace grebe::commands
