// The two Avro schemas of Iceberg's metadata tree and their encoders; see manifest.h.
#include "lakehouse/iceberg/manifest.h"

#include <fmt/format.h>

#include <functional>
#include <map>

#include "core/spark_error.h"
#include "lakehouse/iceberg/avro.h"
#include "lakehouse/iceberg/bounds.h"

namespace grebe::lakehouse::iceberg {

namespace {

Json required(const char* name, Json type, int id) {
  return {{"name", name}, {"type", std::move(type)}, {"field-id", id}};
}

Json optional(const char* name, Json type, int id) {
  return {{"name", name},
          {"type", Json::array({"null", std::move(type)})},
          {"default", nullptr},
          {"field-id", id}};
}

/// A map with int keys, as Avro has none: an array of key-value records.
Json int_map(const char* value_type, int key_id, int value_id) {
  return {{"type", "array"},
          {"items",
           {{"type", "record"},
            {"name", fmt::format("k{}_v{}", key_id, value_id)},
            {"fields", Json::array({required("key", "int", key_id),
                                    required("value", value_type, value_id)})}}},
          {"logicalType", "map"}};
}

Json entry_schema(const std::vector<PartitionField>& partition_fields) {
  Json partition = Json::array();
  for (const PartitionField& field : partition_fields) {
    partition.push_back(optional(field.name.c_str(), partition_avro_type(field), field.field_id));
  }
  Json file = Json::array(
      {required("content", "int", 134), required("file_path", "string", 100),
       required("file_format", "string", 101),
       required("partition",
                {{"type", "record"}, {"name", "r102"}, {"fields", std::move(partition)}}, 102),
       required("record_count", "long", 103), required("file_size_in_bytes", "long", 104),
       optional("column_sizes", int_map("long", 117, 118), 108),
       optional("value_counts", int_map("long", 119, 120), 109),
       optional("null_value_counts", int_map("long", 121, 122), 110),
       optional("lower_bounds", int_map("bytes", 126, 127), 125),
       optional("upper_bounds", int_map("bytes", 129, 130), 128),
       optional("sort_order_id", "int", 140)});
  return {{"type", "record"},
          {"name", "manifest_entry"},
          {"fields",
           Json::array(
               {required("status", "int", 0), optional("snapshot_id", "long", 1),
                optional("sequence_number", "long", 3), optional("file_sequence_number", "long", 4),
                required("data_file",
                         {{"type", "record"}, {"name", "r2"}, {"fields", std::move(file)}}, 2)})}};
}

Json list_schema() {
  const Json summary = {{"type", "record"},
                        {"name", "r508"},
                        {"fields", Json::array({required("contains_null", "boolean", 509),
                                                optional("contains_nan", "boolean", 518),
                                                optional("lower_bound", "bytes", 510),
                                                optional("upper_bound", "bytes", 511)})}};
  return {
      {"type", "record"},
      {"name", "manifest_file"},
      {"fields",
       Json::array(
           {required("manifest_path", "string", 500), required("manifest_length", "long", 501),
            required("partition_spec_id", "int", 502), required("content", "int", 517),
            required("sequence_number", "long", 515), required("min_sequence_number", "long", 516),
            required("added_snapshot_id", "long", 503), required("added_files_count", "int", 504),
            required("existing_files_count", "int", 505),
            required("deleted_files_count", "int", 506), required("added_rows_count", "long", 512),
            required("existing_rows_count", "long", 513),
            required("deleted_rows_count", "long", 514),
            optional("partitions", {{"type", "array"}, {"items", summary}, {"element-id", 508}},
                     507),
            optional("key_metadata", "bytes", 519)})}};
}

using Columns = std::map<std::vector<std::string>, Leaf>;

/// Encodes one of the int → long maps of a data file.
void put_counts(AvroEncoder& encoder, const DataFile& file, const Columns& columns,
                const std::function<int64_t(const ColumnStatistics&)>& count) {
  AvroEncoder items;
  size_t number = 0;
  for (const auto& [path, statistics] : file.columns) {
    const auto column = columns.find(path);
    if (column == columns.end()) continue;
    items.put_int(column->second.id);
    items.put_long(count(statistics));
    ++number;
  }
  encoder.put_branch(1);
  encoder.start_array(number);
  encoder.put_fixed(items.bytes());
  encoder.end_array();
}

void put_bounds(AvroEncoder& encoder, const DataFile& file, const Columns& columns, Bound bound) {
  AvroEncoder items;
  size_t number = 0;
  for (const auto& [path, statistics] : file.columns) {
    const auto column = columns.find(path);
    if (column == columns.end() || column->second.repeated) continue;
    const auto& text = bound == Bound::kLower ? statistics.min : statistics.max;
    const auto bytes = text ? encode_bound(column->second.type, *text, bound) : std::nullopt;
    if (!bytes) continue;
    items.put_int(column->second.id);
    items.put_bytes(*bytes);
    ++number;
  }
  encoder.put_branch(1);
  encoder.start_array(number);
  encoder.put_fixed(items.bytes());
  encoder.end_array();
}

void put_optional_bytes(AvroEncoder& encoder, const std::optional<std::string>& bytes) {
  encoder.put_branch(bytes ? 1 : 0);
  if (bytes) encoder.put_bytes(*bytes);
}

std::string from_hex(const std::string& hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::strtol(hex.substr(i, 2).c_str(), nullptr, 16));
  }
  return bytes;
}

