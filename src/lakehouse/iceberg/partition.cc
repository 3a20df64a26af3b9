// Transforms by name; see partition.h.
#include "lakehouse/iceberg/partition.h"

#include <fmt/format.h>

#include <cstdlib>

#include "core/spark_error.h"
#include "engine/database.h"
#include "lakehouse/iceberg/bounds.h"
#include "lakehouse/table/storage_select.h"
#include "lakehouse/table/value_text.h"

namespace grebe::lakehouse::iceberg {

using types::DataType;
using types::TypeKind;

namespace {

constexpr int64_t kMicrosPerHour = 3'600'000'000;

struct Transform {
  /// Iceberg's name.
  std::string name;
  std::string column;
};

std::string trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '`')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '`')) text.remove_suffix(1);
  return std::string(text);
}

Transform parse_transform(const std::string& text) {
  const size_t open = text.find('(');
  if (open == std::string::npos || text.back() != ')') return {"identity", trimmed(text)};
  const std::string function = trimmed(text.substr(0, open));
  const std::string inner = text.substr(open + 1, text.size() - open - 2);
  for (const char* unit : {"year", "month", "day", "hour"}) {
    if (same_name(function, unit) || same_name(function, std::string(unit) + "s")) {
      return {unit, trimmed(inner)};
    }
  }
  if (same_name(function, "date")) return {"day", trimmed(inner)};
  const size_t comma = inner.find(',');
  if (comma != std::string::npos) {
    std::string first = trimmed(inner.substr(0, comma));
    std::string second = trimmed(inner.substr(comma + 1));
    if (first.find_first_not_of("0123456789") != std::string::npos) std::swap(first, second);
    for (const char* known : {"truncate", "bucket"}) {
      if (same_name(function, known)) return {fmt::format("{}[{}]", known, first), second};
    }
  }
  throw core::unsupported("the partition transform " + text);
}

bool is_truncate(const std::string& transform) { return transform.compare(0, 9, "truncate[") == 0; }

DataType result_type(const std::string& transform, const DataType& source) {
  if (transform == "identity" || transform == "void" || is_truncate(transform)) return source;
  if (transform == "day") return DataType::date();
  if (transform == "year" || transform == "month" || transform == "hour") {
    return DataType::integer();
  }
  throw core::unsupported(fmt::format("the Iceberg partition transform {}", transform));
}

std::string field_name(const Transform& transform) {
  if (transform.name == "identity") return transform.column;
  if (is_truncate(transform.name)) return transform.column + "_trunc";
  if (transform.name.compare(0, 7, "bucket[") == 0) return transform.column + "_bucket";
  return transform.column + "_" + transform.name;
}

std::string truncate_expression(const PartitionField& field, const std::string& column) {
  const int64_t width = std::strtoll(field.transform.c_str() + 9, nullptr, 10);
  switch (field.source_type.kind()) {
    case TypeKind::kString:
      return fmt::format("substring({}, 1, {})", column, width);
    case TypeKind::kInteger:
    case TypeKind::kLong:
      return fmt::format("{0} - ((({0} % {1}) + {1}) % {1})", column, width);
    default:
      throw core::unsupported(fmt::format("truncating the partition column {} of type {}",
                                          field.source_name, field.source_type.sql()));
  }
}

}  // namespace

std::vector<PartitionField> parse_spec(const Json& spec, const Json& schema) {
  std::vector<PartitionField> fields;
  for (const Json& json : spec.at("fields")) {
    PartitionField field{.field_id = json.at("field-id").get<int>(),
                         .source_id = json.at("source-id").get<int>(),
                         .transform = json.at("transform").get<std::string>(),
                         .name = json.at("name").get<std::string>()};
    const Json* source = field_with_id(schema, field.source_id);
    if (source == nullptr) throw core::unsupported("an Iceberg partition on a nested column");
    field.source_name = source->at("name").get<std::string>();
    const types::Schema columns = parse_schema(schema);
    field.source_type = columns[find_column(columns, field.source_name).value()].type;
    field.result_type = result_type(field.transform, field.source_type);
    fields.push_back(std::move(field));
  }
  return fields;
}

