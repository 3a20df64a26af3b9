// Iceberg's type names and nested ids; see schema.h.
#include "lakehouse/iceberg/schema.h"

#include <fmt/format.h>

#include <cstdio>

#include "core/spark_error.h"
#include "engine/database.h"
#include "lakehouse/table/storage_select.h"

namespace grebe::lakehouse::iceberg {

using engine::quote_duckdb_identifier;
using types::DataType;
using types::StructField;
using types::TypeKind;

namespace {

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
      return DataType::struct_type(iceberg_storable(type.fields()));
    default:
      return type;
  }
}

/// Gives ids level by level, as Iceberg's AssignFreshIds does.
class Numbering {
 public:
  explicit Numbering(int last) : last_(last) {}
  int last() const { return last_; }

  Json fields(const std::vector<StructField>& fields) {
    std::vector<int> ids;
    for (size_t i = 0; i < fields.size(); ++i) ids.push_back(++last_);
    Json list = Json::array();
    for (size_t i = 0; i < fields.size(); ++i) list.push_back(field(fields[i], ids[i]));
    return list;
  }

  Json field(const StructField& column, int id) {
    return {{"id", id},
            {"name", column.name},
            {"required", !column.nullable},
            {"type", type(column.type)}};
  }

  int next() { return ++last_; }

 private:
  Json type(const DataType& type) {
    switch (type.kind()) {
      case TypeKind::kBoolean:
        return "boolean";
      case TypeKind::kByte:
      case TypeKind::kShort:
      case TypeKind::kInteger:
        return "int";
      case TypeKind::kLong:
        return "long";
      case TypeKind::kFloat:
        return "float";
      case TypeKind::kDouble:
        return "double";
      case TypeKind::kDecimal:
        return fmt::format("decimal({}, {})", type.precision(), type.scale());
      case TypeKind::kString:
      case TypeKind::kChar:
      case TypeKind::kVarchar:
        return "string";
      case TypeKind::kBinary:
        return "binary";
      case TypeKind::kDate:
        return "date";
      case TypeKind::kTimestamp:
        return "timestamptz";
      case TypeKind::kTimestampNtz:
        return "timestamp";
      case TypeKind::kArray: {
        const int id = ++last_;
        return {{"type", "list"},
                {"element-id", id},
                {"element", this->type(type.element())},
                {"element-required", !type.contains_null()}};
      }
      case TypeKind::kMap: {
        const int key = ++last_;
        const int value = ++last_;
        return {{"type", "map"},
                {"key-id", key},
                {"key", this->type(type.key())},
                {"value-id", value},
                {"value", this->type(type.value())},
                {"value-required", !type.value_contains_null()}};
      }
      case TypeKind::kStruct:
        return {{"type", "struct"}, {"fields", fields(type.fields())}};
      case TypeKind::kVoid:
      case TypeKind::kYearMonthInterval:
      case TypeKind::kDayTimeInterval:
      case TypeKind::kCalendarInterval:
        break;
    }
    throw core::unsupported(fmt::format("a column of type {} in an Iceberg table", type.sql()));
  }

  int last_;
};

std::vector<StructField> parse_fields(const Json& fields);

DataType parse_type(const Json& json) {
  if (json.is_object()) {
    const std::string kind = json.at("type").get<std::string>();
    if (kind == "struct") return DataType::struct_type(parse_fields(json.at("fields")));
    if (kind == "list") {
      return DataType::array(parse_type(json.at("element")),
                             !json.at("element-required").get<bool>());
    }
    if (kind == "map") {
      return DataType::map(parse_type(json.at("key")), parse_type(json.at("value")),
                           !json.at("value-required").get<bool>());
    }
    throw core::unsupported("the Iceberg type " + kind);
  }
  const std::string name = json.get<std::string>();
  static const std::map<std::string, DataType> kTypes{{"boolean", DataType::boolean()},
                                                      {"int", DataType::integer()},
                                                      {"long", DataType::long_type()},
                                                      {"float", DataType::float_type()},
                                                      {"double", DataType::double_type()},
                                                      {"string", DataType::string()},
                                                      {"uuid", DataType::string()},
                                                      {"binary", DataType::binary()},
                                                      {"date", DataType::date()},
                                                      {"timestamptz", DataType::timestamp()},
                                                      {"timestamp", DataType::timestamp_ntz()}};
  if (const auto found = kTypes.find(name); found != kTypes.end()) return found->second;
  int precision = 0;
  int scale = 0;
  if (std::sscanf(name.c_str(), "decimal(%d,%d)", &precision, &scale) == 2 ||
      std::sscanf(name.c_str(), "decimal(%d, %d)", &precision, &scale) == 2) {
    return DataType::decimal(precision, scale);
  }
  if (name.compare(0, 6, "fixed[") == 0) return DataType::binary();
  throw core::unsupported("the Iceberg type " + name);
}

