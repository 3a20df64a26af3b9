// Paths, format and options → FileTable.
#include "sources/file_table.h"

#include <algorithm>
#include <utility>

#include "core/spark_error.h"
#include "sources/listing.h"
#include "sources/partition.h"
#include "sources/record_options.h"
#include "sources/registered_partitions.h"
#include "sources/schema_inference.h"
#include "sources/text_values.h"

namespace grebe::sources {
namespace {

using resolved::ScanFormat;

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), ::tolower);
  return out;
}

std::optional<ScanFormat> scan_format(std::string_view name) {
  const std::string lowered = lower_case(name);
  if (lowered == "parquet") return ScanFormat::kParquet;
  if (lowered == "csv") return ScanFormat::kCsv;
  if (lowered == "json") return ScanFormat::kJson;
  if (lowered == "text") return ScanFormat::kText;
  return std::nullopt;
}

std::string printed_format(ScanFormat format) {
  switch (format) {
    case ScanFormat::kParquet:
      return "Parquet";
    case ScanFormat::kCsv:
      return "CSV";
    case ScanFormat::kJson:
      return "JSON";
    case ScanFormat::kText:
      return "Text";
  }
  return {};
}

bool same_name(const std::string& a, const std::string& b, bool case_sensitive) {
  return case_sensitive ? a == b : lower_case(a) == lower_case(b);
}

bool is_on(const Options& options, const std::string& key, bool otherwise) {
  const auto found = options.find(key);
  return found == options.end() ? otherwise : lower_case(found->second) == "true";
}

types::Schema infer_schema(ScanFormat format, const std::vector<resolved::ScanFile>& files,
                           const Options& options, const SourceContext& context) {
  std::vector<std::string> paths;
  for (const auto& file : files) paths.push_back(file.path);
  switch (format) {
    case ScanFormat::kParquet:
      if (is_on(options, "mergeschema", context.merge_schema)) {
        return merge_parquet_schemas(context.connection, files);
      }
      return parquet_footer(context.connection, files.front())->schema;
    case ScanFormat::kCsv:
      return csv_schema(paths, options, context);
    case ScanFormat::kJson:
      return json_schema(paths, options, context);
    case ScanFormat::kText:
      return {{"value", types::DataType::string(), true}};
  }
  return {};
}

void check_duplicates(const types::Schema& schema, bool case_sensitive) {
  for (size_t i = 0; i < schema.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (same_name(schema[i].name, schema[j].name, case_sensitive)) {
        throw core::analysis_error(
            "COLUMN_ALREADY_EXISTS",
            {{"columnName", core::quote_identifier(case_sensitive ? schema[i].name
                                                                  : lower_case(schema[i].name))}});
      }
    }
  }
}

/// A catalog's partitions: its directories' files, with the values that it keeps for them.
std::vector<ListedFile> list_partitions(const std::string& registered, const types::Schema& columns,
                                        const Options& options, const SourceContext& context,
                                        Partitioning& partitions) {
  Options lenient = options;
  lenient["ignoremissingfiles"] = "true";
  std::vector<ListedFile> listed;
  for (const auto& directory : decode_partitions(registered)) {
    std::vector<types::Value> values;
    for (size_t i = 0; i < columns.size(); ++i) {
      const auto& text = directory.values.at(i);
      const auto value = text ? parse_text_value(*text, columns[i].type, context.time_zone)
                              : std::optional(types::Value());
      if (!value) {
        throw core::make_error(core::ErrorClass::kRuntime, "_LEGACY_ERROR_TEMP_2058",
                               {{"value", *text},
                                {"dataType", columns[i].type.simple_string()},
                                {"columnName", columns[i].name}});
      }
      values.push_back(*value);
    }
    for (auto& file :
         list_files({absolute_path(directory.path, context.base_directory)}, lenient)) {
      if (file.size == 0) continue;
      listed.push_back(std::move(file));
      partitions.values.push_back(values);
    }
  }
  partitions.schema = columns;
  return listed;
}

/// Says for each file whose columns are not simply those of the table what it holds instead.
void note_other_columns(FileTable& table, const SourceContext& context) {
  for (const auto& file : table.files) {
    const auto footer = parquet_footer(context.connection, file);
    if (holds_columns(*footer, table.schema)) continue;
    table.options["__columns:" + file.path] = types::DataType::struct_type(footer->stored).json();
  }
}

}  // namespace

bool is_file_format(std::string_view format) { return scan_format(format).has_value(); }