Json make_spec(const std::vector<std::string>& partitioning, const Json& schema, int spec_id,
               int last_partition_id) {
  Json fields = Json::array();
  for (const std::string& text : partitioning) {
    Transform transform = parse_transform(text);
    const Json& source = field_named(schema, transform.column);
    transform.column = source.at("name").get<std::string>();
    fields.push_back({{"name", field_name(transform)},
                      {"transform", transform.name},
                      {"source-id", source.at("id")},
                      {"field-id", ++last_partition_id}});
  }
  return {{"spec-id", spec_id}, {"fields", std::move(fields)}};
}

std::string partition_expression(const PartitionField& field) {
  const std::string column = engine::quote_duckdb_identifier(field.source_name);
  const bool is_instant =
      field.source_type.is(TypeKind::kTimestamp) || field.source_type.is(TypeKind::kTimestampNtz);
  const std::string plain =
      is_instant ? fmt::format("make_timestamp(epoch_us({}))", column) : column;
  if (field.transform == "void") return fmt::format("CAST(NULL AS VARCHAR)");
  if (field.transform == "identity") return plain;
  if (is_truncate(field.transform)) return truncate_expression(field, column);
  if (field.transform == "day") return fmt::format("CAST({} AS DATE)", plain);
  if (field.transform == "year") return fmt::format("CAST(year({}) - 1970 AS INTEGER)", plain);
  if (field.transform == "month") {
    return fmt::format("CAST((year({0}) - 1970) * 12 + month({0}) - 1 AS INTEGER)", plain);
  }
  return fmt::format(
      "CAST((epoch_us({0}) - (((epoch_us({0}) % {1}) + {1}) % {1})) // {1} AS INTEGER)", column,
      kMicrosPerHour);
}

Json partition_avro_type(const PartitionField& field) {
  const DataType& type = field.result_type;
  switch (type.kind()) {
    case TypeKind::kBoolean:
      return "boolean";
    case TypeKind::kInteger:
      return "int";
    case TypeKind::kLong:
      return "long";
    case TypeKind::kFloat:
      return "float";
    case TypeKind::kDouble:
      return "double";
    case TypeKind::kString:
      return "string";
    case TypeKind::kDate:
      return {{"type", "int"}, {"logicalType", "date"}};
    case TypeKind::kTimestamp:
      return {{"type", "long"}, {"logicalType", "timestamp-micros"}, {"adjust-to-utc", true}};
    case TypeKind::kTimestampNtz:
      return {{"type", "long"}, {"logicalType", "timestamp-micros"}, {"adjust-to-utc", false}};
    case TypeKind::kDecimal:
      return {
          {"type", "fixed"},
          {"name", fmt::format("decimal_{}_{}_{}", type.precision(), type.scale(), field.field_id)},
          {"size", decimal_length(type.precision())},
          {"logicalType", "decimal"},
          {"precision", type.precision()},
          {"scale", type.scale()}};
    default:
      throw core::unsupported(fmt::format("partitioning an Iceberg table by {}", type.sql()));
  }
}

void encode_partition_value(AvroEncoder& encoder, const PartitionField& field,
                            const std::optional<std::string>& text) {
  encoder.put_branch(text ? 1 : 0);
  if (!text) return;
  const types::Value value = parse_partition_value(field.result_type, *text);
  switch (field.result_type.kind()) {
    case TypeKind::kBoolean:
      return encoder.put_boolean(std::get<bool>(value.data));
    case TypeKind::kFloat:
      return encoder.put_float(static_cast<float>(std::get<double>(value.data)));
    case TypeKind::kDouble:
      return encoder.put_double(std::get<double>(value.data));
    case TypeKind::kString:
      return encoder.put_bytes(std::get<std::string>(value.data));
    case TypeKind::kDecimal:
      return encoder.put_fixed(big_endian(std::get<types::Decimal>(value.data).unscaled,
                                          decimal_length(field.result_type.precision())));
    default:
      return encoder.put_long(std::get<int64_t>(value.data));
  }
}

}  // namespace grebe::lakehouse::iceberg
