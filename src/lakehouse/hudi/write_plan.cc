// Options, keys, schema and operation of one write; see write_plan.h.
#include "lakehouse/hudi/write_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <utility>

#include "core/spark_error.h"
#include "lakehouse/hudi/metadata.h"
#include "lakehouse/table/schema_change.h"
#include "lakehouse/table/storage_select.h"

namespace grebe::lakehouse::hudi {

namespace {

constexpr std::array<std::pair<std::string_view, Operation>, 5> kOperations{{
    {"bulk_insert", Operation::kBulkInsert},
    {"insert", Operation::kInsert},
    {"insert_overwrite", Operation::kInsertOverwrite},
    {"insert_overwrite_table", Operation::kInsertOverwriteTable},
    {"upsert", Operation::kUpsert},
}};

std::string option(const WriteRequest& request, const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    if (const auto found = request.options.find(key); found != request.options.end()) {
      return found->second;
    }
    if (const auto found = request.properties.find(key); found != request.properties.end()) {
      return found->second;
    }
  }
  return {};
}

std::vector<std::string> split_fields(const std::string& text) {
  std::vector<std::string> fields;
  std::string field;
  for (const char c : text + ",") {
    if (c == ',') {
      if (!field.empty()) fields.push_back(std::exchange(field, {}));
    } else if (c != ' ') {
      field += c;
    }
  }
  return fields;
}

std::string value_of(const TableConfig& config, const std::string& key) {
  const auto found = config.find(key);
  return found == config.end() ? std::string() : found->second;
}

std::vector<std::string> asked_record_keys(const WriteRequest& request) {
  return split_fields(option(request, {"hoodie.datasource.write.recordkey.field", "primarykey",
                                       "primaryKey", "hoodie.table.recordkey.fields"}));
}

std::vector<std::string> asked_partitions(const WriteRequest& request) {
  if (!request.partition_columns.empty()) return request.partition_columns;
  return split_fields(option(request, {"hoodie.datasource.write.partitionpath.field"}));
}

std::string asked_precombine(const WriteRequest& request) {
  return option(request, {"hoodie.datasource.write.precombine.field", "precombinefield",
                          "preCombineField", "hoodie.table.precombine.field"});
}

Operation choose_operation(const WriteRequest& request, bool has_keys) {
  switch (request.mode) {
    case WriteMode::kOverwrite:
    case WriteMode::kReplace:
      return Operation::kInsertOverwriteTable;
    case WriteMode::kOverwritePartitions:
      return Operation::kInsertOverwrite;
    case WriteMode::kCreate:
    case WriteMode::kAppend:
      break;
  }
  const std::string name = option(request, {"hoodie.datasource.write.operation"});
  if (name.empty()) {
    // Spark's DataFrameWriter upserts where there is a key; SQL statements insert.
    if (request.operation == "WRITE" && has_keys) return Operation::kUpsert;
    return Operation::kBulkInsert;
  }
  for (const auto& [known, operation] : kOperations) {
    if (same_name(known, name)) return operation;
  }
  throw core::unsupported(fmt::format("the Hudi write operation {}", name));
}

std::string join_names(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ","));
}

