// Create, append, overwrite and replace as Iceberg snapshots; see commit.h.
#include "lakehouse/iceberg/commit.h"

#include <fmt/format.h>

#include <random>

#include "core/spark_error.h"
#include "lakehouse/iceberg/manifest.h"
#include "lakehouse/iceberg/partition.h"
#include "lakehouse/table/schema_change.h"
#include "lakehouse/table/storage_select.h"

namespace grebe::lakehouse::iceberg {

namespace {

constexpr int kMaxAttempts = 1000;

int64_t random_id() {
  std::random_device random;
  const uint64_t bits = static_cast<uint64_t>(random()) << 32 | random();
  return static_cast<int64_t>(bits & 0x7FFFFFFFFFFFFFFF) | 1;
}

/// The document that a write starts from, with schema and spec as the write wants them.
struct Plan {
  /// Version that the next one follows, 0 for a new table.
  int64_t base_version = 0;
  Json document;
  bool replaces_rows = false;
  /// An append that changes neither schema nor spec may step over other commits.
  bool blind_append = false;
};

types::Schema asked_schema(const WriteRequest& request) {
  types::Schema schema = iceberg_storable(request.schema);
  if (!request.query.empty()) {
    for (types::StructField& column : schema) {
      column.nullable = true;
      column.type = column.type.as_nullable();
    }
  }
  return schema;
}

void set_properties(Json& document, const WriteRequest& request) {
  for (const auto& [key, value] : request.properties) document["properties"][key] = value;
  if (!request.comment.empty()) document["properties"]["comment"] = request.comment;
}

Plan plan_new_table(const WriteRequest& request) {
  const NumberedSchema numbered = number_schema(asked_schema(request), 0, 0);
  const Json spec = make_spec(request.partition_columns, numbered.schema, 0, 999);
  Plan plan;
  plan.document = {{"format-version", 2},
                   {"table-uuid", random_uuid()},
                   {"location", request.location},
                   {"last-sequence-number", 0},
                   {"last-updated-ms", now_ms()},
                   {"last-column-id", numbered.last_column_id},
                   {"current-schema-id", 0},
                   {"schemas", Json::array({numbered.schema})},
                   {"default-spec-id", 0},
                   {"partition-specs", Json::array({spec})},
                   {"last-partition-id", 999 + static_cast<int>(spec.at("fields").size())},
                   {"default-sort-order-id", 0},
                   {"sort-orders", Json::array({{{"order-id", 0}, {"fields", Json::array()}}})},
                   {"properties", {{"write.parquet.compression-codec", "snappy"}}},
                   {"current-snapshot-id", -1},
                   {"refs", Json::object()},
                   {"snapshots", Json::array()},
                   {"statistics", Json::array()},
                   {"partition-statistics", Json::array()},
                   {"snapshot-log", Json::array()},
                   {"metadata-log", Json::array()}};
  set_properties(plan.document, request);
  return plan;
}

void add_schema(Json& document, NumberedSchema numbered) {
  document["current-schema-id"] = numbered.schema.at("schema-id");
  document["last-column-id"] = numbered.last_column_id;
  document["schemas"].push_back(std::move(numbered.schema));
}

int next_schema_id(const Json& document) {
  int highest = -1;
  for (const Json& schema : document.at("schemas")) {
    highest = std::max(highest, schema.at("schema-id").get<int>());
  }
  return highest + 1;
}

/// New schema and spec for a table whose rows are all replaced.
void replace_schema(Json& document, const WriteRequest& request) {
  add_schema(document, number_schema(asked_schema(request), next_schema_id(document),
                                     document.value("last-column-id", 0)));
  int spec_id = -1;
  for (const Json& spec : document.at("partition-specs")) {
    spec_id = std::max(spec_id, spec.at("spec-id").get<int>());
  }
  const int last = document.value("last-partition-id", 999);
  const Json spec =
      make_spec(request.partition_columns, current_schema(document), spec_id + 1, last);
  document["last-partition-id"] = last + static_cast<int>(spec.at("fields").size());
  document["default-spec-id"] = spec_id + 1;
  document["partition-specs"].push_back(spec);
}

void check_same_partitioning(const WriteRequest& request, const Json& document) {
  if (request.partition_columns.empty()) return;
  const Json asked = make_spec(request.partition_columns, current_schema(document), 0, 999);
  const Json& held = default_spec(document).at("fields");
  bool same = asked.at("fields").size() == held.size();
  for (size_t i = 0; same && i < held.size(); ++i) {
    const Json& field = asked.at("fields")[i];
    same = field.at("source-id") == held[i].at("source-id") &&
           field.at("transform") == held[i].at("transform");
  }
  if (!same) {
    throw core::plain_error(core::ErrorClass::kAnalysis,
                            fmt::format("The partitioning ({}) is not that of the Iceberg table.",
                                        fmt::join(request.partition_columns, ", ")));
  }
}

Plan plan_existing_table(const WriteRequest& request, TableMetadata metadata) {
  if (metadata.version < 0) {
    throw core::unsupported("writing to an Iceberg table that another catalog owns");
  }
  Plan plan{.base_version = metadata.version, .document = std::move(metadata.document)};
  if (plan.document.at("format-version").get<int>() != 2) {
    throw core::unsupported(fmt::format("writing to Iceberg tables of format version {}",
                                        plan.document.at("format-version").dump()));
  }
  plan.replaces_rows = request.mode != WriteMode::kAppend;
  const bool replaces_schema =
      request.mode == WriteMode::kReplace ||
      (request.mode == WriteMode::kOverwrite && is_option_on(request.options, "overwriteschema"));
  if (replaces_schema) {
    replace_schema(plan.document, request);
    set_properties(plan.document, request);
    return plan;
  }
  check_same_partitioning(request, plan.document);
  const Json& held = current_schema(plan.document);
  const SchemaChange change = fit_schema(parse_schema(held), iceberg_storable(request.schema),
                                         is_option_on(request.options, "mergeschema") ||
                                             is_option_on(request.options, "merge-schema"));
  if (change.extended) {
    NumberedSchema extended = extend_schema(held, change.schema, next_schema_id(plan.document),
                                            plan.document.value("last-column-id", 0));
    add_schema(plan.document, std::move(extended));
  }
  plan.blind_append = !plan.replaces_rows && !change.extended;
  return plan;
}

Plan make_plan(const Environment& environment, const WriteRequest& request) {
  auto metadata = find_metadata(*environment.store, request.location);
  if (!metadata) return plan_new_table(request);
  if (request.mode == WriteMode::kCreate) {
    throw core::plain_error(
        core::ErrorClass::kAnalysis,
        fmt::format("Table already exists: an Iceberg table lies at {}", request.location));
  }
  return plan_existing_table(request, std::move(*metadata));
}

/// Name of the hidden column that carries a partition value into COPY.
std::string partition_alias(const PartitionField& field, const types::Schema& schema) {
  std::string alias = field.name + "_part";
  while (find_column(schema, alias)) alias += "_";
  return alias;
}

std::vector<DataFile> write_rows(const Environment& environment, const WriteRequest& request,
                                 const Json& document,
                                 const std::vector<PartitionField>& partition_fields) {
  if (request.query.empty()) return {};
  const Json& schema = current_schema(document);
  const types::Schema columns = parse_schema(schema);
  DataFileOptions options{.directory = join_path(request.location, "data"),
                          .field_ids = field_ids(schema)};
  std::string select = storage_select(request.query, request.schema, columns,
                                      {.small_integers = StorageTypes::SmallIntegers::kWiden});
  std::string aliases;
  for (const PartitionField& field : partition_fields) {
    options.partition_columns.push_back(partition_alias(field, columns));
    aliases += fmt::format(", {} AS {}", partition_expression(field),
                           engine::quote_duckdb_identifier(options.partition_columns.back()));
  }
  if (!aliases.empty()) select = fmt::format("SELECT *{} FROM ({})", aliases, select);
  options.compression = document.value("properties", Json::object())
                            .value("write.parquet.compression-codec", options.compression);
  for (const char* key : {"compression", "compression-codec"}) {
    if (const auto codec = request.options.find(key); codec != request.options.end()) {
      options.compression = codec->second;
    }
  }
  std::vector<DataFile> files = write_data_files(environment, select, options);
  try {
    check_not_null(files, columns, {});
  } catch (...) {
    discard_data_files(environment, files);
    throw;
  }
  return files;
}

struct Totals {
  int64_t rows = 0;
  int64_t bytes = 0;
  int64_t files = 0;
};

int64_t total_of(const Json* snapshot, const char* key) {
  if (snapshot == nullptr) return 0;
  const auto summary = snapshot->find("summary");
  if (summary == snapshot->end()) return 0;
  return std::strtoll(summary->value(key, "0").c_str(), nullptr, 10);
}

Json make_summary(const Plan& plan, const Json* parent, const Totals& added) {
  const bool replaces = plan.replaces_rows;
  Json summary = {{"operation", replaces ? "overwrite" : "append"},
                  {"added-data-files", fmt::to_string(added.files)},
                  {"added-records", fmt::to_string(added.rows)},
                  {"added-files-size", fmt::to_string(added.bytes)}};
  const auto total = [&](const char* key, int64_t more) {
    summary[key] = fmt::to_string((replaces ? 0 : total_of(parent, key)) + more);
  };
  if (replaces && parent != nullptr) {
    summary["deleted-data-files"] = fmt::to_string(total_of(parent, "total-data-files"));
    summary["deleted-records"] = fmt::to_string(total_of(parent, "total-records"));
  }
  total("total-records", added.rows);
  total("total-files-size", added.bytes);
  total("total-data-files", added.files);
  total("total-delete-files", 0);
  total("total-position-deletes", 0);
  total("total-equality-deletes", 0);
  return summary;
}

/// Makes `snapshot` the current one and remembers where the document came from.
void add_snapshot(Json& document, Json snapshot) {
  const Json id = snapshot.at("snapshot-id");
  const Json time = snapshot.at("timestamp-ms");
  document["last-sequence-number"] = snapshot.at("sequence-number");
  document["snapshots"].push_back(std::move(snapshot));
  document["current-snapshot-id"] = id;
  document["refs"]["main"] = {{"snapshot-id", id}, {"type", "branch"}};
  document["snapshot-log"].push_back({{"timestamp-ms", time}, {"snapshot-id", id}});
}

/// Writes the manifest list over the parent's manifests and ours; returns the snapshot object.
Json make_snapshot_object(const Environment& environment, const WriteRequest& request,
                          const Plan& plan, std::optional<ManifestFile> manifest,
                          int64_t snapshot_id, const Totals& added) {
  const Json& document = plan.document;
  const Json* parent = current_snapshot(document);
  const int64_t sequence = document.value("last-sequence-number", int64_t{0}) + 1;
  std::vector<ManifestFile> manifests;
  if (manifest) {
    manifest->sequence_number = manifest->min_sequence_number = sequence;
    manifests.push_back(*manifest);
  }
  if (!plan.replaces_rows && parent != nullptr) {
    if (!parent->contains("manifest-list")) {
      throw core::unsupported("Iceberg snapshots without a manifest list");
    }
    environment.connection->execute("LOAD avro");
    for (ManifestFile& held : read_manifest_list(
             *environment.connection, local_path(parent->at("manifest-list").get<std::string>()))) {
      manifests.push_back(std::move(held));
    }
  }
  std::optional<int64_t> parent_id;
  if (parent != nullptr) parent_id = parent->at("snapshot-id").get<int64_t>();
  const std::string path = join_path(metadata_directory(request.location),
                                     fmt::format("snap-{}-{}.avro", snapshot_id, random_uuid()));
  environment.store->put_if_absent(
      path, write_manifest_list(manifests, snapshot_id, parent_id, sequence));
  // Snapshots of one table never have the same or a smaller time.
  const int64_t last = document.value("last-updated-ms", int64_t{0});
  Json snapshot = {{"sequence-number", sequence}, {"snapshot-id", snapshot_id}};
  if (parent_id) snapshot["parent-snapshot-id"] = *parent_id;
  snapshot["timestamp-ms"] = std::max(now_ms(), last + (parent_id ? 1 : 0));
  snapshot["summary"] = make_summary(plan, parent, added);
  snapshot["manifest-list"] = path;
  snapshot["schema-id"] = document.at("current-schema-id");
  return snapshot;
}

bool is_partitioned(const Environment& environment, const WriteRequest& request) {
  const auto metadata = find_metadata(*environment.store, request.location);
  return metadata ? !default_spec(metadata->document).at("fields").empty()
                  : !request.partition_columns.empty();
}

core::SparkError conflict(const std::string& location) {
  return core::plain_error(
      core::ErrorClass::kSpark,
      fmt::format("The Iceberg table {} was changed by a concurrent commit; nothing of this write "
                  "was committed. Try the operation again.",
                  location));
}

/// True when a file with our partition tuples and field ids still fits the other document.
bool same_layout(const Json& a, const Json& b) {
  return a.at("table-uuid") == b.at("table-uuid") &&
         a.at("current-schema-id") == b.at("current-schema-id") &&
         a.at("default-spec-id") == b.at("default-spec-id");
}

Json next_document(const Plan& plan, const std::string& location, std::optional<Json> snapshot) {
  Json document = plan.document;
  if (plan.base_version > 0) {
    document["metadata-log"].push_back(
        {{"timestamp-ms", document.at("last-updated-ms")},
         {"metadata-file", join_path(metadata_directory(location),
                                     fmt::format("v{}.metadata.json", plan.base_version))}});
  }
  document["last-updated-ms"] = snapshot ? snapshot->at("timestamp-ms").get<int64_t>() : now_ms();
  if (snapshot) add_snapshot(document, std::move(*snapshot));
  return document;
}

}  // namespace

WriteResult write_table(const Environment& environment, const WriteRequest& request) {
  // Without partitions a dynamic overwrite replaces everything.
  if (request.mode == WriteMode::kOverwritePartitions && is_partitioned(environment, request)) {
    throw core::unsupported("dynamic partition overwrite of Iceberg tables");
  }
  check_storable(request.schema, "Iceberg");
  ObjectStore& store = *environment.store;
  Plan plan = make_plan(environment, request);
  const Json schema = current_schema(plan.document);
  const Json spec = default_spec(plan.document);
  const std::vector<PartitionField> partition_fields = parse_spec(spec, schema);
  const std::vector<DataFile> files =
      write_rows(environment, request, plan.document, partition_fields);
  Totals added{.files = static_cast<int64_t>(files.size())};
  for (const DataFile& file : files) {
    added.rows += file.rows;
    added.bytes += file.bytes;
  }
  const int64_t snapshot_id = random_id();
  std::optional<ManifestFile> manifest;
  if (!files.empty()) {
    const std::string bytes = write_manifest({.schema = schema,
                                              .spec = spec,
                                              .partition_fields = partition_fields,
                                              .snapshot_id = snapshot_id},
                                             files);
    manifest = ManifestFile{
        .path = join_path(metadata_directory(request.location), random_uuid() + "-m0.avro"),
        .length = static_cast<int64_t>(bytes.size()),
        .spec_id = spec.at("spec-id").get<int32_t>(),
        .added_snapshot_id = snapshot_id,
        .added_files = static_cast<int32_t>(files.size()),
        .added_rows = added.rows};
    store.make_directory(metadata_directory(request.location));
    store.put_if_absent(manifest->path, bytes);
  }
  for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
    std::optional<Json> snapshot;
    if (!request.query.empty() || plan.replaces_rows) {
      store.make_directory(metadata_directory(request.location));
      snapshot = make_snapshot_object(environment, request, plan, manifest, snapshot_id, added);
    }
    if (put_metadata(store, request.location, plan.base_version + 1,
                     next_document(plan, request.location, std::move(snapshot)))) {
      return {.version = fmt::to_string(snapshot_id),
              .rows = added.rows,
              .files = added.files,
              .bytes = added.bytes};
    }
    if (!plan.blind_append) throw conflict(request.location);
    auto metadata = find_metadata(store, request.location);
    if (!metadata || !same_layout(plan.document, metadata->document)) {
      throw conflict(request.location);
    }
    plan.base_version = metadata->version;
    plan.document = std::move(metadata->document);
  }
  throw conflict(request.location);
}

}  // namespace grebe::lakehouse::iceberg
