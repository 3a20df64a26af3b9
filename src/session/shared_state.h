// What all sessions of one process share: the engine, the warehouse, global temporary views.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "engine/database.h"
#include "session/kept_frames.h"
#include "session/session.h"

namespace grebe::session {

/// Thread-safe; outlives all sessions.
class SharedState {
 public:
  struct Options {
    std::shared_ptr<engine::Database> database;
    std::shared_ptr<catalog::Catalog> catalog;
    /// Absolute path of the warehouse.
    std::string warehouse_directory;
    /// Configuration that every session starts with.
    std::map<std::string, std::string> configuration;
  };
  explicit SharedState(Options options);

  engine::Database& database() { return *options_.database; }
  catalog::Catalog& catalog() { return *options_.catalog; }
  const std::string& warehouse_directory() const { return options_.warehouse_directory; }
  const std::map<std::string, std::string>& configuration() const { return options_.configuration; }

  KeptFrames& kept_frames() { return kept_frames_; }

  /// Global temporary views, by case-insensitive name without `global_temp.`.
  std::optional<TempView> find_global_temp_view(const std::string& name) const;
  /// Throws TEMP_TABLE_OR_VIEW_ALREADY_EXISTS unless `replace`.
  void put_global_temp_view(const std::string& name, TempView view, bool replace);
  bool drop_global_temp_view(const std::string& name);
  std::vector<std::string> global_temp_view_names() const;

 private:
  Options options_;
  KeptFrames kept_frames_;
  mutable std::mutex mutex_;
  std::map<std::string, TempView> global_temp_views_;
};

}  // namespace grebe::session
