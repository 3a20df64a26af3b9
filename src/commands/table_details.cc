// Lines about tables and partitions; see table_details.h.
#include "commands/table_details.h"

#include <ctime>
#include <nlohmann/json.hpp>

#include "commands/partitions.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "plan/table_properties.h"
#include "sources/file_table.h"
#include "types/type_names.h"

namespace grebe::commands {
namespace {

/// Java's Date.toString: `Fri Nov 20 21:59:48 UTC 2026`.
std::string java_date(int64_t milliseconds) {
  const std::time_t seconds = milliseconds / 1000;
  std::tm parts = {};
  ::gmtime_r(&seconds, &parts);
  char text[64];
  std::strftime(text, sizeof(text), "%a %b %d %H:%M:%S UTC %Y", &parts);
  return text;
}

std::string property_list(const catalog::Properties& properties) {
  std::string out;
  for (const auto& [key, value] : shown_properties(properties)) {
    out += (out.empty() ? "" : ", ") + key + "=" + value;
  }
  return "[" + out + "]";
}

std::string name_list(const std::vector<std::string>& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + core::quote_identifier(name);
  return "[" + out + "]";
}

void add_buckets(Details& out, const catalog::Table& table) {
  if (table.buckets == 0) return;
  out.emplace_back("Num Buckets", std::to_string(table.buckets));
  out.emplace_back("Bucket Columns", name_list(table.bucket_columns));
  const auto sorted = sort_columns(table);
  if (!sorted.empty()) out.emplace_back("Sort Columns", name_list(sorted));
}

}  // namespace

catalog::Properties shown_properties(const catalog::Properties& properties) {
  catalog::Properties out = properties;
  std::erase_if(out,
                [](const auto& item) { return item.first.starts_with(plan::kSortColumnProperty); });
  for (auto& [key, value] : out) {
    const std::string lowered = lower_case(key);
    for (const char* word : {"secret", "password", "token", "access.key", "accesskey", "url"}) {
      if (lowered.find(word) != std::string::npos) value = "*********(redacted)";
    }
  }
  return out;
}

std::string column_default(const types::StructField& field) {
  const auto metadata = nlohmann::json::parse(
      field.metadata_json.empty() ? "{}" : field.metadata_json, nullptr, false);
  if (!metadata.is_object() || !metadata.contains("CURRENT_DEFAULT")) return {};
  return metadata["CURRENT_DEFAULT"].get<std::string>();
}

Details table_details(CommandHost& host, const catalog::Table& table) {
  Details out = {
      {"Catalog", catalog::kCatalogName}, {"Database", table.database}, {"Table", table.name}};
  if (!table.owner.empty()) out.emplace_back("Owner", table.owner);
  out.emplace_back("Created Time", java_date(table.created_ms));
  out.emplace_back("Last Access", "UNKNOWN");
  out.emplace_back("Created By", "Spark 3.5.7");
  const bool is_view = table.kind == catalog::TableKind::kView;
  out.emplace_back("Type", is_view                                      ? "VIEW"
                           : table.kind == catalog::TableKind::kManaged ? "MANAGED"
                                                                        : "EXTERNAL");
  if (!table.provider.empty()) out.emplace_back("Provider", table.provider);
  add_buckets(out, table);
  if (!table.comment.empty()) out.emplace_back("Comment", table.comment);
  if (is_view) {
    out.emplace_back("View Text", table.view_text);
    out.emplace_back("View Original Text", table.view_text);
    out.emplace_back("View Catalog and Namespace",
                     std::string(catalog::kCatalogName) + "." + table.view_database);
    std::string columns;
    for (const auto& name : table.view_columns) {
      columns += (columns.empty() ? "" : ", ") + types::quote_if_needed(name);
    }
    out.emplace_back("View Query Output Columns", "[" + columns + "]");
  }
  if (const std::string list = property_list(table.properties); list != "[]") {
    out.emplace_back("Table Properties", list);
  }
  if (is_view) return out;
  out.emplace_back("Location", sources::path_uri(table.location));
  if (!table.options.empty()) {
    out.emplace_back("Storage Properties", property_list(table.options));
  }
  if (!table.partition_columns.empty() &&
      (has_registry(host, table) || !is_file_provider(table.provider))) {
    out.emplace_back("Partition Provider", "Catalog");
  }
  return out;
}

Details partition_details(const catalog::Table& table, const catalog::Partition& partition) {
  std::string values;
  for (size_t i = 0; i < partition.values.size() && i < table.partition_columns.size(); ++i) {
    values += (values.empty() ? "" : ", ") + table.partition_columns[i] + "=" +
              partition.values[i].value_or("null");
  }
  Details out = {{"Partition Values", "[" + values + "]"},
                 {"Location", sources::path_uri(partition.location)}};
  if (!table.options.empty()) {
    out.emplace_back("Storage Properties", property_list(table.options));
  }
  out.emplace_back("Created Time", java_date(partition.created_ms));
  out.emplace_back("Last Access", "UNKNOWN");
  return out;
}

Details storage_details(const catalog::Table& table) {
  Details out;
  add_buckets(out, table);
  out.emplace_back("Location", sources::path_uri(table.location));
  if (!table.options.empty()) {
    out.emplace_back("Storage Properties", property_list(table.options));
  }
  return out;
}

std::string details_text(const Details& details) {
  std::string out;
  for (const auto& [name, value] : details) {
    out += name;
    if (!value.empty()) out += ": " + value;
    out += "\n";
  }
  return out;
}

std::string extended_text(CommandHost& host, const catalog::Table& table) {
  Details details = table_details(host, table);
  if (!table.partition_columns.empty()) {
    details.emplace_back("Partition Columns", name_list(table.partition_columns));
  }
  details.emplace_back("Schema", types::tree_string(table.schema));
  return details_text(details) + "\n";
}

std::string temp_view_text(const std::string& name, const session::TempView& view) {
  return details_text({{"Table", name},
                       {"Created Time", java_date(static_cast<int64_t>(std::time(nullptr)) * 1000)},
                       {"Last Access", "UNKNOWN"},
                       {"Created By", "Spark "},
                       {"Type", "VIEW"},
                       {"Schema", types::tree_string(view.schema)}}) +
         "\n";
}

}  // namespace grebe::commands
