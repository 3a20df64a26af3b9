// What commands ask of the pipeline: analysis and emitted queries within one session.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "engine/database.h"
#include "plan/command.h"
#include "session/session.h"
#include "types/data_type.h"
#include "types/value.h"

namespace grebe::commands {

/// A query ready to run: `duckdb_sql` gives the carriers of `schema` by position, its columns named
/// c0, c1 …
struct EmittedQuery {
  std::string duckdb_sql;
  types::Schema schema;
};

/// Implemented by pipeline; lives as long as one command.
class CommandHost {
 public:
  virtual ~CommandHost() = default;
  virtual session::Session& session() = 0;
  virtual catalog::Catalog& catalog() = 0;
  /// The command's own connection; local data of emitted queries is registered on it.
  virtual engine::Connection& connection() = 0;
  /// Directory that relative paths start from.
  virtual const std::string& base_directory() = 0;

  virtual types::Schema analyze_schema(const plan::RelationPtr& relation) = 0;
  /// Analyzes, optimizes and emits; loads extensions and registers local data.
  virtual EmittedQuery emit(const plan::RelationPtr& relation) = 0;
  /// The value of a constant expression cast to `type`.
  virtual types::Value evaluate(const plan::ExpressionPtr& expression,
                                const types::DataType& type) = 0;
  /// Rows of a small query.
  virtual std::vector<std::vector<types::Value>> collect(const plan::RelationPtr& relation) = 0;

  virtual plan::Statement parse_statement(const std::string& text) = 0;
  /// DDL or JSON text of a schema.
  virtual types::Schema parse_schema(const std::string& text) = 0;
  virtual plan::Name parse_name(const std::string& text) = 0;

  virtual std::string explain(const plan::RelationPtr& relation, plan::ExplainMode mode) = 0;
  virtual void persist(const plan::RelationPtr& relation) = 0;
  virtual void unpersist(const plan::RelationPtr& relation) = 0;
  virtual bool is_persisted(const plan::RelationPtr& relation) = 0;
  virtual void clear_cache() = 0;
  /// REFRESH: rows that cache() keeps from below `path` (empty: from anywhere) are read again.
  virtual void forget_rows(const std::string& path) = 0;
  /// Keeps the rows of a frame; returns the id that CachedRemoteRelation names.
  virtual std::string checkpoint(const plan::RelationPtr& relation, bool eager) = 0;
  virtual void remove_checkpoint(const std::string& relation_id) = 0;
  /// Makes a temporary view that remembers what its names mean now.
  virtual session::TempView capture_view(const plan::RelationPtr& relation,
                                         const std::string& text) = 0;
};

/// Rows that a command answers with; most have none.
struct CommandOutcome {
  types::Schema schema;
  std::vector<std::vector<types::Value>> rows;
};

/// Runs a command to its end. Throws SparkError.
CommandOutcome run_command(CommandHost& host, const plan::Command& command);

/// Output columns of a command without running it (for relations that hold one).
types::Schema command_schema(CommandHost& host, const plan::Command& command);

}  // namespace grebe::commands
