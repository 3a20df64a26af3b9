// Finding, making, releasing and expiring sessions; see registry.h.
#include "session/registry.h"

#include <fmt/format.h>

#include <cctype>

#include "core/spark_error.h"
#include "session/shared_state.h"

namespace grebe::session {

namespace {

/// Ids of released sessions that are remembered; older ones may be reused.
constexpr size_t kMaxReleased = 100'000;

core::SparkError invalid_handle(const char* sub_condition, const std::string& handle) {
  return core::make_error(core::ErrorClass::kSql, fmt::format("INVALID_HANDLE.{}", sub_condition),
                          {{"handle", handle}});
}

}  // namespace

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : !std::isxdigit(static_cast<unsigned char>(text[i]))) {
      return false;
    }
  }
  return true;
}

SessionRegistry::SessionRegistry(std::shared_ptr<SharedState> shared, Options options)
    : shared_(std::move(shared)), options_(options) {}

std::shared_ptr<Session> SessionRegistry::obtain(const SessionKey& key) {
  if (!is_uuid(key.session_id)) throw invalid_handle("FORMAT", key.session_id);
  std::lock_guard lock(mutex_);
  if (const auto found = sessions_.find(key); found != sessions_.end()) {
    found->second.last_used = Clock::now();
    return found->second.session;
  }
  if (released_.contains(key)) throw invalid_handle("SESSION_NOT_FOUND", key.session_id);
  if (sessions_.size() >= options_.max_sessions) {
    throw core::plain_error(
        core::ErrorClass::kSpark,
        fmt::format("The server holds {} sessions, which is its limit.", options_.max_sessions));
  }
  auto session = std::make_shared<Session>(key.user_id, key.session_id, shared_);
  sessions_.emplace(key, Entry{.session = session, .last_used = Clock::now()});
  return session;
}

std::shared_ptr<Session> SessionRegistry::find(const SessionKey& key) {
  std::lock_guard lock(mutex_);
  const auto found = sessions_.find(key);
  if (found == sessions_.end()) return nullptr;
  found->second.last_used = Clock::now();
  return found->second.session;
}

std::shared_ptr<Session> SessionRegistry::release(const SessionKey& key) {
  auto session = forget(key);
  std::lock_guard lock(mutex_);
  if (released_.size() >= kMaxReleased) released_.clear();
  if (session) released_.insert(key);
  return session;
}

std::shared_ptr<Session> SessionRegistry::forget(const SessionKey& key) {
  std::lock_guard lock(mutex_);
  auto node = sessions_.extract(key);
  if (node.empty()) return nullptr;
  shared_->kept_frames().release_session(node.mapped().session->server_side_id());
  return std::move(node.mapped().session);
}

std::vector<std::shared_ptr<Session>> SessionRegistry::expire(Clock::time_point now) {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Session>> expired;
  for (auto entry = sessions_.begin(); entry != sessions_.end();) {
    if (now - entry->second.last_used >= options_.idle_timeout) {
      shared_->kept_frames().release_session(entry->second.session->server_side_id());
      expired.push_back(std::move(entry->second.session));
      entry = sessions_.erase(entry);
    } else {
      ++entry;
    }
  }
  return expired;
}

size_t SessionRegistry::size() const {
  std::lock_guard lock(mutex_);
  return sessions_.size();
}

}  // namespace grebe::session