std::optional<std::string> optional_hex(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return from_hex(found->get<std::string>());
}

int64_t number_of(const Json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const auto found = object.find(key);
    if (found != object.end() && found->is_number()) return found->get<int64_t>();
  }
  return 0;
}

}  // namespace

std::string write_manifest(const ManifestContext& context, const std::vector<DataFile>& files) {
  const Columns columns = leaf_columns(context.schema);
  AvroEncoder entries;
  for (const DataFile& file : files) {
    entries.put_int(1);  // added
    entries.put_branch(1);
    entries.put_long(context.snapshot_id);
    entries.put_branch(0);  // sequence numbers are inherited
    entries.put_branch(0);
    entries.put_int(0);  // data
    entries.put_bytes(file.path);
    entries.put_bytes("PARQUET");
    for (size_t i = 0; i < context.partition_fields.size(); ++i) {
      encode_partition_value(entries, context.partition_fields[i], file.partition_values[i]);
    }
    entries.put_long(file.rows);
    entries.put_long(file.bytes);
    put_counts(entries, file, columns, [](const auto& statistics) { return statistics.bytes; });
    put_counts(entries, file, columns, [](const auto& statistics) { return statistics.values; });
    put_counts(entries, file, columns, [](const auto& statistics) { return statistics.nulls; });
    put_bounds(entries, file, columns, Bound::kLower);
    put_bounds(entries, file, columns, Bound::kUpper);
    entries.put_branch(1);
    entries.put_int(0);  // unsorted
  }
  return write_avro_file(
      entry_schema(context.partition_fields).dump(),
      {{"schema", context.schema.dump()},
       {"schema-id", fmt::to_string(context.schema.at("schema-id").get<int>())},
       {"partition-spec", context.spec.at("fields").dump()},
       {"partition-spec-id", fmt::to_string(context.spec.at("spec-id").get<int>())},
       {"format-version", "2"},
       {"content", "data"}},
      files.size(), entries.bytes());
}

std::string write_manifest_list(const std::vector<ManifestFile>& manifests, int64_t snapshot_id,
                                std::optional<int64_t> parent_id, int64_t sequence_number) {
  AvroEncoder encoder;
  for (const ManifestFile& manifest : manifests) {
    encoder.put_bytes(manifest.path);
    encoder.put_long(manifest.length);
    encoder.put_int(manifest.spec_id);
    encoder.put_int(manifest.content);
    encoder.put_long(manifest.sequence_number);
    encoder.put_long(manifest.min_sequence_number);
    encoder.put_long(manifest.added_snapshot_id);
    encoder.put_int(manifest.added_files);
    encoder.put_int(manifest.existing_files);
    encoder.put_int(manifest.deleted_files);
    encoder.put_long(manifest.added_rows);
    encoder.put_long(manifest.existing_rows);
    encoder.put_long(manifest.deleted_rows);
    encoder.put_branch(manifest.partitions ? 1 : 0);
    if (manifest.partitions) {
      encoder.start_array(manifest.partitions->size());
      for (const ManifestFile::PartitionSummary& summary : *manifest.partitions) {
        encoder.put_boolean(summary.contains_null);
        encoder.put_branch(summary.contains_nan ? 1 : 0);
        if (summary.contains_nan) encoder.put_boolean(*summary.contains_nan);
        put_optional_bytes(encoder, summary.lower_bound);
        put_optional_bytes(encoder, summary.upper_bound);
      }
      encoder.end_array();
    }
    put_optional_bytes(encoder, manifest.key_metadata);
  }
  return write_avro_file(list_schema().dump(),
                         {{"snapshot-id", fmt::to_string(snapshot_id)},
                          {"parent-snapshot-id", parent_id ? fmt::to_string(*parent_id) : "null"},
                          {"sequence-number", fmt::to_string(sequence_number)},
                          {"format-version", "2"}},
                         manifests.size(), encoder.bytes());
}

