// Carriers and texts in lowered SQL; see carrier.h.
#include "functions/carrier.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace grebe::functions {

using types::DataType;
using types::TypeKind;

std::string carrier_of(const DataType& type) {
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
      return carrier_of(type.element()) + "[]";
    case TypeKind::kMap:
      return fmt::format("MAP({}, {})", carrier_of(type.key()), carrier_of(type.value()));
    case TypeKind::kStruct: {
      if (type.fields().empty()) return "STRUCT(f0 INTEGER)";
      std::string text = "STRUCT(";
      for (size_t i = 0; i < type.fields().size(); ++i) {
        text += fmt::format("{}f{} {}", i == 0 ? "" : ", ", i, carrier_of(type.fields()[i].type));
      }
      return text + ")";
    }
  }
  return "INTEGER";
}

std::string quote_text(std::string_view text) {
  std::string quoted;
  size_t start = 0;
  for (;;) {
    const size_t zero = text.find('\0', start);
    quoted += '\'';
    for (const char c : text.substr(start, zero - start)) {
      if (c == '\'') quoted += '\'';
      quoted += c;
    }
    quoted += '\'';
    if (zero == std::string_view::npos) break;
    quoted += " || chr(0) || ";
    start = zero + 1;
  }
  return start == 0 ? quoted : "(" + quoted + ")";
}

bool is_cheap_sql(std::string_view sql) {
  if (sql.empty()) return true;
  if (sql.front() == '\'') return sql.find('\'', 1) == sql.size() - 1;
  // A typed constant: CAST('…' AS T) or CAST(5 AS T).
  if (sql.substr(0, 5) == "CAST(" && sql.size() < 64) {
    const size_t end = sql.find(" AS ");
    const std::string_view inner = sql.substr(5, end == std::string_view::npos ? 0 : end - 5);
    return !inner.empty() && inner.find('(') == std::string_view::npos &&
           sql.find(')', 5) >= sql.size() - 2 && is_cheap_sql(inner);
  }
  return std::all_of(sql.begin(), sql.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '.' || c == '"' || c == '-';
  });
}

std::string bind_once(const std::string& sql, std::string_view body) {
  const bool is_cheap = is_cheap_sql(sql);
  // The name carries the text's length, so that nested bindings do not meet.
  const std::string name = is_cheap ? sql : fmt::format("x{}", sql.size());
  std::string filled;
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '$' && i + 1 < body.size() && body[i + 1] == 'x') {
      filled += name;
      ++i;
    } else {
      filled += body[i];
    }
  }
  if (is_cheap) return "(" + filled + ")";
  return fmt::format("list_transform([{}], lambda {}: {})[1]", sql, name, filled);
}

}  // namespace grebe::functions
