// The files of /proc and /sys, cpuid and affinity → Machine.
#include "core/machine.h"

#include <sched.h>
#include <sys/utsname.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace grebe::core {

namespace {

namespace fs = std::filesystem;

/// The numbers that mean "no limit" in version 1 are near the top of 64 bits.
constexpr int64_t kNoLimit = int64_t{1} << 60;

std::string read_text(const fs::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::optional<int64_t> read_number(const fs::path& path) {
  std::ifstream file(path);
  int64_t number = 0;
  if (file >> number) return number;
  return std::nullopt;
}

/// The value of `name` in lines of the form `name : value`, without surrounding blanks.
std::string value_of(const std::string& text, const std::string& name) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const size_t colon = line.find_first_of(":=");
    if (colon == std::string::npos || line.compare(0, name.size(), name) != 0) continue;
    const size_t end_of_name = line.find_last_not_of(" \t", colon - 1);
    if (end_of_name + 1 != name.size()) continue;
    const size_t begin = line.find_first_not_of(" \t\"", colon + 1);
    if (begin == std::string::npos) return "";
    return line.substr(begin, line.find_last_not_of(" \t\"") - begin + 1);
  }
  return "";
}

std::string simd_level() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) return "AVX-512";
  if (__builtin_cpu_supports("avx2")) return "AVX2";
  if (__builtin_cpu_supports("sse4.2")) return "SSE4.2";
  return "none";
#elif defined(__aarch64__)
  return "NEON";
#else
  return "none";
#endif
}

int32_t usable_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1, static_cast<int32_t>(std::thread::hardware_concurrency()));
}

/// The path of this process's control group: of `controller` in version 1, of all in version 2.
std::string cgroup_path(const fs::path& root, const std::string& controller) {
  std::istringstream lines(read_text(root / "proc/self/cgroup"));
  for (std::string line; std::getline(lines, line);) {
    const size_t first = line.find(':');
    const size_t second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    if (controller.empty() ? controllers == ",,"
                           : controllers.find("," + controller + ",") != std::string::npos) {
      return line.substr(second + 1);
    }
  }
  return "";
}

/// Every directory from a control group up to the hierarchy's mount, as limits are inherited. In a
/// container the path may not exist below the mount; the mount itself then tells the limits.
std::vector<fs::path> cgroup_directories(const fs::path& mount, const std::string& path) {
  std::vector<fs::path> directories;
  fs::path relative = fs::path(path).relative_path();
  while (!relative.empty()) {
    directories.push_back(mount / relative);
    relative = relative.parent_path();
  }
  directories.push_back(mount);
  return directories;
}

std::optional<int64_t> tighter(std::optional<int64_t> limit, std::optional<int64_t> other) {
  if (!other || *other <= 0 || *other >= kNoLimit) return limit;
  return std::min(limit.value_or(kNoLimit), *other);
}

std::optional<double> tighter(std::optional<double> quota, int64_t microseconds, int64_t period) {
  if (microseconds <= 0 || period <= 0) return quota;
  const double cores = static_cast<double>(microseconds) / static_cast<double>(period);
  return quota ? std::min(*quota, cores) : cores;
}

void read_cgroup_v2(const fs::path& root, const fs::path& mount, Machine& machine) {
  machine.cgroup_version = 2;
  for (const fs::path& directory : cgroup_directories(mount, cgroup_path(root, ""))) {
    machine.memory_limit = tighter(machine.memory_limit, read_number(directory / "memory.max"));
    std::ifstream file(directory / "cpu.max");
    int64_t quota = 0;
    int64_t period = 0;
    if (file >> quota >> period) {
      machine.cpu_quota = tighter(machine.cpu_quota, quota, period);
    }
  }
}

void read_cgroup_v1(const fs::path& root, Machine& machine) {
  machine.cgroup_version = 1;
  const fs::path mount = root / "sys/fs/cgroup";
  for (const fs::path& directory :
       cgroup_directories(mount / "memory", cgroup_path(root, "memory"))) {
    machine.memory_limit =
        tighter(machine.memory_limit, read_number(directory / "memory.limit_in_bytes"));
  }
  for (const fs::path& directory : cgroup_directories(mount / "cpu", cgroup_path(root, "cpu"))) {
    machine.cpu_quota =
        tighter(machine.cpu_quota, read_number(directory / "cpu.cfs_quota_us").value_or(-1),
                read_number(directory / "cpu.cfs_period_us").value_or(0));
  }
}

void read_cgroups(const fs::path& root, Machine& machine) {
  std::error_code ignored;  // a directory that cannot be seen is as good as none
  const fs::path mount = root / "sys/fs/cgroup";
  if (fs::exists(mount / "cgroup.controllers", ignored)) {
    read_cgroup_v2(root, mount, machine);
  } else if (fs::exists(mount / "memory", ignored)) {
    read_cgroup_v1(root, machine);
  }
}

}  // namespace

Machine inspect_machine(const MachineProbe& probe) {
  const fs::path root = probe.root;
  Machine machine;
  machine.simd = simd_level();
  machine.cores = usable_cores();
  machine.processor = value_of(read_text(root / "proc/cpuinfo"), "model name");
  const std::string memory = read_text(root / "proc/meminfo");
  machine.memory = std::strtoll(value_of(memory, "MemTotal").c_str(), nullptr, 10) * 1024;
  machine.memory_available =
      std::strtoll(value_of(memory, "MemAvailable").c_str(), nullptr, 10) * 1024;
  read_cgroups(root, machine);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(root / "sys/block", ignored)) {
    const std::string name = entry.path().filename();
    if (name.rfind("nvme", 0) == 0) machine.nvme_devices.push_back(name);
  }
  std::sort(machine.nvme_devices.begin(), machine.nvme_devices.end());
  utsname system{};
  if (uname(&system) == 0) machine.kernel = system.release;
  machine.operating_system = value_of(read_text(root / "etc/os-release"), "PRETTY_NAME");
  return machine;
}

}  // namespace grebe::core
