// Spark's writer options for Parquet, CSV, JSON and text.
#include "commands/write_layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "commands/tables.h"
#include "core/spark_error.h"
#include "types/type_names.h"

namespace grebe::commands {
namespace {

using types::DataType;
using types::TypeKind;

std::string option_or(const WriterOptions& options, const std::string& key,
                      const std::string& otherwise) {
  const auto found = options.find(key);
  return found == options.end() ? otherwise : found->second;
}

struct Codec {
  const char* spark_name;
  const char* duckdb_name;
  const char* suffix;
};

constexpr Codec kParquetCodecs[] = {
    {"none", "uncompressed", ""},    {"uncompressed", "uncompressed", ""},
    {"snappy", "snappy", ".snappy"}, {"gzip", "gzip", ".gz"},
    {"zstd", "zstd", ".zstd"},       {"lz4_raw", "lz4_raw", ".lz4raw"},
    {"brotli", "brotli", ".brotli"},
};
constexpr Codec kTextCodecs[] = {
    {"none", "none", ""},
    {"uncompressed", "none", ""},
    {"gzip", "gzip", ".gz"},
    {"zstd", "zstd", ".zst"},
};

/// Codecs that Spark has for lines of text.
constexpr std::string_view kKnownTextCodecs =
    "bzip2, deflate, uncompressed, lz4, gzip, snappy, none";

const Codec& find_text_codec(const std::string& name) {
  const std::string lowered = lower_case(name);
  for (const Codec& codec : kTextCodecs) {
    if (lowered == codec.spark_name) return codec;
  }
  if (lowered == "bzip2" || lowered == "deflate" || lowered == "lz4" || lowered == "snappy") {
    throw core::unsupported("the compression codec " + lowered + " of lines of text");
  }
  throw core::plain_error(core::ErrorClass::kIllegalArgument,
                          "Codec [" + name + "] is not available. Known codecs are " +
                              std::string(kKnownTextCodecs) + ".");
}

const Codec& find_parquet_codec(const std::string& name) {
  const std::string lowered = lower_case(name);
  for (const Codec& codec : kParquetCodecs) {
    if (lowered == codec.spark_name) return codec;
  }
  throw core::plain_error(core::ErrorClass::kIllegalArgument,
                          "Codec [" + lowered +
                              "] is not available. Available codecs are brotli, uncompressed, lz4, "
                              "gzip, lzo, lz4raw, snappy, lz4_raw, none, zstd.");
}

CopyLayout parquet_layout(CommandHost& host, const WriterOptions& options,
                          const types::Schema& schema) {
  const std::string configured = host.session().config().get("spark.sql.parquet.compression.codec");
  const std::string name =
      option_or(options, "compression", option_or(options, "parquet.compression", configured));
  const Codec& codec = find_parquet_codec(name);
  const std::string metadata = DataType::struct_type(schema).json();
  return {fmt::format("FORMAT parquet, COMPRESSION {}, KV_METADATA {{\"org.apache.spark.version\": "
                      "'3.5.7', \"org.apache.spark.sql.parquet.row.metadata\": {}}}",
                      codec.duckdb_name, engine::quote_duckdb_string(metadata)),
          std::string(codec.suffix) + ".parquet"};
}

// --- Lines as plan expressions, so that values are printed by Spark's own rules.

plan::ExpressionPtr column(const std::string& name) {
  return plan::make_expression(plan::UnresolvedAttribute{.name_parts = {name}});
}

plan::ExpressionPtr text(std::string value) {
  return plan::make_expression(
      plan::Literal{.type = DataType::string(), .value = {std::move(value)}});
}

plan::ExpressionPtr as_string(plan::ExpressionPtr child) {
  return plan::make_expression(
      plan::Cast{.child = std::move(child), .type = DataType::string(), .mode = {}});
}

/// A column's text before quoting.
plan::ExpressionPtr csv_cell(const types::StructField& field, const WriterOptions& options) {
  switch (field.type.kind()) {
    case TypeKind::kDate:
      if (const auto format = options.find("dateformat"); format != options.end()) {
        return plan::make_call("date_format", {column(field.name), text(format->second)});
      }
      return as_string(column(field.name));
    case TypeKind::kTimestamp:
      return plan::make_call("date_format",
                             {column(field.name), text(option_or(options, "timestampformat",
                                                                 "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"))});
    case TypeKind::kTimestampNtz:
      return plan::make_call("date_format",
                             {column(field.name), text(option_or(options, "timestampntzformat",
                                                                 "yyyy-MM-dd'T'HH:mm:ss.SSS"))});
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return column(field.name);
    default:
      return as_string(column(field.name));
  }
}

struct CsvRules {
  std::string separator;
  std::string quote;
  std::string escape;
  std::string null_value;
  std::string empty_value;
  bool quote_all = false;
  /// A text is put between quotes for the quotes that it holds.
  bool quotes_quotes = true;
  bool trim_left = true;
  bool trim_right = true;
};

CsvRules csv_rules(const WriterOptions& options) {
  const std::string quote = option_or(options, "quote", "\"");
  return {
      .separator = option_or(options, "sep", option_or(options, "delimiter", ",")),
      // An empty quote means "no quoting" to writers: Spark takes \u0000.
      .quote = quote.empty() ? std::string(1, '\0') : quote,
      .escape = option_or(options, "escape", "\\"),
      .null_value = option_or(options, "nullvalue", ""),
      .empty_value = option_or(options, "emptyvalue", "\"\""),
      .quote_all = lower_case(option_or(options, "quoteall", "false")) == "true",
      .quotes_quotes = lower_case(option_or(options, "escapequotes", "true")) == "true",
      .trim_left = lower_case(option_or(options, "ignoreleadingwhitespace", "true")) == "true",
      .trim_right = lower_case(option_or(options, "ignoretrailingwhitespace", "true")) == "true"};
}

plan::ExpressionPtr quoted_cell(plan::ExpressionPtr cell, const CsvRules& rules) {
  plan::ExpressionPtr escaped = std::move(cell);
  // Between quotes the escape character itself is escaped as well, outside of them it is not.
  if (rules.escape != rules.quote) {
    escaped = plan::make_call("replace",
                              {escaped, text(rules.escape), text(rules.escape + rules.escape)});
  }
  escaped =
      plan::make_call("replace", {escaped, text(rules.quote), text(rules.escape + rules.quote)});
  return plan::make_call("concat", {text(rules.quote), escaped, text(rules.quote)});
}

plan::ExpressionPtr csv_field(plan::ExpressionPtr cell, const CsvRules& rules) {
  if (rules.trim_left) cell = plan::make_call("ltrim", {cell});
  if (rules.trim_right) cell = plan::make_call("rtrim", {cell});
  plan::ExpressionPtr filled;
  if (rules.quote_all) {
    filled = quoted_cell(cell, rules);
  } else {
    std::vector<plan::ExpressionPtr> reasons;
    for (const std::string& special :
         {rules.separator, rules.quote, std::string("\n"), std::string("\r")}) {
      if (special == rules.quote && !rules.quotes_quotes) continue;
      reasons.push_back(plan::make_call("contains", {cell, text(special)}));
    }
    auto reason = reasons[0];
    for (size_t i = 1; i < reasons.size(); ++i) {
      reason = plan::make_call("or", {reason, reasons[i]});
    }
    filled = plan::make_call("when", {reason, quoted_cell(cell, rules), cell});
  }
  return plan::make_call(
      "when",
      {plan::make_call("isnull", {cell}),
       rules.quote_all ? quoted_cell(text(rules.null_value), rules) : text(rules.null_value),
       plan::make_call("==", {cell, text("")}), text(rules.empty_value), filled});
}

plan::ExpressionPtr csv_line(const types::Schema& schema, const WriterOptions& options) {
  const CsvRules rules = csv_rules(options);
  std::vector<plan::ExpressionPtr> parts;
  for (const auto& field : schema) {
    if (!parts.empty()) parts.push_back(text(rules.separator));
    parts.push_back(csv_field(csv_cell(field, options), rules));
  }
  return plan::make_call("concat", std::move(parts));
}

plan::ExpressionPtr json_line(const types::Schema& schema, const WriterOptions& options) {
  std::vector<plan::ExpressionPtr> columns;
  for (const auto& field : schema) columns.push_back(column(field.name));
  auto record = plan::make_call("struct", std::move(columns));
  std::vector<plan::ExpressionPtr> settings;
  for (const auto& [key, value] : options) {
    if (key == "dateformat") settings.insert(settings.end(), {text("dateFormat"), text(value)});
    if (key == "timestampformat") {
      settings.insert(settings.end(), {text("timestampFormat"), text(value)});
    }
    if (key == "ignorenullfields") {
      settings.insert(settings.end(), {text("ignoreNullFields"), text(value)});
    }
  }
  if (settings.empty()) return plan::make_call("to_json", {record});
  return plan::make_call("to_json", {record, plan::make_call("map", std::move(settings))});
}

bool is_csv_type(const DataType& type) { return type.is_atomic() || type.is(TypeKind::kVoid); }

bool holds_unstorable(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kVoid:
    case TypeKind::kCalendarInterval:
      return true;
    case TypeKind::kArray:
      return holds_unstorable(type.element());
    case TypeKind::kMap:
      return holds_unstorable(type.key()) || holds_unstorable(type.value());
    case TypeKind::kStruct:
      return std::any_of(type.fields().begin(), type.fields().end(),
                         [](const types::StructField& f) { return holds_unstorable(f.type); });
    default:
      return false;
  }
}

}  // namespace

