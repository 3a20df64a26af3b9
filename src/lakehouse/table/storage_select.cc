// Casts of whole rows, nested names included; see storage_select.h.
#include "lakehouse/table/storage_select.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/spark_error.h"
#include "engine/database.h"

namespace grebe::lakehouse {

using engine::quote_duckdb_identifier;
using types::DataType;
using types::TypeKind;

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = lower(c);
  return lowered;
}

bool is_small_integer(const DataType& type) {
  return type.is(TypeKind::kByte) || type.is(TypeKind::kShort);
}

/// Tells whether files hold the type otherwise than its carrier does.
bool differs(const DataType& type, const StorageTypes& storage) {
  switch (type.kind()) {
    case TypeKind::kTimestamp:
    case TypeKind::kStruct:
      return true;
    case TypeKind::kByte:
    case TypeKind::kShort:
      return storage.small_integers == StorageTypes::SmallIntegers::kWiden;
    case TypeKind::kDecimal:
      return storage.decimals == StorageTypes::Decimals::kFixedLength && is_short_decimal(type);
    case TypeKind::kArray:
      return differs(type.element(), storage);
    case TypeKind::kMap:
      return differs(type.key(), storage) || differs(type.value(), storage);
    default:
      return false;
  }
}

std::string convert(const DataType& type, const std::string& expression,
                    const StorageTypes& storage, int depth) {
  if (!differs(type, storage)) return expression;
  const std::string element = fmt::format("e{}", depth);
  switch (type.kind()) {
    case TypeKind::kTimestamp:
      return fmt::format("make_timestamptz(epoch_us({}))", expression);
    case TypeKind::kDecimal:
      return fmt::format("CAST({} AS DECIMAL(38, {}))", expression, type.scale());
    case TypeKind::kArray:
      return fmt::format("list_transform({}, lambda {}: {})", expression, element,
                         convert(type.element(), element, storage, depth + 1));
    case TypeKind::kMap:
      return fmt::format(
          "map_from_entries(list_transform(map_entries({}), lambda {}: "
          "struct_pack(\"key\" := {}, \"value\" := {})))",
          expression, element, convert(type.key(), element + ".key", storage, depth + 1),
          convert(type.value(), element + ".value", storage, depth + 1));
    case TypeKind::kStruct: {
      std::string fields;
      for (size_t i = 0; i < type.fields().size(); ++i) {
        const types::StructField& field = type.fields()[i];
        fields += fmt::format(
            "{}{} := {}", i == 0 ? "" : ", ", quote_duckdb_identifier(field.name),
            convert(field.type, fmt::format("struct_extract_at({}, {})", expression, i + 1),
                    storage, depth));
      }
      return fmt::format("CASE WHEN {} IS NOT NULL THEN struct_pack({}) END", expression, fields);
    }
    default:
      return is_small_integer(type) ? fmt::format("CAST({} AS INTEGER)", expression) : expression;
  }
}

void check_type(const DataType& type, std::string_view format, const std::string& column) {
  switch (type.kind()) {
    case TypeKind::kVoid:
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
    case TypeKind::kCalendarInterval:
      throw core::unsupported(fmt::format("a column of type {} in a {} table (column {})",
                                          type.sql(), format, core::quote_identifier(column)));
    case TypeKind::kArray:
      return check_type(type.element(), format, column);
    case TypeKind::kMap:
      check_type(type.key(), format, column);
      return check_type(type.value(), format, column);
    case TypeKind::kStruct:
      if (type.fields().empty()) {
        throw core::unsupported(fmt::format("an empty struct in a {} table (column {})", format,
                                            core::quote_identifier(column)));
      }
      return check_storable(type.fields(), format);
    default:
      return;
  }
}

}  // namespace

bool is_short_decimal(const DataType& type) {
  return type.is(TypeKind::kDecimal) && type.precision() <= 18;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<size_t> find_column(const types::Schema& schema, std::string_view name) {
  for (size_t i = 0; i < schema.size(); ++i) {
    if (same_name(schema[i].name, name)) return i;
  }
  return std::nullopt;
}

std::string storage_expression(const DataType& type, const std::string& expression,
                               const StorageTypes& storage) {
  return convert(type, expression, storage, 0);
}

std::string storage_select(const std::string& query, const types::Schema& given,
                           const types::Schema& target, const StorageTypes& storage) {
  std::string names;
  for (size_t i = 0; i < given.size(); ++i) names += fmt::format("{}g{}", i == 0 ? "" : ", ", i);
  std::string items;
  for (const types::StructField& column : target) {
    const std::optional<size_t> source = find_column(given, column.name);
    // The cast costs nothing where the type fits; where it would not, files must not show it.
    std::string value = fmt::format("CAST({} AS {})", source ? fmt::format("g{}", *source) : "NULL",
                                    engine::carrier_type(column.type));
    const bool keeps_carrier =
        std::any_of(storage.carriers_kept.begin(), storage.carriers_kept.end(),
                    [&](const std::string& name) { return same_name(name, column.name); });
    if (!keeps_carrier) value = storage_expression(column.type, value, storage);
    items += fmt::format("{}{} AS {}", items.empty() ? "" : ", ", value,
                         quote_duckdb_identifier(column.name));
  }
  return fmt::format("SELECT {} FROM ({}) AS rows_given({})", items, query, names);
}

void check_storable(const types::Schema& schema, std::string_view format) {
  std::set<std::string> seen;
  for (const types::StructField& column : schema) {
    if (!seen.insert(lower(column.name)).second) {
      throw core::analysis_error("COLUMN_ALREADY_EXISTS",
                                 {{"columnName", core::quote_identifier(lower(column.name))}});
    }
    check_type(column.type, format, column.name);
  }
}

}  // namespace grebe::lakehouse
