// Avro schemas by hand; see metadata.h. Conversions follow Spark's SchemaConverters.
#include "lakehouse/hudi/metadata.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "core/spark_error.h"

namespace grebe::lakehouse::hudi {

using Json = nlohmann::ordered_json;
using types::DataType;
using types::StructField;
using types::TypeKind;

namespace {

constexpr std::array<const char*, 5> kMetaColumns{kCommitTime, kSequence, kRecordKey,
                                                  kPartitionPath, kFileName};

/// Bytes that hold every unscaled value of a precision.
int decimal_bytes(int precision) {
  constexpr std::array<int, 39> kBytes{0,  1,  1,  2,  2,  3,  3,  4,  4,  4,  5,  5,  6,
                                       6,  6,  7,  7,  8,  8,  9,  9,  9,  10, 10, 11, 11,
                                       11, 12, 12, 13, 13, 13, 14, 14, 15, 15, 16, 16, 16};
  return kBytes.at(static_cast<size_t>(precision));
}

Json record_json(const std::vector<StructField>& fields, const std::string& name,
                 const std::string& space);

/// `name` and `space` name records and fixeds inside the field.
Json type_json(const DataType& type, bool nullable, const std::string& name,
               const std::string& space) {
  const auto optional = [&](Json json) { return nullable ? Json{"null", std::move(json)} : json; };
  const auto logical = [](const char* base, const char* word) {
    return Json{{"type", base}, {"logicalType", word}};
  };
  switch (type.kind()) {
    case TypeKind::kBoolean:
      return optional("boolean");
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
      return optional("int");
    case TypeKind::kLong:
      return optional("long");
    case TypeKind::kFloat:
      return optional("float");
    case TypeKind::kDouble:
      return optional("double");
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return optional("string");
    case TypeKind::kBinary:
      return optional("bytes");
    case TypeKind::kDate:
      return optional(logical("int", "date"));
    case TypeKind::kTimestamp:
      return optional(logical("long", "timestamp-micros"));
    case TypeKind::kTimestampNtz:
      return optional(logical("long", "local-timestamp-micros"));
    case TypeKind::kDecimal:
      return optional(Json{{"type", "fixed"},
                           {"name", "fixed"},
                           {"namespace", space + "." + name},
                           {"size", decimal_bytes(type.precision())},
                           {"logicalType", "decimal"},
                           {"precision", type.precision()},
                           {"scale", type.scale()}});
    case TypeKind::kArray:
      return optional(
          Json{{"type", "array"},
               {"items", type_json(type.element(), type.contains_null(), name, space)}});
    case TypeKind::kMap:
      if (!type.key().is_string_like()) {
        throw core::unsupported("a map whose key is not a string in a Hudi table");
      }
      return optional(
          Json{{"type", "map"},
               {"values", type_json(type.value(), type.value_contains_null(), name, space)}});
    case TypeKind::kStruct:
      return optional(record_json(type.fields(), name, space));
    case TypeKind::kVoid:
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
    case TypeKind::kCalendarInterval:
      break;
  }
  throw core::unsupported(fmt::format("a column of type {} in a Hudi table", type.sql()));
}

void check_avro_name(const std::string& name) {
  bool good = !name.empty() && !(name[0] >= '0' && name[0] <= '9');
  for (const char c : name) {
    good = good &&
           ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
  }
  if (!good) {
    throw core::unsupported(
        fmt::format("the column name {} in a Hudi table (letters, digits and _)",
                    core::quote_identifier(name)));
  }
}

Json record_json(const std::vector<StructField>& fields, const std::string& name,
                 const std::string& space) {
  Json list = Json::array();
  const std::string inner = space + "." + name;
  for (const StructField& field : fields) {
    check_avro_name(field.name);
    Json json = {{"name", field.name},
                 {"type", type_json(field.type, field.nullable, field.name, inner)}};
    if (field.nullable) json["default"] = nullptr;
    list.push_back(std::move(json));
  }
  return {{"type", "record"}, {"name", name}, {"namespace", space}, {"fields", std::move(list)}};
}

struct ParsedType {
  DataType type;
  bool nullable = false;
};

ParsedType parse_type(const Json& json);

ParsedType parse_union(const Json& json) {
  ParsedType parsed;
  bool found = false;
  for (const Json& branch : json) {
    if (branch == "null") {
      parsed.nullable = true;
    } else if (!found) {
      parsed.type = parse_type(branch).type;
      found = true;
    } else {
      throw core::unsupported("Avro unions of several types in a Hudi schema");
    }
  }
  return parsed;
}

DataType parse_decimal(const Json& json) {
  return DataType::decimal(json.at("precision").get<int>(), json.value("scale", 0));
}

DataType parse_named(const std::string& name, const Json& json) {
  const std::string logical = json.is_object() ? json.value("logicalType", "") : "";
  if (name == "boolean") return DataType::boolean();
  if (name == "int") return logical == "date" ? DataType::date() : DataType::integer();
  if (name == "long") {
    if (logical == "timestamp-micros" || logical == "timestamp-millis")
      return DataType::timestamp();
    if (logical == "local-timestamp-micros") return DataType::timestamp_ntz();
    return DataType::long_type();
  }
  if (name == "float") return DataType::float_type();
  if (name == "double") return DataType::double_type();
  if (name == "string" || name == "enum") return DataType::string();
  if (name == "bytes" || name == "fixed") {
    return logical == "decimal" ? parse_decimal(json) : DataType::binary();
  }
  throw core::unsupported(fmt::format("the Avro type {} in a Hudi schema", name));
}

ParsedType parse_type(const Json& json) {
  if (json.is_array()) return parse_union(json);
  if (json.is_string()) return {parse_named(json.get<std::string>(), json), false};
  const Json& kind = json.at("type");
  if (!kind.is_string()) return parse_type(kind);
  const std::string name = kind.get<std::string>();
  if (name == "array") {
    const ParsedType items = parse_type(json.at("items"));
    return {DataType::array(items.type, items.nullable), false};
  }
  if (name == "map") {
    const ParsedType values = parse_type(json.at("values"));
    return {DataType::map(DataType::string(), values.type, values.nullable), false};
  }
  if (name == "record") {
    std::vector<StructField> fields;
    for (const Json& field : json.at("fields")) {
      ParsedType type = parse_type(field.at("type"));
      fields.push_back({field.at("name").get<std::string>(), std::move(type.type), type.nullable});
    }
    return {DataType::struct_type(std::move(fields)), false};
  }
  return {parse_named(name, json), false};
}

DataType storable(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kByte:
    case TypeKind::kShort:
      return DataType::integer();
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return DataType::string();
    case TypeKind::kArray:
      return DataType::array(storable(type.element()), type.contains_null());
    case TypeKind::kMap:
      return DataType::map(storable(type.key()), storable(type.value()),
                           type.value_contains_null());
    case TypeKind::kStruct:
      return DataType::struct_type(avro_storable(type.fields()));
    default:
      return type;
  }
}

}  // namespace

