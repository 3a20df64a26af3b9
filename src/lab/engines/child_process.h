// A command line → a running process with a log, which ends with us.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace grebe::lab::engines {

/// Runs this very binary, even when a new build has replaced its file since we started.
inline constexpr const char* kOwnProgram = "/proc/self/exe";

struct ProcessOptions {
  std::vector<std::string> arguments;
  /// What is run when that is not the first argument.
  std::string program = {};
  /// Added to our own environment.
  std::map<std::string, std::string> environment = {};
  /// Empty keeps ours.
  std::filesystem::path directory = {};
  /// Takes what the process says; with pipes, only its standard error.
  std::filesystem::path log;
  /// Whether standard input and output are pipes to us.
  enum class Streams { kLog, kPipes } streams = Streams::kLog;
};

/// A child in a process group of its own. It gets SIGTERM when we die, however we die.
class ChildProcess {
 public:
  /// Starts it; throws std::runtime_error when the program cannot be run.
  explicit ChildProcess(ProcessOptions options);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  /// Stops the whole group.
  ~ChildProcess();

  pid_t pid() const { return pid_; }
  bool is_alive();
  /// SIGTERM, then SIGKILL after `grace`.
  void stop(std::chrono::milliseconds grace = std::chrono::seconds(10));
  /// "exit code 1" or "signal 9" of a process that has ended.
  std::string ending() const;
  /// The last lines of the log, for messages.
  std::string log_tail() const;

  /// Writes all of `text`; false when the process no longer reads.
  bool write(const std::string& text);
  /// Reads up to and without a newline; nullopt at the end of output or at the deadline.
  std::optional<std::string> read_line(std::chrono::steady_clock::time_point deadline);
  /// Reads exactly `size` bytes; nullopt as above.
  std::optional<std::string> read_bytes(size_t size,
                                        std::chrono::steady_clock::time_point deadline);

 private:
  bool fill(std::chrono::steady_clock::time_point deadline);

  ProcessOptions options_;
  pid_t pid_ = -1;
  std::optional<int> status_;
  int to_child_ = -1;
  int from_child_ = -1;
  std::string buffer_;
};

/// A TCP port of the loopback interface that is free now.
int find_free_port();

/// Runs a short command and returns its trimmed output; nullopt when it fails.
std::optional<std::string> read_command(const std::vector<std::string>& arguments,
                                        std::chrono::seconds patience = std::chrono::seconds(20));

}  // namespace grebe::lab::engines
