// What analysis asks of the outside: tables by name, data sources by path, constants by value.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plan/command.h"
#include "resolved/relation.h"

namespace grebe::analyze {

/// A table, view or data source found by name: exactly one of relation and view is set.
struct ResolvedTable {
  /// A leaf whose output has the table's columns; analysis gives them ids of its own.
  resolved::RelationPtr relation;
  /// An unresolved plan to be analyzed in its own scope (temp or permanent view).
  plan::RelationPtr view;
  /// Columns of a view as they were captured: names and types its output is shown with; may be
  /// empty.
  types::Schema view_schema;
  /// What the query of a view made of SQL text called its columns then, one for each of
  /// `view_schema`: it is by these names that they are found again. Empty for a frame's view.
  std::vector<std::string> view_columns;
  /// Opaque scope under which a view's names are looked up; handed back to find_table.
  std::shared_ptr<const void> view_scope;
  /// Full name parts that qualify the columns: {"spark_catalog", "default", "t"} or {"v"}.
  std::vector<std::string> qualifier;
};

/// Finds tables. Implemented by pipeline over catalog, sources and lakehouse.
class TableResolver {
 public:
  virtual ~TableResolver() = default;
  /// Nothing when there is no such table or view. `scope` is the enclosing view's, or null.
  virtual std::optional<ResolvedTable> find_table(const plan::ReadTable& table,
                                                  const std::shared_ptr<const void>& scope) = 0;
  virtual ResolvedTable open_data_source(const plan::ReadDataSource& source) = 0;
  /// Columns of an Arrow stream sent by the client.
  virtual types::Schema arrow_schema(const std::string& ipc_stream) = 0;
  /// Parses a dotted name, for IDENTIFIER(text).
  virtual plan::Name parse_name(const std::string& text) = 0;
  /// Parses a schema in DDL or JSON form.
  virtual types::Schema parse_schema(const std::string& text) = 0;
  /// The relation that the client sent as artifacts. Throws when one of them is not there.
  virtual plan::RelationPtr cached_local_relation(const plan::CachedLocalRelation& node) = 0;
  /// spark.read.json(frame) and csv(frame): the records that the rows of `text`, one string column,
  /// hold.
  virtual ResolvedTable parse_text(const resolved::RelationPtr& text,
                                   const plan::ParseText& how) = 0;
  /// A checkpointed frame's rows by its id, null when there is none.
  virtual resolved::RelationPtr kept_frame(const std::string& relation_id) = 0;
  /// Runs a command for its rows (SHOW … used as a relation).
  virtual resolved::RelationPtr run_command(const plan::Command& command) = 0;
  /// Parses SQL text with parameters bound; a command gives a CommandResult.
  virtual plan::RelationPtr parse_query(const plan::SqlQuery& query) = 0;
};

/// Runs small resolved plans during analysis.
class Evaluator {
 public:
  virtual ~Evaluator() = default;
  virtual types::Value evaluate(const resolved::ExpressionPtr& expression) = 0;
  /// First column's values, at most `limit`.
  virtual std::vector<types::Value> first_column(const resolved::RelationPtr& relation,
                                                 int64_t limit) = 0;
};

}  // namespace grebe::analyze
