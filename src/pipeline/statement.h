// One running statement: its analyzer's doors to tables and constants, and its connection.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "analyze/analyzer.h"
#include "emit/emit.h"
#include "engine/arrow_values.h"
#include "pipeline/pipeline.h"
#include "session/kept_frames.h"

namespace grebe::pipeline {

/// What pipeline does for one statement of one session. Not thread-safe.
class StatementRunner : public analyze::Evaluator {
 public:
  StatementRunner(session::Session& session, Cancellation& cancellation);
  ~StatementRunner() override;

  /// Analyzes and optimizes. Errors of whole-plan checks end with the written plan.
  resolved::RelationPtr analyze(const plan::RelationPtr& relation);
  /// The written plan as Spark's parsed logical plan, texts of spark.sql parsed.
  std::string written_plan(const plan::RelationPtr& relation);
  /// Runs an analyzed relation; the stream owns its connection.
  std::unique_ptr<engine::ResultStream> run(const resolved::RelationPtr& relation);
  /// Runs a command to its rows.
  std::unique_ptr<engine::ResultStream> run_command(const plan::Command& command);
  /// Constant rows as a stream.
  std::unique_ptr<engine::ResultStream> stream_rows(const types::Schema& schema,
                                                    const std::vector<engine::Row>& rows);

  types::Value evaluate(const resolved::ExpressionPtr& expression) override;
  std::vector<types::Value> first_column(const resolved::RelationPtr& relation,
                                         int64_t limit) override;

  session::Session& session() { return session_; }
  Cancellation& cancellation() { return cancellation_; }
  analyze::AnalyzerOptions analyzer_options() const;
  /// A connection for the statement's own small questions; kept until the statement ends.
  engine::Connection& connection();
  /// Registers what a query reads and loads what it needs.
  void prepare(engine::Connection& connection, const emit::EmittedQuery& query);
  std::unique_ptr<engine::Connection> connect();
  /// Keeps a table or a file as long as the statement and its rows.
  void hold(std::shared_ptr<void> resource) { held_.push_back(std::move(resource)); }

 private:
  session::Session& session_;
  Cancellation& cancellation_;
  std::unique_ptr<engine::Connection> connection_;
  std::optional<Cancellation::Attachment> attachment_;
  std::unique_ptr<analyze::TableResolver> tables_;
  std::vector<std::shared_ptr<void>> held_;
  /// How many analyses are under way: commands used as relations nest.
  int analyses_ = 0;
};

/// Schema of the columns of an analyzed relation.
types::Schema output_schema(const resolved::Relation& relation);

/// df.show()'s text from the rows of `input`.
std::string show_text(const resolved::ShowRows& node, const types::Schema& schema,
                      const std::vector<engine::Row>& rows, const std::string& time_zone);

}  // namespace grebe::pipeline