std::vector<StructField> parse_fields(const Json& fields) {
  std::vector<StructField> parsed;
  for (const Json& field : fields) {
    parsed.push_back({field.at("name").get<std::string>(), parse_type(field.at("type")),
                      !field.at("required").get<bool>()});
  }
  return parsed;
}

std::string ids_of_type(int id, const Json& type);

std::string ids_of_fields(const Json& fields) {
  std::string text;
  for (const Json& field : fields) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ",
                        quote_duckdb_identifier(field.at("name").get<std::string>()),
                        ids_of_type(field.at("id").get<int>(), field.at("type")));
  }
  return text;
}

std::string ids_of_type(int id, const Json& type) {
  if (!type.is_object()) return fmt::to_string(id);
  const std::string kind = type.at("type").get<std::string>();
  if (kind == "struct") {
    return fmt::format("{{__duckdb_field_id: {}, {}}}", id, ids_of_fields(type.at("fields")));
  }
  if (kind == "list") {
    return fmt::format("{{__duckdb_field_id: {}, element: {}}}", id,
                       ids_of_type(type.at("element-id").get<int>(), type.at("element")));
  }
  return fmt::format("{{__duckdb_field_id: {}, key: {}, value: {}}}", id,
                     ids_of_type(type.at("key-id").get<int>(), type.at("key")),
                     ids_of_type(type.at("value-id").get<int>(), type.at("value")));
}

void collect_leaves(int id, const Json& type, std::vector<std::string> path, bool repeated,
                    std::map<std::vector<std::string>, Leaf>& leaves) {
  const auto below = [&](const char* name, const char* id_key, const char* type_key) {
    std::vector<std::string> inner = path;
    inner.push_back(name);
    collect_leaves(type.at(id_key).get<int>(), type.at(type_key), inner, true, leaves);
  };
  if (!type.is_object()) {
    leaves[std::move(path)] = {id, parse_type(type), repeated};
    return;
  }
  const std::string kind = type.at("type").get<std::string>();
  if (kind == "list") {
    below("element", "element-id", "element");
  } else if (kind == "map") {
    below("key", "key-id", "key");
    below("value", "value-id", "value");
  } else {
    for (const Json& field : type.at("fields")) {
      std::vector<std::string> inner = path;
      inner.push_back(field.at("name").get<std::string>());
      collect_leaves(field.at("id").get<int>(), field.at("type"), inner, repeated, leaves);
    }
  }
}

}  // namespace

types::Schema iceberg_storable(const types::Schema& schema) {
  types::Schema stored = schema;
  for (StructField& column : stored) {
    column.type = storable(column.type);
    column.metadata_json.clear();
  }
  return stored;
}

NumberedSchema number_schema(const types::Schema& schema, int schema_id, int last_column_id) {
  Numbering numbering(last_column_id);
  Json fields = numbering.fields(schema);
  return {{{"type", "struct"}, {"schema-id", schema_id}, {"fields", std::move(fields)}},
          numbering.last()};
}

NumberedSchema extend_schema(const Json& held, const types::Schema& schema, int schema_id,
                             int last_column_id) {
  const types::Schema columns = parse_schema(held);
  Numbering numbering(last_column_id);
  Json extended = held;
  extended["schema-id"] = schema_id;
  for (const StructField& column : schema) {
    if (find_column(columns, column.name)) continue;
    const int id = numbering.next();
    extended["fields"].push_back(numbering.field(column, id));
  }
  return {std::move(extended), numbering.last()};
}

types::Schema parse_schema(const Json& schema) { return parse_fields(schema.at("fields")); }

std::string field_ids(const Json& schema) { return "{" + ids_of_fields(schema.at("fields")) + "}"; }

std::map<std::vector<std::string>, Leaf> leaf_columns(const Json& schema) {
  std::map<std::vector<std::string>, Leaf> leaves;
  for (const Json& field : schema.at("fields")) {
    collect_leaves(field.at("id").get<int>(), field.at("type"),
                   {field.at("name").get<std::string>()}, false, leaves);
  }
  return leaves;
}

const Json& field_named(const Json& schema, const std::string& name) {
  for (const Json& field : schema.at("fields")) {
    if (same_name(field.at("name").get<std::string>(), name)) return field;
  }
  throw core::plain_error(core::ErrorClass::kAnalysis,
                          fmt::format("The Iceberg partition column {} is no column.", name));
}

const Json* field_with_id(const Json& schema, int id) {
  for (const Json& field : schema.at("fields")) {
    if (field.at("id").get<int>() == id) return &field;
  }
  return nullptr;
}

}  // namespace grebe::lakehouse::iceberg
