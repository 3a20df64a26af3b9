// Literals → SQL text (Spark: Literal.sql, usePrettyExpression).
#include "types/value_sql.h"

#include <fmt/format.h>

#include <cmath>

#include "types/value_text.h"

namespace grebe::types {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\\' || c == '\'') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string floating_sql(const Value& value, const DataType& type) {
  const double number = std::get<double>(value.data);
  const std::string text = value_text(value, type);
  if (!std::isfinite(number)) return fmt::format("CAST('{}' AS {})", text, type.sql());
  if (type.is(TypeKind::kFloat)) return fmt::format("CAST({} AS FLOAT)", text);
  return text + "D";
}

std::string binary_sql(const std::string& bytes) {
  std::string out = "X'";
  for (const char byte : bytes) out += fmt::format("{:02X}", static_cast<unsigned char>(byte));
  return out + "'";
}

std::string nested_sql(const Value& value, const DataType& type, std::string_view time_zone) {
  std::string out;
  const auto add = [&out](const std::string& part) {
    if (!out.empty()) out += ", ";
    out += part;
  };
  if (type.is(TypeKind::kMap)) {
    // Spark writes MAP(map_keys…): keys and values alternate.
    for (const auto& [key, mapped] :
         std::get<std::shared_ptr<const ValueMap>>(value.data)->entries) {
      add(literal_sql(key, type.key(), time_zone));
      add(literal_sql(mapped, type.value(), time_zone));
    }
    return "MAP(" + out + ")";
  }
  const auto& items = std::get<std::shared_ptr<const ValueList>>(value.data)->items;
  if (type.is(TypeKind::kArray)) {
    for (const auto& item : items) add(literal_sql(item, type.element(), time_zone));
    return "ARRAY(" + out + ")";
  }
  for (size_t i = 0; i < items.size(); ++i) {
    add(quoted(type.fields()[i].name));
    add(literal_sql(items[i], type.fields()[i].type, time_zone));
  }
  return "NAMED_STRUCT(" + out + ")";
}

}  // namespace

std::string literal_sql(const Value& value, const DataType& type, std::string_view time_zone) {
  if (value.is_null()) {
    return type.is(TypeKind::kVoid) ? "NULL" : fmt::format("CAST(NULL AS {})", type.sql());
  }
  const TextOptions options{.time_zone = std::string(time_zone)};
  switch (type.kind()) {
    case TypeKind::kVoid:
      return "NULL";
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return quoted(std::get<std::string>(value.data));
    case TypeKind::kByte:
      return value_text(value, type) + "Y";
    case TypeKind::kShort:
      return value_text(value, type) + "S";
    case TypeKind::kLong:
      return value_text(value, type) + "L";
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return floating_sql(value, type);
    case TypeKind::kDecimal:
      return value_text(value, type) + "BD";
    case TypeKind::kBinary:
      return binary_sql(std::get<std::string>(value.data));
    case TypeKind::kDate:
      return fmt::format("DATE '{}'", value_text(value, type));
    case TypeKind::kTimestamp:
      return fmt::format("TIMESTAMP '{}'", value_text(value, type, options));
    case TypeKind::kTimestampNtz:
      return fmt::format("TIMESTAMP_NTZ '{}'", value_text(value, type));
    case TypeKind::kCalendarInterval:
      return fmt::format("INTERVAL '{}'", value_text(value, type));
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      return nested_sql(value, type, time_zone);
    case TypeKind::kBoolean:
    case TypeKind::kInteger:
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return value_text(value, type);
  }
  return {};
}

std::string literal_pretty_sql(const Value& value, const DataType& type,
                               std::string_view time_zone) {
  if (value.is_null()) return "NULL";
  if (type.is_numeric() || type.is_string_like()) return value_text(value, type);
  return literal_sql(value, type, time_zone);
}

}  // namespace grebe::types
