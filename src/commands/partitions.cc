// Partition values, names and the registry's changes; see partitions.h.
#include "commands/partitions.h"

#include <algorithm>
#include <chrono>

#include "core/spark_error.h"
#include "lakehouse/formats.h"
#include "sources/file_table.h"
#include "sources/partition_path.h"
#include "types/value_text.h"

namespace grebe::commands {
namespace {

using Values = catalog::PartitionValues;

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

/// A value as Spark's partition specs hold it: the literal's text, cast to the column's type.
std::optional<std::string> spec_value(CommandHost& host, const plan::ExpressionPtr& value,
                                      const types::DataType& type, const core::Origin& origin) {
  // What cannot be cast is reported for the whole statement.
  core::Origin whole = origin;
  whole.start = 0;
  if (origin.has_text()) whole.stop = static_cast<int32_t>(origin.text->size());
  whole.line = origin.line > 0 ? 1 : 0;
  whole.column = 0;
  const auto text = plan::make_expression(plan::Cast{
      .child = value, .type = types::DataType::string(), .mode = plan::CastMode::kDefault});
  const auto typed = host.evaluate(
      plan::make_expression(plan::Cast{.child = text, .type = type, .mode = plan::CastMode::kAnsi},
                            whole),
      type);
  if (typed.is_null()) return std::nullopt;
  auto out = types::value_text(typed, type, {.time_zone = host.session().config().time_zone()});
  return out.empty() ? std::nullopt : std::optional(std::move(out));
}

/// Values of the files' own directories, for tables whose format or age keeps no registry.
std::vector<Values> file_partitions(CommandHost& host, const catalog::Table& table) {
  const auto& config = host.session().config();
  const types::Schema columns = partition_schema(table);
  std::vector<resolved::ScanFile> files;
  if (const auto* format = lakehouse::find_table_format(table.provider)) {
    const auto environment = lakehouse::local_environment(host.connection());
    files =
        format
            ->open_snapshot(environment, table.location, lakehouse::SnapshotSelector::latest(), {})
            .files;
  } else {
    files = sources::open_files({.format = table.provider,
                                 .paths = {table.location},
                                 .user_schema = table.schema,
                                 .options = {},
                                 .partition_schema = columns,
                                 .allow_empty = true},
                                {.connection = host.connection(),
                                 .base_directory = host.base_directory(),
                                 .case_sensitive = config.case_sensitive(),
                                 .time_zone = config.time_zone()})
                .files;
  }
  std::vector<Values> out;
  for (const auto& file : files) {
    Values values;
    for (size_t i = 0; i < columns.size() && i < file.partition_values.size(); ++i) {
      const auto& value = file.partition_values[i];
      values.push_back(value.is_null()
                           ? std::nullopt
                           : std::optional(types::value_text(value, columns[i].type,
                                                             {.time_zone = config.time_zone()})));
    }
    out.push_back(std::move(values));
  }
  return out;
}

}  // namespace

catalog::Table require_plain_table(CommandHost& host, const plan::Name& name,
                                   const core::Origin& origin, const std::string& command,
                                   const std::string& advice) {
  const auto is_view = [&](const std::string& shown, const char* kind) {
    return core::analysis_error(
        "_LEGACY_ERROR_TEMP_1013",
        {{"nameParts", shown}, {"viewStr", kind}, {"cmd", command}, {"hintStr", advice}}, origin);
  };
  if (find_temp_view(host, name)) {
    std::string shown;
    for (const auto& part : name) shown += (shown.empty() ? "" : ".") + part;
    throw is_view(shown, "temp view");
  }
  auto table = require_table(host, name, origin);
  if (table.kind == catalog::TableKind::kView) {
    throw is_view(std::string(catalog::kCatalogName) + "." + table.database + "." + table.name,
                  "view");
  }
  return table;
}

types::Schema partition_schema(const catalog::Table& table) {
  types::Schema out;
  for (const auto& column : table.partition_columns) {
    for (const auto& field : table.schema) {
      if (same_name(field.name, column)) out.push_back(field);
    }
  }
  return out;
}

core::SparkError not_a_partition_column(const catalog::Table& table, const std::string& name) {
  return core::analysis_error(
      "_LEGACY_ERROR_TEMP_1231",
      {{"key", name}, {"tblName", TableName{table.database, table.name}.quoted()}});
}

ClauseValues read_partition_spec(CommandHost& host, const catalog::Table& table,
                                 const PartitionClause& spec, const core::Origin& origin) {
  const types::Schema columns = partition_schema(table);
  ClauseValues values(columns.size());
  for (const auto& [name, value] : spec) {
    const auto found =
        std::find_if(columns.begin(), columns.end(),
                     [&, &name = name](const auto& field) { return same_name(field.name, name); });
    if (found == columns.end()) throw not_a_partition_column(table, name);
    if (value == nullptr) continue;
    values[static_cast<size_t>(found - columns.begin())] =
        spec_value(host, value, found->type, origin);
  }
  return values;
}

std::vector<std::optional<std::string>> read_full_spec(CommandHost& host,
                                                       const catalog::Table& table,
                                                       const PartitionClause& spec,
                                                       const core::Origin& origin) {
  const ClauseValues values = read_partition_spec(host, table, spec, origin);
  Values full;
  for (const auto& value : values) {
    if (value) full.push_back(*value);
  }
  if (full.size() == values.size()) return full;
  std::vector<std::string> given;
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i]) given.push_back(table.partition_columns[i]);
  }
  throw core::analysis_error("_LEGACY_ERROR_TEMP_1232",
                             {{"specKeys", joined(given)},
                              {"partitionColumnNames", joined(table.partition_columns)},
                              {"tableName", TableName{table.database, table.name}.quoted()}});
}

