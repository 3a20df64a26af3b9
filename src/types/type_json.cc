// DataType ↔ Spark's JSON form of a schema.
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/spark_error.h"
#include "types/data_type.h"

namespace grebe::types {
namespace {

using Json = nlohmann::ordered_json;

Json parse_metadata(const std::string& text) {
  if (text.empty()) return Json::object();
  Json parsed = Json::parse(text, nullptr, false);
  return parsed.is_object() ? parsed : Json::object();
}

Json to_json(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kArray:
      return Json{{"type", "array"},
                  {"elementType", to_json(type.element())},
                  {"containsNull", type.contains_null()}};
    case TypeKind::kMap:
      return Json{{"type", "map"},
                  {"keyType", to_json(type.key())},
                  {"valueType", to_json(type.value())},
                  {"valueContainsNull", type.value_contains_null()}};
    case TypeKind::kStruct: {
      Json fields = Json::array();
      for (const auto& field : type.fields()) {
        fields.push_back(Json{{"name", field.name},
                              {"type", to_json(field.type)},
                              {"nullable", field.nullable},
                              {"metadata", parse_metadata(field.metadata_json)}});
      }
      return Json{{"type", "struct"}, {"fields", std::move(fields)}};
    }
    default:
      return type.type_name();
  }
}

[[noreturn]] void refuse(const std::string& text) {
  throw core::plain_error(core::ErrorClass::kIllegalArgument,
                          "Failed to convert the JSON string '" + text + "' to a data type.");
}

/// Reads "name(a)" or "name(a,b)"; nothing when `text` is not of that shape.
std::optional<std::pair<int, int>> parameters(std::string_view text, std::string_view name) {
  if (!text.starts_with(name) || !text.ends_with(")")) return std::nullopt;
  text.remove_prefix(name.size());
  if (text.empty() || text.front() != '(') return std::nullopt;
  text = text.substr(1, text.size() - 2);
  const auto trim = [](std::string_view part) {
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    return part;
  };
  const auto comma = text.find(',');
  std::pair<int, int> out{0, 0};
  const auto read = [](std::string_view part, int& number) {
    const auto result = std::from_chars(part.data(), part.data() + part.size(), number);
    return result.ec == std::errc() && result.ptr == part.data() + part.size();
  };
  if (!read(trim(text.substr(0, comma)), out.first)) return std::nullopt;
  if (comma != std::string_view::npos && !read(trim(text.substr(comma + 1)), out.second)) {
    return std::nullopt;
  }
  return out;
}

std::optional<DataType> interval_by_name(const std::string& name) {
  for (IntervalField start = 0; start < 4; ++start) {
    for (IntervalField end = start; end < 4; ++end) {
      const auto day_time = DataType::day_time_interval(start, end);
      if (day_time.type_name() == name) return day_time;
      if (end > 1) continue;
      const auto year_month = DataType::year_month_interval(start, end);
      if (year_month.type_name() == name) return year_month;
    }
  }
  return std::nullopt;
}

DataType by_name(const std::string& name) {
  static const std::vector<std::pair<std::string_view, DataType>> kTypes = {
      {"void", DataType::void_type()},
      {"null", DataType::void_type()},
      {"boolean", DataType::boolean()},
      {"byte", DataType::byte()},
      {"short", DataType::short_type()},
      {"integer", DataType::integer()},
      {"long", DataType::long_type()},
      {"float", DataType::float_type()},
      {"double", DataType::double_type()},
      {"string", DataType::string()},
      {"binary", DataType::binary()},
      {"date", DataType::date()},
      {"timestamp", DataType::timestamp()},
      {"timestamp_ltz", DataType::timestamp()},
      {"timestamp_ntz", DataType::timestamp_ntz()},
      {"interval", DataType::calendar_interval()},
      {"decimal", DataType::decimal(10, 0)},
  };
  for (const auto& [known, type] : kTypes) {
    if (known == name) return type;
  }
  if (const auto p = parameters(name, "decimal")) {
    if (p->first < 1 || p->first > 38 || p->second < 0 || p->second > p->first) refuse(name);
    return DataType::decimal(p->first, p->second);
  }
  if (const auto p = parameters(name, "char")) return DataType::char_type(p->first);
  if (const auto p = parameters(name, "varchar")) return DataType::varchar(p->first);
  if (const auto interval = interval_by_name(name)) return *interval;
  refuse(name);
}

DataType from_json(const Json& json, int depth) {
  constexpr int kMaxDepth = 500;
  if (depth > kMaxDepth) refuse("a schema nested more than 500 levels");
  if (json.is_string()) return by_name(json.get<std::string>());
  if (!json.is_object() || !json.contains("type")) refuse(json.dump());
  const std::string kind = json["type"].is_string() ? json["type"].get<std::string>() : "";
  if (kind == "array" && json.contains("elementType")) {
    return DataType::array(from_json(json["elementType"], depth + 1),
                           json.value("containsNull", true));
  }
  if (kind == "map" && json.contains("keyType") && json.contains("valueType")) {
    return DataType::map(from_json(json["keyType"], depth + 1),
                         from_json(json["valueType"], depth + 1),
                         json.value("valueContainsNull", true));
  }
  if (kind == "struct" && json.contains("fields") && json["fields"].is_array()) {
    std::vector<StructField> fields;
    for (const auto& field : json["fields"]) {
      if (!field.is_object() || !field.contains("name") || !field.contains("type")) {
        refuse(field.dump());
      }
      StructField out{.name = field["name"].get<std::string>(),
                      .type = from_json(field["type"], depth + 1),
                      .nullable = field.value("nullable", true)};
      if (field.contains("metadata") && field["metadata"].is_object() &&
          !field["metadata"].empty()) {
        out.metadata_json = field["metadata"].dump();
      }
      fields.push_back(std::move(out));
    }
    return DataType::struct_type(std::move(fields));
  }
  if (kind == "udt") throw core::unsupported("a user-defined type in a schema");
  refuse(json.dump());
}

}  // namespace

std::string DataType::json() const {
  // A name may be any bytes, and JSON only holds Unicode.
  return to_json(*this).dump(-1, ' ', false, Json::error_handler_t::replace);
}

DataType parse_json_type(std::string_view json) {
  Json parsed = Json::parse(json, nullptr, false);
  // A bare type name is accepted as well as its quoted form, as DataType.fromJson's callers do.
  if (parsed.is_discarded()) return by_name(std::string(json));
  try {
    return from_json(parsed, 0);
  } catch (const Json::exception& failure) {
    refuse(std::string(json));
  }
}

}  // namespace grebe::types
