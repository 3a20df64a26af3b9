// A command line → a running process with a log, which ends with us.
#include "lab/engines/child_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "lab/data/files.h"

namespace grebe::lab::engines {
namespace {

using Clock = std::chrono::steady_clock;

/// Both ends of a pipe, closed on exec.
struct Pipe {
  int read_end = -1;
  int write_end = -1;
};

Pipe open_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
  return {ends[0], ends[1]};
}

std::vector<char*> to_pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> merged_environment(const std::map<std::string, std::string>& added) {
  std::vector<std::string> merged;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string text = *entry;
    if (added.count(text.substr(0, text.find('='))) == 0) merged.push_back(text);
  }
  for (const auto& [key, value] : added) merged.push_back(key + "=" + value);
  return merged;
}

}  // namespace

ChildProcess::ChildProcess(ProcessOptions options) : options_(std::move(options)) {
  bool has_pipes = options_.streams == ProcessOptions::Streams::kPipes;
  std::filesystem::create_directories(options_.log.parent_path());
  int log = ::open(options_.log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (log < 0) {
    throw std::runtime_error(
        fmt::format("cannot write the log {}: {}", options_.log.string(), std::strerror(errno)));
  }
  Pipe input;
  Pipe output;
  if (has_pipes) {
    input = open_pipe();
    output = open_pipe();
  } else {
    input.read_end = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    output.write_end = log;
  }
  Pipe failure = open_pipe();
  std::vector<std::string> environment = merged_environment(options_.environment);
  std::vector<char*> arguments = to_pointers(options_.arguments);
  std::vector<char*> variables = to_pointers(environment);
  pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot start a process");
  if (pid_ == 0) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(127);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::dup2(input.read_end, 0);
    ::dup2(output.write_end, 1);
    ::dup2(log, 2);
    int fault = 0;
    if (!options_.directory.empty() && ::chdir(options_.directory.c_str()) != 0) fault = errno;
    if (fault == 0) {
      const char* program = options_.program.empty() ? arguments[0] : options_.program.c_str();
      ::execvpe(program, arguments.data(), variables.data());
      fault = errno;
    }
    static_cast<void>(!::write(failure.write_end, &fault, sizeof fault));
    ::_exit(127);
  }
  ::close(failure.write_end);
  ::close(input.read_end);
  if (has_pipes) ::close(output.write_end);
  ::close(log);
  to_child_ = input.write_end;
  from_child_ = output.read_end;
  int fault = 0;
  ssize_t got = ::read(failure.read_end, &fault, sizeof fault);
  ::close(failure.read_end);
  if (got == sizeof fault) {
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
    throw std::runtime_error(
        fmt::format("cannot run {}: {}", options_.arguments.front(), std::strerror(fault)));
  }
}

ChildProcess::~ChildProcess() {
  stop();
  if (to_child_ >= 0) ::close(to_child_);
  if (from_child_ >= 0) ::close(from_child_);
}

bool ChildProcess::is_alive() {
  if (pid_ < 0 || status_) return false;
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
  return !status_;
}

void ChildProcess::stop(std::chrono::milliseconds grace) {
  if (pid_ < 0) return;
  auto deadline = Clock::now() + grace;
  if (is_alive()) ::kill(-pid_, SIGTERM);
  while (is_alive() && Clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  if (is_alive()) {
    ::kill(-pid_, SIGKILL);
    int status = 0;
    if (::waitpid(pid_, &status, 0) == pid_) status_ = status;
  }
}

std::string ChildProcess::ending() const {
  if (!status_) return "still running";
  if (WIFSIGNALED(*status_)) return fmt::format("signal {}", WTERMSIG(*status_));
  return fmt::format("exit code {}", WEXITSTATUS(*status_));
}

std::string ChildProcess::log_tail() const {
  constexpr size_t kTail = 1500;
  try {
    std::string text = data::read_file(options_.log);
    if (text.size() > kTail) text = "…" + text.substr(text.size() - kTail);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
  } catch (const std::exception& error) {
    return error.what();
  }
}

bool ChildProcess::write(const std::string& text) {
  for (size_t done = 0; done < text.size();) {
    ssize_t wrote = ::write(to_child_, text.data() + done, text.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    done += static_cast<size_t>(wrote);
  }
  return true;
}

bool ChildProcess::fill(Clock::time_point deadline) {
  for (;;) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (Clock::now() >= deadline) return false;
    pollfd waited{from_child_, POLLIN, 0};
    int wait_ms = static_cast<int>(std::min<int64_t>(left.count() + 1, 1000));
    if (::poll(&waited, 1, wait_ms) <= 0) continue;
    char block[1 << 16];
    ssize_t got = ::read(from_child_, block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    buffer_.append(block, static_cast<size_t>(got));
    return true;
  }
}

std::optional<std::string> ChildProcess::read_line(Clock::time_point deadline) {
  size_t end;
  while ((end = buffer_.find('\n')) == std::string::npos) {
    if (!fill(deadline)) return std::nullopt;
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  return line;
}

std::optional<std::string> ChildProcess::read_bytes(size_t size, Clock::time_point deadline) {
  while (buffer_.size() < size) {
    if (!fill(deadline)) return std::nullopt;
  }
  std::string bytes = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return bytes;
}

int find_free_port() {
  int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  bool is_bound = socket >= 0 && ::bind(socket, generic, size) == 0 &&
                  ::getsockname(socket, generic, &size) == 0;
  if (socket >= 0) ::close(socket);
  if (!is_bound) throw std::runtime_error("no free TCP port on 127.0.0.1");
  return ntohs(address.sin_port);
}

std::optional<std::string> read_command(const std::vector<std::string>& arguments,
                                        std::chrono::seconds patience) {
  ProcessOptions options;
  options.arguments = arguments;
  options.log = "/dev/null";
  options.streams = ProcessOptions::Streams::kPipes;
  try {
    ChildProcess process(std::move(options));
    std::string output;
    auto deadline = Clock::now() + patience;
    while (auto line = process.read_line(deadline)) output += *line + "\n";
    while (process.is_alive() && Clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (process.ending() != "exit code 0") return std::nullopt;
    while (!output.empty() && output.back() == '\n') output.pop_back();
    return output;
  } catch (const std::runtime_error&) {
    return std::nullopt;  // the program is not there, an expected miss
  }
}

}  // namespace grebe::lab::engines
