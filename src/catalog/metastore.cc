// The catalog in one SQLite file: <warehouse>/_grebe/metastore.db.
#include <algorithm>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>

#include "catalog/partitions.h"
#include "catalog/sqlite.h"
#include "catalog/warehouse_lock.h"
#include "core/spark_error.h"

namespace grebe::catalog {
namespace {

using Json = nlohmann::json;

/// Version 1. A newer file is refused instead of being half understood.
constexpr int64_t kSchemaVersion = 1;
constexpr const char* kTables = R"sql(
CREATE TABLE IF NOT EXISTS grebe_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS grebe_databases (
  name TEXT PRIMARY KEY COLLATE NOCASE, comment TEXT NOT NULL, location TEXT NOT NULL,
  owner TEXT NOT NULL, properties TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS grebe_tables (
  database TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL COLLATE NOCASE, kind INTEGER NOT NULL,
  provider TEXT NOT NULL, schema TEXT NOT NULL, location TEXT NOT NULL, comment TEXT NOT NULL,
  owner TEXT NOT NULL, created_ms INTEGER NOT NULL, details TEXT NOT NULL,
  PRIMARY KEY (database, name));
CREATE TABLE IF NOT EXISTS grebe_registries (
  database TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (database, name));
CREATE TABLE IF NOT EXISTS grebe_partitions (
  database TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL COLLATE NOCASE, spec TEXT NOT NULL,
  location TEXT NOT NULL, created_ms INTEGER NOT NULL, PRIMARY KEY (database, name, spec));
)sql";
/// Everything that belongs to one table, its entry first.
constexpr const char* kTableParts[] = {"grebe_tables", "grebe_registries", "grebe_partitions"};

std::string read_schema_version(SqliteFile& file) {
  SqliteStatement statement(file.get(),
                            "SELECT value FROM grebe_meta WHERE key = 'schema_version'");
  return statement.step() ? statement.text(0) : std::string();
}

/// What lookups never ask for, as one JSON object.
std::string details_of(const Table& table) {
  return Json{{"partition_columns", table.partition_columns},
              {"bucket_columns", table.bucket_columns},
              {"buckets", table.buckets},
              {"options", table.options},
              {"properties", table.properties},
              {"view_text", table.view_text},
              {"view_database", table.view_database},
              {"view_configuration", table.view_configuration},
              {"view_columns", table.view_columns}}
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Table read_table(const SqliteStatement& row) {
  Table table;
  table.database = row.text(0);
  table.name = row.text(1);
  table.kind = static_cast<TableKind>(row.number(2));
  table.provider = row.text(3);
  table.schema = types::parse_json_type(row.text(4)).fields();
  table.location = row.text(5);
  table.comment = row.text(6);
  table.owner = row.text(7);
  table.created_ms = row.number(8);
  const Json details = Json::parse(row.text(9));
  details.at("partition_columns").get_to(table.partition_columns);
  details.at("bucket_columns").get_to(table.bucket_columns);
  details.at("buckets").get_to(table.buckets);
  details.at("options").get_to(table.options);
  details.at("properties").get_to(table.properties);
  details.at("view_text").get_to(table.view_text);
  details.at("view_database").get_to(table.view_database);
  details.at("view_configuration").get_to(table.view_configuration);
  details.at("view_columns").get_to(table.view_columns);
  return table;
}

Database read_database(const SqliteStatement& row) {
  return {.name = row.text(0),
          .comment = row.text(1),
          .location = row.text(2),
          .owner = row.text(3),
          .properties = Json::parse(row.text(4)).get<Properties>()};
}

/// A partition's values as one JSON array.
std::string spec_text(const PartitionValues& values) {
  Json spec = Json::array();
  for (const auto& value : values) spec.push_back(value ? Json(*value) : Json());
  return spec.dump(-1, ' ', false, Json::error_handler_t::replace);
}

PartitionValues read_spec(const std::string& text) {
  PartitionValues values;
  for (const auto& value : Json::parse(text)) {
    values.push_back(value.is_null() ? std::nullopt : std::optional(value.get<std::string>()));
  }
  return values;
}

constexpr const char* kTableColumns =
    "SELECT database, name, kind, provider, schema, location, comment, owner, created_ms, details "
    "FROM grebe_tables ";
constexpr const char* kDatabaseColumns =
    "SELECT name, comment, location, owner, properties FROM grebe_databases ";

class Metastore final : public Catalog, public PartitionRegistry {
 public:
  Metastore(std::string warehouse, const std::string& directory)
      : warehouse_(std::move(warehouse)),
        file_path_(directory + "/metastore.db"),
        lock_(directory + "/lock"),
        file_(file_path_) {
    file_.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    file_.execute(kTables);
    const std::string version = read_schema_version(file_);
    if (version.empty()) {
      file_.execute("INSERT INTO grebe_meta VALUES ('schema_version', '" +
                    std::to_string(kSchemaVersion) + "')");
    } else if (version != std::to_string(kSchemaVersion)) {
      throw core::plain_error(core::ErrorClass::kSpark,
                              "The warehouse " + warehouse_ +
                                  " was written by another version of Grebe (catalog version " +
                                  version + ", this one knows 1)");
    }
    if (!find_database(kDefaultDatabase)) {
      create_database({.name = kDefaultDatabase,
                       .comment = "default database",
                       .location = default_database_location(warehouse_, kDefaultDatabase)});
    }
  }

  const std::string& warehouse() const override { return warehouse_; }
  const std::string& database_file() const override { return file_path_; }

  std::optional<Database> find_database(const std::string& name) const override {
    const std::lock_guard lock(mutex_);
    SqliteStatement statement(file_.get(), std::string(kDatabaseColumns) + "WHERE name = ?");
    statement.bind(name);
    if (!statement.step()) return std::nullopt;
    return read_database(statement);
  }

  std::vector<Database> databases() const override {
    const std::lock_guard lock(mutex_);
    SqliteStatement statement(file_.get(), std::string(kDatabaseColumns) + "ORDER BY name");
    std::vector<Database> out;
    while (statement.step()) out.push_back(read_database(statement));
    return out;
  }

  bool create_database(const Database& database) override {
    const std::lock_guard lock(mutex_);
    SqliteStatement statement(file_.get(),
                              "INSERT OR IGNORE INTO grebe_databases VALUES (?, ?, ?, ?, ?)");
    statement.bind(database.name)
        .bind(database.comment)
        .bind(database.location)
        .bind(database.owner)
        .bind(Json(database.properties).dump(-1, ' ', false, Json::error_handler_t::replace));
    statement.step();
    return file_.changes() > 0;
  }

  void update_database(const Database& database) override {
    const std::lock_guard lock(mutex_);
    SqliteStatement statement(file_.get(),
                              "UPDATE grebe_databases SET comment = ?, location = ?, owner = ?, "
                              "properties = ? WHERE name = ?");
    statement.bind(database.comment)
        .bind(database.location)
        .bind(database.owner)
        .bind(Json(database.properties).dump(-1, ' ', false, Json::error_handler_t::replace))
        .bind(database.name);
    statement.step();
  }

  void drop_database(const std::string& name) override {
    const std::lock_guard lock(mutex_);
    in_transaction([&] {
      for (const char* part : kTableParts) {
        run(std::string("DELETE FROM ") + part + " WHERE database = ?", {name});
      }
      run("DELETE FROM grebe_databases WHERE name = ?", {name});
    });
  }

  std::optional<Table> find_table(const std::string& database,
                                  const std::string& name) const override {
    const std::lock_guard lock(mutex_);
    SqliteStatement statement(file_.get(),
                              std::string(kTableColumns) + "WHERE database = ? AND name = ?");
    statement.bind(database).bind(name);
    if (!statement.step()) return std::nullopt;
    return read_table(statement);
  }

  std::vector<Table> tables(const std::string& database) const override {
    const std::lock_guard lock(mutex_);
    SqliteStatement statement(file_.get(),
                              std::string(kTableColumns) + "WHERE database = ? ORDER BY name");
    statement.bind(database);
    std::vector<Table> out;
    while (statement.step()) out.push_back(read_table(statement));
    return out;
  }

  bool create_table(const Table& table) override {
    const std::lock_guard lock(mutex_);
    SqliteStatement statement(
        file_.get(), "INSERT OR IGNORE INTO grebe_tables VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement.bind(table.database).bind(table.name);
    bind_contents(statement, table);
    statement.step();
    return file_.changes() > 0;
  }

  bool update_table(const Table& table) override {
    const std::lock_guard lock(mutex_);
    SqliteStatement statement(
        file_.get(),
        "UPDATE grebe_tables SET kind = ?, provider = ?, schema = ?, location = ?, comment = ?, "
        "owner = ?, created_ms = ?, details = ? WHERE database = ? AND name = ?");
    bind_contents(statement, table);
    statement.bind(table.database).bind(table.name);
    statement.step();
    return file_.changes() > 0;
  }

  bool drop_table(const std::string& database, const std::string& name) override {
    const std::lock_guard lock(mutex_);
    bool dropped = false;
    in_transaction([&] {
      for (const char* part : kTableParts) {
        run(std::string("DELETE FROM ") + part + " WHERE database = ? AND name = ?",
            {database, name});
        if (part == kTableParts[0]) dropped = file_.changes() > 0;
      }
    });
    return dropped;
  }

  bool rename_table(const std::string& database, const std::string& name,
                    const std::string& new_database, const std::string& new_name) override {
    const std::lock_guard lock(mutex_);
    bool renamed = false;
    in_transaction([&] {
      for (const char* part : kTableParts) {
        run(std::string("UPDATE OR IGNORE ") + part +
                " SET database = ?, name = ? WHERE database = ? AND name = ?",
            {new_database, new_name, database, name});
        if (part == kTableParts[0]) renamed = file_.changes() > 0;
        if (!renamed) return;
      }
    });
    return renamed;
  }

  bool has_registry(const std::string& database, const std::string& table) const override {
    const std::lock_guard lock(mutex_);
    SqliteStatement statement(file_.get(),
                              "SELECT 1 FROM grebe_registries WHERE database = ? AND name = ?");
    statement.bind(database).bind(table);
    return statement.step();
  }

  void begin_registry(const std::string& database, const std::string& table) override {
    const std::lock_guard lock(mutex_);
    run("INSERT OR IGNORE INTO grebe_registries VALUES (?, ?)", {database, table});
  }

  std::vector<Partition> partitions(const std::string& database,
                                    const std::string& table) const override {
    const std::lock_guard lock(mutex_);
    SqliteStatement statement(file_.get(),
                              "SELECT spec, location, created_ms FROM grebe_partitions "
                              "WHERE database = ? AND name = ? ORDER BY spec");
    statement.bind(database).bind(table);
    std::vector<Partition> out;
    while (statement.step()) {
      out.push_back({.values = read_spec(statement.text(0)),
                     .location = statement.text(1),
                     .created_ms = statement.number(2)});
    }
    return out;
  }

  void change_partitions(const std::string& database, const std::string& table,
                         const PartitionChange& change) override {
    const std::lock_guard lock(mutex_);
    in_transaction([&] {
      for (const auto& values : change.removed) {
        run("DELETE FROM grebe_partitions WHERE database = ? AND name = ? AND spec = ?",
            {database, table, spec_text(values)});
      }
      for (const auto& partition : change.added) {
        SqliteStatement statement(file_.get(),
                                  "INSERT OR IGNORE INTO grebe_partitions VALUES (?, ?, ?, ?, ?)");
        statement.bind(database)
            .bind(table)
            .bind(spec_text(partition.values))
            .bind(partition.location)
            .bind(partition.created_ms);
        statement.step();
      }
    });
  }

 private:
  /// Runs `changes` so that all of them are kept or none.
  template <typename Changes>
  void in_transaction(const Changes& changes) {
    file_.execute("BEGIN IMMEDIATE");
    try {
      changes();
      file_.execute("COMMIT");
    } catch (...) {
      file_.execute("ROLLBACK");
      throw;
    }
  }

  void run(const std::string& sql, const std::vector<std::string>& parameters) {
    SqliteStatement statement(file_.get(), sql);
    for (const auto& parameter : parameters) statement.bind(parameter);
    statement.step();
  }

  static void bind_contents(SqliteStatement& statement, const Table& table) {
    statement.bind(static_cast<int64_t>(table.kind))
        .bind(table.provider)
        .bind(types::DataType::struct_type(table.schema).json())
        .bind(table.location)
        .bind(table.comment)
        .bind(table.owner)
        .bind(table.created_ms)
        .bind(details_of(table));
  }

  std::string warehouse_;
  std::string file_path_;
  WarehouseLock lock_;
  mutable std::mutex mutex_;
  SqliteFile file_;
};

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), ::tolower);
  return text;
}

}  // namespace

std::shared_ptr<Catalog> Catalog::open(const std::string& warehouse) {
  const std::string directory = warehouse + "/_grebe";
  std::error_code failure;
  std::filesystem::create_directories(directory, failure);
  if (failure) {
    throw core::plain_error(core::ErrorClass::kSpark, "The warehouse directory " + warehouse +
                                                          " cannot be made: " + failure.message());
  }
  return std::make_shared<Metastore>(warehouse, directory);
}

PartitionRegistry& partition_registry(Catalog& catalog) {
  auto* registry = dynamic_cast<PartitionRegistry*>(&catalog);
  if (registry == nullptr) throw core::internal_error("a catalog without partitions");
  return *registry;
}

std::string default_database_location(const std::string& warehouse, const std::string& name) {
  const std::string lowered = lower_case(name);
  return lowered == kDefaultDatabase ? warehouse : warehouse + "/" + lowered + ".db";
}

std::string default_table_location(const Database& database, const std::string& table) {
  return database.location + "/" + lower_case(table);
}

}  // namespace grebe::catalog
