// A catalog entry → the statement that would make it (Spark: ShowCreateTableCommand).
#include "commands/actions.h"
#include "commands/table_details.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "types/type_names.h"

namespace grebe::commands {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string properties_text(const char* keyword, const catalog::Properties& properties) {
  const catalog::Properties shown = shown_properties(properties);
  if (shown.empty()) return {};
  std::string out = std::string(keyword) + " (\n";
  bool first = true;
  for (const auto& [key, value] : shown) {
    out += std::string(first ? "" : ",\n") + "  " + quoted(key) + " = " + quoted(value);
    first = false;
  }
  return out + ")\n";
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

std::string column_text(const types::StructField& field, bool with_type) {
  std::string out = types::quote_if_needed(field.name);
  if (with_type) out += " " + declared_type(field).sql();
  const std::string value = column_default(field);
  if (!value.empty()) out += " DEFAULT " + value;
  const std::string comment = types::field_comment(field);
  if (!comment.empty()) out += " COMMENT " + quoted(comment);
  return out;
}

}  // namespace

std::string create_statement(const catalog::Table& table) {
  const bool is_view = table.kind == catalog::TableKind::kView;
  std::string out = std::string("CREATE ") + (is_view ? "VIEW " : "TABLE ");
  if (!is_view) out += std::string(catalog::kCatalogName) + ".";
  out += types::quote_if_needed(table.database) + "." + types::quote_if_needed(table.name) + " (\n";
  for (size_t i = 0; i < table.schema.size(); ++i) {
    out += (i == 0 ? "  " : ",\n  ") + column_text(table.schema[i], !is_view);
  }
  out += ")\n";
  if (is_view) {
    if (!table.comment.empty()) out += "COMMENT " + quoted(table.comment) + "\n";
    out += properties_text("TBLPROPERTIES", table.properties);
    return out + "AS " + table.view_text + "\n";
  }
  out += "USING " + table.provider + "\n";
  out += properties_text("OPTIONS", table.options);
  if (!table.partition_columns.empty()) {
    std::string columns;
    for (const auto& name : table.partition_columns) {
      columns += (columns.empty() ? "" : ", ") + types::quote_if_needed(name);
    }
    out += "PARTITIONED BY (" + columns + ")\n";
  }
  if (table.buckets > 0) {
    out += "CLUSTERED BY (" + joined(table.bucket_columns) + ")\n";
    const auto sorted = sort_columns(table);
    if (!sorted.empty()) out += "SORTED BY (" + joined(sorted) + ")\n";
    out += "INTO " + std::to_string(table.buckets) + " BUCKETS\n";
  }
  if (!table.comment.empty()) out += "COMMENT " + quoted(table.comment) + "\n";
  if (table.kind == catalog::TableKind::kExternal) {
    out += "LOCATION " + quoted("file:" + table.location) + "\n";
  }
  return out + properties_text("TBLPROPERTIES", table.properties);
}

}  // namespace grebe::commands
