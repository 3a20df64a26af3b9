// Name resolution and answer rows of commands.
#include "commands/tables.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>

#include "core/spark_error.h"
#include "session/shared_state.h"
#include "types/type_names.h"

namespace grebe::commands {
namespace {

/// The metadata key under which Spark keeps a column's CHAR or VARCHAR type.
constexpr const char* kDeclaredType = "__CHAR_VARCHAR_TYPE_STRING";

/// Spark reads a pattern as a regular expression in which `*` stands for any text; one that is
/// none matches nothing.
bool regex_matches(const std::string& text, std::string_view pattern) {
  std::string expression;
  for (const char c : pattern) expression += c == '*' ? ".*" : std::string(1, c);
  try {
    return std::regex_match(text, std::regex(expression));
  } catch (const std::regex_error&) {
    return false;
  }
}

bool glob_matches(std::string_view text, std::string_view pattern) {
  size_t t = 0;
  size_t p = 0;
  size_t star = std::string_view::npos;
  size_t mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && (pattern[p] == text[t] || pattern[p] == '.')) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

/// Drops a leading catalog name; throws for catalogs that are not ours.
std::vector<std::string> without_catalog(const plan::Name& name, size_t most) {
  std::vector<std::string> parts = name;
  if (parts.size() > 1 && parts.size() == most + 1 && same_name(parts[0], catalog::kCatalogName)) {
    parts.erase(parts.begin());
  }
  if (parts.size() > most) {
    std::string namespace_text;
    for (size_t i = 0; i + 1 < name.size(); ++i) {
      namespace_text += (i == 0 ? "" : ".") + core::quote_identifier(name[i]);
    }
    throw core::analysis_error(
        "REQUIRES_SINGLE_PART_NAMESPACE",
        {{"sessionCatalog", catalog::kCatalogName}, {"namespace", namespace_text}});
  }
  return parts;
}

}  // namespace

std::string TableName::quoted() const { return core::quote_name(parts()); }

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return ::tolower(static_cast<unsigned char>(x)) ==
                  ::tolower(static_cast<unsigned char>(y));
         });
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(::tolower(c)); });
  return out;
}

TableName complete_name(CommandHost& host, const plan::Name& name) {
  const auto parts = without_catalog(name, 2);
  if (parts.size() == 1) return {host.session().current_database(), parts[0]};
  return {parts[0], parts[1]};
}

std::string complete_database(CommandHost& host, const plan::Name& name) {
  if (name.empty()) return host.session().current_database();
  const auto parts = without_catalog(name, 1);
  return parts[0];
}

catalog::Database require_database(CommandHost& host, const std::string& name) {
  if (auto found = host.catalog().find_database(name)) return *found;
  throw core::make_error(core::ErrorClass::kNoSuchNamespace, "SCHEMA_NOT_FOUND",
                         {{"schemaName", core::quote_identifier(name)}});
}

core::SparkError table_not_found(const TableName& name) {
  return core::make_error(core::ErrorClass::kNoSuchTable, "TABLE_OR_VIEW_NOT_FOUND",
                          {{"relationName", name.quoted()}});
}

core::SparkError table_not_found(const plan::Name& name, const core::Origin& origin) {
  return core::analysis_error("TABLE_OR_VIEW_NOT_FOUND", {{"relationName", core::quote_name(name)}},
                              origin);
}

catalog::Table require_table(CommandHost& host, const plan::Name& name,
                             const core::Origin& origin) {
  const auto full = complete_name(host, name);
  if (auto found = host.catalog().find_table(full.database, full.table)) return *found;
  throw table_not_found(name, origin);
}

std::optional<session::TempView> find_temp_view(CommandHost& host, const plan::Name& name) {
  if (name.size() == 1) return host.session().find_temp_view(name[0]);
  if (name.size() == 2 && same_name(name[0], catalog::kGlobalTempDatabase)) {
    return host.session().shared().find_global_temp_view(name[1]);
  }
  return std::nullopt;
}

bool matches_pattern(std::string_view name, const std::optional<std::string>& pattern) {
  if (!pattern) return true;
  const std::string lowered = lower_case(name);
  std::string_view rest = *pattern;
  for (;;) {
    const auto bar = rest.find('|');
    std::string one = lower_case(rest.substr(0, bar));
    one.erase(0, one.find_first_not_of(' '));
    one.erase(one.find_last_not_of(' ') + 1);
    const bool is_regex = one.find_first_of("[](){}+?^$\\") != std::string::npos;
    if (is_regex ? regex_matches(lowered, one) : glob_matches(lowered, one)) return true;
    if (bar == std::string_view::npos) return false;
    rest.remove_prefix(bar + 1);
  }
}

types::StructField text_column(std::string name, bool nullable) {
  return {std::move(name), types::DataType::string(), nullable};
}

types::StructField boolean_column(std::string name) {
  return {std::move(name), types::DataType::boolean(), false};
}

types::Value text_value(std::string text) { return {std::move(text)}; }

types::Value optional_text(const std::string& text) {
  return text.empty() ? types::Value{} : types::Value{text};
}

types::Schema stored_schema(const std::vector<plan::ColumnDefinition>& columns, NotNull not_null) {
  types::Schema schema;
  for (const auto& column : columns) {
    nlohmann::ordered_json metadata = nlohmann::ordered_json::object();
    types::DataType type = column.type;
    if (type.is(types::TypeKind::kChar) || type.is(types::TypeKind::kVarchar)) {
      metadata[kDeclaredType] = type.simple_string();
      type = types::DataType::string();
    }
    if (!column.comment.empty()) metadata["comment"] = column.comment;
    if (column.default_value != nullptr) {
      const auto& origin = column.default_value->origin;
      if (!origin.has_text()) throw core::unsupported("a column default without SQL text");
      const auto text = origin.text->substr(static_cast<size_t>(origin.start),
                                            static_cast<size_t>(origin.stop - origin.start));
      metadata["CURRENT_DEFAULT"] = text;
      metadata["EXISTS_DEFAULT"] = text;
    }
    // File tables keep no NOT NULL: Spark's V1 tables read every column as nullable.
    const bool keeps = not_null == NotNull::kKept;
    schema.push_back({column.name, keeps ? type : type.as_nullable(), !keeps || column.nullable,
                      metadata.empty() ? std::string() : metadata.dump()});
  }
  return schema;
}

types::DataType declared_type(const types::StructField& field) {
  if (field.metadata_json.empty()) return field.type;
  const auto metadata = nlohmann::json::parse(field.metadata_json, nullptr, false);
  if (!metadata.is_object() || !metadata.contains(kDeclaredType)) return field.type;
  return types::parse_json_type("\"" + metadata[kDeclaredType].get<std::string>() + "\"");
}

std::string fit_length(const std::string& value, const types::StructField& column) {
  if (!column.type.is_string_like() || column.metadata_json.empty()) return value;
  const types::DataType declared = declared_type(column);
  if (declared.is(types::TypeKind::kChar)) {
    return "grebe_char_write(" + value + ", " + std::to_string(declared.length()) + ")";
  }
  if (declared.is(types::TypeKind::kVarchar)) {
    return "grebe_varchar_write(" + value + ", " + std::to_string(declared.length()) + ")";
  }
  return value;
}

}  // namespace grebe::commands
