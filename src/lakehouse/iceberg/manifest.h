// Data files → a manifest, manifests → a manifest list (Iceberg format version 2), and back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lakehouse/iceberg/partition.h"
#include "lakehouse/iceberg/schema.h"
#include "lakehouse/table/data_files.h"
#include "lakehouse/table/table_format.h"

namespace grebe::lakehouse::iceberg {

/// What a manifest says besides its files.
struct ManifestContext {
  Json schema;
  Json spec;
  std::vector<PartitionField> partition_fields;
  int64_t snapshot_id = 0;
};

/// A manifest of added data files; their sequence number is inherited.
std::string write_manifest(const ManifestContext& context, const std::vector<DataFile>& files);

/// One entry of a manifest list.
struct ManifestFile {
  std::string path;
  int64_t length = 0;
  int32_t spec_id = 0;
  /// 0 data, 1 deletes.
  int32_t content = 0;
  int64_t sequence_number = 0;
  int64_t min_sequence_number = 0;
  int64_t added_snapshot_id = 0;
  int32_t added_files = 0;
  int32_t existing_files = 0;
  int32_t deleted_files = 0;
  int64_t added_rows = 0;
  int64_t existing_rows = 0;
  int64_t deleted_rows = 0;
  struct PartitionSummary {
    bool contains_null = false;
    std::optional<bool> contains_nan = {};
    std::optional<std::string> lower_bound = {};
    std::optional<std::string> upper_bound = {};
  };
  std::optional<std::vector<PartitionSummary>> partitions = {};
  std::optional<std::string> key_metadata = {};
};

std::string write_manifest_list(const std::vector<ManifestFile>& manifests, int64_t snapshot_id,
                                std::optional<int64_t> parent_id, int64_t sequence_number);

/// Reads a manifest list that any writer made, through DuckDB's avro extension.
std::vector<ManifestFile> read_manifest_list(engine::Connection& connection,
                                             const std::string& path);

}  // namespace grebe::lakehouse::iceberg
