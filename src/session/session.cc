// Temporary views, artifacts and the current database of a session; global views of all sessions.
#include "session/session.h"

#include <algorithm>

#include "core/uuid.h"
#include "session/shared_state.h"

namespace grebe::session {

namespace {

std::string folded(const std::string& name) {
  std::string result(name);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

using Views = std::map<std::string, TempView>;

std::optional<TempView> find_view(const Views& views, const std::string& name) {
  const auto found = views.find(folded(name));
  return found == views.end() ? std::nullopt : std::optional(found->second);
}

void put_view(Views& views, const std::string& name, TempView view, bool replace) {
  const std::string key = folded(name);
  if (!replace && views.contains(key)) {
    throw core::make_error(core::ErrorClass::kTempTableExists, "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
                           {{"relationName", core::quote_identifier(name)}});
  }
  views.insert_or_assign(key, std::move(view));
}

std::vector<std::string> names_of(const Views& views) {
  std::vector<std::string> names;
  for (const auto& [name, view] : views) names.push_back(name);
  return names;
}

}  // namespace

Session::Session(std::string user_id, std::string session_id, std::shared_ptr<SharedState> shared)
    : user_id_(std::move(user_id)),
      session_id_(std::move(session_id)),
      server_side_id_(core::new_uuid()),
      shared_(std::move(shared)),
      config_(shared_->configuration()) {}

std::optional<TempView> Session::find_temp_view(const std::string& name) const {
  std::lock_guard lock(mutex_);
  return find_view(temp_views_, name);
}

void Session::put_temp_view(const std::string& name, TempView view, bool replace) {
  std::lock_guard lock(mutex_);
  put_view(temp_views_, name, std::move(view), replace);
}

bool Session::drop_temp_view(const std::string& name) {
  std::lock_guard lock(mutex_);
  return temp_views_.erase(folded(name)) > 0;
}

std::vector<std::string> Session::temp_view_names() const {
  std::lock_guard lock(mutex_);
  return names_of(temp_views_);
}

std::string Session::current_database() const {
  std::lock_guard lock(mutex_);
  return current_database_;
}

void Session::set_current_database(std::string name) {
  std::lock_guard lock(mutex_);
  current_database_ = std::move(name);
}

std::shared_ptr<const std::string> Session::find_artifact(const std::string& name) const {
  std::lock_guard lock(mutex_);
  const auto found = artifacts_.find(name);
  return found == artifacts_.end() ? nullptr : found->second;
}

void Session::put_artifact(const std::string& name, std::shared_ptr<const std::string> bytes) {
  std::lock_guard lock(mutex_);
  artifacts_.insert_or_assign(name, std::move(bytes));
}

SharedState::SharedState(Options options)
    : options_(std::move(options)), kept_frames_(options_.database) {}

std::optional<TempView> SharedState::find_global_temp_view(const std::string& name) const {
  std::lock_guard lock(mutex_);
  return find_view(global_temp_views_, name);
}

void SharedState::put_global_temp_view(const std::string& name, TempView view, bool replace) {
  std::lock_guard lock(mutex_);
  put_view(global_temp_views_, name, std::move(view), replace);
}

bool SharedState::drop_global_temp_view(const std::string& name) {
  std::lock_guard lock(mutex_);
  return global_temp_views_.erase(folded(name)) > 0;
}

std::vector<std::string> SharedState::global_temp_view_names() const {
  std::lock_guard lock(mutex_);
  return names_of(global_temp_views_);
}

}  // namespace grebe::session
