// One ExecutePlan and its life: running, read, left, taken up again, released.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "pipeline/pipeline.h"
#include "server/response_buffer.h"
#include "session/registry.h"

namespace grebe::server {

/// Shared by the job that produces responses and the calls that send them.
struct Operation {
  std::string id;
  session::SessionKey session_key;
  std::shared_ptr<session::Session> session;
  std::vector<std::string> tags;
  bool is_reattachable = false;
  pipeline::Cancellation cancellation;
  ResponseBuffer responses;
  /// Calls that send its responses at the moment.
  std::atomic<int> readers{0};
  /// When the last of them left, as ticks of the steady clock.
  std::atomic<int64_t> left_at{0};

  /// Interrupts the query and wakes everybody.
  void cancel();
};

/// All operations that a client may still ask for. Thread-safe.
class OperationRegistry {
 public:
  struct Options {
    size_t max_operations = 1000;
    /// How long a reattachable operation waits for its client.
    std::chrono::seconds reattach_timeout{300};
  };
  explicit OperationRegistry(Options options) : options_(options) {}

  /// Throws INVALID_HANDLE.OPERATION_ALREADY_EXISTS, and an error when there are too many.
  void add(const std::shared_ptr<Operation>& operation);
  /// Throws INVALID_HANDLE.OPERATION_NOT_FOUND or OPERATION_ABANDONED.
  std::shared_ptr<Operation> get(const session::SessionKey& session, const std::string& id);
  /// The same; null when there is none.
  std::shared_ptr<Operation> find(const session::SessionKey& session, const std::string& id);
  /// Takes it out; it is not cancelled.
  void remove(const Operation& operation);
  std::vector<std::shared_ptr<Operation>> of_session(const session::SessionKey& session);
  std::vector<std::shared_ptr<Operation>> all();
  /// Cancels and removes reattachable operations whose client stayed away for too long.
  void abandon_left();

 private:
  using Key = std::pair<session::SessionKey, std::string>;
  Options options_;
  std::mutex mutex_;
  std::map<Key, std::shared_ptr<Operation>> operations_;
  /// Ids of abandoned operations, so that a late client learns what happened.
  std::map<Key, std::chrono::steady_clock::time_point> abandoned_;
};

}  // namespace grebe::server