TableConfig new_config(const WriteRequest& request, const WritePlan& plan) {
  const size_t dot = request.table_name.find('.');
  TableConfig config;
  config["hoodie.table.name"] = plan.table_name;
  if (dot != std::string::npos) {
    config["hoodie.database.name"] = request.table_name.substr(0, dot);
  }
  config["hoodie.table.version"] = fmt::to_string(kTableVersion);
  config["hoodie.table.type"] = "COPY_ON_WRITE";
  config["hoodie.timeline.layout.version"] = "1";
  config["hoodie.table.base.file.format"] = "PARQUET";
  config["hoodie.table.timeline.timezone"] = "UTC";
  config["hoodie.archivelog.folder"] = "archived";
  config["hoodie.populate.meta.fields"] = "true";
  config["hoodie.partition.metafile.use.base.format"] = "false";
  config["hoodie.datasource.write.drop.partition.columns"] = "false";
  config["hoodie.datasource.write.hive_style_partitioning"] =
      plan.style.naming == PartitionStyle::Naming::kHive ? "true" : "false";
  config["hoodie.datasource.write.partitionpath.urlencode"] =
      plan.style.escaping == PartitionStyle::Escaping::kUrl ? "true" : "false";
  if (!plan.record_keys.empty()) {
    config["hoodie.table.recordkey.fields"] = join_names(plan.record_keys);
  }
  if (!plan.partition_fields.empty()) {
    config["hoodie.table.partition.fields"] = join_names(plan.partition_fields);
  }
  if (!plan.precombine.empty()) config["hoodie.table.precombine.field"] = plan.precombine;
  const bool is_simple = plan.record_keys.size() <= 1 && plan.partition_fields.size() == 1;
  config["hoodie.table.keygenerator.class"] =
      std::string("org.apache.hudi.keygen.") + (plan.partition_fields.empty()
                                                    ? "NonpartitionedKeyGenerator"
                                                : is_simple ? "SimpleKeyGenerator"
                                                            : "ComplexKeyGenerator");
  config["hoodie.table.create.schema"] = print_avro_schema(plan.schema, plan.table_name);
  config["hoodie.table.checksum"] = table_checksum(config);
  return config;
}

/// Writes the names as the schema spells them.
void spell_names(std::vector<std::string>& names, const types::Schema& schema) {
  for (std::string& name : names) {
    const auto column = find_column(schema, name);
    if (!column) {
      throw core::plain_error(
          core::ErrorClass::kIllegalArgument,
          fmt::format("The Hudi key or partition field {} is no column.", name));
    }
    name = schema[*column].name;
  }
}

types::Schema without_meta_columns(const types::Schema& schema) {
  types::Schema kept;
  for (const types::StructField& column : schema) {
    if (!is_meta_column(column.name)) kept.push_back(column);
  }
  return kept;
}

types::Schema new_schema(const WriteRequest& request) {
  types::Schema schema = without_meta_columns(request.schema);
  if (!request.query.empty()) {
    for (types::StructField& column : schema) {
      column.nullable = true;
      column.type = column.type.as_nullable();
    }
  }
  return avro_storable(schema);
}

void plan_new_table(const WriteRequest& request, WritePlan& plan) {
  plan.creates = true;
  plan.schema = new_schema(request);
  plan.record_keys = asked_record_keys(request);
  plan.partition_fields = asked_partitions(request);
  plan.precombine = asked_precombine(request);
  spell_names(plan.record_keys, plan.schema);
  spell_names(plan.partition_fields, plan.schema);
  plan.table_name = option(request, {"hoodie.table.name"});
  if (plan.table_name.empty()) {
    const size_t dot = request.table_name.rfind('.');
    plan.table_name = request.table_name.empty()
                          ? std::filesystem::path(request.location).filename().string()
                          : request.table_name.substr(dot == std::string::npos ? 0 : dot + 1);
  }
  if (option(request, {"hoodie.datasource.write.hive_style_partitioning"}) == "false") {
    plan.style.naming = PartitionStyle::Naming::kPlain;
  }
  if (option(request, {"hoodie.datasource.write.partitionpath.urlencode"}) == "false") {
    plan.style.escaping = PartitionStyle::Escaping::kNone;
  }
  const std::string type = option(request, {"hoodie.datasource.write.table.type", "type"});
  if (!type.empty() && !same_name(type, "COPY_ON_WRITE") && !same_name(type, "cow")) {
    throw core::unsupported(fmt::format("Hudi tables of type {}", type));
  }
  plan.config = new_config(request, plan);
}

void check_same_fields(const std::vector<std::string>& asked, const std::vector<std::string>& held,
                       std::string_view what) {
  if (asked.empty() ||
      std::equal(asked.begin(), asked.end(), held.begin(), held.end(), same_name)) {
    return;
  }
  throw core::plain_error(core::ErrorClass::kSpark,
                          fmt::format("Config conflict: the Hudi table's {} fields are {}, not {}.",
                                      what, join_names(held), join_names(asked)));
}

