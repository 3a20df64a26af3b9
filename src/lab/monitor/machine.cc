// This machine → what a reader of a report must know about it.
#include "lab/monitor/machine.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace grebe::lab::monitor {
namespace {

/// The text after the separator in the first line that starts with `key`.
nlohmann::ordered_json find_line(const char* path, const std::string& key, char separator) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.rfind(key, 0) != 0) continue;
    size_t start = line.find(separator);
    if (start == std::string::npos) continue;
    std::string value = line.substr(start + 1);
    value.erase(0, value.find_first_not_of(" \t\""));
    while (!value.empty() && (value.back() == '"' || value.back() == ' ')) value.pop_back();
    return value;
  }
  return nullptr;
}

}  // namespace

nlohmann::ordered_json describe_machine() {
  utsname kernel{};
  ::uname(&kernel);
  nlohmann::ordered_json machine;
  machine["cpu"] = find_line("/proc/cpuinfo", "model name", ':');
  machine["cores"] = ::sysconf(_SC_NPROCESSORS_ONLN);
  machine["memory_bytes"] =
      static_cast<int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE);
  machine["architecture"] = kernel.machine;
  machine["kernel"] = kernel.release;
  machine["os"] = find_line("/etc/os-release", "PRETTY_NAME", '=');
  double load = 0;
  std::ifstream("/proc/loadavg") >> load;
  machine["load_1m"] = load;
  return machine;
}

}  // namespace grebe::lab::monitor
