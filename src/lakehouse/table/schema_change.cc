// Schema enforcement and NOT NULL checks of writes; see schema_change.h.
#include "lakehouse/table/schema_change.h"

#include <fmt/format.h>

#include "core/spark_error.h"
#include "lakehouse/table/storage_select.h"

namespace grebe::lakehouse {

using types::DataType;
using types::StructField;
using types::TypeKind;

namespace {

/// Rank among the integers that widen into each other, 0 for other types.
int integer_rank(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kByte:
      return 1;
    case TypeKind::kShort:
      return 2;
    case TypeKind::kInteger:
      return 3;
    case TypeKind::kLong:
      return 4;
    default:
      return 0;
  }
}

bool fits(const DataType& table, const DataType& given) {
  if (table.same_type(given)) return true;
  if (given.is(TypeKind::kVoid)) return true;
  if (table.is_string_like() && given.is_string_like()) return true;
  if (table.is(TypeKind::kDouble) && given.is(TypeKind::kFloat)) return true;
  return integer_rank(given) != 0 && integer_rank(given) <= integer_rank(table);
}

core::SparkError mismatch(const types::Schema& table, const types::Schema& given,
                          const std::string& reason) {
  return core::plain_error(
      core::ErrorClass::kAnalysis,
      fmt::format("A schema mismatch detected when writing to the table: {}\nTo enable schema "
                  "migration, set the option \"mergeSchema\" to \"true\".\n\nTable schema:\n{}\n\n"
                  "Data schema:\n{}",
                  reason, types::tree_string(table), types::tree_string(given)));
}

}  // namespace

SchemaChange fit_schema(const types::Schema& table, const types::Schema& given, bool merge) {
  SchemaChange change{table, false};
  for (const StructField& column : given) {
    const auto held = find_column(table, column.name);
    if (held) {
      if (!fits(table[*held].type, column.type)) {
        throw mismatch(table, given,
                       fmt::format("column {} is {} in the table and {} in the data", column.name,
                                   table[*held].type.sql(), column.type.sql()));
      }
      continue;
    }
    if (!merge) {
      throw mismatch(table, given, fmt::format("the table has no column {}", column.name));
    }
    StructField added = column;
    added.nullable = true;
    added.type = added.type.as_nullable();
    change.schema.push_back(std::move(added));
    change.extended = true;
  }
  return change;
}

void check_not_null(const std::vector<DataFile>& files, const types::Schema& schema,
                    const std::vector<std::string>& partition_columns) {
  const auto fail = [](const std::string& column) {
    throw core::plain_error(core::ErrorClass::kSpark,
                            fmt::format("NOT NULL constraint violated for column: {}.", column));
  };
  for (const StructField& column : schema) {
    if (column.nullable) continue;
    for (const DataFile& file : files) {
      const auto found = file.columns.find({column.name});
      if (found != file.columns.end() && found->second.nulls > 0) fail(column.name);
      for (size_t i = 0; i < partition_columns.size(); ++i) {
        if (same_name(partition_columns[i], column.name) && !file.partition_values[i]) {
          fail(column.name);
        }
      }
    }
  }
}

bool is_option_on(const Properties& options, std::string_view key) {
  const auto found = options.find(std::string(key));
  return found != options.end() && same_name(found->second, "true");
}

}  // namespace grebe::lakehouse
