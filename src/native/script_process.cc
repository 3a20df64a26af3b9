// A shell script and its input → its output; see script_process.h.
#include "native/script_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>

namespace grebe::native {
namespace {

constexpr int kPollMilliseconds = 100;
/// How long a script may live on that has closed its output (Spark:
/// spark.sql.scriptTransformation.exitTimeoutInSeconds).
constexpr int kExitPolls = 100;
constexpr size_t kKeptErrors = 2048;

[[noreturn]] void fail(int error, const char* what) {
  throw std::system_error(error, std::generic_category(), what);
}

/// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    reset();
    fd_ = other.release();
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(); }

  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  void reset() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int release() {
    const int fd = fd_;
    fd_ = -1;
    return fd;
  }

  int fd_ = -1;
};

/// Two ends of a socket: writing to a closed one fails instead of raising SIGPIPE.
struct Channel {
  Descriptor ours;
  Descriptor theirs;

  Channel() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
      fail(errno, "socketpair");
    }
    ours = Descriptor(ends[0]);
    theirs = Descriptor(ends[1]);
    ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
  }
};

pid_t start(const std::string& script, const Channel& in, const Channel& out, const Channel& err) {
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in.theirs.get(), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out.theirs.get(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, err.theirs.get(), STDERR_FILENO);
  ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigset_t nothing;
  ::sigfillset(&defaults);
  ::sigemptyset(&nothing);
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setsigmask(&attributes, &nothing);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  std::string shell = "/bin/bash";
  std::string option = "-c";
  std::string text = script;
  std::array<char*, 4> arguments{shell.data(), option.data(), text.data(), nullptr};
  pid_t child = 0;
  const int error =
      ::posix_spawn(&child, shell.c_str(), &actions, &attributes, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (error != 0) fail(error, "/bin/bash");
  return child;
}

/// Reads what is there; closes the channel at its end.
void drain(Descriptor& from, std::string& into) {
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = ::read(from.get(), buffer.data(), buffer.size());
    if (count > 0) {
      into.append(buffer.data(), static_cast<size_t>(count));
    } else if (count < 0 && errno == EINTR) {
      continue;
    } else {
      if (count == 0 || errno != EAGAIN) from.reset();
      return;
    }
  }
}

/// Writes what goes; closes the channel when all is written or nobody reads any more.
void feed(Descriptor& to, const std::string& input, size_t& written) {
  while (written < input.size()) {
    const ssize_t count =
        ::send(to.get(), input.data() + written, input.size() - written, MSG_NOSIGNAL);
    if (count >= 0) {
      written += static_cast<size_t>(count);
    } else if (errno == EAGAIN) {
      return;
    } else if (errno != EINTR) {
      break;
    }
  }
  to.reset();
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Waits for the end of a script that has closed its output.
int await(pid_t child, const std::function<bool()>& is_cancelled) {
  int status = 0;
  for (int i = 0; i < kExitPolls && !is_cancelled(); ++i) {
    if (::waitpid(child, &status, WNOHANG) == child) return exit_code_of(status);
    std::this_thread::sleep_for(std::chrono::milliseconds(i < 20 ? 2 : kPollMilliseconds));
  }
  ::kill(-child, SIGKILL);
  ::waitpid(child, &status, 0);
  return exit_code_of(status);
}

}  // namespace

ScriptOutcome run_script(const std::string& script, const std::string& input,
                         const std::function<bool()>& is_cancelled) {
  Channel in;
  Channel out;
  Channel err;
  const pid_t child = start(script, in, out, err);
  for (auto* channel : {&in, &out, &err}) channel->theirs.reset();
  ScriptOutcome outcome;
  size_t written = 0;
  feed(in.ours, input, written);
  while (out.ours.is_open() || err.ours.is_open()) {
    if (is_cancelled()) {
      outcome.is_cancelled = true;
      ::kill(-child, SIGKILL);
      break;
    }
    // A descriptor below zero is none: poll passes over it.
    std::array<pollfd, 3> waited{{{.fd = in.ours.get(), .events = POLLOUT, .revents = 0},
                                  {.fd = out.ours.get(), .events = POLLIN, .revents = 0},
                                  {.fd = err.ours.get(), .events = POLLIN, .revents = 0}}};
    if (::poll(waited.data(), waited.size(), kPollMilliseconds) <= 0) continue;
    if (waited[0].revents != 0) feed(in.ours, input, written);
    if (waited[1].revents != 0) drain(out.ours, outcome.output);
    if (waited[2].revents != 0) {
      drain(err.ours, outcome.errors);
      if (outcome.errors.size() > kKeptErrors) {
        outcome.errors.erase(0, outcome.errors.size() - kKeptErrors);
      }
    }
  }
  in.ours.reset();
  outcome.exit_code = await(child, is_cancelled);
  return outcome;
}

}  // namespace grebe::native