types::Schema meta_columns() {
  types::Schema columns;
  for (const char* name : kMetaColumns) columns.push_back({name, DataType::string(), true});
  return columns;
}

bool is_meta_column(std::string_view name) {
  for (const char* meta : kMetaColumns) {
    if (name == meta) return true;
  }
  return false;
}

types::Schema avro_storable(const types::Schema& schema) {
  types::Schema stored = schema;
  for (StructField& column : stored) column.type = storable(column.type);
  return stored;
}

std::string print_avro_schema(const types::Schema& schema, const std::string& table_name) {
  std::string name;
  for (const char c : table_name) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += good ? c : '_';
  }
  return record_json(schema, name + "_record", "hoodie." + name).dump();
}

types::Schema parse_avro_schema(std::string_view json) {
  try {
    const ParsedType parsed = parse_type(Json::parse(json));
    if (!parsed.type.is(TypeKind::kStruct)) throw core::internal_error("a schema is no record");
    types::Schema schema;
    for (const StructField& field : parsed.type.fields()) {
      if (!is_meta_column(field.name)) schema.push_back(field);
    }
    return schema;
  } catch (const Json::exception& error) {
    throw core::plain_error(core::ErrorClass::kSpark,
                            fmt::format("Malformed Avro schema: {}", error.what()));
  }
}

}  // namespace grebe::lakehouse::hudi
