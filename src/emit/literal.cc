// A constant of any Spark type → DuckDB SQL in its carrier type.
#include <cmath>
#include <cstdio>

#include "core/spark_error.h"
#include "emit/emitter.h"
#include "types/carrier.h"

namespace grebe::emit {
namespace {

using types::DataType;
using types::TypeKind;
using types::Value;

std::string typed(const std::string& text, const DataType& type) {
  return "CAST(" + text + " AS " + types::carrier_type(type) + ")";
}

std::string integer_text(int64_t value) {
  // The smallest long has no positive twin to negate.
  if (value == INT64_MIN) return "(-9223372036854775807 - 1)";
  return std::to_string(value);
}

std::string double_text(double value) {
  if (std::isnan(value)) return "'nan'";
  if (std::isinf(value)) return value > 0 ? "'inf'" : "'-inf'";
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "'%.17g'", value);
  return buffer;
}

std::string decimal_text(types::int128 unscaled, int scale) {
  const bool negative = unscaled < 0;
  auto rest = negative ? -static_cast<unsigned __int128>(unscaled)
                       : static_cast<unsigned __int128>(unscaled);
  std::string digits;
  while (rest > 0) {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    rest /= 10;
  }
  while (static_cast<int>(digits.size()) <= scale) digits.insert(digits.begin(), '0');
  if (scale > 0) digits.insert(digits.end() - scale, '.');
  return (negative ? "-" : "") + digits;
}

std::string blob_text(const std::string& bytes) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out = "'";
  for (const unsigned char byte : bytes) {
    out += "\\x";
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out + "'::BLOB";
}

}  // namespace

std::string emit_literal(const Value& value, const DataType& type) {
  if (value.is_null()) return typed("NULL", type);
  switch (type.kind()) {
    case TypeKind::kVoid:
      return typed("NULL", type);
    case TypeKind::kBoolean:
      return std::get<bool>(value.data) ? "true" : "false";
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return typed(integer_text(std::get<int64_t>(value.data)), type);
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return typed(double_text(std::get<double>(value.data)), type);
    case TypeKind::kDecimal:
      return typed(
          "'" + decimal_text(std::get<types::Decimal>(value.data).unscaled, type.scale()) + "'",
          type);
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return types::quote_duckdb_string(std::get<std::string>(value.data));
    case TypeKind::kBinary:
      return blob_text(std::get<std::string>(value.data));
    case TypeKind::kDate:
      return "make_date(" + integer_text(std::get<int64_t>(value.data)) + "::INTEGER)";
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return "make_timestamp(" + integer_text(std::get<int64_t>(value.data)) + "::BIGINT)";
    case TypeKind::kCalendarInterval: {
      const auto& interval = std::get<types::CalendarInterval>(value.data);
      return "(to_months(" + std::to_string(interval.months) + ") + to_days(" +
             std::to_string(interval.days) + ") + to_microseconds(" +
             integer_text(interval.micros) + "))";
    }
    case TypeKind::kArray: {
      std::string items;
      for (const auto& item :
           std::get<std::shared_ptr<const types::ValueList>>(value.data)->items) {
        items += (items.empty() ? "" : ", ") + emit_literal(item, type.element());
      }
      return typed("[" + items + "]", type);
    }
    case TypeKind::kMap: {
      std::string keys;
      std::string values;
      for (const auto& [key, item] :
           std::get<std::shared_ptr<const types::ValueMap>>(value.data)->entries) {
        keys += (keys.empty() ? "" : ", ") + emit_literal(key, type.key());
        values += (values.empty() ? "" : ", ") + emit_literal(item, type.value());
      }
      return typed("MAP([" + keys + "], [" + values + "])", type);
    }
    case TypeKind::kStruct: {
      std::string fields;
      const auto& items = std::get<std::shared_ptr<const types::ValueList>>(value.data)->items;
      for (size_t i = 0; i < items.size(); ++i) {
        fields += (i == 0 ? "'f" : ", 'f") + std::to_string(i) +
                  "': " + emit_literal(items[i], type.fields()[i].type);
      }
      return "{" + fields + "}";
    }
  }
  throw core::internal_error("a literal of unknown type");
}

}  // namespace grebe::emit
