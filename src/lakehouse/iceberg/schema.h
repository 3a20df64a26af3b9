// Spark's schema ↔ Iceberg's with its field ids, and the ids as DuckDB's COPY wants them.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "types/data_type.h"

namespace grebe::lakehouse::iceberg {

using Json = nlohmann::ordered_json;

/// The schema as Iceberg can store it: no integers below 32 bits, no CHAR and VARCHAR.
types::Schema iceberg_storable(const types::Schema& schema);

/// A schema object; ids count up from `last_column_id`, which is left at the highest one given.
struct NumberedSchema {
  Json schema;
  int last_column_id = 0;
};
NumberedSchema number_schema(const types::Schema& schema, int schema_id, int last_column_id);

/// `held` with the columns of `schema` that it lacks behind, ids of the others kept.
NumberedSchema extend_schema(const Json& held, const types::Schema& schema, int schema_id,
                             int last_column_id);

/// Spark's schema of an Iceberg schema object. Throws for types that Spark lacks.
types::Schema parse_schema(const Json& schema);

/// DuckDB's FIELD_IDS struct.
std::string field_ids(const Json& schema);

/// A leaf column.
struct Leaf {
  int id = 0;
  types::DataType type;
  /// Inside a list or map: it has counts, but no bounds.
  bool repeated = false;
};
/// Leaves by their path in the file (fields, `element`, `key`, `value`).
std::map<std::vector<std::string>, Leaf> leaf_columns(const Json& schema);

/// Id of a top-level column; throws when there is none of that name (in any case).
const Json& field_named(const Json& schema, const std::string& name);
/// The top-level column with this id, null when there is none.
const Json* field_with_id(const Json& schema, int id);

}  // namespace grebe::lakehouse::iceberg
