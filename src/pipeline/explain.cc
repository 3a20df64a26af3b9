// A query → the texts of its stages: the written tree, the resolved tree, DuckDB's SQL and plan.
#include "core/spark_error.h"
#include "emit/emit.h"
#include "pipeline/session_tables.h"
#include "pipeline/statement.h"
#include "plan/print.h"
#include "resolved/print.h"

namespace grebe::pipeline {
namespace {

std::string physical_plan(StatementRunner& runner, const resolved::RelationPtr& relation) {
  auto target = relation;
  if (const auto* show = std::get_if<resolved::ShowRows>(&relation->node)) target = show->input;
  const auto query = emit::emit_query(*target);
  auto connection = runner.connect();
  runner.prepare(*connection, query);
  std::string text;
  for (const auto& row : connection->rows("EXPLAIN " + query.sql)) {
    text += row.at(1).value_or("");
  }
  return text;
}

std::string emitted_sql(const resolved::RelationPtr& relation) {
  auto target = relation;
  if (const auto* show = std::get_if<resolved::ShowRows>(&relation->node)) target = show->input;
  return emit::emit_query(*target).sql;
}

}  // namespace

std::string explain(session::Session& session, const plan::RelationPtr& relation,
                    plan::ExplainMode mode) {
  Cancellation cancellation;
  StatementRunner runner(session, cancellation);
  const auto analyzed = runner.analyze(relation);
  std::string out;
  if (mode == plan::ExplainMode::kCost) {
    out += "== Optimized Logical Plan ==\n" + resolved::print_relation(*analyzed) + "\n";
  }
  // There is no generated code to show, only DuckDB's plan.
  if (mode == plan::ExplainMode::kCodegen) out += "Found 0 WholeStageCodegen subtrees.\n";
  if (mode == plan::ExplainMode::kExtended) {
    out += "== Parsed Logical Plan ==\n" + runner.written_plan(relation) + "\n";
    out += "== Analyzed Logical Plan ==\n" + resolved::print_relation(*analyzed) + "\n";
    out += "== Optimized Logical Plan ==\n" + resolved::print_relation(*analyzed) + "\n";
  }
  return out + "== Physical Plan ==\n" + physical_plan(runner, analyzed) + "\n";
}

std::string explain_stages(session::Session& session, const plan::RelationPtr& relation) {
  Cancellation cancellation;
  StatementRunner runner(session, cancellation);
  std::string out = "== Unresolved ==\n" + plan::print_relation(*relation) + "\n";
  const auto analyzed = runner.analyze(relation);
  out += "== Resolved ==\n" + resolved::print_relation(*analyzed) + "\n";
  out += "== DuckDB SQL ==\n" + emitted_sql(analyzed) + "\n";
  return out + "\n== DuckDB plan ==\n" + physical_plan(runner, analyzed) + "\n";
}

}  // namespace grebe::pipeline
