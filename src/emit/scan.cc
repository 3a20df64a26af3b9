// A pinned list of files, or a table an extension scans → a table expression with columns c<id>.
#include <algorithm>
#include <map>

#include "core/file_uri.h"
#include "core/spark_error.h"
#include "emit/emitter.h"
#include "types/carrier.h"
#include "types/coercion.h"

namespace grebe::emit {
namespace {

using types::DataType;
using types::TypeKind;

bool needs_carrier(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kStruct:
    case TypeKind::kTimestamp:
      return true;
    case TypeKind::kArray:
      return needs_carrier(type.element());
    case TypeKind::kMap:
      return needs_carrier(type.key()) || needs_carrier(type.value());
    default:
      return false;
  }
}

std::string file_list(const std::vector<const resolved::ScanFile*>& files) {
  std::string out = "[";
  for (size_t i = 0; i < files.size(); ++i) {
    out += (i == 0 ? "" : ", ") + types::quote_duckdb_string(files[i]->path);
  }
  return out + "]";
}

/// What the file holds where that is not simply the table's columns (sources::open_files says so).
std::string own_columns(const resolved::ScanFile& file, const resolved::FileScan& node) {
  const auto found = node.options.find("__columns:" + file.path);
  return found == node.options.end() ? std::string() : found->second;
}

bool same_name(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return ::tolower(x) == ::tolower(y); });
}

/// A column of a file whose type is another one than the table's.
std::string converted(const std::string& source, const DataType& stored,
                      const resolved::ScanColumn& column, const std::string& path) {
  const DataType& wanted = column.attribute.type;
  if (wanted.is_nested() || stored.is_nested()) {
    if (stored.same_type(wanted)) return to_carrier(source, wanted);
    throw core::unsupported("the nested column " + column.source_name +
                            " whose files differ in their fields");
  }
  const bool is_interval = wanted.is_ansi_interval() && stored.is_integral();
  if (!is_interval && !types::can_up_cast(stored, wanted)) {
    throw core::make_error(core::ErrorClass::kSpark, "_LEGACY_ERROR_TEMP_2063",
                           {{"filePath", "file://" + path},
                            {"column", "[" + column.source_name + "]"},
                            {"logicalType", wanted.simple_string()},
                            {"physicalType", stored.simple_string()}});
  }
  return "CAST(" + source + " AS " + types::carrier_type(wanted) + ")";
}

/// `own` is the JSON of the files' columns, empty when they are the table's.
std::string select_columns(const std::vector<resolved::ScanColumn>& columns,
                           const std::string& table, const std::string& own = {},
                           const std::string& path = {},
                           const std::map<std::string, std::string>& options = {}) {
  const types::Schema stored = own.empty() ? types::Schema{} : types::parse_json_type(own).fields();
  std::string list;
  for (const auto& column : columns) {
    const auto source = table + "." + types::quote_duckdb_identifier(column.source_name);
    const auto given = options.find("__default:" + column.attribute.name);
    std::string value = "CAST(" + (given == options.end() ? "NULL" : given->second) + " AS " +
                        types::carrier_type(column.attribute.type) + ")";
    if (own.empty() && !column.source_name.empty()) {
      value = to_carrier(source, column.attribute.type);
    }
    for (const auto& field : stored) {
      if (same_name(field.name, column.source_name)) {
        value = converted(source, field.type, column, path);
      }
    }
    list += (list.empty() ? "" : ", ") + value + " AS " + column_name(column.attribute.id);
  }
  return list;
}

}  // namespace

std::string partition_key(const resolved::ScanFile& file, const resolved::FileScan& node) {
  std::string key = node.file_metadata ? file.path + "|" : "";
  for (size_t i = 0; i < file.partition_values.size(); ++i) {
    key += emit_literal(file.partition_values[i], node.partition_columns[i].type) + "|";
  }
  return key;
}

std::string file_metadata_value(const resolved::ScanFile& file, const resolved::Attribute& metadata,
                                const std::string& row_index) {
  const size_t slash = file.path.rfind('/');
  const std::string name = slash == std::string::npos ? file.path : file.path.substr(slash + 1);
  const auto text = [](const std::string& value) { return types::quote_duckdb_string(value); };
  const std::string time = emit_literal(types::Value{file.modified}, DataType::timestamp());
  const std::string size = "CAST(" + std::to_string(file.size) + " AS BIGINT)";
  const bool has_row_index = metadata.type.fields().size() > 6;
  return "{'f0': " + text("file:" + core::uri_path(file.path)) + ", 'f1': " + text(name) +
         ", 'f2': " + size + ", 'f3': CAST(0 AS BIGINT), 'f4': " + size + ", 'f5': " + time +
         (has_row_index ? ", 'f6': " + row_index : "") + "}";
}

std::string to_carrier(const std::string& sql, const DataType& type) {
  if (!needs_carrier(type)) return sql;
  switch (type.kind()) {
    case TypeKind::kTimestamp:
      return "CAST(" + sql + " AS TIMESTAMP)";
    case TypeKind::kStruct: {
      std::string fields;
      for (size_t i = 0; i < type.fields().size(); ++i) {
        const auto& field = type.fields()[i];
        fields += (i == 0 ? "'f" : ", 'f") + std::to_string(i) + "': " +
                  to_carrier(
                      "struct_extract(" + sql + ", " + types::quote_duckdb_string(field.name) + ")",
                      field.type);
      }
      return "CASE WHEN " + sql + " IS NULL THEN NULL ELSE {" + fields + "} END";
    }
    case TypeKind::kArray:
      return "list_transform(" + sql + ", lambda e: " + to_carrier("e", type.element()) + ")";
    case TypeKind::kMap:
      return "CASE WHEN " + sql + " IS NULL THEN NULL ELSE MAP(list_transform(map_keys(" + sql +
             "), lambda k: " + to_carrier("k", type.key()) + "), list_transform(map_values(" + sql +
             "), lambda v: " + to_carrier("v", type.value()) + ")) END";
    default:
      return sql;
  }
}

