// (user, session id) → Session; sessions that nobody uses for long expire.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "session/session.h"

namespace grebe::session {

/// Identifies a session as clients do.
struct SessionKey {
  std::string user_id;
  std::string session_id;
  auto operator<=>(const SessionKey&) const = default;
};

/// Thread-safe. The server asks it at each request and lets it expire sessions now and then.
class SessionRegistry {
 public:
  using Clock = std::chrono::steady_clock;

  struct Options {
    std::chrono::seconds idle_timeout{3600};
    size_t max_sessions = 10'000;
  };
  SessionRegistry(std::shared_ptr<SharedState> shared, Options options);

  /// The live session of that key, made when there is none. Throws INVALID_HANDLE.FORMAT when the
  /// id is no UUID, INVALID_HANDLE.SESSION_NOT_FOUND for a released one, and an error when there
  /// are too many.
  std::shared_ptr<Session> obtain(const SessionKey& key);
  /// The live session of that key or null; does not make one.
  std::shared_ptr<Session> find(const SessionKey& key);
  /// Ends a session for good: the same id is refused from now on.
  std::shared_ptr<Session> release(const SessionKey& key);
  /// Ends a session; the same id begins a new life.
  std::shared_ptr<Session> forget(const SessionKey& key);
  /// Removes and returns sessions that were idle for too long.
  std::vector<std::shared_ptr<Session>> expire(Clock::time_point now = Clock::now());
  size_t size() const;

 private:
  struct Entry {
    std::shared_ptr<Session> session;
    Clock::time_point last_used;
  };

  std::shared_ptr<SharedState> shared_;
  Options options_;
  mutable std::mutex mutex_;
  std::map<SessionKey, Entry> sessions_;
  std::set<SessionKey> released_;
};

/// Tells whether `text` has the form 00112233-4455-6677-8899-aabbccddeeff.
bool is_uuid(std::string_view text);

}  // namespace grebe::session
