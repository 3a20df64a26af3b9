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

void add_partition(CommandHost& host, const catalog::Table& table, const PartitionClause& clause,
                   const std::string& location, PartitionPresence presence) {
  require_partition_management(host, table, "ALTER TABLE ADD PARTITION");
  const Values values = read_full_spec(host, table, clause);
  const std::string name = partition_name(table, values);
  if (partitions_by_name(host, table).contains(name)) {
    if (presence == PartitionPresence::kMayDiffer) return;
    throw core::analysis_error(
        "PARTITIONS_ALREADY_EXIST",
        {{"partitionList", partition_list(table, {ClauseValues(values.begin(), values.end())})},
         {"tableName", core::quote_name({table.database, table.name})}});
  }
  const std::string path = location.empty()
                               ? table.location + "/" + name
                               : sources::absolute_path(location, host.base_directory());
  std::error_code failure;
  fs::create_directories(path, failure);
  if (failure) {
    throw core::make_error(core::ErrorClass::kSpark, "_LEGACY_ERROR_TEMP_2039",
                           {{"partitionPath", path}});
  }
  change(host, table,
         {.removed = {}, .added = {{.values = values, .location = path, .created_ms = now_ms()}}});
}

void drop_partition(CommandHost& host, const catalog::Table& table, const PartitionClause& clause,
                    PartitionPresence presence) {
  require_partition_management(host, table, "ALTER TABLE DROP PARTITION");
  // Spark's own catalog drops the partition that a clause names in full, no others.
  const ClauseValues wanted = read_partition_spec(host, table, clause);
  Values full;
  for (const auto& value : wanted) {
    if (value) full.push_back(*value);
  }
  const auto known = partitions_by_name(host, table);
  const auto found =
      full.size() == wanted.size() ? known.find(partition_name(table, full)) : known.end();
  if (found == known.end()) {
    if (presence == PartitionPresence::kMayDiffer) return;
    throw partitions_not_found(table, {wanted});
  }
  // The entry goes first: a crash in between leaves files that nobody refers to.
  change(host, table, {.removed = {full}, .added = {}});
  if (table.kind != catalog::TableKind::kManaged) return;
  std::error_code failure;
  fs::remove_all(found->second.location, failure);
  if (failure) {
    throw core::make_error(core::ErrorClass::kSpark, "_LEGACY_ERROR_TEMP_2036",
                           {{"partitionPath", found->second.location}});
  }
}

void recover_partitions(CommandHost& host, const catalog::Table& table,
                        const std::string& command) {
  if (table.partition_columns.empty()) {
    throw core::analysis_error(
        "NOT_A_PARTITIONED_TABLE",
        {{"operation", command},
         {"tableIdentWithDB", TableName{table.database, table.name}.quoted()}});
  }
  if (!is_file_provider(table.provider)) return;  // its snapshots list what is there
  catalog::PartitionChange found;
  scan_directories(table.location, table, {}, found.added);
  change(host, table, found);
  // A table from before there was a registry has one from now on.
  catalog::partition_registry(host.catalog()).begin_registry(table.database, table.name);
}

}  // namespace grebe::commands
