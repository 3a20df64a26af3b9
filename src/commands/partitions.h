// PARTITION clauses and directories ↔ the registered partitions of a file table.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "catalog/partitions.h"
#include "commands/table_write.h"
#include "commands/tables.h"

namespace grebe::commands {

/// PARTITION (k = v, …): a null value where the text gives none.
using PartitionClause = std::vector<std::pair<std::string, plan::ExpressionPtr>>;

/// The table that a command about tables alone names; `command` is what messages call it. Throws
/// for views and temporary views as Spark does.
catalog::Table require_plain_table(CommandHost& host, const plan::Name& name,
                                   const core::Origin& origin, const std::string& command,
                                   const std::string& advice = {});

/// A clause's values by partition column, in the table's order: no entry where the clause names no
/// value, an entry without text for null.
using ClauseValues = std::vector<std::optional<std::optional<std::string>>>;

/// The error for a name in a clause that is no partition column of a file table.
core::SparkError not_a_partition_column(const catalog::Table& table, const std::string& name);

/// Reads a clause as Spark does: each value becomes a text and is cast to its column's type. Throws
/// for names that are no partition columns.
ClauseValues read_partition_spec(CommandHost& host, const catalog::Table& table,
                                 const PartitionClause& spec, const core::Origin& origin = {});

/// The same for clauses that must name every partition column.
catalog::PartitionValues read_full_spec(CommandHost& host, const catalog::Table& table,
                                        const PartitionClause& spec,
                                        const core::Origin& origin = {});

/// True when every value that the clause gives is the partition's.
bool matches_spec(const catalog::Partition& partition, const ClauseValues& values);

/// The types of the partition columns, in their order.
types::Schema partition_schema(const catalog::Table& table);

/// `year=2020/month=1`, escaped as directories are.
std::string partition_name(const catalog::Table& table, const catalog::PartitionValues& values);

/// The values of a directory name that partition_name makes.
catalog::PartitionValues parse_partition_directory(const std::string& name);

/// Registered partitions by directory name; those of a table that does not track them are the
/// directories of its files.
std::map<std::string, catalog::Partition> partitions_by_name(CommandHost& host,
                                                             const catalog::Table& table);

/// `PARTITION (a = 1, b = x), …`: how messages list partitions.
std::string partition_list(const catalog::Table& table,
                           const std::vector<ClauseValues>& partitions);

/// PARTITIONS_NOT_FOUND.
core::SparkError partitions_not_found(const catalog::Table& table,
                                      const std::vector<ClauseValues>& missing);

/// The partition that a clause names in full. Throws PARTITIONS_NOT_FOUND.
catalog::Partition require_partition(CommandHost& host, const catalog::Table& table,
                                     const PartitionClause& spec, const core::Origin& origin = {});

/// True when the table's rows are those of its registered partitions.
bool has_registry(CommandHost& host, const catalog::Table& table);

/// Throws unless the table has a registry. `action` is for the message.
void require_partition_management(CommandHost& host, const catalog::Table& table,
                                  const std::string& action);

/// Registers what a write of rows made and forgets what it replaced. `written` are the directory
/// names that hold new files.
void record_written_partitions(CommandHost& host, const TableWrite& write,
                               const std::set<std::string>& written);

}  // namespace grebe::commands