void plan_existing_table(const Environment& environment, const WriteRequest& request,
                         WritePlan& plan) {
  plan.before = read_table(*environment.store, request.location, SnapshotSelector::latest());
  plan.config = plan.before.config;
  make_snapshot(plan.before, request.location);  // refuses what we cannot read back
  plan.table_name = value_of(plan.config, "hoodie.table.name");
  plan.record_keys = split_fields(value_of(plan.config, "hoodie.table.recordkey.fields"));
  plan.partition_fields = split_fields(value_of(plan.config, "hoodie.table.partition.fields"));
  plan.precombine = value_of(plan.config, "hoodie.table.precombine.field");
  check_same_fields(asked_record_keys(request), plan.record_keys, "record key");
  check_same_fields(asked_partitions(request), plan.partition_fields, "partition");
  if (value_of(plan.config, "hoodie.datasource.write.hive_style_partitioning") != "true") {
    plan.style.naming = PartitionStyle::Naming::kPlain;
  }
  if (value_of(plan.config, "hoodie.datasource.write.partitionpath.urlencode") != "true") {
    plan.style.escaping = PartitionStyle::Escaping::kNone;
  }
  if (!value_of(plan.config, "hoodie.table.metadata.partitions").empty()) {
    throw core::unsupported("writing to a Hudi table whose metadata table is on");
  }
  if (request.mode == WriteMode::kReplace || request.mode == WriteMode::kOverwrite) {
    plan.schema = new_schema(request);
    return;
  }
  const SchemaChange change =
      fit_schema(plan.before.schema, avro_storable(without_meta_columns(request.schema)), true);
  plan.schema = avro_storable(change.schema);
}

/// Now, but later than everything in the timeline.
std::string next_instant(const TableState& before) {
  const int64_t now = std::chrono::duration_cast<std::chrono::microseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count();
  const int64_t last = parse_instant(before.newest_instant).value_or(0);
  return format_instant(std::max(now, last + 1000));
}

}  // namespace

std::string WritePlan::action() const {
  switch (operation) {
    case Operation::kInsertOverwrite:
    case Operation::kInsertOverwriteTable:
      return "replacecommit";
    case Operation::kBulkInsert:
    case Operation::kInsert:
    case Operation::kUpsert:
      return "commit";
  }
  return {};
}

std::string WritePlan::operation_name() const {
  switch (operation) {
    case Operation::kInsertOverwrite:
      return "INSERT_OVERWRITE";
    case Operation::kInsertOverwriteTable:
      return "INSERT_OVERWRITE_TABLE";
    case Operation::kBulkInsert:
      return "BULK_INSERT";
    case Operation::kInsert:
      return "INSERT";
    case Operation::kUpsert:
      return "UPSERT";
  }
  return {};
}

WritePlan plan_write(const Environment& environment, const WriteRequest& request) {
  check_storable(request.schema, "Hudi");
  WritePlan plan;
  if (is_table(*environment.store, request.location)) {
    if (request.mode == WriteMode::kCreate) {
      throw core::plain_error(core::ErrorClass::kAnalysis,
                              fmt::format("hoodie table at {} already exists.", request.location));
    }
    plan_existing_table(environment, request, plan);
  } else {
    plan_new_table(request, plan);
  }
  plan.operation = choose_operation(request, !plan.record_keys.empty());
  if (plan.creates && plan.action() != "commit") plan.operation = Operation::kBulkInsert;
  if (plan.operation == Operation::kUpsert && plan.record_keys.empty()) {
    plan.operation = Operation::kInsert;  // what Hudi does without a key
  }
  if (const std::string codec =
          option(request, {"compression", "hoodie.parquet.compression.codec"});
      !codec.empty()) {
    plan.compression = codec;
  }
  plan.instant = next_instant(plan.before);
  return plan;
}

}  // namespace grebe::lakehouse::hudi
