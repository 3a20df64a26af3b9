// Grebe's catalog → the namespaces, tables and commits of Iceberg's REST specification, as JSON.
#pragma once

#include <memory>
#include <string>

#include "catalog/catalog.h"
#include "lakehouse/iceberg/schema.h"
#include "lakehouse/storage/object_store.h"

namespace grebe::lakehouse::iceberg {

/// Databases are namespaces; Iceberg tables of ours are its tables. The metadata folder of a table
/// is the truth: a commit puts the next version there, or loses (409). Thread-safe. Methods take
/// and give the bodies of the specification and throw RestError.
class RestCatalog {
 public:
  RestCatalog(std::shared_ptr<catalog::Catalog> catalog, std::shared_ptr<ObjectStore> store)
      : catalog_(std::move(catalog)), store_(std::move(store)) {}

  Json list_namespaces() const;
  Json create_namespace(const Json& request);
  Json load_namespace(const std::string& name) const;
  void drop_namespace(const std::string& name);

  Json list_tables(const std::string& database) const;
  /// With stage-create nothing is kept but the metadata folder.
  Json create_table(const std::string& database, const Json& request);
  Json load_table(const std::string& database, const std::string& name) const;
  /// Checks all requirements, applies all updates, puts the next metadata version.
  Json commit_table(const std::string& database, const std::string& name, const Json& request);
  enum class TableFiles { kKeep, kRemove };
  void drop_table(const std::string& database, const std::string& name, TableFiles files);
  void rename_table(const Json& request);
  /// Changes of one table; several at once are refused, they could not be atomic.
  void commit_transaction(const Json& request);

 private:
  catalog::Database require_database(const std::string& name) const;
  catalog::Table require_table(const std::string& database, const std::string& name) const;
  std::string new_location(const std::string& database, const std::string& name,
                           const Json& request) const;
  void enter_table(const std::string& database, const std::string& name, const Json& document);

  std::shared_ptr<catalog::Catalog> catalog_;
  std::shared_ptr<ObjectStore> store_;
};

}  // namespace grebe::lakehouse::iceberg
