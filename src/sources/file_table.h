// Paths, a format and options → a pinned list of files with its schema: Spark's file sources.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/database.h"
#include "resolved/relation.h"
#include "types/data_type.h"

namespace grebe::sources {

/// Options with keys in lower case.
using Options = std::map<std::string, std::string>;

/// What opening files depends on besides the request.
struct SourceContext {
  /// Reads footers and samples.
  engine::Connection& connection;
  /// Directory that relative paths start from.
  std::string base_directory;
  bool case_sensitive = false;
  /// spark.sql.sources.partitionColumnTypeInference.enabled.
  bool infer_partition_types = true;
  /// spark.sql.parquet.mergeSchema.
  bool merge_schema = false;
  /// spark.sql.session.timeZone.
  std::string time_zone = "UTC";
  /// Column that keeps malformed records (spark.sql.columnNameOfCorruptRecord).
  std::string corrupt_record_column = "_corrupt_record";
};

/// What is asked for.
struct FileRequest {
  /// parquet, csv, json or text, in any case.
  std::string format;
  /// May hold globs; `file:` URIs are accepted.
  std::vector<std::string> paths;
  std::optional<types::Schema> user_schema;
  /// As given; a `path` or `paths` option must already stand in `paths`.
  Options options;
  /// Partition columns that a catalog knows; absent: found in directory names.
  std::optional<types::Schema> partition_schema;
  /// True for tables whose directory may hold nothing yet.
  bool allow_empty = false;
};

/// Files that are read together.
struct FileTable {
  resolved::ScanFormat format = resolved::ScanFormat::kParquet;
  /// Columns of the files, all nullable, without partition columns.
  types::Schema schema;
  types::Schema partition_schema;
  /// Sorted by path; partition values in the order of `partition_schema`.
  std::vector<resolved::ScanFile> files;
  /// Options in force, for resolved::FileScan.
  Options options;
};

/// Tells whether the name is one of this folder's formats.
bool is_file_format(std::string_view format);

/// Lists, discovers partitions, infers the schema. Throws PATH_NOT_FOUND, UNABLE_TO_INFER_SCHEMA …
FileTable open_files(const FileRequest& request, const SourceContext& context);

/// Columns in the order a reader shows them: data columns, then partition columns (a data column of
/// a partition column's name keeps its place with the partition's type).
types::Schema full_schema(const FileTable& table, bool case_sensitive);

/// `file:` URI or relative path → absolute path without trailing slash; globs stay.
std::string absolute_path(std::string_view path, const std::string& base_directory);

/// Paths as Spark names them: `file:/a/b`.
std::string path_uri(std::string_view absolute_path);

}  // namespace grebe::sources
