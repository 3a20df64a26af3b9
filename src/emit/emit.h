// Resolved tree → DuckDB SQL whose columns are c<id>, with the local data that it reads.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "resolved/relation.h"

namespace grebe::emit {

/// An Arrow stream that must be registered under `name` before the query runs.
struct LocalTable {
  std::string name;
  std::shared_ptr<const std::string> arrow_stream;
};

/// One runnable query.
struct EmittedQuery {
  std::string sql;
  /// Columns in order with Spark's names and types.
  types::Schema schema;
  std::vector<LocalTable> local_tables;
  /// DuckDB extensions that the query needs.
  std::set<std::string> extensions;
};

struct EmitOptions {
  /// Files above this number of partitions are joined with their values instead of unioned.
  size_t max_partition_branches = 64;
};

/// Emits a whole plan. ShowRows is the pipeline's to finish: it is refused here.
EmittedQuery emit_query(const resolved::Relation& relation, const EmitOptions& options = {});

/// Emits a scalar expression without columns, for folding constants.
std::string emit_constant(const resolved::Expression& expression);

}  // namespace grebe::emit
