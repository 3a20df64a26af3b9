// Statement → parse → analyze → optimize → emit → run: the way of every query, on one screen.
#include "pipeline/pipeline.h"

#include "core/spark_error.h"
#include "emit/emit.h"
#include "parse/sql/parser.h"
#include "pipeline/command_host.h"
#include "pipeline/session_tables.h"
#include "pipeline/sql_text.h"
#include "pipeline/statement.h"

namespace grebe::pipeline {
namespace {

/// The statement's runner lives as long as its rows: they may still need its connection.
class RunningRows : public engine::ResultStream {
 public:
  RunningRows(std::shared_ptr<StatementRunner> runner, std::unique_ptr<engine::ResultStream> rows)
      : runner_(std::move(runner)), rows_(std::move(rows)) {}
  const types::Schema& schema() const override { return rows_->schema(); }
  std::optional<engine::ArrowBatch> next() override { return rows_->next(); }

 private:
  std::shared_ptr<StatementRunner> runner_;
  std::unique_ptr<engine::ResultStream> rows_;
};

/// Every df.observe in a plan, outermost first.
void find_observations(const resolved::RelationPtr& relation,
                       std::vector<const resolved::Observe*>& out) {
  if (const auto* observe = std::get_if<resolved::Observe>(&relation->node)) {
    out.push_back(observe);
    find_observations(observe->input, out);
  } else if (const auto* project = std::get_if<resolved::Project>(&relation->node)) {
    find_observations(project->input, out);
  } else if (const auto* filter = std::get_if<resolved::Filter>(&relation->node)) {
    find_observations(filter->input, out);
  } else if (const auto* sort = std::get_if<resolved::Sort>(&relation->node)) {
    find_observations(sort->input, out);
  } else if (const auto* aggregate = std::get_if<resolved::Aggregate>(&relation->node)) {
    find_observations(aggregate->input, out);
  } else if (const auto* limit = std::get_if<resolved::Limit>(&relation->node)) {
    find_observations(limit->input, out);
  } else if (const auto* show = std::get_if<resolved::ShowRows>(&relation->node)) {
    find_observations(show->input, out);
  }
}

std::vector<ObservedMetrics> run_observations(StatementRunner& runner,
                                              const resolved::RelationPtr& relation) {
  std::vector<const resolved::Observe*> observations;
  find_observations(relation, observations);
  std::vector<ObservedMetrics> out;
  for (const auto* observe : observations) {
    std::vector<resolved::Attribute> columns;
    for (const auto& metric : observe->metrics) columns.push_back(metric.attribute);
    auto totals = resolved::make_relation(
        resolved::Aggregate{observe->input, {}, std::nullopt, observe->metrics}, columns);
    auto rows = engine::read_rows(*runner.run(totals));
    out.push_back({observe->name, output_schema(*totals), std::move(rows.at(0))});
  }
  return out;
}

}  // namespace

Execution run(session::Session& session, const plan::Statement& statement,
              Cancellation& cancellation) {
  auto runner = std::make_shared<StatementRunner>(session, cancellation);
  if (const auto* command = std::get_if<plan::CommandPtr>(&statement)) {
    auto rows = runner->run_command(**command);
    return {std::make_unique<RunningRows>(runner, std::move(rows)),
            [] { return std::vector<ObservedMetrics>{}; }};
  }
  const auto relation = runner->analyze(std::get<plan::RelationPtr>(statement));
  auto rows = runner->run(relation);
  return {std::make_unique<RunningRows>(runner, std::move(rows)),
          [runner, relation] { return run_observations(*runner, relation); }};
}

plan::Statement parse(session::Session& session, const plan::SqlQuery& query) {
  auto statement = parse::sql::parse_statement(query.text, parse_options(session));
  if (std::holds_alternative<plan::CommandPtr>(statement)) return statement;
  // The text is parsed again where it is analyzed, with its parameters in sight.
  return plan::make_relation(query);
}

types::Schema analyze_schema(session::Session& session, const plan::RelationPtr& relation) {
  Cancellation cancellation;
  StatementRunner runner(session, cancellation);
  return output_schema(*runner.analyze(relation));
}

bool is_local(session::Session&, const plan::RelationPtr& relation) {
  return std::holds_alternative<plan::LocalRelation>(relation->node) ||
         std::holds_alternative<plan::CommandResult>(relation->node);
}

}  // namespace grebe::pipeline
