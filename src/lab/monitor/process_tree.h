// A process and its descendants → CPU time, peak memory, bytes moved.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace grebe::lab::monitor {

/// What a tree of processes used between two moments.
struct Usage {
  double wall_s = 0;
  /// Nullopt for an engine whose process is not on this machine.
  std::optional<double> cpu_s;
  /// Sum of the peaks of all processes of the tree, an upper bound of the tree's peak.
  std::optional<int64_t> peak_rss_bytes;
  /// Bytes asked for by read calls, cached or not; mapped files do not count here.
  std::optional<int64_t> requested_read_bytes;
  std::optional<int64_t> requested_write_bytes;
  /// Bytes that went to and from the disk.
  std::optional<int64_t> disk_read_bytes;
  std::optional<int64_t> disk_write_bytes;
};

/// Reads counters of the tree below `root`. Starting resets the peaks of memory by clear_refs.
/// CPU time is the scheduler's, in nanoseconds, dead threads included (the process's CPU clock).
class Meter {
 public:
  /// Without a root only wall time is measured.
  explicit Meter(std::optional<pid_t> root) : root_(root) {}

  void start();
  Usage stop() const;

 private:
  struct Counters {
    double cpu_s = 0;
    int64_t rchar = 0;
    int64_t wchar = 0;
    int64_t read_bytes = 0;
    int64_t write_bytes = 0;
  };

  static std::optional<Counters> read_counters(pid_t pid);

  std::optional<pid_t> root_;
  std::map<pid_t, Counters> before_;
  double started_s_ = 0;
};

/// `root` and all its descendants that are alive.
std::vector<pid_t> list_tree(pid_t root);

/// The process that listens on a TCP port of this machine, when this user may see it.
std::optional<pid_t> find_listener(int port);

}  // namespace grebe::lab::monitor
