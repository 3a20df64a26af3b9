// CSV, JSON and text files → a SELECT with columns c<id>, parsed as Spark's readers do.
//
// Files are read as lines (or whole texts with multiLine), split or checked by native kernels, and
// each field is converted on its own: what does not fit is null and makes the record malformed.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "core/spark_error.h"
#include "emit/emitter.h"
#include "emit/record_values.h"
#include "types/carrier.h"

namespace grebe::emit {
namespace {

using resolved::FileScan;
using resolved::ScanFile;
using resolved::ScanFormat;
using types::TypeKind;

bool is_on(const ReaderOptions& options, const std::string& key) {
  std::string value = reader_option(options, key, "false");
  std::transform(value.begin(), value.end(), value.begin(), ::tolower);
  return value == "true";
}

std::string upper_option(const ReaderOptions& options, const std::string& key,
                         const std::string& otherwise) {
  std::string value = reader_option(options, key, otherwise);
  std::transform(value.begin(), value.end(), value.begin(), ::toupper);
  return value;
}

std::string quoted_option(const ReaderOptions& options, const std::string& key) {
  return types::quote_duckdb_string(reader_option(options, key, ""));
}

/// `SELECT … AS line FROM` the files.
std::string lines_of(const std::vector<const ScanFile*>& files, const FileScan& node) {
  std::string list;
  for (const auto* file : files) {
    list += (list.empty() ? "" : ", ") + types::quote_duckdb_string(file->path);
  }
  const auto& options = node.options;
  const bool header = node.format == ScanFormat::kCsv && is_on(options, "header");
  if (is_on(options, "multiline") && node.format != ScanFormat::kText) {
    if (node.format == ScanFormat::kJson) {
      return fmt::format("SELECT content AS line FROM read_text([{}])", list);
    }
    return fmt::format(
        "SELECT unnest(grebe_csv_records(content, {}){}) AS line FROM read_text([{}])",
        quoted_option(options, "__dialect"), header ? "[2:]" : "", list);
  }
  if (node.format == ScanFormat::kText && is_on(options, "wholetext")) {
    return fmt::format("SELECT content AS line FROM read_text([{}])", list);
  }
  if (const std::string separator = reader_option(options, "linesep", "\n"); separator != "\n") {
    // What follows the last separator is a record only if there is something.
    const std::string rows = fmt::format(
        "SELECT unnest(CASE WHEN content = '' THEN [] WHEN suffix(content, {0}) THEN "
        "string_split(content, {0})[:-2] ELSE string_split(content, {0}) END{1}) AS line FROM "
        "read_text([{2}])",
        types::quote_duckdb_string(separator), header ? "[2:]" : "", list);
    const std::string mark = reader_option(options, "comment", "");
    if (node.format != ScanFormat::kCsv || mark.empty()) return rows;
    return fmt::format("SELECT line FROM ({}) WHERE NOT starts_with(line, {})", rows,
                       types::quote_duckdb_string(mark));
  }
  std::string comment;
  if (node.format == ScanFormat::kCsv && !reader_option(options, "comment", "").empty()) {
    comment = ", comment = " + quoted_option(options, "comment");
  }
  return fmt::format(
      "SELECT l AS line FROM read_csv([{}], columns = {{'l': 'VARCHAR'}}, auto_detect = false, "
      "header = {}, delim = chr(1), quote = '', escape = '', strict_mode = false, "
      "hive_partitioning = false, max_line_size = 67108864{})",
      list, header ? "true" : "false", comment);
}

/// One column that the query asks for.
struct Field {
  std::string sql;
  /// Non-null text that gives a null value marks the record; empty for columns that cannot fail.
  std::string failed;
};

struct Records {
  /// `SELECT line, <parsed> FROM …`.
  std::string source;
  std::vector<Field> fields;
  /// A condition on the whole record; empty for none.
  std::string malformed;
};

std::string corrupt_column(const FileScan& node) {
  return reader_option(node.options, "columnnameofcorruptrecord", "_corrupt_record");
}

Records csv_records(const std::string& lines, const FileScan& node) {
  const auto file_schema =
      types::parse_json_type(reader_option(node.options, "__schema", "")).fields();
  const std::string corrupt = corrupt_column(node);
  std::map<std::string, size_t> positions;
  size_t width = 0;
  for (const auto& field : file_schema) {
    if (field.name != corrupt) positions[field.name] = ++width;
  }
  Records out;
  out.source = fmt::format(
      "SELECT line, grebe_csv_split(line, {}) AS t FROM ({}) WHERE line IS NOT NULL AND "
      "trim(line) <> ''",
      quoted_option(node.options, "__dialect"), lines);
  size_t asked = 0;
  for (const auto& column : node.columns) {
    const auto position = positions.find(column.source_name);
    if (position == positions.end()) {
      out.fields.push_back({});
      continue;
    }
    ++asked;
    const std::string cell = fmt::format("t[{}]", position->second);
    const std::string text = fmt::format("nullif(CASE WHEN {0} = '' THEN {1} ELSE {0} END, {2})",
                                         cell, quoted_option(node.options, "emptyvalue"),
                                         quoted_option(node.options, "nullvalue"));
    Field field{csv_value(text, column.attribute.type, node.options), {}};
    if (!column.attribute.type.is_string_like()) {
      field.failed = fmt::format("({} IS NOT NULL AND {} IS NULL)", text, field.sql);
    }
    out.fields.push_back(std::move(field));
  }
  // A query for some columns never looks at the number of fields.
  if (asked == width) out.malformed = fmt::format("len(t) <> {}", width);
  return out;
}

Records json_records(const std::string& lines, const FileScan& node) {
  Records out;
  // A line that is nothing but a comment is no record.
  const bool skips_comments =
      is_on(node.options, "allowcomments") && !is_on(node.options, "multiline");
  out.source = fmt::format(
      "SELECT line, j, json_type(j) IS DISTINCT FROM 'OBJECT' AS bad FROM (SELECT line, "
      "unnest(grebe_json_records(line, {})) AS j FROM ({}) WHERE line IS NOT NULL AND "
      "trim(line) <> ''{})",
      quoted_option(node.options, "__leniency"), lines,
      skips_comments ? " AND NOT starts_with(ltrim(line), '//')" : "");
  const std::string corrupt = corrupt_column(node);
  for (const auto& column : node.columns) {
    if (column.source_name == corrupt) {
      out.fields.push_back({});
      continue;
    }
    const auto value = json_value("j", column.source_name, column.attribute.type, node.options);
    Field field{fmt::format("CASE WHEN NOT bad THEN {} END", value), {}};
    if (!column.attribute.type.is_string_like()) {
      field.failed = fmt::format(
          "(NOT bad AND json_type(j, {0}) IS NOT NULL AND json_type(j, {0}) <> 'NULL' AND {1} IS "
          "NULL)",
          json_path(column.source_name), value);
    }
    out.fields.push_back(std::move(field));
  }
  out.malformed = "bad";
  return out;
}

Records text_records(const std::string& lines, const FileScan& node) {
  Records out;
  out.source = lines;
  for (const auto& column : node.columns) {
    // The one column holds the line whatever the schema calls it.
    const bool is_line = &column == &node.columns.front();
    out.fields.push_back({is_line ? "coalesce(line, '')" : "NULL", {}});
  }
  return out;
}

std::string malformed_condition(const Records& records) {
  std::string condition = records.malformed;
  for (const auto& field : records.fields) {
    if (!field.failed.empty()) condition += (condition.empty() ? "" : " OR ") + field.failed;
  }
  return condition.empty() ? "false" : condition;
}

/// `[null,y]`: the row as far as it was parsed, for FAILFAST's message.
std::string partial_row(const Records& records) {
  std::string cells;
  for (const auto& field : records.fields) {
    if (field.sql.empty()) continue;
    cells += fmt::format("{}coalesce(CAST({} AS VARCHAR), 'null')", cells.empty() ? "" : ", ',', ",
                         field.sql);
  }
  return cells.empty() ? "'[]'" : "concat('[', " + cells + ", ']')";
}

std::string select_group(const std::vector<const ScanFile*>& files, const FileScan& node) {
  const std::string lines = lines_of(files, node);
  const Records records = node.format == ScanFormat::kCsv    ? csv_records(lines, node)
                          : node.format == ScanFormat::kJson ? json_records(lines, node)
                                                             : text_records(lines, node);
  const std::string malformed = malformed_condition(records);
  std::string list;
  for (size_t i = 0; i < node.columns.size(); ++i) {
    const auto& column = node.columns[i];
    std::string sql = records.fields[i].sql;
    if (sql.empty()) {
      sql = column.source_name == corrupt_column(node) && node.format != ScanFormat::kText
                ? fmt::format("CASE WHEN {} THEN line END", malformed)
                : fmt::format("CAST(NULL AS {})", types::carrier_type(column.attribute.type));
    }
    list +=
        fmt::format("{}{} AS {}", list.empty() ? "" : ", ", sql, column_name(column.attribute.id));
  }
  for (size_t i = 0; i < node.partition_columns.size(); ++i) {
    const auto& column = node.partition_columns[i];
    list += fmt::format("{}{} AS {}", list.empty() ? "" : ", ",
                        emit_literal(files.front()->partition_values[i], column.type),
                        column_name(column.id));
  }
  if (node.file_metadata) {
    list += fmt::format("{}{} AS {}", list.empty() ? "" : ", ",
                        file_metadata_value(*files.front(), *node.file_metadata, "0"),
                        column_name(node.file_metadata->id));
  }
  if (list.empty()) list = "1 AS nothing";
  const std::string mode = upper_option(node.options, "mode", "PERMISSIVE");
  std::string filter;
  if (node.format != ScanFormat::kText && mode == "DROPMALFORMED") {
    filter = fmt::format(" WHERE NOT ({})", malformed);
  } else if (node.format != ScanFormat::kText && mode == "FAILFAST") {
    filter = fmt::format(" WHERE CASE WHEN {} THEN grebe_raise_malformed_record({}) ELSE true END",
                         malformed, partial_row(records));
  }
  return fmt::format("SELECT {} FROM ({}){}", list, records.source, filter);
}

}  // namespace

std::string emit_text_scan(const resolved::FileScan& node) {
  std::map<std::string, std::vector<const ScanFile*>> groups;
  for (const auto& file : node.files) groups[partition_key(file, node)].push_back(&file);
  std::string sql;
  for (const auto& [key, files] : groups) {
    sql += (sql.empty() ? "" : " UNION ALL ") + select_group(files, node);
  }
  return sql;
}

}  // namespace grebe::emit
