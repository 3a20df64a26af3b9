// Jobs → threads that are kept for the next job.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace grebe::server {

/// Runs each job at once on a thread of its own; idle threads are reused, since making one costs
/// more than a small query. Thread-safe.
class WorkerPool {
 public:
  explicit WorkerPool(size_t max_threads) : max_threads_(max_threads) {}
  /// Waits for all jobs.
  ~WorkerPool();

  /// Starts `job`, which must not throw. Tells whether there was a thread for it.
  bool start(std::function<void()> job);

 private:
  void work();

  const size_t max_threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  std::vector<std::thread> threads_;
  size_t idle_ = 0;
  bool stopping_ = false;
};

}  // namespace grebe::server