Block Emitter::file_scan(const resolved::FileScan& as_listed) {
  // Spark reads the largest files first (FilePartition.getFilePartitions).
  resolved::FileScan node = as_listed;
  std::stable_sort(node.files.begin(), node.files.end(),
                   [](const auto& a, const auto& b) { return a.size > b.size; });
  std::vector<resolved::Attribute> output;
  for (const auto& column : node.columns) output.push_back(column.attribute);
  for (const auto& column : node.partition_columns) output.push_back(column);
  if (node.file_metadata) output.push_back(*node.file_metadata);
  if (node.files.empty()) {
    resolved::Values nothing;
    nothing.output = output;
    return values(nothing);
  }
  Block block;
  if (node.format != resolved::ScanFormat::kParquet) {
    block.from = "(" + emit_text_scan(node) + ") AS " + next_alias();
    return block;
  }
  const bool merge = node.options.count("mergeschema") && node.options.at("mergeschema") == "true";
  const std::string arguments = std::string(", hive_partitioning = false") +
                                (merge ? ", union_by_name = true" : "") +
                                (node.file_metadata ? ", file_row_number = true" : "");
  std::map<std::string, std::vector<const resolved::ScanFile*>> partitions;
  bool differ = false;
  for (const auto& file : node.files) {
    const std::string own = own_columns(file, node);
    differ = differ || !own.empty();
    partitions[partition_key(file, node) + own].push_back(&file);
  }
  if (differ || partitions.size() <= options_.max_partition_branches) {
    std::string sql;
    for (const auto& [key, files] : partitions) {
      const auto source = next_alias();
      std::string list = select_columns(node.columns, source, own_columns(*files.front(), node),
                                        files.front()->path, node.options);
      for (size_t i = 0; i < node.partition_columns.size(); ++i) {
        list += (list.empty() ? "" : ", ") +
                emit_literal(files.front()->partition_values[i], node.partition_columns[i].type) +
                " AS " + column_name(node.partition_columns[i].id);
      }
      if (node.file_metadata) {
        list +=
            (list.empty() ? "" : ", ") +
            file_metadata_value(*files.front(), *node.file_metadata, source + ".file_row_number") +
            " AS " + column_name(node.file_metadata->id);
      }
      if (list.empty()) list = "1 AS nothing";
      sql += (sql.empty() ? "SELECT " : " UNION ALL SELECT ") + list + " FROM read_parquet(" +
             file_list(files) + arguments + ") AS " + source;
    }
    block.from = "(" + sql + ") AS " + next_alias();
    return block;
  }
  // Many partitions: one scan, joined with each file's values.
  std::vector<const resolved::ScanFile*> files;
  std::string rows;
  for (const auto& file : node.files) {
    files.push_back(&file);
    rows += (rows.empty() ? "(" : ", (") + types::quote_duckdb_string(file.path);
    for (size_t i = 0; i < node.partition_columns.size(); ++i) {
      rows += ", " + emit_literal(file.partition_values[i], node.partition_columns[i].type);
    }
    if (node.file_metadata) {
      rows += ", " + file_metadata_value(file, *node.file_metadata, "CAST(0 AS BIGINT)");
    }
    rows += ")";
  }
  const auto source = next_alias();
  const auto places = next_alias();
  std::string names = "partition_file";
  std::string list = select_columns(node.columns, source, {}, {}, node.options);
  for (const auto& column : node.partition_columns) {
    names += ", " + column_name(column.id);
    list += (list.empty() ? "" : ", ") + places + "." + column_name(column.id);
  }
  if (node.file_metadata) {
    const std::string column = column_name(node.file_metadata->id);
    names += ", " + column;
    list += (list.empty() ? "" : ", ") + std::string("struct_update(") + places + "." + column +
            ", f6 := " + source + ".file_row_number) AS " + column;
  }
  block.from = "(SELECT " + list + " FROM read_parquet(" + file_list(files) + arguments +
               ", filename = 'partition_file') AS " + source + " JOIN (VALUES " + rows + ") AS " +
               places + "(" + names + ") USING (partition_file)) AS " + next_alias();
  return block;
}

Block Emitter::extension_scan(const resolved::ExtensionScan& node) {
  const auto source = next_alias();
  std::string call;
  if (node.extension == "delta") {
    extensions_.insert("delta");
    call = "delta_scan(" + types::quote_duckdb_string(node.location) +
           (node.snapshot ? ", version = " + std::to_string(*node.snapshot) : "") + ")";
  } else if (node.extension == "iceberg") {
    extensions_.insert("avro");
    extensions_.insert("iceberg");
    call = "iceberg_scan(" + types::quote_duckdb_string(node.location) +
           (node.snapshot ? ", snapshot_from_id = " + std::to_string(*node.snapshot) : "") + ")";
  } else {
    throw core::internal_error("unknown scanning extension " + node.extension);
  }
  std::string list = select_columns(node.columns, source);
  if (list.empty()) list = "1 AS nothing";
  Block block;
  block.from = "(SELECT " + list + " FROM " + call + " AS " + source + ") AS " + next_alias();
  return block;
}

}  // namespace grebe::emit
