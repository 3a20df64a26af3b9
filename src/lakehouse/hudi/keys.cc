// Hudi's key generators as SQL; see keys.h.
#include "lakehouse/hudi/keys.h"

#include <fmt/format.h>

#include "core/spark_error.h"
#include "engine/database.h"
#include "lakehouse/table/storage_select.h"

namespace grebe::lakehouse::hudi {

using engine::quote_duckdb_identifier;
using engine::quote_duckdb_string;
using types::TypeKind;

namespace {

const types::StructField& field_of(const types::Schema& schema, const std::string& name) {
  const auto column = find_column(schema, name);
  if (!column) {
    throw core::plain_error(core::ErrorClass::kIllegalArgument,
                            fmt::format("The Hudi key or partition field {} is no column.", name));
  }
  return schema[*column];
}

/// A key or partition value as the key generators print it.
std::string value_text(const types::StructField& field) {
  const std::string column = quote_duckdb_identifier(field.name);
  switch (field.type.kind()) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return column;
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return fmt::format("CAST(epoch_us({}) AS VARCHAR)", column);
    case TypeKind::kBoolean:
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kDecimal:
    case TypeKind::kDate:
      return fmt::format("CAST({} AS VARCHAR)", column);
    default:
      throw core::unsupported(fmt::format("the type {} of the Hudi key or partition field {}",
                                          field.type.sql(), core::quote_identifier(field.name)));
  }
}

/// Percent-escapes what Hudi escapes in folder names; all other texts pass unharmed and quickly.
std::string escaped(const std::string& text) {
  return fmt::format(
      R"(CASE WHEN regexp_matches({0}, '[\x01-\x1F"#%''*/:=?\\\x7F{{}}\[\]^]') THEN
      array_to_string(list_transform(string_split({0}, ''), lambda c:
        CASE WHEN regexp_matches(c, '[\x01-\x1F"#%''*/:=?\\\x7F{{}}\[\]^]')
        THEN '%' || printf('%02X', ascii(c)) ELSE c END), '') ELSE {0} END)",
      text);
}

}  // namespace

std::string record_key_expression(const types::Schema& schema,
                                  const std::vector<std::string>& fields) {
  std::string checks;
  std::string parts;
  for (const std::string& name : fields) {
    const types::StructField& field = field_of(schema, name);
    // Only a text can be empty; no number needs to become one for the check.
    const std::string column = quote_duckdb_identifier(field.name);
    const std::string empty =
        field.type.is_string_like() ? fmt::format(" OR {} = ''", column) : std::string();
    checks += fmt::format(
        "WHEN {} IS NULL{} THEN error({}) ", column, empty,
        quote_duckdb_string(fmt::format("recordKey value is null or empty for field: \"{}\" "
                                        "(HoodieKeyException)",
                                        field.name)));
    if (!parts.empty()) parts += ", ";
    if (fields.size() > 1) {
      parts += quote_duckdb_string((parts.empty() ? "" : ",") + field.name + ":") + ", ";
    }
    parts += value_text(field);
  }
  return fmt::format("CASE {}ELSE {} END", checks,
                     fields.size() == 1 ? parts : fmt::format("concat({})", parts));
}

std::string partition_path_expression(const types::Schema& schema,
                                      const std::vector<std::string>& fields,
                                      const PartitionStyle& style) {
  std::string path;
  for (const std::string& name : fields) {
    const types::StructField& field = field_of(schema, name);
    const std::string text = value_text(field);
    const std::string shown =
        style.escaping == PartitionStyle::Escaping::kUrl && field.type.is_string_like()
            ? escaped(text)
            : text;
    std::string part = fmt::format(
        "CASE WHEN {0} IS NULL OR {0} = '' THEN '__HIVE_DEFAULT_PARTITION__' ELSE {1} END", text,
        shown);
    if (style.naming == PartitionStyle::Naming::kHive) {
      part = fmt::format("{} || ({})", quote_duckdb_string(field.name + "="), part);
    }
    path += fmt::format("{}({})", path.empty() ? "" : " || '/' || ", part);
  }
  return path.empty() ? "''" : path;
}

}  // namespace grebe::lakehouse::hudi