bool matches_spec(const catalog::Partition& partition, const ClauseValues& values) {
  for (size_t i = 0; i < values.size() && i < partition.values.size(); ++i) {
    if (values[i] && *values[i] != partition.values[i]) return false;
  }
  return true;
}

std::string partition_name(const catalog::Table& table, const Values& values) {
  std::string name;
  for (size_t i = 0; i < values.size() && i < table.partition_columns.size(); ++i) {
    name += (i == 0 ? "" : "/") + sources::escape_path_name(table.partition_columns[i]) + "=" +
            (values[i] ? sources::escape_path_name(*values[i])
                       : std::string(sources::kDefaultPartition));
  }
  return name;
}

std::vector<std::optional<std::string>> parse_partition_directory(const std::string& name) {
  Values values;
  size_t start = 0;
  while (start < name.size()) {
    const size_t end = std::min(name.find('/', start), name.size());
    const auto piece = sources::parse_partition_name(name.substr(start, end - start));
    if (!piece) throw core::internal_error("a partition directory without a value: " + name);
    values.push_back(piece->second == sources::kDefaultPartition ? std::nullopt
                                                                 : std::optional(piece->second));
    start = end + 1;
  }
  return values;
}

std::map<std::string, catalog::Partition> partitions_by_name(CommandHost& host,
                                                             const catalog::Table& table) {
  std::map<std::string, catalog::Partition> out;
  if (has_registry(host, table)) {
    auto& registry = catalog::partition_registry(host.catalog());
    for (auto& partition : registry.partitions(table.database, table.name)) {
      const std::string name = partition_name(table, partition.values);
      out.emplace(name, std::move(partition));
    }
    return out;
  }
  for (auto& values : file_partitions(host, table)) {
    const std::string name = partition_name(table, values);
    out.emplace(name, catalog::Partition{.values = std::move(values),
                                         .location = table.location + "/" + name,
                                         .created_ms = table.created_ms});
  }
  return out;
}

std::string partition_list(const catalog::Table& table,
                           const std::vector<ClauseValues>& partitions) {
  std::string out;
  for (const auto& values : partitions) {
    std::string pairs;
    for (size_t i = 0; i < values.size() && i < table.partition_columns.size(); ++i) {
      if (!values[i]) continue;
      pairs += (pairs.empty() ? "" : ", ") + core::quote_identifier(table.partition_columns[i]) +
               " = " + values[i]->value_or("null");
    }
    out += (out.empty() ? "PARTITION (" : ", PARTITION (") + pairs + ")";
  }
  return out;
}

core::SparkError partitions_not_found(const catalog::Table& table,
                                      const std::vector<ClauseValues>& missing) {
  return core::analysis_error("PARTITIONS_NOT_FOUND",
                              {{"partitionList", partition_list(table, missing)},
                               {"tableName", core::quote_name({table.database, table.name})}});
}

catalog::Partition require_partition(CommandHost& host, const catalog::Table& table,
                                     const PartitionClause& spec, const core::Origin& origin) {
  const Values values = read_full_spec(host, table, spec, origin);
  const auto known = partitions_by_name(host, table);
  const auto found = known.find(partition_name(table, values));
  if (found == known.end()) {
    throw partitions_not_found(table, {ClauseValues(values.begin(), values.end())});
  }
  return found->second;
}

bool has_registry(CommandHost& host, const catalog::Table& table) {
  return catalog::partition_registry(host.catalog()).has_registry(table.database, table.name);
}

void require_partition_management(CommandHost& host, const catalog::Table& table,
                                  const std::string& action) {
  if (has_registry(host, table)) return;
  throw core::analysis_error("_LEGACY_ERROR_TEMP_1251",
                             {{"action", action}, {"tableName", table.name}});
}

void record_written_partitions(CommandHost& host, const TableWrite& write,
                               const std::set<std::string>& written) {
  const catalog::Table& table = write.table;
  if (!has_registry(host, table)) return;
  catalog::PartitionChange change;
  std::set<std::string> names = written;
  std::string fixed;
  for (const auto& directory : write.static_partition) {
    fixed += (fixed.empty() ? "" : "/") + directory;
  }
  // A partition that the command names in full is there even when it got no rows.
  const bool names_one = write.static_partition.size() == table.partition_columns.size();
  if (names_one) names.insert(fixed);
  const auto known = partitions_by_name(host, table);
  if (write.mode == TableWriteMode::kOverwrite || write.mode == TableWriteMode::kReplace) {
    for (const auto& [name, partition] : known) {
      const bool is_replaced = fixed.empty() || (name + "/").starts_with(fixed + "/");
      if (is_replaced && !names.contains(name)) change.removed.push_back(partition.values);
    }
  }
  const int64_t now = std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count();
  for (const auto& name : names) {
    if (known.contains(name)) continue;
    change.added.push_back({.values = parse_partition_directory(name),
                            .location = table.location + "/" + name,
                            .created_ms = now});
  }
  catalog::partition_registry(host.catalog()).change_partitions(table.database, table.name, change);
}

}  // namespace grebe::commands
