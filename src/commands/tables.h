// Names as written → the catalog's objects; rows of answers. Shared by the files of this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/host.h"

namespace grebe::commands {

/// A table's full name.
struct TableName {
  std::string database;
  std::string table;
  /// {"spark_catalog", database, table}.
  std::vector<std::string> parts() const { return {catalog::kCatalogName, database, table}; }
  /// `spark_catalog`.`database`.`table`, for messages.
  std::string quoted() const;
};

/// Completes a name by the current database. Throws REQUIRES_SINGLE_PART_NAMESPACE for more parts
/// than Spark's session catalog has.
TableName complete_name(CommandHost& host, const plan::Name& name);

/// The database part of a name; the current one when it is empty.
std::string complete_database(CommandHost& host, const plan::Name& name);

/// Throws SCHEMA_NOT_FOUND.
catalog::Database require_database(CommandHost& host, const std::string& name);

/// Throws TABLE_OR_VIEW_NOT_FOUND, its name as written and with line and position when `origin`
/// says where it was.
catalog::Table require_table(CommandHost& host, const plan::Name& name,
                             const core::Origin& origin = {});

/// TABLE_OR_VIEW_NOT_FOUND with the completed name, as DDL reports it.
core::SparkError table_not_found(const TableName& name);
core::SparkError table_not_found(const plan::Name& name, const core::Origin& origin);

/// The temporary view a name means, local (one part) or global (`global_temp.v`).
std::optional<session::TempView> find_temp_view(CommandHost& host, const plan::Name& name);

/// Spark's LIKE of SHOW: `*` matches any text, `|` separates alternatives, case is ignored.
bool matches_pattern(std::string_view name, const std::optional<std::string>& pattern);

bool same_name(std::string_view a, std::string_view b);
std::string lower_case(std::string_view text);

/// An answer's column of type STRING or BOOLEAN.
types::StructField text_column(std::string name, bool nullable = false);
types::StructField boolean_column(std::string name);

types::Value text_value(std::string text);
/// Null for an empty text.
types::Value optional_text(const std::string& text);

/// Stored columns as readers see them: CHAR and VARCHAR are strings whose metadata says the rest.
enum class NotNull : uint8_t { kDropped, kKept };
types::Schema stored_schema(const std::vector<plan::ColumnDefinition>& columns,
                            NotNull not_null = NotNull::kDropped);
/// The declared type of a stored column: char(5) where its metadata says so.
types::DataType declared_type(const types::StructField& field);

/// SQL that gives `value` the length its column's CHAR or VARCHAR type asks for: CHAR pads, both
/// refuse what is too long.
std::string fit_length(const std::string& value, const types::StructField& column);

}  // namespace grebe::commands