std::vector<ManifestFile> read_manifest_list(engine::Connection& connection,
                                             const std::string& path) {
  const std::string scan = fmt::format("read_avro({})", engine::quote_duckdb_string(path));
  std::string replaced;
  for (const auto& [name, type] : connection.describe("SELECT * FROM " + scan)) {
    const auto add = [&, &name = name](const std::string& expression) {
      replaced += fmt::format("{}{} AS {}", replaced.empty() ? "" : ", ", expression, name);
    };
    if (name == "key_metadata") add("hex(key_metadata)");
    if (name == "partitions") {
      const bool nan = type.find("contains_nan") != std::string::npos;
      add(
          fmt::format("list_transform(partitions, lambda p: struct_pack(contains_null := "
                      "p.contains_null, {}lower_bound := hex(p.lower_bound), upper_bound := "
                      "hex(p.upper_bound)))",
                      nan ? "contains_nan := p.contains_nan, " : ""));
    }
  }
  std::vector<ManifestFile> manifests;
  for (const auto& row : connection.rows(
           fmt::format("SELECT to_json(m) FROM (SELECT *{} FROM {}) AS m",
                       replaced.empty() ? "" : fmt::format(" REPLACE ({})", replaced), scan))) {
    const Json json = Json::parse(row[0].value_or("{}"));
    ManifestFile manifest{.path = json.at("manifest_path").get<std::string>(),
                          .length = number_of(json, {"manifest_length"}),
                          .spec_id = static_cast<int32_t>(number_of(json, {"partition_spec_id"})),
                          .content = static_cast<int32_t>(number_of(json, {"content"})),
                          .sequence_number = number_of(json, {"sequence_number"}),
                          .min_sequence_number = number_of(json, {"min_sequence_number"}),
                          .added_snapshot_id = number_of(json, {"added_snapshot_id"}),
                          .added_files = static_cast<int32_t>(
                              number_of(json, {"added_files_count", "added_data_files_count"})),
                          .existing_files = static_cast<int32_t>(number_of(
                              json, {"existing_files_count", "existing_data_files_count"})),
                          .deleted_files = static_cast<int32_t>(
                              number_of(json, {"deleted_files_count", "deleted_data_files_count"})),
                          .added_rows = number_of(json, {"added_rows_count"}),
                          .existing_rows = number_of(json, {"existing_rows_count"}),
                          .deleted_rows = number_of(json, {"deleted_rows_count"}),
                          .key_metadata = optional_hex(json, "key_metadata")};
    if (const auto list = json.find("partitions"); list != json.end() && list->is_array()) {
      manifest.partitions.emplace();
      for (const Json& item : *list) {
        ManifestFile::PartitionSummary summary{.contains_null = item.value("contains_null", true)};
        if (const auto nan = item.find("contains_nan"); nan != item.end() && nan->is_boolean()) {
          summary.contains_nan = nan->get<bool>();
        }
        summary.lower_bound = optional_hex(item, "lower_bound");
        summary.upper_bound = optional_hex(item, "upper_bound");
        manifest.partitions->push_back(std::move(summary));
      }
    }
    manifests.push_back(std::move(manifest));
  }
  return manifests;
}

}  // namespace grebe::lakehouse::iceberg
