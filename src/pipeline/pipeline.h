// Statement → parse → analyze → optimize → emit → run: the way of every query, on one screen.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/database.h"
#include "plan/command.h"
#include "session/kept_frames.h"
#include "session/session.h"
#include "types/data_type.h"

namespace grebe::pipeline {

/// Ties a running statement to whoever may interrupt it. The server makes one for each operation.
class Cancellation {
 public:
  /// Makes cancel() interrupt `connection` from here on, until this goes out of scope; declare it
  /// after the connection that it names.
  class Attachment {
   public:
    Attachment(Cancellation& cancellation, engine::Connection& connection);
    ~Attachment();
    Attachment(const Attachment&) = delete;
    Attachment& operator=(const Attachment&) = delete;

   private:
    Cancellation& cancellation_;
    engine::Connection& connection_;
  };

  void cancel();
  bool is_cancelled() const { return cancelled_.load(); }
  /// Throws OPERATION_CANCELED when cancelled.
  void check() const;

 private:
  std::atomic<bool> cancelled_{false};
  std::mutex mutex_;
  std::vector<engine::Connection*> connections_;
};

/// Observed metrics of a finished statement (df.observe): name, column names and values.
struct ObservedMetrics {
  std::string name;
  types::Schema schema;
  std::vector<types::Value> values;
};

/// A statement's rows. Owns the connection below the stream.
struct Execution {
  std::unique_ptr<engine::ResultStream> rows;
  /// Complete after rows->next() returned nothing.
  std::function<std::vector<ObservedMetrics>()> observed;
};

/// Runs a relation, or a command (whose rows are usually none). Throws SparkError.
Execution run(session::Session& session, const plan::Statement& statement,
              Cancellation& cancellation);

/// Parses one SQL statement under the session's configuration, binding parameters.
plan::Statement parse(session::Session& session, const plan::SqlQuery& query);

/// Output columns without running. Throws SparkError.
types::Schema analyze_schema(session::Session& session, const plan::RelationPtr& relation);

/// Text of df.explain / EXPLAIN in one of Spark's modes; `stages` shows Grebe's own stages instead.
std::string explain(session::Session& session, const plan::RelationPtr& relation,
                    plan::ExplainMode mode);
std::string explain_stages(session::Session& session, const plan::RelationPtr& relation);

/// AnalyzePlan's other variants.
bool is_local(session::Session& session, const plan::RelationPtr& relation);
std::vector<std::string> input_files(session::Session& session, const plan::RelationPtr& relation);
bool same_semantics(session::Session& session, const plan::RelationPtr& left,
                    const plan::RelationPtr& right);
int32_t semantic_hash(session::Session& session, const plan::RelationPtr& relation);
void persist(session::Session& session, const plan::RelationPtr& relation,
             session::StorageLevel level = {});
void unpersist(session::Session& session, const plan::RelationPtr& relation);
/// Nothing when the frame is not kept.
std::optional<session::StorageLevel> storage_level(session::Session& session,
                                                   const plan::RelationPtr& relation);

}  // namespace grebe::pipeline
