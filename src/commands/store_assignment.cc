// Store assignment (Spark: TableOutputResolver, V2WriteCommand).
#include "commands/store_assignment.h"

#include <algorithm>

#include "commands/tables.h"
#include "core/spark_error.h"
#include "parse/sql/parser.h"
#include "types/coercion.h"

#include <nlohmann/json.hpp>

namespace grebe::commands {
namespace {

using types::DataType;
using types::TypeKind;

std::string quoted_list(const types::Schema& schema) {
  std::string out;
  for (const auto& field : schema) {
    out += (out.empty() ? "" : ", ") + core::quote_identifier(field.name);
  }
  return out;
}

core::SparkError arity_mismatch(const char* sub_condition, const std::string& table,
                                const types::Schema& columns, const types::Schema& given) {
  return core::analysis_error(std::string("INSERT_COLUMN_ARITY_MISMATCH.") + sub_condition,
                              {{"tableName", table},
                               {"tableColumns", quoted_list(columns)},
                               {"dataColumns", quoted_list(given)}});
}

plan::ExpressionPtr attribute(const std::string& name) {
  return plan::make_expression(plan::UnresolvedAttribute{.name_parts = {name}});
}

/// spark.sql.storeAssignmentPolicy: which casts a write makes by itself, and how.
class Policy {
 public:
  explicit Policy(CommandHost& host)
      : name_(host.session().config().meaning("spark.sql.storeAssignmentPolicy")) {}

  bool allows(const DataType& from, const DataType& to) const {
    if (name_ == "LEGACY") return types::can_cast(from, to, types::CoercionRules::kDefault);
    return name_ == "STRICT" ? types::can_up_cast(from, to) : types::can_store_assign(from, to);
  }
  /// Under ANSI, LEGACY raises where Spark writes a null.
  plan::CastMode cast_mode() const {
    return name_ == "LEGACY" ? plan::CastMode::kDefault : plan::CastMode::kAnsi;
  }

 private:
  std::string name_;
};

plan::ExpressionPtr assigned(const std::string& source, const types::StructField& given,
                             const types::StructField& column, const std::string& table,
                             const Policy& policy) {
  auto value = attribute(source);
  if (!given.type.same_type(column.type)) {
    if (!policy.allows(given.type, column.type)) {
      throw core::analysis_error("INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST",
                                 {{"tableName", table},
                                  {"colName", core::quote_identifier(column.name)},
                                  {"srcType", core::quote_sql(given.type.sql())},
                                  {"targetType", core::quote_sql(column.type.sql())}});
    }
    value = plan::make_expression(
        plan::Cast{.child = value, .type = column.type, .mode = policy.cast_mode()});
  }
  return plan::make_expression(
      plan::Alias{.child = value, .names = {column.name}, .metadata_json = column.metadata_json});
}

/// Names of our own, since a query may give one name twice.
plan::RelationPtr renamed(const plan::RelationPtr& query, size_t columns,
                          std::vector<std::string>& names) {
  for (size_t i = 0; i < columns; ++i) names.push_back("grebe_column_" + std::to_string(i));
  return plan::make_relation(plan::ToDf{query, names});
}

/// DEFAULT of a column that the query does not give; NULL without one.
plan::ExpressionPtr default_value(const types::StructField& column) {
  plan::ExpressionPtr value = plan::make_expression(plan::Literal{});
  if (!column.metadata_json.empty()) {
    const auto metadata = nlohmann::json::parse(column.metadata_json, nullptr, false);
    if (metadata.is_object() && metadata.contains("CURRENT_DEFAULT")) {
      value = parse::sql::parse_expression(metadata["CURRENT_DEFAULT"].get<std::string>());
    }
  }
  value = plan::make_expression(
      plan::Cast{.child = value, .type = column.type, .mode = plan::CastMode::kAnsi});
  return plan::make_expression(
      plan::Alias{.child = value, .names = {column.name}, .metadata_json = column.metadata_json});
}

}  // namespace

plan::RelationPtr assign_by_position(CommandHost& host, const plan::RelationPtr& query,
                                     const types::Schema& columns,
                                     const std::string& quoted_table) {
  const types::Schema given = host.analyze_schema(query);
  if (given.size() < columns.size()) {
    throw arity_mismatch("NOT_ENOUGH_DATA_COLUMNS", quoted_table, columns, given);
  }
  if (given.size() > columns.size()) {
    throw arity_mismatch("TOO_MANY_DATA_COLUMNS", quoted_table, columns, given);
  }
  std::vector<std::string> names;
  const auto input = renamed(query, given.size(), names);
  const Policy policy(host);
  std::vector<plan::ExpressionPtr> items;
  for (size_t i = 0; i < columns.size(); ++i) {
    items.push_back(assigned(names[i], given[i], columns[i], quoted_table, policy));
  }
  return plan::make_relation(plan::Project{input, std::move(items)});
}

plan::RelationPtr assign_by_name(CommandHost& host, const plan::RelationPtr& query,
                                 const types::Schema& columns, const std::string& quoted_table) {
  const types::Schema given = host.analyze_schema(query);
  const auto position = [](const types::Schema& schema, const std::string& name) {
    return std::find_if(
               schema.begin(), schema.end(),
               [&](const types::StructField& field) { return same_name(field.name, name); }) -
           schema.begin();
  };
  std::string extra;
  for (const auto& field : given) {
    if (position(columns, field.name) == static_cast<std::ptrdiff_t>(columns.size())) {
      extra += (extra.empty() ? "" : ", ") + core::quote_identifier(field.name);
    }
  }
  if (!extra.empty()) {
    if (given.size() > columns.size()) {
      throw arity_mismatch("TOO_MANY_DATA_COLUMNS", quoted_table, columns, given);
    }
    throw core::analysis_error("INCOMPATIBLE_DATA_FOR_TABLE.EXTRA_COLUMNS",
                               {{"tableName", quoted_table}, {"extraColumns", extra}});
  }
  std::vector<std::string> names;
  const auto input = renamed(query, given.size(), names);
  const Policy policy(host);
  std::vector<plan::ExpressionPtr> items;
  for (const auto& column : columns) {
    const auto source = static_cast<size_t>(position(given, column.name));
    items.push_back(source == given.size()
                        ? default_value(column)
                        : assigned(names[source], given[source], column, quoted_table, policy));
  }
  return plan::make_relation(plan::Project{input, std::move(items)});
}

core::SparkError insert_overflow(const core::SparkError& overflow, const types::Schema& columns) {
  const auto& given = overflow.fields().parameters;
  const auto parameter = [&](const char* name) {
    const auto found = given.find(name);
    return found == given.end() ? std::string() : found->second;
  };
  const std::string target = parameter("targetType");
  std::string name;
  for (const auto& column : columns) {
    if (core::quote_sql(column.type.sql()) == target) {
      name = column.name;
      break;
    }
  }
  if (name.empty()) return overflow;
  return core::make_error(core::ErrorClass::kArithmetic, "CAST_OVERFLOW_IN_TABLE_INSERT",
                          {{"sourceType", parameter("sourceType")},
                           {"targetType", target},
                           {"columnName", core::quote_identifier(name)}});
}

}  // namespace grebe::commands
