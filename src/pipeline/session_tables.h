// Names and paths of a session → leaves and views: temp views, the catalog, files, table formats.
#pragma once

#include <memory>

#include "analyze/resolvers.h"
#include "pipeline/statement.h"
#include "sources/file_table.h"

namespace grebe::pipeline {

/// Looks tables up for one statement.
class SessionTables : public analyze::TableResolver {
 public:
  explicit SessionTables(StatementRunner& runner) : runner_(runner) {}

  std::optional<analyze::ResolvedTable> find_table(
      const plan::ReadTable& table, const std::shared_ptr<const void>& scope) override;
  analyze::ResolvedTable open_data_source(const plan::ReadDataSource& source) override;
  types::Schema arrow_schema(const std::string& ipc_stream) override;
  plan::Name parse_name(const std::string& text) override;
  types::Schema parse_schema(const std::string& text) override;
  plan::RelationPtr cached_local_relation(const plan::CachedLocalRelation& node) override;
  analyze::ResolvedTable parse_text(const resolved::RelationPtr& text,
                                    const plan::ParseText& how) override;
  resolved::RelationPtr kept_frame(const std::string& relation_id) override;
  resolved::RelationPtr run_command(const plan::Command& command) override;
  plan::RelationPtr parse_query(const plan::SqlQuery& query) override;

 private:
  /// A table of files or of a table format, wherever its name came from.
  struct TableRequest {
    std::string format;
    std::vector<std::string> paths;
    std::optional<types::Schema> schema;
    std::optional<types::Schema> partition_schema;
    std::map<std::string, std::string> options;
    bool allow_empty = false;
    std::string description;
  };
  resolved::RelationPtr open(const TableRequest& request);
  /// Puts into a scan's options what rows of files without the column have there.
  void note_existence_default(const types::StructField& field,
                              std::map<std::string, std::string>& options);
  resolved::RelationPtr open_lakehouse(const TableRequest& request);
  /// µs since the epoch of a constant expression in the session's zone.
  int64_t moment_of(const plan::ExpressionPtr& expression);
  /// Names of the columns that at least one of the files has.
  std::vector<std::string> parquet_columns(const std::vector<resolved::ScanFile>& files);
  std::string format_or_default(const std::string& format) const;

  StatementRunner& runner_;
};

/// The temporary views that a view's text sees.
struct ViewScope {
  std::shared_ptr<const std::map<std::string, session::TempView>> temp_views;
  std::string current_database;
  /// Names mean what they mean now, not what they meant when the view was made.
  bool looks_up_anew = false;
};

/// DDL or JSON text of a schema → columns.
types::Schema schema_from_text(const std::string& text);

}  // namespace grebe::pipeline