void check_types(const std::string& format, const types::Schema& schema) {
  for (const auto& field : schema) {
    bool fits = true;
    std::string printed = format;
    if (format == "parquet") {
      printed = "Parquet";
      fits = !holds_unstorable(field.type);
    } else if (format == "csv") {
      printed = "CSV";
      fits = is_csv_type(field.type) && !field.type.is(TypeKind::kBinary);
    } else if (format == "json") {
      printed = "JSON";
    } else if (format == "text") {
      printed = "Text";
      fits = field.type.is_string_like();
    }
    if (!fits) {
      throw core::analysis_error("UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                                 {{"format", printed},
                                  {"columnName", core::quote_identifier(field.name)},
                                  {"columnType", core::quote_sql(field.type.sql())}});
    }
  }
  if (format == "text" && schema.size() != 1) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1290",
                               {{"schemaSize", std::to_string(schema.size())}});
  }
}

CopyLayout copy_layout(CommandHost& host, const std::string& format, const WriterOptions& options,
                       const types::Schema& schema) {
  for (const char* key : {"encoding", "charset"}) {
    const auto found = options.find(key);
    if (found == options.end() || lower_case(found->second) == "utf-8") continue;
    throw core::unsupported(std::string("the writer option ") + key);
  }
  if (format == "parquet") return parquet_layout(host, options, schema);
  const Codec& codec =
      find_text_codec(option_or(options, "compression", option_or(options, "codec", "none")));
  std::string header = "HEADER false";
  if (format == "csv" && lower_case(option_or(options, "header", "false")) == "true") {
    header = "HEADER true";
  }
  if (format != "csv" && options.contains("linesep") && options.at("linesep") != "\n") {
    throw core::unsupported("the writer option lineSep");
  }
  const std::string extension = format == "text" ? "txt" : format;
  return {
      fmt::format("FORMAT csv, {}, QUOTE '', ESCAPE '', DELIMITER '', NULLSTR '', COMPRESSION {}",
                  header, codec.duckdb_name),
      "." + extension + codec.suffix};
}

