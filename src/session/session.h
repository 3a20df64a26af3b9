// One user's state: configuration, temporary views, artifacts, kept frames, running operations.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/database.h"
#include "plan/command.h"
#include "session/config.h"

namespace grebe::session {

/// A temporary view: an unresolved plan with the settings that it was made under.
struct TempView {
  plan::RelationPtr plan;
  types::Schema schema;
  /// Set when the view came from SQL text.
  std::string text;
  std::string comment;
  /// What temporary view names (lower case) meant when the view was made.
  std::shared_ptr<const std::map<std::string, TempView>> captured;
  std::string current_database;
};

/// What all sessions of one process share; see shared_state.h.
class SharedState;

/// Thread-safe: many operations of one session run at once.
class Session {
 public:
  Session(std::string user_id, std::string session_id, std::shared_ptr<SharedState> shared);

  const std::string& user_id() const { return user_id_; }
  const std::string& session_id() const { return session_id_; }
  /// A UUID of this life of the session; another life under the same id has another one.
  const std::string& server_side_id() const { return server_side_id_; }
  Config& config() { return config_; }
  const Config& config() const { return config_; }
  SharedState& shared() { return *shared_; }

  /// Case-insensitive. Local temp views only.
  std::optional<TempView> find_temp_view(const std::string& name) const;
  /// Throws TEMP_TABLE_OR_VIEW_ALREADY_EXISTS unless `replace`.
  void put_temp_view(const std::string& name, TempView view, bool replace);
  bool drop_temp_view(const std::string& name);
  std::vector<std::string> temp_view_names() const;

  std::string current_database() const;
  void set_current_database(std::string name);

  /// Bytes of an artifact (for example `cache/<hash>`), null when absent.
  std::shared_ptr<const std::string> find_artifact(const std::string& name) const;
  void put_artifact(const std::string& name, std::shared_ptr<const std::string> bytes);

 private:
  std::string user_id_;
  std::string session_id_;
  std::string server_side_id_;
  std::shared_ptr<SharedState> shared_;
  Config config_;
  mutable std::mutex mutex_;
  std::map<std::string, TempView> temp_views_;
  std::map<std::string, std::shared_ptr<const std::string>> artifacts_;
  std::string current_database_ = "default";
};

}  // namespace grebe::session
