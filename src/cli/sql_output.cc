// Arrow batches → values → text, one row after the other.
#include "cli/sql_output.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "engine/arrow_values.h"
#include "pipeline/statement.h"
#include "types/value_text.h"

namespace grebe::cli {

namespace {

using types::TypeKind;

std::string quote_json(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string base64(const std::string& bytes) {
  constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    for (size_t k = 0; k < 4; ++k) {
      out += i + k <= bytes.size() ? kAlphabet[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return out;
}

std::string json_leaf(const types::Value& value, const types::DataType& type,
                      const std::string& time_zone) {
  const std::string text =
      types::value_text(value, type, {.time_zone = time_zone, .plain_decimals = true});
  switch (type.kind()) {
    case TypeKind::kBoolean:
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kDecimal:
      return text;
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return std::isfinite(std::get<double>(value.data)) ? text : quote_json(text);
    case TypeKind::kBinary:
      return quote_json(base64(std::get<std::string>(value.data)));
    case TypeKind::kVoid:
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
    case TypeKind::kCalendarInterval:
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      return quote_json(text);
  }
  return quote_json(text);
}

/// Members of an object, in order; a name may stand twice, as columns may.
std::string json_object(const std::vector<types::StructField>& fields,
                        const std::vector<types::Value>& values, const std::string& time_zone) {
  std::string out = "{";
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ",";
    out += quote_json(fields[i].name) + ":" + json_text(values[i], fields[i].type, time_zone);
  }
  return out + "}";
}

int64_t write_table(engine::ResultStream& rows, const RowOutputOptions& options,
                    std::ostream& out) {
  std::vector<engine::Row> held;
  // One row more than is shown tells that there are more.
  const auto wanted = static_cast<size_t>(options.table_rows) + 1;
  while (held.size() < wanted) {
    const auto batch = rows.next();
    if (!batch) break;
    for (engine::Row& row : engine::batch_rows(*batch, rows.schema(), options.time_zone)) {
      if (held.size() < wanted) held.push_back(std::move(row));
    }
  }
  out << pipeline::show_text({.rows = options.table_rows, .truncate = 0}, rows.schema(), held,
                             options.time_zone);
  return static_cast<int64_t>(std::min(held.size(), wanted - 1));
}

void write_csv_header(const types::Schema& schema, std::ostream& out) {
  for (size_t i = 0; i < schema.size(); ++i) {
    out << (i > 0 ? "," : "")
        << csv_text({schema[i].name}, types::DataType::string(), /*time_zone=*/"UTC");
  }
  out << '\n';
}

void write_csv_row(const types::Schema& schema, const engine::Row& row,
                   const std::string& time_zone, std::ostream& out) {
  for (size_t i = 0; i < schema.size(); ++i) {
    out << (i > 0 ? "," : "") << csv_text(row[i], schema[i].type, time_zone);
  }
  out << '\n';
}

}  // namespace

std::string json_text(const types::Value& value, const types::DataType& type,
                      const std::string& time_zone) {
  if (value.is_null()) return "null";
  if (type.is(TypeKind::kArray)) {
    std::string out = "[";
    const auto& list = std::get<std::shared_ptr<const types::ValueList>>(value.data);
    for (size_t i = 0; i < list->items.size(); ++i) {
      out += (i > 0 ? "," : "") + json_text(list->items[i], type.element(), time_zone);
    }
    return out + "]";
  }
  if (type.is(TypeKind::kStruct)) {
    const auto& list = std::get<std::shared_ptr<const types::ValueList>>(value.data);
    return json_object(type.fields(), list->items, time_zone);
  }
  if (type.is(TypeKind::kMap)) {
    std::string out = "{";
    const auto& map = std::get<std::shared_ptr<const types::ValueMap>>(value.data);
    for (size_t i = 0; i < map->entries.size(); ++i) {
      const auto& [key, entry] = map->entries[i];
      out += (i > 0 ? "," : "") +
             quote_json(types::value_text(key, type.key(), {.time_zone = time_zone})) + ":" +
             json_text(entry, type.value(), time_zone);
    }
    return out + "}";
  }
  return json_leaf(value, type, time_zone);
}

std::string csv_text(const types::Value& value, const types::DataType& type,
                     const std::string& time_zone) {
  if (value.is_null()) return "";
  const std::string text =
      type.is_nested()
          ? json_text(value, type, time_zone)
          : types::value_text(value, type, {.time_zone = time_zone, .plain_decimals = true});
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

int64_t write_rows(engine::ResultStream& rows, const RowOutputOptions& options, std::ostream& out) {
  const types::Schema& schema = rows.schema();
  if (schema.empty()) {  // a command: only its effect counts
    while (rows.next()) {
    }
    return 0;
  }
  if (options.format == RowFormat::kTable) return write_table(rows, options, out);
  if (options.format == RowFormat::kCsv) write_csv_header(schema, out);
  int64_t count = 0;
  while (const auto batch = rows.next()) {
    for (const engine::Row& row : engine::batch_rows(*batch, schema, options.time_zone)) {
      if (options.format == RowFormat::kCsv) {
        write_csv_row(schema, row, options.time_zone, out);
      } else {
        out << json_object(schema, row, options.time_zone) << '\n';
      }
      ++count;
    }
  }
  return count;
}

}  // namespace grebe::cli
