// Databases, tables and permanent views by name: the durable catalog of one warehouse.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "types/data_type.h"

namespace grebe::catalog {

/// Keys as given; Spark keeps the case of table properties and options.
using Properties = std::map<std::string, std::string>;

/// The name Spark gives to its built-in catalog.
inline constexpr const char* kCatalogName = "spark_catalog";
inline constexpr const char* kDefaultDatabase = "default";
inline constexpr const char* kGlobalTempDatabase = "global_temp";

/// A database (namespace).
struct Database {
  std::string name;
  std::string comment;
  /// Absolute path of the directory that new tables get.
  std::string location;
  std::string owner;
  Properties properties;
};

enum class TableKind : uint8_t { kManaged, kExternal, kView };

/// A table or permanent view. Names keep their case; lookups ignore it.
struct Table {
  std::string database;
  std::string name;
  TableKind kind = TableKind::kManaged;
  /// Lower-case format name: parquet, csv, json, text, delta, iceberg, hudi; empty for views.
  std::string provider;
  /// All columns; partition columns stand last, as in Spark.
  types::Schema schema;
  std::vector<std::string> partition_columns;
  std::vector<std::string> bucket_columns;
  int32_t buckets = 0;
  /// Absolute path of the data; empty for views.
  std::string location;
  /// Reader options given at creation.
  Properties options;
  Properties properties;
  std::string comment;
  std::string owner;
  /// Milliseconds since the epoch.
  int64_t created_ms = 0;

  /// For views: the query's text and what its names meant when it was made.
  std::string view_text;
  std::string view_database;
  Properties view_configuration;
  /// The query's own column names, in the order of `schema`.
  std::vector<std::string> view_columns;
};

/// Thread-safe; every change is durable when the call returns. Throws SparkError.
class Catalog {
 public:
  virtual ~Catalog() = default;

  /// Opens or creates the catalog of a warehouse directory (absolute path). Throws when another
  /// process has it open.
  static std::shared_ptr<Catalog> open(const std::string& warehouse);

  virtual const std::string& warehouse() const = 0;
  /// The SQLite file, for other catalogs that keep their tables beside ours.
  virtual const std::string& database_file() const = 0;

  virtual std::optional<Database> find_database(const std::string& name) const = 0;
  /// Sorted by name.
  virtual std::vector<Database> databases() const = 0;
  /// False when it exists already.
  virtual bool create_database(const Database& database) = 0;
  virtual void update_database(const Database& database) = 0;
  /// Drops the database and its entries; data files are the caller's.
  virtual void drop_database(const std::string& name) = 0;

  virtual std::optional<Table> find_table(const std::string& database,
                                          const std::string& name) const = 0;
  /// Tables and views, sorted by name.
  virtual std::vector<Table> tables(const std::string& database) const = 0;
  /// False when a table or view has that name already.
  virtual bool create_table(const Table& table) = 0;
  /// Replaces the entry of that name; false when there is none.
  virtual bool update_table(const Table& table) = 0;
  /// False when there is none.
  virtual bool drop_table(const std::string& database, const std::string& name) = 0;
  /// Moves the entry; false when the new name is taken.
  virtual bool rename_table(const std::string& database, const std::string& name,
                            const std::string& new_database, const std::string& new_name) = 0;
};

/// The directory of a database without LOCATION: `<warehouse>` for default, else
/// `<warehouse>/<name>.db`.
std::string default_database_location(const std::string& warehouse, const std::string& name);

/// The directory of a managed table: `<database>/<table>`, in lower case as Spark does.
std::string default_table_location(const Database& database, const std::string& table);

}  // namespace grebe::catalog
