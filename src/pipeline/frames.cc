// What AnalyzePlan asks of frames beyond their schema: files, sameness, persistence.
#include <functional>

#include "core/spark_error.h"
#include "pipeline/statement.h"
#include "resolved/print.h"

namespace grebe::pipeline {
namespace {

void collect_files(const resolved::Relation& relation, std::vector<std::string>& out);

struct Files {
  std::vector<std::string>& out;

  void below(const resolved::RelationPtr& input) { collect_files(*input, out); }
  void operator()(const resolved::FileScan& n) {
    for (const auto& file : n.files) out.push_back("file://" + file.path);
  }
  void operator()(const resolved::ExtensionScan& n) { out.push_back("file://" + n.location); }
  void operator()(const resolved::LocalData&) {}
  void operator()(const resolved::Values&) {}
  void operator()(const resolved::OneRow&) {}
  void operator()(const resolved::Range&) {}
  void operator()(const resolved::CteRef&) {}
  void operator()(const resolved::StoredData&) {}
  void operator()(const resolved::Project& n) { below(n.input); }
  void operator()(const resolved::Filter& n) { below(n.input); }
  void operator()(const resolved::Join& n) {
    below(n.left);
    below(n.right);
  }
  void operator()(const resolved::Aggregate& n) { below(n.input); }
  void operator()(const resolved::Sort& n) { below(n.input); }
  void operator()(const resolved::Limit& n) { below(n.input); }
  void operator()(const resolved::Tail& n) { below(n.input); }
  void operator()(const resolved::SetOperation& n) {
    for (const auto& input : n.inputs) below(input);
  }
  void operator()(const resolved::Distinct& n) { below(n.input); }
  void operator()(const resolved::DeduplicateOn& n) { below(n.input); }
  void operator()(const resolved::Generate& n) { below(n.input); }
  void operator()(const resolved::Expand& n) { below(n.input); }
  void operator()(const resolved::Sample& n) { below(n.input); }
  void operator()(const resolved::WithCte& n) {
    for (const auto& definition : n.definitions) below(definition.relation);
    below(n.input);
  }
  void operator()(const resolved::ShowRows& n) { below(n.input); }
  void operator()(const resolved::Observe& n) { below(n.input); }
};

void collect_files(const resolved::Relation& relation, std::vector<std::string>& out) {
  std::visit(Files{out}, relation.node);
}

/// Analysis numbers columns in order, so equal frames print alike.
std::string canonical_text(session::Session& session, const plan::RelationPtr& relation) {
  Cancellation cancellation;
  StatementRunner runner(session, cancellation);
  return resolved::print_relation(*runner.analyze(relation));
}

}  // namespace

std::vector<std::string> input_files(session::Session& session, const plan::RelationPtr& relation) {
  Cancellation cancellation;
  StatementRunner runner(session, cancellation);
  std::vector<std::string> out;
  collect_files(*runner.analyze(relation), out);
  return out;
}

bool same_semantics(session::Session& session, const plan::RelationPtr& left,
                    const plan::RelationPtr& right) {
  return canonical_text(session, left) == canonical_text(session, right);
}

int32_t semantic_hash(session::Session& session, const plan::RelationPtr& relation) {
  return static_cast<int32_t>(std::hash<std::string>{}(canonical_text(session, relation)));
}

void persist(session::Session&, const plan::RelationPtr&) {
  throw core::unsupported("cache and persist of a DataFrame");
}

void unpersist(session::Session&, const plan::RelationPtr&) {
  throw core::unsupported("unpersist of a DataFrame");
}

bool is_persisted(session::Session&, const plan::RelationPtr&) { return false; }

}  // namespace grebe::pipeline
