// Operations of the REST catalog over databases, tables and metadata folders; see rest_catalog.h.
#include "lakehouse/iceberg/rest_catalog.h"

#include <fmt/format.h>

#include <filesystem>

#include "core/spark_error.h"
#include "lakehouse/iceberg/partition.h"
#include "lakehouse/iceberg/table_metadata.h"
#include "lakehouse/iceberg/table_update.h"
#include "lakehouse/table/data_files.h"

namespace grebe::lakehouse::iceberg {

namespace {

Json table_response(const Json& document, const std::string& location, int64_t version) {
  return {{"metadata-location",
           join_path(metadata_directory(location), fmt::format("v{}.metadata.json", version))},
          {"metadata", document},
          {"config", Json::object()}};
}

std::string single_level(const Json& levels) {
  if (!levels.is_array() || levels.size() != 1) {
    throw RestError(400, "BadRequestException", "namespaces have one level");
  }
  return levels[0].get<std::string>();
}

/// The document of a create request.
Json new_document(const std::string& location, const Json& request) {
  Json document = empty_document(location);
  apply_update(document, {{"action", "add-schema"}, {"schema", request.at("schema")}});
  document["current-schema-id"] = document["schemas"][0]["schema-id"];
  Json spec = {{"spec-id", 0}, {"fields", Json::array()}};
  if (const auto given = request.find("partition-spec");
      given != request.end() && given->is_object()) {
    spec = *given;
    spec["spec-id"] = 0;
  }
  apply_update(document, {{"action", "add-spec"}, {"spec", spec}});
  Json order = {{"order-id", 0}, {"fields", Json::array()}};
  if (const auto given = request.find("write-order");
      given != request.end() && given->is_object()) {
    order = *given;
  }
  document["default-sort-order-id"] = order.at("order-id");
  document["sort-orders"].push_back(std::move(order));
  if (const auto properties = request.find("properties");
      properties != request.end() && properties->is_object()) {
    document["properties"] = *properties;
  }
  document["properties"].erase("format-version");
  return document;
}

}  // namespace

catalog::Database RestCatalog::require_database(const std::string& name) const {
  auto database = catalog_->find_database(name);
  if (!database) {
    throw RestError(404, "NoSuchNamespaceException", "Namespace does not exist: " + name);
  }
  return *std::move(database);
}

catalog::Table RestCatalog::require_table(const std::string& database,
                                          const std::string& name) const {
  auto table = catalog_->find_table(database, name);
  if (!table || table->provider != "iceberg") {
    throw RestError(404, "NoSuchTableException",
                    fmt::format("Table does not exist: {}.{}", database, name));
  }
  return *std::move(table);
}

Json RestCatalog::list_namespaces() const {
  Json names = Json::array();
  for (const catalog::Database& database : catalog_->databases()) {
    names.push_back(Json::array({database.name}));
  }
  return {{"namespaces", std::move(names)}};
}

Json RestCatalog::create_namespace(const Json& request) {
  const std::string name = single_level(request.at("namespace"));
  catalog::Database database{
      .name = name, .location = catalog::default_database_location(catalog_->warehouse(), name)};
  if (const auto properties = request.find("properties");
      properties != request.end() && properties->is_object()) {
    for (const auto& [key, value] : properties->items()) {
      database.properties[key] = value.get<std::string>();
    }
  }
  if (!catalog_->create_database(database)) {
    throw RestError(409, "AlreadyExistsException", "Namespace already exists: " + name);
  }
  return load_namespace(name);
}

Json RestCatalog::load_namespace(const std::string& name) const {
  const catalog::Database database = require_database(name);
  Json properties = database.properties;
  properties["location"] = database.location;
  return {{"namespace", Json::array({database.name})}, {"properties", std::move(properties)}};
}

void RestCatalog::drop_namespace(const std::string& name) {
  require_database(name);
  if (!catalog_->tables(name).empty()) {
    throw RestError(409, "NamespaceNotEmptyException", "Namespace is not empty: " + name);
  }
  catalog_->drop_database(name);
}

Json RestCatalog::list_tables(const std::string& database) const {
  require_database(database);
  Json identifiers = Json::array();
  for (const catalog::Table& table : catalog_->tables(database)) {
    if (table.provider != "iceberg") continue;
    identifiers.push_back({{"namespace", Json::array({database})}, {"name", table.name}});
  }
  return {{"identifiers", std::move(identifiers)}};
}

std::string RestCatalog::new_location(const std::string& database, const std::string& name,
                                      const Json& request) const {
  if (const auto given = request.find("location"); given != request.end() && given->is_string()) {
    return local_path(given->get<std::string>());
  }
  std::string location = catalog::default_table_location(require_database(database), name);
  // A table that was dropped without its files keeps its place.
  if (has_metadata(*store_, location)) location += "-" + random_uuid();
  return location;
}

void RestCatalog::enter_table(const std::string& database, const std::string& name,
                              const Json& document) {
  const std::string location = document.at("location").get<std::string>();
  const catalog::Database owner = require_database(database);
  const bool is_managed = location.starts_with(catalog::default_table_location(owner, name));
  catalog::Table table{
      .database = database,
      .name = name,
      .kind = is_managed ? catalog::TableKind::kManaged : catalog::TableKind::kExternal,
      .provider = "iceberg",
      .schema = parse_schema(current_schema(document)),
      .location = location,
      .created_ms = now_ms()};
  for (const PartitionField& field : parse_spec(default_spec(document), current_schema(document))) {
    if (field.transform == "identity") table.partition_columns.push_back(field.source_name);
  }
  if (!catalog_->create_table(table)) {
    throw RestError(409, "AlreadyExistsException",
                    fmt::format("Table already exists: {}.{}", database, name));
  }
}

Json RestCatalog::create_table(const std::string& database, const Json& request) {
  const std::string name = request.at("name").get<std::string>();
  require_database(database);
  if (catalog_->find_table(database, name)) {
    throw RestError(409, "AlreadyExistsException",
                    fmt::format("Table already exists: {}.{}", database, name));
  }
  const std::string location = new_location(database, name, request);
  const Json document = new_document(location, request);
  parse_schema(current_schema(document));  // refuses types that version 2 does not have
  store_->make_directory(metadata_directory(location));
  if (request.value("stage-create", false)) {
    Json staged = table_response(document, location, 0);
    staged.erase("metadata-location");
    return staged;
  }
  if (!put_metadata(*store_, location, 1, document)) {
    throw RestError(409, "AlreadyExistsException", "A table lies at " + location);
  }
  enter_table(database, name, document);
  return table_response(document, location, 1);
}

Json RestCatalog::load_table(const std::string& database, const std::string& name) const {
  const catalog::Table table = require_table(database, name);
  const auto metadata = find_metadata(*store_, table.location);
  if (!metadata) {
    throw RestError(404, "NoSuchTableException", "No metadata lies at " + table.location);
  }
  return table_response(metadata->document, table.location, metadata->version);
}

Json RestCatalog::commit_table(const std::string& database, const std::string& name,
                               const Json& request) {
  require_database(database);
  const auto table = catalog_->find_table(database, name);
  if (table && table->provider != "iceberg") require_table(database, name);  // throws
  Json document;
  int64_t version = 0;
  std::string location;
  if (table) {
    auto metadata = find_metadata(*store_, table->location);
    if (!metadata) {
      throw RestError(404, "NoSuchTableException", "No metadata lies at " + table->location);
    }
    document = std::move(metadata->document);
    version = metadata->version;
    location = table->location;
  }
  for (const Json& requirement : request.at("requirements")) {
    check_requirement(document, requirement);
  }
  if (!table) {
    Json place = Json::object();
    for (const Json& update : request.at("updates")) {
      if (update.value("action", "") == "set-location") place["location"] = update.at("location");
    }
    location = new_location(database, name, place);
    document = empty_document(location);
    document["location"] = place.value("location", location);
  }
  const Json before = document;
  for (const Json& update : request.at("updates")) apply_update(document, update);
  parse_schema(current_schema(document));
  if (version > 0) {
    document["metadata-log"].push_back(
        {{"timestamp-ms", before.at("last-updated-ms")},
         {"metadata-file",
          join_path(metadata_directory(location), fmt::format("v{}.metadata.json", version))}});
  }
  document["last-updated-ms"] = std::max(now_ms(), before.value("last-updated-ms", int64_t{0}) + 1);
  if (!put_metadata(*store_, location, version + 1, document)) {
    throw RestError(409, "CommitFailedException", "Another commit was first; try again");
  }
  if (!table) enter_table(database, name, document);
  return table_response(document, location, version + 1);
}

void RestCatalog::drop_table(const std::string& database, const std::string& name,
                             TableFiles files) {
  const catalog::Table table = require_table(database, name);
  catalog_->drop_table(database, name);
  if (files == TableFiles::kKeep) return;
  std::error_code failure;
  std::filesystem::remove_all(table.location, failure);
  if (failure) {
    throw RestError(500, "InternalServerError",
                    fmt::format("The table's files are not all removed: {}", failure.message()));
  }
}

void RestCatalog::rename_table(const Json& request) {
  const Json& source = request.at("source");
  const Json& target = request.at("destination");
  const std::string database = single_level(source.at("namespace"));
  const std::string name = source.at("name").get<std::string>();
  require_table(database, name);
  const std::string new_database = single_level(target.at("namespace"));
  require_database(new_database);
  if (!catalog_->rename_table(database, name, new_database, target.at("name").get<std::string>())) {
    throw RestError(409, "AlreadyExistsException", "The new name is taken");
  }
}

void RestCatalog::commit_transaction(const Json& request) {
  const Json& changes = request.at("table-changes");
  if (changes.size() > 1) {
    throw RestError(400, "BadRequestException", "a transaction over several tables");
  }
  for (const Json& change : changes) {
    const Json& identifier = change.at("identifier");
    commit_table(single_level(identifier.at("namespace")), identifier.at("name").get<std::string>(),
                 change);
  }
}

}  // namespace grebe::lakehouse::iceberg
