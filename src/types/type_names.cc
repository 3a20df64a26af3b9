// DataType → the names Spark prints: simpleString, sql, typeName, DDL.
#include "types/type_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace grebe::types {
namespace {

std::string interval_name(const DataType& type, bool upper) {
  const bool is_year_month = type.is(TypeKind::kYearMonthInterval);
  const auto name = is_year_month ? year_month_field_name : day_time_field_name;
  std::string text = "interval " + std::string(name(type.start_field()));
  if (type.start_field() != type.end_field()) {
    text += " to " + std::string(name(type.end_field()));
  }
  if (upper) std::transform(text.begin(), text.end(), text.begin(), ::toupper);
  return text;
}

/// Names of types without children; `upper` selects the SQL spelling.
std::string plain_name(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kVoid:
      return "void";
    case TypeKind::kBoolean:
      return "boolean";
    case TypeKind::kByte:
      return "tinyint";
    case TypeKind::kShort:
      return "smallint";
    case TypeKind::kInteger:
      return "int";
    case TypeKind::kLong:
      return "bigint";
    case TypeKind::kFloat:
      return "float";
    case TypeKind::kDouble:
      return "double";
    case TypeKind::kDecimal:
      return fmt::format("decimal({},{})", type.precision(), type.scale());
    case TypeKind::kString:
      return "string";
    case TypeKind::kChar:
      return fmt::format("char({})", type.length());
    case TypeKind::kVarchar:
      return fmt::format("varchar({})", type.length());
    case TypeKind::kBinary:
      return "binary";
    case TypeKind::kDate:
      return "date";
    case TypeKind::kTimestamp:
      return "timestamp";
    case TypeKind::kTimestampNtz:
      return "timestamp_ntz";
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return interval_name(type, false);
    case TypeKind::kCalendarInterval:
      return "interval";
    case TypeKind::kArray:
      return "array";
    case TypeKind::kMap:
      return "map";
    case TypeKind::kStruct:
      return "struct";
  }
  return {};
}

std::string sql_string_literal(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\\' || c == '\'') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string comment_clause(const StructField& field) {
  const std::string comment = field_comment(field);
  return comment.empty() ? "" : " COMMENT " + sql_string_literal(comment);
}

}  // namespace

std::string_view year_month_field_name(IntervalField field) {
  return field == 0 ? "year" : "month";
}

std::string_view day_time_field_name(IntervalField field) {
  static constexpr std::string_view kNames[] = {"day", "hour", "minute", "second"};
  return kNames[std::min<IntervalField>(field, 3)];
}

std::string quote_if_needed(std::string_view name) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  const bool words = !name.empty() && std::all_of(name.begin(), name.end(), is_word);
  const bool digits =
      std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (words && !digits) return std::string(name);
  std::string out = "`";
  for (const char c : name) {
    if (c == '`') out += '`';
    out += c;
  }
  return out + "`";
}

std::string field_comment(const StructField& field) {
  if (field.metadata_json.empty()) return {};
  const auto parsed = nlohmann::json::parse(field.metadata_json, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("comment") || !parsed["comment"].is_string())
    return {};
  return parsed["comment"].get<std::string>();
}

std::string to_ddl(const Schema& schema) {
  std::string out;
  for (const auto& field : schema) {
    if (!out.empty()) out += ',';
    out += quote_if_needed(field.name) + " " + field.type.sql();
    if (!field.nullable) out += " NOT NULL";
    out += comment_clause(field);
  }
  return out;
}

std::string DataType::simple_string() const {
  switch (kind()) {
    case TypeKind::kArray:
      return "array<" + element().simple_string() + ">";
    case TypeKind::kMap:
      return "map<" + key().simple_string() + "," + value().simple_string() + ">";
    case TypeKind::kStruct: {
      std::string out;
      for (const auto& field : fields()) {
        if (!out.empty()) out += ',';
        out += field.name + ":" + field.type.simple_string();
      }
      return "struct<" + out + ">";
    }
    default:
      return plain_name(*this);
  }
}

std::string DataType::sql() const {
  switch (kind()) {
    case TypeKind::kArray:
      return "ARRAY<" + element().sql() + ">";
    case TypeKind::kMap:
      return "MAP<" + key().sql() + ", " + value().sql() + ">";
    case TypeKind::kStruct: {
      std::string out;
      for (const auto& field : fields()) {
        if (!out.empty()) out += ", ";
        out += quote_if_needed(field.name) + ": " + field.type.sql();
        out += comment_clause(field);
      }
      return "STRUCT<" + out + ">";
    }
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return interval_name(*this, true);
    default: {
      std::string text = plain_name(*this);
      std::transform(text.begin(), text.end(), text.begin(), ::toupper);
      return text;
    }
  }
}

std::string DataType::type_name() const {
  switch (kind()) {
    case TypeKind::kByte:
      return "byte";
    case TypeKind::kShort:
      return "short";
    case TypeKind::kInteger:
      return "integer";
    case TypeKind::kLong:
      return "long";
    default:
      return plain_name(*this);
  }
}

}  // namespace grebe::types
