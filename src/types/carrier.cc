// Spark types → the DuckDB types that carry them, and quoting for emitted SQL.
#include <fmt/format.h>

#include "types/carrier.h"

#include "core/spark_error.h"

namespace grebe::types {

namespace {

std::string struct_carrier(const std::vector<StructField>& fields) {
  // DuckDB has no empty struct: one hidden null stands for it and never leaves.
  if (fields.empty()) return "STRUCT(f0 INTEGER)";
  std::string text = "STRUCT(";
  for (size_t i = 0; i < fields.size(); ++i) {
    text += fmt::format("{}f{} {}", i == 0 ? "" : ", ", i, carrier_type(fields[i].type));
  }
  return text + ")";
}

std::string quote(std::string_view text, char mark) {
  std::string quoted(1, mark);
  for (char c : text) {
    if (c == mark) quoted += mark;
    quoted += c;
  }
  quoted += mark;
  return quoted;
}

}  // namespace

std::string carrier_type(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kVoid:
      return "INTEGER";
    case TypeKind::kBoolean:
      return "BOOLEAN";
    case TypeKind::kByte:
      return "TINYINT";
    case TypeKind::kShort:
      return "SMALLINT";
    case TypeKind::kInteger:
      return "INTEGER";
    case TypeKind::kLong:
      return "BIGINT";
    case TypeKind::kFloat:
      return "FLOAT";
    case TypeKind::kDouble:
      return "DOUBLE";
    case TypeKind::kDecimal:
      return fmt::format("DECIMAL({},{})", type.precision(), type.scale());
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return "VARCHAR";
    case TypeKind::kBinary:
      return "BLOB";
    case TypeKind::kDate:
      return "DATE";
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return "TIMESTAMP";
    case TypeKind::kYearMonthInterval:
      return "INTEGER";
    case TypeKind::kDayTimeInterval:
      return "BIGINT";
    case TypeKind::kCalendarInterval:
      return "INTERVAL";
    case TypeKind::kArray:
      return carrier_type(type.element()) + "[]";
    case TypeKind::kMap:
      return fmt::format("MAP({}, {})", carrier_type(type.key()), carrier_type(type.value()));
    case TypeKind::kStruct:
      return struct_carrier(type.fields());
  }
  throw core::internal_error("a type without a carrier");
}

std::string quote_duckdb_identifier(std::string_view name) { return quote(name, '"'); }

std::string quote_duckdb_string(std::string_view text) {
  // DuckDB's texts end at a zero byte.
  if (text.find('\0') == std::string_view::npos) return quote(text, '\'');
  std::string joined;
  for (size_t start = 0;;) {
    const size_t zero = text.find('\0', start);
    joined += quote(text.substr(start, zero - start), '\'');
    if (zero == std::string_view::npos) break;
    joined += " || chr(0) || ";
    start = zero + 1;
  }
  return "(" + joined + ")";
}

}  // namespace grebe::types
