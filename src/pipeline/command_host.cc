// What commands ask for → the statement runner's answers.
#include "pipeline/command_host.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "core/uuid.h"
#include "parse/sql/parser.h"
#include "pipeline/kept_rows.h"
#include "pipeline/session_tables.h"
#include "pipeline/sql_text.h"
#include "session/shared_state.h"

namespace grebe::pipeline {

PipelineHost::PipelineHost(StatementRunner& runner)
    : runner_(runner), base_directory_(std::filesystem::current_path().string()) {}

catalog::Catalog& PipelineHost::catalog() { return runner_.session().shared().catalog(); }

types::Schema PipelineHost::analyze_schema(const plan::RelationPtr& relation) {
  return output_schema(*runner_.analyze(relation));
}

commands::EmittedQuery PipelineHost::emit(const plan::RelationPtr& relation) {
  const auto query = emit::emit_query(*with_kept_rows(runner_, runner_.analyze(relation)));
  runner_.prepare(connection(), query);
  // Columns are renamed by position: c0, c1 ….
  std::string names;
  for (size_t i = 0; i < query.schema.size(); ++i) {
    names += (i == 0 ? "c" : ", c") + std::to_string(i);
  }
  std::string sql = query.sql;
  if (!names.empty()) sql = "SELECT * FROM (" + sql + ") AS written(" + names + ")";
  return {std::move(sql), query.schema};
}

types::Value PipelineHost::evaluate(const plan::ExpressionPtr& expression,
                                    const types::DataType& type) {
  SessionTables tables(runner_);
  analyze::Analyzer analyzer(runner_.analyzer_options(), tables, runner_);
  auto bound = analyzer.expression(expression, {});
  if (!bound->type.same_type(type)) bound = analyzer.cast(std::move(bound), type);
  if (const auto* constant = std::get_if<resolved::Literal>(&bound->node)) return constant->value;
  return runner_.evaluate(bound);
}

std::vector<std::vector<types::Value>> PipelineHost::collect(const plan::RelationPtr& relation) {
  return engine::read_rows(*runner_.run(runner_.analyze(relation)));
}

plan::Statement PipelineHost::parse_statement(const std::string& text) {
  return parse::sql::parse_statement(text, parse_options(runner_.session()));
}

types::Schema PipelineHost::parse_schema(const std::string& text) { return schema_from_text(text); }

plan::Name PipelineHost::parse_name(const std::string& text) {
  return parse::sql::parse_identifier(text, parse_options(runner_.session()));
}

std::string PipelineHost::explain(const plan::RelationPtr& relation, plan::ExplainMode mode) {
  return pipeline::explain(runner_.session(), relation, mode);
}

void PipelineHost::persist(const plan::RelationPtr& relation) {
  pipeline::persist(runner_.session(), relation);
}

void PipelineHost::unpersist(const plan::RelationPtr& relation) {
  pipeline::unpersist(runner_.session(), relation);
}

bool PipelineHost::is_persisted(const plan::RelationPtr& relation) {
  return pipeline::storage_level(runner_.session(), relation).has_value();
}

void PipelineHost::clear_cache() { runner_.session().shared().kept_frames().clear(); }

void PipelineHost::forget_rows(const std::string& path) {
  runner_.session().shared().kept_frames().drop_rows_from(path);
}

std::string PipelineHost::checkpoint(const plan::RelationPtr& relation, bool) {
  // A lazy checkpoint is made at once as well: its rows are the same.
  const auto analyzed = with_kept_rows(runner_, runner_.analyze(relation));
  const std::string id = core::new_uuid();
  runner_.session().shared().kept_frames().put_checkpoint(
      id, {.table = make_rows(runner_, analyzed),
           .schema = output_schema(*analyzed),
           .session = runner_.session().server_side_id()});
  return id;
}

void PipelineHost::remove_checkpoint(const std::string& relation_id) {
  runner_.session().shared().kept_frames().remove_checkpoint(relation_id);
}

session::TempView PipelineHost::capture_view(const plan::RelationPtr& relation,
                                             const std::string& text) {
  auto& session = runner_.session();
  session::TempView view;
  view.plan = relation;
  view.schema = analyze_schema(relation);
  view.text = text;
  view.current_database = session.current_database();
  auto captured = std::make_shared<std::map<std::string, session::TempView>>();
  for (const auto& name : session.temp_view_names()) {
    std::string key = name;
    std::transform(key.begin(), key.end(), key.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (auto known = session.find_temp_view(name)) captured->emplace(key, std::move(*known));
  }
  view.captured = std::move(captured);
  return view;
}

}  // namespace grebe::pipeline
