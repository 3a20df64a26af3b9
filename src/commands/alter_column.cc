// ALTER COLUMN and the defaults of columns; see alter_column.h.
#include "commands/alter_column.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "commands/actions.h"
#include "commands/partitions.h"
#include "commands/table_write.h"
#include "commands/tables.h"
#include "parse/sql/parser.h"
#include "types/coercion.h"

namespace grebe::commands {
namespace {

nlohmann::ordered_json metadata_of(const types::StructField& field) {
  auto metadata = nlohmann::ordered_json::parse(
      field.metadata_json.empty() ? "{}" : field.metadata_json, nullptr, false);
  return metadata.is_object() ? metadata : nlohmann::ordered_json::object();
}

}  // namespace

core::SparkError unsupported_table_operation(const catalog::Table& table,
                                             const std::string& operation) {
  return core::analysis_error(
      "UNSUPPORTED_FEATURE.TABLE_OPERATION",
      {{"tableName", TableName{table.database, table.name}.quoted()}, {"operation", operation}});
}

void check_default(CommandHost& host, const std::string& statement,
                   const types::StructField& column, const std::string& text) {
  const auto written = parse::sql::parse_expression(text);
  const auto given = host.analyze_schema(plan::make_relation(plan::Project{
                                             plan::make_relation(plan::OneRow{}), {written}}))
                         .front()
                         .type;
  // Numbers that fit are taken in the narrower type.
  const bool fits =
      types::can_up_cast(given, column.type) || (given.is_integral() && column.type.is_integral());
  if (!fits && !given.is(types::TypeKind::kVoid)) {
    throw core::analysis_error("INVALID_DEFAULT_VALUE.DATA_TYPE",
                               {{"statement", statement},
                                {"colName", core::quote_identifier(column.name)},
                                {"defaultValue", text},
                                {"expectedType", core::quote_sql(column.type.sql())},
                                {"actualType", core::quote_sql(given.sql())}});
  }
  host.evaluate(written, column.type);
}

std::string existence_default(const types::StructField& field) {
  const auto metadata = metadata_of(field);
  return metadata.contains("EXISTS_DEFAULT") ? metadata["EXISTS_DEFAULT"].get<std::string>()
                                             : std::string();
}

CommandOutcome alter_column(CommandHost& host, const plan::AlterColumn& command) {
  auto table = require_plain_table(host, command.table, {}, "ALTER TABLE ... ALTER COLUMN",
                                   " Please use ALTER VIEW instead.");
  if (!is_file_provider(table.provider)) {
    throw core::unsupported("ALTER TABLE ALTER COLUMN of a " + table.provider + " table");
  }
  if (command.column.empty()) throw unsupported_table_operation(table, "REPLACE COLUMNS");
  const plan::Name& column = command.column;
  const auto field = std::find_if(table.schema.begin(), table.schema.end(), [&](const auto& each) {
    return same_name(each.name, column.front());
  });
  if (field == table.schema.end()) {
    std::string shown;
    for (const auto& part : column) shown += (shown.empty() ? "" : ".") + part;
    throw core::analysis_error(
        "_LEGACY_ERROR_TEMP_1331",
        {{"fieldName", shown},
         {"table", std::string(catalog::kCatalogName) + "." + table.database + "." + table.name},
         {"schema", types::tree_string(table.schema)}});
  }
  if (column.size() > 1) {
    throw unsupported_table_operation(table, "ALTER COLUMN with qualified column");
  }
  if (command.changes_nullability) throw core::analysis_error("_LEGACY_ERROR_TEMP_1053", {});
  if (command.moves) throw unsupported_table_operation(table, "ALTER COLUMN ... FIRST | ALTER");
  if (command.type && !command.type->as_nullable().same_type(declared_type(*field).as_nullable())) {
    throw core::analysis_error("NOT_SUPPORTED_CHANGE_COLUMN",
                               {{"table", TableName{table.database, table.name}.quoted()},
                                {"originName", core::quote_identifier(field->name)},
                                {"originType", core::quote_sql(declared_type(*field).sql())},
                                {"newName", core::quote_identifier(field->name)},
                                {"newType", core::quote_sql(command.type->sql())}});
  }
  auto metadata = metadata_of(*field);
  if (command.comment) metadata["comment"] = *command.comment;
  if (command.default_text && command.default_text->empty()) {
    metadata.erase("CURRENT_DEFAULT");
  } else if (command.default_text) {
    check_default(host, "ALTER TABLE ALTER COLUMN", *field, *command.default_text);
    metadata["CURRENT_DEFAULT"] = *command.default_text;
  }
  field->metadata_json = metadata.empty() ? std::string() : metadata.dump();
  host.catalog().update_table(table);
  return {};
}

}  // namespace grebe::commands
