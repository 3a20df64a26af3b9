// Live files as a plain list, or delta_scan where that is not enough; see scan.h.
#include "lakehouse/delta/scan.h"

#include <nlohmann/json.hpp>

#include "core/spark_error.h"
#include "lakehouse/delta/features.h"
#include "lakehouse/delta/metadata.h"
#include "lakehouse/table/storage_select.h"
#include "lakehouse/table/value_text.h"

namespace grebe::lakehouse::delta {

namespace {

/// numRecords of the statistics, -1 when they do not say.
int64_t row_count(const std::string& stats) {
  const auto json = nlohmann::json::parse(stats, nullptr, false);
  if (!json.is_object()) return -1;
  const auto found = json.find("numRecords");
  return found != json.end() && found->is_number_integer() ? found->get<int64_t>() : -1;
}

std::string absolute_path(const std::string& location, const std::string& uri) {
  const std::string path = decode_path(uri);
  if (path.find(':') != std::string::npos && path.compare(0, 5, "file:") == 0) {
    return local_path(path);
  }
  if (!path.empty() && path[0] == '/') return path;
  if (uri.find("://") != std::string::npos) return local_path(uri);  // says what is unsupported
  return join_path(location, path);
}

}  // namespace

Snapshot make_snapshot(const TableState& state, const std::string& location) {
  Snapshot snapshot{.format = "delta",
                    .location = location,
                    .schema = parse_schema(state.metadata),
                    .partition_columns = state.metadata.partition_columns,
                    .properties = state.metadata.configuration,
                    .comment = state.metadata.description,
                    .version = state.version,
                    .version_text = std::to_string(state.version),
                    .committed_micros = state.commit_timestamp * 1000,
                    .files_may_differ = !state.one_schema};
  bool plain = !has_column_mapping(state.metadata);
  std::vector<types::DataType> partition_types;
  for (const std::string& name : snapshot.partition_columns) {
    const auto column = find_column(snapshot.schema, name);
    if (!column)
      throw core::plain_error(core::ErrorClass::kSpark,
                              "The Delta schema lacks the partition column " + name);
    partition_types.push_back(snapshot.schema[*column].type);
  }
  int64_t rows = 0;
  for (const auto& [key, add] : state.files) {
    plain = plain && add.deletion_vector.empty();
    resolved::ScanFile file{.path = absolute_path(location, add.path),
                            .partition_values = {},
                            .size = add.size,
                            .modified = add.modification_time * 1000};
    for (size_t i = 0; i < partition_types.size(); ++i) {
      const auto value = add.partition_values.find(snapshot.partition_columns[i]);
      const bool is_null =
          value == add.partition_values.end() || !value->second || value->second->empty();
      file.partition_values.push_back(
          is_null ? types::Value{} : parse_partition_value(partition_types[i], *value->second));
    }
    const int64_t count = row_count(add.stats);
    rows = count < 0 || rows < 0 ? -1 : rows + count;
    snapshot.files.push_back(std::move(file));
  }
  if (plain && rows >= 0) snapshot.rows = rows;
  if (!plain) {
    snapshot.extension = {"delta", location, state.version};
    snapshot.files.clear();
  }
  return snapshot;
}

}  // namespace grebe::lakehouse::delta