FileTable open_files(const FileRequest& request, const SourceContext& context) {
  const auto format = scan_format(request.format);
  if (!format) throw core::internal_error("open_files of the format " + request.format);
  FileTable table{.format = *format};
  for (const auto& [key, value] : request.options) table.options[lower_case(key)] = value;
  if (!table.options.contains("timezone")) table.options["timezone"] = context.time_zone;
  if (*format == ScanFormat::kParquet && !table.options.contains("mergeschema")) {
    table.options["mergeschema"] = context.merge_schema ? "true" : "false";
  }
  if (const auto base = table.options.find("basepath"); base != table.options.end()) {
    base->second = absolute_path(base->second, context.base_directory);
  }

  std::vector<std::string> roots;
  for (const auto& path : request.paths) {
    roots.push_back(absolute_path(path, context.base_directory));
  }
  types::Schema known = request.partition_schema.value_or(types::Schema{});
  if (request.user_schema) {
    known.insert(known.end(), request.user_schema->begin(), request.user_schema->end());
  }
  Partitioning partitions;
  std::vector<ListedFile> listed;
  if (const auto found = table.options.find(kRegisteredPartitions); found != table.options.end()) {
    const std::string registered = std::exchange(found->second, "");
    table.options.erase(found);
    listed = list_partitions(registered, request.partition_schema.value_or(types::Schema{}),
                             table.options, context, partitions);
  } else {
    listed = list_files(roots, table.options);
    // Empty files hold no rows in text formats and no footer in Parquet.
    std::erase_if(listed, [](const ListedFile& file) { return file.size == 0; });
    partitions.values.resize(listed.size());
    if (!is_on(table.options, "recursivefilelookup", false)) {
      partitions = discover_partitions(listed, known, context);
      if (partitions.schema.empty()) {
        // Without partitions a directory below a root is none of the table's.
        std::erase_if(listed, [&](const ListedFile& file) {
          return !table.options.contains("basepath") &&
                 file.path.find('/', file.base.size() + 1) != std::string::npos;
        });
        partitions.values.resize(listed.size());
      }
    }
  }
  // A catalog fixes which columns are partitions, and their spelling, also while there are no
  // files.
  if (request.partition_schema) {
    if (!listed.empty() && partitions.schema.size() != request.partition_schema->size()) {
      throw core::plain_error(
          core::ErrorClass::kSpark,
          "The directories below " + roots.front() + " do not have the table's partition columns");
    }
    partitions.schema = *request.partition_schema;
  }

  for (size_t i = 0; i < listed.size(); ++i) {
    table.files.push_back({.path = listed[i].path,
                           .partition_values = partitions.values[i],
                           .size = listed[i].size,
                           .modified = listed[i].modified});
  }
  table.partition_schema = std::move(partitions.schema);

  if (request.user_schema) {
    check_duplicates(*request.user_schema, context.case_sensitive);
    table.schema = *request.user_schema;
    for (auto& field : table.schema) field.nullable = true;
  } else if (*format == ScanFormat::kText) {
    table.schema = infer_schema(*format, table.files, table.options, context);
  } else if (table.files.empty()) {
    if (!request.allow_empty) {
      throw core::analysis_error("UNABLE_TO_INFER_SCHEMA", {{"format", printed_format(*format)}});
    }
  } else {
    table.schema = infer_schema(*format, table.files, table.options, context);
    check_duplicates(table.schema, context.case_sensitive);
  }
  // Partition columns come from the directories, even where files hold a column of that name.
  std::erase_if(table.schema, [&](const types::StructField& field) {
    return std::any_of(table.partition_schema.begin(), table.partition_schema.end(),
                       [&](const types::StructField& partition) {
                         return same_name(partition.name, field.name, context.case_sensitive);
                       });
  });
  if (*format == ScanFormat::kParquet) note_other_columns(table, context);
  // Readers of records need all columns in the order of the files, whatever a query asks for.
  table.options["__schema"] = types::DataType::struct_type(table.schema).json();
  if (*format == ScanFormat::kCsv) {
    table.options["__dialect"] = native::encode_dialect(csv_dialect(table.options));
  }
  if (*format == ScanFormat::kJson) {
    table.options["__leniency"] = native::encode_leniency(json_leniency(table.options));
  }
  table.options.emplace("columnnameofcorruptrecord", context.corrupt_record_column);
  return table;
}

types::Schema full_schema(const FileTable& table, bool /*case_sensitive*/) {
  types::Schema schema = table.schema;
  schema.insert(schema.end(), table.partition_schema.begin(), table.partition_schema.end());
  return schema;
}

}  // namespace grebe::sources
