// A process and its descendants → CPU time, peak memory, bytes moved.
#include "lab/monitor/process_tree.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace grebe::lab::monitor {
namespace {

namespace fs = std::filesystem;

double now_s() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

std::optional<pid_t> to_pid(const std::string& text) {
  pid_t pid = 0;
  auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), pid);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return pid;
}

/// The parent of a process, from the field after the command, which may hold any character.
std::optional<pid_t> parent_of(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  size_t command_end = line.rfind(')');
  if (command_end == std::string::npos) return std::nullopt;
  std::istringstream rest(line.substr(command_end + 1));
  std::string state;
  pid_t parent = 0;
  rest >> state >> parent;
  return parent;
}

std::map<std::string, int64_t> read_pairs(const std::string& path) {
  std::map<std::string, int64_t> pairs;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    size_t colon = line.find(':');
    if (colon == std::string::npos) continue;
    pairs[line.substr(0, colon)] = std::strtoll(line.c_str() + colon + 1, nullptr, 10);
  }
  return pairs;
}

void reset_peak(pid_t pid) {
  // 5 resets the peak resident set (proc(5)); a process that has ended needs none.
  std::ofstream(fmt::format("/proc/{}/clear_refs", pid)) << "5";
}

}  // namespace

std::vector<pid_t> list_tree(pid_t root) {
  std::multimap<pid_t, pid_t> children;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    auto pid = to_pid(entry.path().filename().string());
    if (!pid) continue;
    if (auto parent = parent_of(*pid)) children.emplace(*parent, *pid);
  }
  std::vector<pid_t> tree{root};
  for (size_t i = 0; i < tree.size(); ++i) {
    auto [first, last] = children.equal_range(tree[i]);
    for (auto child = first; child != last; ++child) tree.push_back(child->second);
  }
  return tree;
}

std::optional<Meter::Counters> Meter::read_counters(pid_t pid) {
  clockid_t clock;
  timespec cpu{};
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &cpu) != 0) {
    return std::nullopt;
  }
  Counters counters;
  counters.cpu_s = static_cast<double>(cpu.tv_sec) + static_cast<double>(cpu.tv_nsec) / 1e9;
  auto io = read_pairs(fmt::format("/proc/{}/io", pid));
  counters.rchar = io["rchar"];
  counters.wchar = io["wchar"];
  counters.read_bytes = io["read_bytes"];
  counters.write_bytes = io["write_bytes"];
  return counters;
}

void Meter::start() {
  before_.clear();
  if (root_) {
    for (pid_t pid : list_tree(*root_)) {
      reset_peak(pid);
      if (auto counters = read_counters(pid)) before_[pid] = *counters;
    }
  }
  started_s_ = now_s();
}

Usage Meter::stop() const {
  Usage usage;
  usage.wall_s = now_s() - started_s_;
  if (!root_) return usage;
  Counters used;
  int64_t peak = 0;
  bool is_seen = false;
  for (pid_t pid : list_tree(*root_)) {
    auto now = read_counters(pid);
    if (!now) continue;
    is_seen = true;
    auto found = before_.find(pid);
    Counters before = found == before_.end() ? Counters{} : found->second;
    used.cpu_s += now->cpu_s - before.cpu_s;
    used.rchar += now->rchar - before.rchar;
    used.wchar += now->wchar - before.wchar;
    used.read_bytes += now->read_bytes - before.read_bytes;
    used.write_bytes += now->write_bytes - before.write_bytes;
    peak += read_pairs(fmt::format("/proc/{}/status", pid))["VmHWM"] * 1024;
  }
  if (!is_seen) return usage;
  usage.cpu_s = used.cpu_s;
  usage.peak_rss_bytes = peak;
  usage.requested_read_bytes = used.rchar;
  usage.requested_write_bytes = used.wchar;
  usage.disk_read_bytes = used.read_bytes;
  usage.disk_write_bytes = used.write_bytes;
  return usage;
}

std::optional<pid_t> find_listener(int port) {
  std::string inode;
  for (const char* table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream file(table);
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
      std::istringstream fields(line);
      std::string slot, local, remote, state, queue, timer, retransmits, user, timeout, found;
      fields >> slot >> local >> remote >> state >> queue >> timer >> retransmits >> user >>
          timeout >> found;
      constexpr const char* kListening = "0A";
      if (state == kListening && local.ends_with(fmt::format(":{:04X}", port))) inode = found;
    }
  }
  if (inode.empty()) return std::nullopt;
  std::string wanted = "socket:[" + inode + "]";
  for (const auto& entry : fs::directory_iterator("/proc")) {
    auto pid = to_pid(entry.path().filename().string());
    if (!pid) continue;
    std::error_code denied;  // processes of other users are not ours to look into
    for (const auto& descriptor : fs::directory_iterator(entry.path() / "fd", denied)) {
      std::error_code gone;
      if (fs::read_symlink(descriptor.path(), gone) == wanted) return pid;
    }
  }
  return std::nullopt;
}

}  // namespace grebe::lab::monitor
