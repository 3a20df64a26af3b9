// What commands ask for → the statement runner's answers.
#pragma once

#include <string>

#include "commands/host.h"
#include "pipeline/statement.h"

namespace grebe::pipeline {

/// The pipeline as commands see it; lives as long as one command.
class PipelineHost : public commands::CommandHost {
 public:
  explicit PipelineHost(StatementRunner& runner);

  session::Session& session() override { return runner_.session(); }
  catalog::Catalog& catalog() override;
  engine::Connection& connection() override { return runner_.connection(); }
  const std::string& base_directory() override { return base_directory_; }
  types::Schema analyze_schema(const plan::RelationPtr& relation) override;
  commands::EmittedQuery emit(const plan::RelationPtr& relation) override;
  types::Value evaluate(const plan::ExpressionPtr& expression,
                        const types::DataType& type) override;
  std::vector<std::vector<types::Value>> collect(const plan::RelationPtr& relation) override;
  plan::Statement parse_statement(const std::string& text) override;
  types::Schema parse_schema(const std::string& text) override;
  plan::Name parse_name(const std::string& text) override;
  std::string explain(const plan::RelationPtr& relation, plan::ExplainMode mode) override;
  void persist(const plan::RelationPtr& relation) override;
  void unpersist(const plan::RelationPtr& relation) override;
  bool is_persisted(const plan::RelationPtr& relation) override;
  void clear_cache() override;
  void forget_rows(const std::string& path) override;
  std::string checkpoint(const plan::RelationPtr& relation, bool eager) override;
  void remove_checkpoint(const std::string& relation_id) override;
  session::TempView capture_view(const plan::RelationPtr& relation,
                                 const std::string& text) override;

 private:
  StatementRunner& runner_;
  std::string base_directory_;
};

}  // namespace grebe::pipeline
