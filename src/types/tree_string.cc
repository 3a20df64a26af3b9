// Schema → the indented tree that printSchema shows (Spark: StructType.treeString).
#include <fmt/format.h>

#include <limits>

#include "core/escape_text.h"
#include "types/data_type.h"

namespace grebe::types {
namespace {

void print_children(const DataType& type, const std::string& prefix, int levels, std::string& out);

void print_field(const StructField& field, const std::string& prefix, int levels,
                 std::string& out) {
  if (levels < 1) return;
  out +=
      fmt::format("{}-- {}: {} (nullable = {})\n", prefix, core::escape_meta_characters(field.name),
                  field.type.type_name(), field.nullable);
  print_children(field.type, prefix + "    |", levels - 1, out);
}

void print_children(const DataType& type, const std::string& prefix, int levels, std::string& out) {
  if (levels < 1) return;
  if (type.is(TypeKind::kStruct)) {
    for (const auto& field : type.fields()) print_field(field, prefix, levels, out);
  } else if (type.is(TypeKind::kArray)) {
    out += fmt::format("{}-- element: {} (containsNull = {})\n", prefix, type.element().type_name(),
                       type.contains_null());
    print_children(type.element(), prefix + "    |", levels - 1, out);
  } else if (type.is(TypeKind::kMap)) {
    out += fmt::format("{}-- key: {}\n", prefix, type.key().type_name());
    print_children(type.key(), prefix + "    |", levels - 1, out);
    out += fmt::format("{}-- value: {} (valueContainsNull = {})\n", prefix,
                       type.value().type_name(), type.value_contains_null());
    print_children(type.value(), prefix + "    |", levels - 1, out);
  }
}

}  // namespace

std::string tree_string(const Schema& schema, int max_level) {
  std::string out = "root\n";
  const int levels = max_level > 0 ? max_level : std::numeric_limits<int>::max();
  for (const auto& field : schema) print_field(field, " |", levels, out);
  return out;
}

}  // namespace grebe::types
