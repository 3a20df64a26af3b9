// A nested value → what DuckDB has to compare; see ordering.h.
#include "types/ordering.h"

#include <fmt/format.h>

namespace grebe::types {
namespace {

/// `{'n': it is there, 'v': its key}`: false before true puts nulls first.
std::string inner_key(const std::string& sql, const DataType& type) {
  return fmt::format("{{'n': ({0}) IS NOT NULL, 'v': {1}}}", sql, ordering_key(sql, type));
}

}  // namespace

std::string ordering_key(const std::string& sql, const DataType& type) {
  if (type.is(TypeKind::kArray)) {
    return fmt::format("list_transform({}, lambda o: {})", sql, inner_key("o", type.element()));
  }
  if (!type.is(TypeKind::kStruct)) return sql;
  std::string fields;
  for (size_t i = 0; i < type.fields().size(); ++i) {
    fields += fmt::format(
        "{}'k{}': {}", i == 0 ? "" : ", ", i,
        inner_key(fmt::format("struct_extract({}, 'f{}')", sql, i), type.fields()[i].type));
  }
  return fmt::format("CASE WHEN {} IS NULL THEN NULL ELSE {{{}}} END", sql, fields);
}

bool is_orderable(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kMap:
    case TypeKind::kCalendarInterval:
      return false;
    case TypeKind::kArray:
      return is_orderable(type.element());
    case TypeKind::kStruct:
      for (const StructField& field : type.fields()) {
        if (!is_orderable(field.type)) return false;
      }
      return true;
    default:
      return true;
  }
}

}  // namespace grebe::types
