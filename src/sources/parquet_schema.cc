// Parquet footers → Spark's schema.
#include "core/spark_error.h"
#include "sources/duckdb_type.h"
#include "sources/schema_inference.h"
#include "types/type_names.h"

namespace grebe::sources {
namespace {

constexpr const char* kSparkSchemaKey = "org.apache.spark.sql.parquet.row.metadata";

std::vector<std::vector<std::optional<std::string>>> read_footer(engine::Connection& connection,
                                                                 const std::string& sql,
                                                                 const std::string& path) {
  try {
    return connection.rows(sql);
  } catch (const core::SparkError& failure) {
    if (failure.condition() == "OPERATION_CANCELED") throw;
    auto fields = core::make_error(core::ErrorClass::kSpark, "CANNOT_READ_FILE_FOOTER",
                                   {{"file", path_uri(path)}})
                      .fields();
    fields.cause = failure.what();
    throw core::SparkError(std::move(fields));
  }
}

/// Writers of Spark leave their own schema in the footer; it says what Parquet's types cannot.
std::optional<types::Schema> spark_schema(engine::Connection& connection, const std::string& path) {
  const auto rows = read_footer(
      connection,
      "SELECT decode(value) FROM parquet_kv_metadata(" + engine::quote_duckdb_string(path) +
          ") WHERE decode(key) = " + engine::quote_duckdb_string(kSparkSchemaKey),
      path);
  if (rows.empty() || !rows[0][0]) return std::nullopt;
  try {
    const auto type = types::parse_json_type(*rows[0][0]);
    if (!type.is(types::TypeKind::kStruct)) return std::nullopt;
    return type.fields();
  } catch (const core::SparkError&) {
    return std::nullopt;  // Spark falls back to the file's own types as well
  }
}

types::Schema file_schema(engine::Connection& connection, const std::string& path) {
  types::Schema schema;
  const std::string scan = "SELECT * FROM read_parquet(" + engine::quote_duckdb_string(path) +
                           ", hive_partitioning = false)";
  for (const auto& row : read_footer(connection, "DESCRIBE " + scan, path)) {
    schema.push_back({row[0].value_or(""), parse_duckdb_type(row[1].value_or("")), true});
  }
  // INT96 is Spark's old instant; DuckDB gives it without a zone.
  const auto old_times =
      read_footer(connection,
                  "SELECT name FROM parquet_schema(" + engine::quote_duckdb_string(path) +
                      ") WHERE type = 'INT96'",
                  path);
  for (const auto& row : old_times) {
    for (auto& field : schema) {
      if (field.name == row[0] && field.type.is(types::TypeKind::kTimestampNtz)) {
        field.type = types::DataType::timestamp();
      }
    }
  }
  return schema;
}

}  // namespace

types::Schema parquet_schema(engine::Connection& connection, const std::string& path) {
  types::Schema schema = spark_schema(connection, path).value_or(types::Schema{});
  if (schema.empty()) schema = file_schema(connection, path);
  for (auto& field : schema) {
    // Readers take every column as nullable, whatever the writer knew.
    const std::string metadata = std::move(field.metadata_json);
    field.type = field.type.as_nullable();
    field.metadata_json = metadata;
    field.nullable = true;
  }
  return schema;
}

types::Schema merge_parquet_schemas(engine::Connection& connection,
                                    const std::vector<std::string>& paths) {
  types::Schema merged;
  for (const auto& path : paths) {
    const types::Schema schema = parquet_schema(connection, path);
    for (const auto& field : schema) {
      auto same = merged.begin();
      while (same != merged.end() && same->name != field.name) ++same;
      if (same == merged.end()) {
        merged.push_back(field);
      } else if (!same->type.same_type(field.type)) {
        throw core::make_error(
            core::ErrorClass::kSpark, "CANNOT_MERGE_SCHEMAS",
            {{"left", core::quote_sql(types::DataType::struct_type(merged).sql())},
             {"right", core::quote_sql(types::DataType::struct_type(schema).sql())}});
      }
    }
  }
  return merged;
}

}  // namespace grebe::sources
