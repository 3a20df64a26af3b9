// Rows → a catalog table of any provider. Shared by INSERT, CTAS, saveAsTable and writeTo.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "commands/host.h"

namespace grebe::commands {

enum class TableWriteMode : uint8_t {
  kCreate,
  kAppend,
  kOverwrite,
  kOverwritePartitions,
  /// CREATE OR REPLACE: also schema, partitioning and properties.
  kReplace,
};

struct TableWrite {
  catalog::Table table;
  TableWriteMode mode = TableWriteMode::kAppend;
  /// Fitted to the table's columns already; null writes no rows.
  plan::RelationPtr rows;
  /// The command's own options, keys in lower case.
  std::map<std::string, std::string> options;
  /// `key=value` directories with fixed values, see FileWrite.
  std::vector<std::string> static_partition;
};

/// Writes through the provider's own door: files, or lakehouse commits. `kCreate` without rows
/// makes the empty table. Returns the partitions with new files, for record_written_partitions.
std::set<std::string> write_table(CommandHost& host, const TableWrite& write);

/// The columns of SORTED BY, which the table's properties keep.
std::vector<std::string> sort_columns(const catalog::Table& table);

/// write_table into a table of the catalog, whose partitions are registered.
void write_known_table(CommandHost& host, const TableWrite& write);

/// The options with the session's `spark.sql.parquet.compression.codec` where a format follows it
/// (Delta; Iceberg and Hudi have table settings of their own) and they name no codec.
std::map<std::string, std::string> with_session_codec(CommandHost& host, std::string_view format,
                                                      std::map<std::string, std::string> options);

/// The table with the columns and partition columns that its newest snapshot has, where a lakehouse
/// format keeps them: another engine may have changed them. Other tables stay as they are.
catalog::Table as_stored(CommandHost& host, catalog::Table table);

/// The format behind a provider name as Spark knows it (`org.apache.spark.sql.parquet` too). Throws
/// DATA_SOURCE_NOT_FOUND.
std::string require_provider(const std::string& name);

/// True for parquet, csv, json, text; false for delta, iceberg, hudi.
bool is_file_provider(const std::string& provider);

/// Options with keys in lower case.
std::map<std::string, std::string> lower_keys(const plan::Options& options);

}  // namespace grebe::commands
