// Partitions added, dropped and found again; see partition_commands.h.
#include "commands/partition_commands.h"

#include <chrono>
#include <filesystem>

#include "core/spark_error.h"
#include "sources/file_table.h"
#include "sources/partition_path.h"

namespace grebe::commands {
namespace {

namespace fs = std::filesystem;
using Values = catalog::PartitionValues;

int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void change(CommandHost& host, const catalog::Table& table,
            const catalog::PartitionChange& changes) {
  catalog::partition_registry(host.catalog())
      .change_partitions(table.database, table.name, changes);
}

core::SparkError already_there(const catalog::Table& table,
                               const std::vector<ClauseValues>& partitions) {
  return core::analysis_error("PARTITIONS_ALREADY_EXIST",
                              {{"partitionList", partition_list(table, partitions)},
                               {"tableName", core::quote_name({table.database, table.name})}});
}

/// Finds `column=value` directories level by level, as MSCK REPAIR does.
void scan_directories(const fs::path& directory, const catalog::Table& table, const Values& above,
                      std::vector<catalog::Partition>& found) {
  if (above.size() == table.partition_columns.size()) {
    found.push_back({.values = above, .location = directory.string(), .created_ms = now_ms()});
    return;
  }
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(directory, failure)) {
    if (!entry.is_directory()) continue;
    const auto piece = sources::parse_partition_name(entry.path().filename().string());
    if (!piece || !same_name(piece->first, table.partition_columns[above.size()])) continue;
    Values values = above;
    values.push_back(piece->second == sources::kDefaultPartition ? std::nullopt
                                                                 : std::optional(piece->second));
    scan_directories(entry.path(), table, values, found);
  }
}

}  // namespace

void add_partitions(CommandHost& host, const catalog::Table& table,
                    const std::vector<NewPartition>& partitions, PartitionPresence presence) {
  require_partition_management(host, table, "ALTER TABLE ADD PARTITION");
  const auto known = partitions_by_name(host, table);
  catalog::PartitionChange changes;
  std::vector<ClauseValues> there;
  for (const auto& [clause, location] : partitions) {
    const Values values = read_full_spec(host, table, clause);
    const std::string name = partition_name(table, values);
    if (known.contains(name)) {
      there.emplace_back(values.begin(), values.end());
      continue;
    }
    changes.added.push_back(
        {.values = values,
         .location = location.empty() ? table.location + "/" + name
                                      : sources::absolute_path(location, host.base_directory()),
         .created_ms = now_ms()});
  }
  if (!there.empty() && presence == PartitionPresence::kMustFit) {
    throw already_there(table, there);
  }
  for (const auto& partition : changes.added) {
    std::error_code failure;
    fs::create_directories(partition.location, failure);
    if (failure) {
      throw core::make_error(core::ErrorClass::kSpark, "_LEGACY_ERROR_TEMP_2039",
                             {{"partitionPath", partition.location}});
    }
  }
  change(host, table, changes);
}

void drop_partitions(CommandHost& host, const catalog::Table& table,
                     const std::vector<PartitionClause>& clauses, PartitionPresence presence) {
  require_partition_management(host, table, "ALTER TABLE DROP PARTITION");
  const auto known = partitions_by_name(host, table);
  catalog::PartitionChange changes;
  std::vector<std::string> locations;
  for (const auto& clause : clauses) {
    // Spark's own catalog drops the partitions that clauses name in full, no others.
    const ClauseValues wanted = read_partition_spec(host, table, clause);
    Values full;
    for (const auto& value : wanted) {
      if (value) full.push_back(*value);
    }
    const auto found =
        full.size() == wanted.size() ? known.find(partition_name(table, full)) : known.end();
    if (found != known.end()) {
      changes.removed.push_back(full);
      locations.push_back(found->second.location);
    } else if (presence == PartitionPresence::kMustFit) {
      throw partitions_not_found(table, {wanted});
    }
  }
  // The entries go first: a crash in between leaves files that nobody refers to.
  change(host, table, changes);
  if (table.kind != catalog::TableKind::kManaged) return;
  for (const auto& location : locations) {
    std::error_code failure;
    fs::remove_all(location, failure);
    if (failure) {
      throw core::make_error(core::ErrorClass::kSpark, "_LEGACY_ERROR_TEMP_2036",
                             {{"partitionPath", location}});
    }
  }
}

void rename_partition(CommandHost& host, const catalog::Table& table, const PartitionClause& from,
                      const PartitionClause& to) {
  require_partition_management(host, table, "ALTER TABLE RENAME PARTITION");
  const Values old_values = read_full_spec(host, table, from);
  const Values new_values = read_full_spec(host, table, to);
  const auto known = partitions_by_name(host, table);
  const auto found = known.find(partition_name(table, old_values));
  if (found == known.end()) {
    throw partitions_not_found(table, {ClauseValues(old_values.begin(), old_values.end())});
  }
  const std::string new_name = partition_name(table, new_values);
  if (known.contains(new_name)) {
    throw already_there(table, {ClauseValues(new_values.begin(), new_values.end())});
  }
  catalog::Partition renamed = found->second;
  renamed.values = new_values;
  if (table.kind == catalog::TableKind::kManaged) {
    renamed.location = table.location + "/" + new_name;
    std::error_code failure;
    fs::create_directories(fs::path(renamed.location).parent_path(), failure);
    fs::rename(found->second.location, renamed.location, failure);
    if (failure) {
      throw core::make_error(core::ErrorClass::kSpark, "_LEGACY_ERROR_TEMP_2040",
                             {{"oldPartPath", found->second.location}});
    }
  }
  change(host, table, {.removed = {old_values}, .added = {renamed}});
}

void move_partition(CommandHost& host, const catalog::Table& table, const PartitionClause& clause,
                    const std::string& location) {
  require_partition_management(host, table, "ALTER TABLE ... SET LOCATION");
  catalog::Partition moved = require_partition(host, table, clause);
  moved.location = sources::absolute_path(location, host.base_directory());
  change(host, table, {.removed = {moved.values}, .added = {moved}});
}

namespace {

void require_partitioned(const catalog::Table& table, const std::string& command) {
  if (!table.partition_columns.empty()) return;
  throw core::analysis_error(
      "NOT_A_PARTITIONED_TABLE",
      {{"operation", command},
       {"tableIdentWithDB", TableName{table.database, table.name}.quoted()}});
}

}  // namespace

void forget_lost_partitions(CommandHost& host, const catalog::Table& table,
                            const std::string& command) {
  require_partitioned(table, command);
  if (!is_file_provider(table.provider)) return;  // its snapshots list what is there
  catalog::PartitionChange lost;
  auto& registry = catalog::partition_registry(host.catalog());
  for (auto& partition : registry.partitions(table.database, table.name)) {
    std::error_code failure;
    if (!fs::exists(partition.location, failure))
      lost.removed.push_back(std::move(partition.values));
  }
  change(host, table, lost);
}

void recover_partitions(CommandHost& host, const catalog::Table& table,
                        const std::string& command) {
  require_partitioned(table, command);
  if (!is_file_provider(table.provider)) return;  // its snapshots list what is there
  catalog::PartitionChange found;
  scan_directories(table.location, table, {}, found.added);
  change(host, table, found);
  // A table from before there was a registry has one from now on.
  catalog::partition_registry(host.catalog()).begin_registry(table.database, table.name);
}

}  // namespace grebe::commands
