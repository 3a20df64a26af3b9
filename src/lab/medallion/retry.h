// An operation that may fail for a while → its result, after some attempts with growing pauses.
#pragma once

#include <algorithm>
#include <chrono>
#include <exception>
#include <string>
#include <thread>

#include "lab/medallion/observer.h"

namespace grebe::lab::medallion {

struct RetryPolicy {
  int retries = 0;
  double backoff_s = 1;
};

/// Calls `attempt(number)` until it returns; the last failure is thrown on. Pauses are doubled,
/// up to a minute, and end early when the user interrupts.
template <typename Attempt>
auto with_retries(const RetryPolicy& policy, const std::string& what, Observer& observer,
                  Attempt attempt) {
  constexpr double kLongestPause = 60;
  for (int number = 1;; ++number) {
    try {
      return attempt(number);
    } catch (const Interrupted&) {
      throw;
    } catch (const std::exception& error) {
      if (number > policy.retries) throw;
      observer.note(what + ": attempt " + std::to_string(number) + " failed: " + error.what());
    }
    double pause = std::min(policy.backoff_s * (1 << std::min(number - 1, 20)), kLongestPause);
    for (auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(pause);
         std::chrono::steady_clock::now() < until;) {
      check_interrupt();
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
}

}  // namespace grebe::lab::medallion
