// A table's folder → its current metadata document; a new document → the next version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "lakehouse/iceberg/schema.h"
#include "lakehouse/table/table_format.h"

namespace grebe::lakehouse::iceberg {

/// One `vN.metadata.json` (Iceberg's file-system tables; a put-if-absent of the next N commits).
struct TableMetadata {
  /// N; -1 for a name that another catalog gave.
  int64_t version = -1;
  /// Absolute path of the document.
  std::string path;
  Json document;
};

/// This moment as the documents write it: milliseconds since 1970.
int64_t now_ms();

std::string metadata_directory(const std::string& location);

/// The current metadata, nothing when no table lies there.
std::optional<TableMetadata> find_metadata(ObjectStore& store, const std::string& location);

/// True when a table lies there.
bool has_metadata(ObjectStore& store, const std::string& location);

/// Puts the document as version `version`; false when somebody else was first. Updates the hint.
bool put_metadata(ObjectStore& store, const std::string& location, int64_t version,
                  const Json& document);

/// Objects of the document. Throw when it lacks them.
const Json& current_schema(const Json& document);
const Json& schema_with_id(const Json& document, int id);
const Json& default_spec(const Json& document);
/// Null when there is no such snapshot.
const Json* snapshot_with_id(const Json& document, int64_t id);
const Json* current_snapshot(const Json& document);

}  // namespace grebe::lakehouse::iceberg
