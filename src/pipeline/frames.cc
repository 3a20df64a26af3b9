// What AnalyzePlan asks of frames beyond their schema: files, sameness, persistence.
#include <functional>

#include "core/file_uri.h"
#include "core/spark_error.h"
#include "pipeline/kept_rows.h"
#include "pipeline/statement.h"
#include "session/shared_state.h"

namespace grebe::pipeline {
namespace {

void collect_files(const resolved::Relation& relation, std::vector<std::string>& out);

struct Files {
  std::vector<std::string>& out;

  void below(const resolved::RelationPtr& input) { collect_files(*input, out); }
  void operator()(const resolved::FileScan& n) {
    for (const auto& file : n.files) {
      out.push_back("file://" + core::uri_path(file.path));
    }
  }
  void operator()(const resolved::ExtensionScan& n) {
    out.push_back("file://" + core::uri_path(n.location));
  }
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

/// The analyzed frame's root and its meaning, under which it is kept.
struct Meaning {
  resolved::RelationPtr root;
  std::string key;
};

Meaning analyzed_meaning(session::Session& session, const plan::RelationPtr& relation) {
  Cancellation cancellation;
  StatementRunner runner(session, cancellation);
  auto root = without_renames(runner.analyze(relation));
  auto key = meaning_of(root);
  return {std::move(root), std::move(key)};
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
  return analyzed_meaning(session, left).key == analyzed_meaning(session, right).key;
}

int32_t semantic_hash(session::Session& session, const plan::RelationPtr& relation) {
  return static_cast<int32_t>(std::hash<std::string>{}(analyzed_meaning(session, relation).key));
}

void persist(session::Session& session, const plan::RelationPtr& relation,
             session::StorageLevel level) {
  auto meaning = analyzed_meaning(session, relation);
  auto frame = std::make_shared<session::KeptFrame>();
  frame->key = std::move(meaning.key);
  frame->root_kind = meaning.root->node.index();
  frame->width = meaning.root->output.size();
  frame->level = level;
  session.shared().kept_frames().add(std::move(frame));
}

void unpersist(session::Session& session, const plan::RelationPtr& relation) {
  auto& kept = session.shared().kept_frames();
  if (!kept.empty()) kept.remove(analyzed_meaning(session, relation).key);
}

std::optional<session::StorageLevel> storage_level(session::Session& session,
                                                   const plan::RelationPtr& relation) {
  auto& kept = session.shared().kept_frames();
  if (kept.empty()) return std::nullopt;
  const auto frame = kept.find(analyzed_meaning(session, relation).key);
  return frame ? std::optional(frame->level) : std::nullopt;
}

}  // namespace grebe::pipeline