plan::RelationPtr line_relation(const std::string& format, const plan::RelationPtr& input,
                                const types::Schema& schema,
                                const std::vector<std::string>& partition_by,
                                const WriterOptions& options) {
  types::Schema data;
  for (const auto& field : schema) {
    const bool is_partition =
        std::any_of(partition_by.begin(), partition_by.end(),
                    [&](const std::string& name) { return same_name(name, field.name); });
    if (!is_partition) data.push_back(field);
  }
  check_types(format, data);
  std::vector<plan::ExpressionPtr> columns;
  if (format == "parquet") {
    for (const auto& field : data) columns.push_back(column(field.name));
  } else {
    plan::ExpressionPtr line;
    std::string name = "value";
    if (format == "csv") {
      line = csv_line(data, options);
      // The header line is the column's name.
      const CsvRules rules = csv_rules(options);
      name.clear();
      for (size_t i = 0; i < data.size(); ++i) {
        name += (i == 0 ? "" : rules.separator) +
                (rules.quote_all ? rules.quote + data[i].name + rules.quote : data[i].name);
      }
    } else if (format == "json") {
      line = json_line(data, options);
    } else {
      line = plan::make_call("coalesce", {column(data[0].name), text("")});
    }
    columns.push_back(
        plan::make_expression(plan::Alias{.child = line, .names = {name}, .metadata_json = {}}));
  }
  for (size_t i = 0; i < partition_by.size(); ++i) {
    // Directory names hold the value as text; null and empty share Hive's default name.
    columns.push_back(plan::make_expression(plan::Alias{.child = as_string(column(partition_by[i])),
                                                        .names = {partition_by[i]},
                                                        .metadata_json = {}}));
  }
  return plan::make_relation(plan::Project{input, std::move(columns)});
}

}  // namespace grebe::commands
