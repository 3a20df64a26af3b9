// Threads that wait for jobs; see worker_pool.h.
#include "server/worker_pool.h"

namespace grebe::server {

WorkerPool::~WorkerPool() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
}

bool WorkerPool::start(std::function<void()> job) {
  {
    std::lock_guard lock(mutex_);
    // A queued job has its idle thread already, so idle threads beyond the queue are free.
    if (idle_ <= jobs_.size()) {
      if (threads_.size() == max_threads_) return false;
      threads_.emplace_back([this] { work(); });
    }
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    changed_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
    --idle_;
    if (jobs_.empty()) return;
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
    job = nullptr;  // what it held goes before the lock is taken
    lock.lock();
  }
}

}  // namespace grebe::server
