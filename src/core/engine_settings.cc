// Machine and the user's overrides → threads, memory limit and spill directory, each with its rule.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "core/machine.h"

namespace grebe::core {

namespace {

constexpr double kMemoryShare = 0.75;
constexpr char kGiven[] = "given by the user";

std::string gib(int64_t bytes) {
  return fmt::format("{:.1f} GiB", static_cast<double>(bytes) / (1 << 30));
}

/// A value beside its line in the derivation.
template <typename Value>
struct Derived {
  Value value;
  DerivedSetting setting;
};

Derived<int32_t> derive_threads(const Machine& machine, const EngineOverrides& overrides) {
  int32_t threads = machine.cores;
  std::string rule = fmt::format("the {} cores this process may use", machine.cores);
  if (overrides.threads) {
    threads = *overrides.threads;
    rule = kGiven;
  } else if (machine.cpu_quota && *machine.cpu_quota < machine.cores) {
    threads = std::max(1, static_cast<int32_t>(std::ceil(*machine.cpu_quota)));
    rule = fmt::format("the control group's quota of {:.2f} cores, rounded up", *machine.cpu_quota);
  }
  return {threads, {"threads", std::to_string(threads), rule}};
}

Derived<int64_t> derive_memory_limit(const Machine& machine, const EngineOverrides& overrides) {
  if (overrides.memory_limit) {
    return {*overrides.memory_limit, {"memory_limit", gib(*overrides.memory_limit), kGiven}};
  }
  const bool is_grouped = machine.memory_limit && *machine.memory_limit < machine.memory;
  const int64_t whole = is_grouped ? *machine.memory_limit : machine.memory;
  const auto limit = static_cast<int64_t>(static_cast<double>(whole) * kMemoryShare);
  const std::string rule =
      fmt::format("{:.0f} % of {} ({})", kMemoryShare * 100,
                  is_grouped ? "the control group's limit" : "the machine's memory", gib(whole));
  return {limit, {"memory_limit", gib(limit), rule}};
}

Derived<std::string> derive_spill_directory(const EngineOverrides& overrides) {
  if (overrides.spill_directory) {
    return {*overrides.spill_directory, {"spill_directory", *overrides.spill_directory, kGiven}};
  }
  const char* temporary = std::getenv("TMPDIR");
  const bool has_temporary = temporary != nullptr && *temporary != '\0';
  const std::string directory =
      std::filesystem::path(has_temporary ? temporary : "/tmp") / "grebe-spill";
  return {directory, {"spill_directory", directory, has_temporary ? "below TMPDIR" : "below /tmp"}};
}

}  // namespace

std::optional<int64_t> parse_byte_size(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !std::isfinite(number) || number < 0) return std::nullopt;
  std::string unit;
  for (; *end != '\0'; ++end) {
    if (*end != ' ') unit += static_cast<char>(std::toupper(static_cast<unsigned char>(*end)));
  }
  const double base = unit.find('I') == std::string::npos ? 1000 : 1024;
  int power = 0;
  if (!unit.empty() && unit != "B") {
    const size_t place = std::string("KMGT").find(unit[0]);
    const std::string rest = unit.substr(1);
    if (place == std::string::npos || (!rest.empty() && rest != "B" && rest != "IB")) {
      return std::nullopt;
    }
    power = static_cast<int>(place) + 1;
  }
  const double bytes = number * std::pow(base, power);
  if (bytes >= 9.2e18) return std::nullopt;
  return static_cast<int64_t>(bytes);
}

EngineOverrides read_engine_overrides() {
  EngineOverrides overrides;
  const auto text_of = [](const char* name) -> std::optional<std::string> {
    const char* text = std::getenv(name);
    if (text == nullptr || *text == '\0') return std::nullopt;
    return text;
  };
  if (const auto text = text_of("GREBE_THREADS")) {
    char* end = nullptr;
    const long threads = std::strtol(text->c_str(), &end, 10);
    if (*end != '\0' || threads < 1 || threads > 4096) {
      throw std::invalid_argument(
          fmt::format("GREBE_THREADS={} is no number of threads (1 to 4096)", *text));
    }
    overrides.threads = static_cast<int32_t>(threads);
  }
  if (const auto text = text_of("GREBE_MEMORY_LIMIT")) {
    overrides.memory_limit = parse_byte_size(*text);
    if (!overrides.memory_limit || *overrides.memory_limit == 0) {
      throw std::invalid_argument(
          fmt::format("GREBE_MEMORY_LIMIT={} is no size such as 12GB or 512MiB", *text));
    }
  }
  overrides.spill_directory = text_of("GREBE_SPILL_DIRECTORY");
  return overrides;
}

EngineSettings derive_engine_settings(const Machine& machine, const EngineOverrides& overrides) {
  const auto threads = derive_threads(machine, overrides);
  const auto memory_limit = derive_memory_limit(machine, overrides);
  const auto spill_directory = derive_spill_directory(overrides);
  return {.threads = threads.value,
          .memory_limit = memory_limit.value,
          .spill_directory = spill_directory.value,
          .derivation = {threads.setting, memory_limit.setting, spill_directory.setting}};
}

}  // namespace grebe::core
