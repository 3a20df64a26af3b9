// Keeping and ending operations; see operation.h.
#include "server/operation.h"

#include <fmt/format.h>

namespace grebe::server {

using Clock = std::chrono::steady_clock;

namespace {

core::SparkError invalid_handle(const char* kind, const std::string& handle) {
  return core::make_error(core::ErrorClass::kSql, fmt::format("INVALID_HANDLE.{}", kind),
                          {{"handle", handle}});
}

}  // namespace

void Operation::cancel() { cancellation.cancel(); }

void OperationRegistry::add(const std::shared_ptr<Operation>& operation) {
  std::lock_guard lock(mutex_);
  if (operations_.size() >= options_.max_operations) {
    throw core::plain_error(
        core::ErrorClass::kSpark,
        fmt::format("The server runs {} operations, which is its limit.", options_.max_operations));
  }
  const auto [entry, added] =
      operations_.try_emplace({operation->session_key, operation->id}, operation);
  if (!added) throw invalid_handle("OPERATION_ALREADY_EXISTS", operation->id);
}

std::shared_ptr<Operation> OperationRegistry::get(const session::SessionKey& session,
                                                  const std::string& id) {
  std::lock_guard lock(mutex_);
  const auto found = operations_.find({session, id});
  if (found != operations_.end()) return found->second;
  throw invalid_handle(
      abandoned_.contains({session, id}) ? "OPERATION_ABANDONED" : "OPERATION_NOT_FOUND", id);
}

std::shared_ptr<Operation> OperationRegistry::find(const session::SessionKey& session,
                                                   const std::string& id) {
  std::lock_guard lock(mutex_);
  const auto found = operations_.find({session, id});
  return found == operations_.end() ? nullptr : found->second;
}

void OperationRegistry::remove(const Operation& operation) {
  std::lock_guard lock(mutex_);
  const auto found = operations_.find({operation.session_key, operation.id});
  if (found != operations_.end() && found->second.get() == &operation) operations_.erase(found);
}

std::vector<std::shared_ptr<Operation>> OperationRegistry::of_session(
    const session::SessionKey& session) {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Operation>> operations;
  for (auto entry = operations_.lower_bound({session, ""});
       entry != operations_.end() && entry->first.first == session; ++entry) {
    operations.push_back(entry->second);
  }
  return operations;
}

std::vector<std::shared_ptr<Operation>> OperationRegistry::all() {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Operation>> operations;
  for (const auto& [key, operation] : operations_) operations.push_back(operation);
  return operations;
}

void OperationRegistry::abandon_left() {
  const auto now = Clock::now();
  std::vector<std::shared_ptr<Operation>> left;
  {
    std::lock_guard lock(mutex_);
    for (auto entry = operations_.begin(); entry != operations_.end();) {
      const Operation& operation = *entry->second;
      const Clock::time_point left_at{Clock::duration(operation.left_at.load())};
      const bool is_left = operation.is_reattachable && operation.readers.load() == 0 &&
                           operation.left_at.load() != 0 &&
                           now - left_at >= options_.reattach_timeout;
      if (is_left) {
        abandoned_.emplace(entry->first, now);
        left.push_back(std::move(entry->second));
        entry = operations_.erase(entry);
      } else {
        ++entry;
      }
    }
    std::erase_if(abandoned_,
                  [&](const auto& entry) { return now - entry.second > std::chrono::hours(1); });
  }
  for (const auto& operation : left) {
    operation->cancel();
    operation->responses.close();
  }
}

}  // namespace grebe::server
