// Parquet footers → Spark's schema.
#include <algorithm>
#include <mutex>
#include <unordered_map>

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

/// Types that DuckDB reads in another width than the carrier of their Spark type.
bool is_carrier(std::string_view duckdb_type) {
  for (const std::string_view foreign :
       {"UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "TIMESTAMP_", "ENUM(", "UUID"}) {
    if (duckdb_type.find(foreign) != std::string_view::npos) return false;
  }
  return true;
}

types::Schema as_read(types::Schema schema) {
  for (auto& field : schema) {
    // Readers take every column as nullable, whatever the writer knew.
    field.type = field.type.as_nullable();
    field.nullable = true;
  }
  return schema;
}

ParquetFooter read_parquet_footer(engine::Connection& connection, const std::string& path) {
  ParquetFooter footer;
  const std::string quoted = engine::quote_duckdb_string(path);
  const std::string scan =
      "DESCRIBE SELECT * FROM read_parquet(" + quoted + ", hive_partitioning = false)";
  for (const auto& row : read_footer(connection, scan, path)) {
    const std::string type = row[1].value_or("");
    footer.has_carriers = footer.has_carriers && is_carrier(type);
    footer.stored.push_back({row[0].value_or(""), parse_duckdb_type(type), true});
  }
  footer.schema = footer.stored;
  // INT96 is Spark's old instant; DuckDB gives it without a zone.
  const auto old_times = read_footer(
      connection, "SELECT name FROM parquet_schema(" + quoted + ") WHERE type = 'INT96'", path);
  for (const auto& row : old_times) {
    for (auto& field : footer.schema) {
      if (field.name == row[0] && field.type.is(types::TypeKind::kTimestampNtz)) {
        field.type = types::DataType::timestamp();
      }
    }
  }
  if (auto known = spark_schema(connection, path)) footer.schema = as_read(std::move(*known));
  return footer;
}

/// How a Spark type lies in a file.
types::DataType storage_type(const types::DataType& type) {
  using types::DataType;
  using types::TypeKind;
  switch (type.kind()) {
    case TypeKind::kYearMonthInterval:
      return DataType::integer();
    case TypeKind::kDayTimeInterval:
      return DataType::long_type();
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return DataType::string();
    case TypeKind::kTimestampNtz:
      return DataType::timestamp();  // both read as a DuckDB TIMESTAMP of one kind or the other
    case TypeKind::kArray:
      return DataType::array(storage_type(type.element()), true);
    case TypeKind::kMap:
      return DataType::map(storage_type(type.key()), storage_type(type.value()), true);
    case TypeKind::kStruct: {
      auto fields = type.fields();
      for (auto& field : fields) {
        field.type = storage_type(field.type);
        field.nullable = true;
        field.metadata_json.clear();
      }
      return DataType::struct_type(std::move(fields));
    }
    default:
      return type;
  }
}

bool same_name(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return ::tolower(x) == ::tolower(y); });
}

/// Footers read before; emptied when it grows large.
class FooterMemory {
 public:
  std::shared_ptr<const ParquetFooter> find(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = footers_.find(key);
    return found == footers_.end() ? nullptr : found->second;
  }
  void keep(const std::string& key, std::shared_ptr<const ParquetFooter> footer) {
    constexpr size_t kMost = 20'000;
    const std::lock_guard lock(mutex_);
    if (footers_.size() >= kMost) footers_.clear();
    footers_[key] = std::move(footer);
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const ParquetFooter>> footers_;
};

FooterMemory& footer_memory() {
  static FooterMemory memory;
  return memory;
}

}  // namespace

std::shared_ptr<const ParquetFooter> parquet_footer(engine::Connection& connection,
                                                    const resolved::ScanFile& file) {
  const std::string key =
      file.path + '\n' + std::to_string(file.size) + '\n' + std::to_string(file.modified);
  if (auto known = footer_memory().find(key)) return known;
  auto footer = std::make_shared<const ParquetFooter>(read_parquet_footer(connection, file.path));
  footer_memory().keep(key, footer);
  return footer;
}

bool holds_columns(const ParquetFooter& footer, const types::Schema& schema) {
  if (!footer.has_carriers) return false;
  return std::all_of(schema.begin(), schema.end(), [&](const types::StructField& wanted) {
    return std::any_of(footer.stored.begin(), footer.stored.end(), [&](const auto& stored) {
      return same_name(stored.name, wanted.name) &&
             storage_type(stored.type).same_type(storage_type(wanted.type));
    });
  });
}

types::Schema merge_parquet_schemas(engine::Connection& connection,
                                    const std::vector<resolved::ScanFile>& files) {
  types::Schema merged;
  for (const auto& file : files) {
    const types::Schema& schema = parquet_footer(connection, file)->schema;
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
