// A pinned list of files, or a table an extension scans → a table expression with columns c<id>.
#include <map>

#include "core/spark_error.h"
#include "emit/emitter.h"
#include "types/carrier.h"

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

std::string partition_key(const resolved::ScanFile& file, const resolved::FileScan& node) {
  std::string key;
  for (size_t i = 0; i < file.partition_values.size(); ++i) {
    key += emit_literal(file.partition_values[i], node.partition_columns[i].type) + "|";
  }
  return key;
}

std::string select_columns(const std::vector<resolved::ScanColumn>& columns,
                           const std::string& table) {
  std::string list;
  for (const auto& column : columns) {
    if (column.source_name.empty()) {  // No file has the column.
      list += (list.empty() ? "" : ", ") +
              ("CAST(NULL AS " + types::carrier_type(column.attribute.type) + ") AS ") +
              column_name(column.attribute.id);
      continue;
    }
    const auto source = table + "." + types::quote_duckdb_identifier(column.source_name);
    list += (list.empty() ? "" : ", ") + to_carrier(source, column.attribute.type) + " AS " +
            column_name(column.attribute.id);
  }
  return list;
}

}  // namespace

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

Block Emitter::file_scan(const resolved::FileScan& node) {
  std::vector<resolved::Attribute> output;
  for (const auto& column : node.columns) output.push_back(column.attribute);
  for (const auto& column : node.partition_columns) output.push_back(column);
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
  const std::string arguments =
      std::string(", hive_partitioning = false") + (merge ? ", union_by_name = true" : "");
  std::map<std::string, std::vector<const resolved::ScanFile*>> partitions;
  for (const auto& file : node.files) partitions[partition_key(file, node)].push_back(&file);
  if (partitions.size() <= options_.max_partition_branches) {
    std::string sql;
    for (const auto& [key, files] : partitions) {
      const auto source = next_alias();
      std::string list = select_columns(node.columns, source);
      for (size_t i = 0; i < node.partition_columns.size(); ++i) {
        list += (list.empty() ? "" : ", ") +
                emit_literal(files.front()->partition_values[i], node.partition_columns[i].type) +
                " AS " + column_name(node.partition_columns[i].id);
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
    rows += ")";
  }
  const auto source = next_alias();
  const auto places = next_alias();
  std::string names = "partition_file";
  std::string list = select_columns(node.columns, source);
  for (const auto& column : node.partition_columns) {
    names += ", " + column_name(column.id);
    list += (list.empty() ? "" : ", ") + places + "." + column_name(column.id);
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
