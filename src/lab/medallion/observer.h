// What the laboratory is doing → whoever shows it.
#pragma once

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace grebe::lab::medallion {

/// Shows progress. The laboratory calls it from one thread.
class Observer {
 public:
  virtual ~Observer() = default;

  /// A phase begins; `total` steps (or bytes, by `unit`) lie before it.
  virtual void begin(const std::string& title, int64_t total, const std::string& unit) = 0;
  /// `done` of the total are done; `label` says what comes now.
  virtual void advance(int64_t done, const std::string& label) = 0;
  /// The phase is over; `summary` says how it went.
  virtual void end(const std::string& summary) = 0;
  /// Something a reader should see, for example a failure that will be tried again.
  virtual void note(const std::string& text) = 0;
};

/// The user wants to stop.
class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted; run the same command again to go on") {}
};

/// Set by a signal handler; the phases look at it between operations and throw Interrupted.
inline std::atomic<bool> interrupt_requested{false};

inline void check_interrupt() {
  if (interrupt_requested) throw Interrupted();
}

}  // namespace grebe::lab::medallion
