// /proc, /sys and the processor → what this machine offers, and the settings derived from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace grebe::core {

/// What the operating system says. Sizes in bytes.
struct Machine {
  std::string processor;
  /// Widest vector instructions: `AVX-512`, `AVX2`, `SSE4.2`, `NEON` or `none`.
  std::string simd;
  /// Cores that this process may run on (affinity, cpusets).
  int32_t cores = 1;
  /// CPU time that the control group grants, in cores; empty without a limit.
  std::optional<double> cpu_quota;
  int64_t memory = 0;
  int64_t memory_available = 0;
  /// The tightest memory limit of the control group and of those that hold it; empty without one.
  std::optional<int64_t> memory_limit;
  /// 1, 2, or 0 when there are no control groups.
  int32_t cgroup_version = 0;
  /// Names of NVMe devices, for example `nvme0n1`.
  std::vector<std::string> nvme_devices;
  std::string kernel;
  std::string operating_system;
};

/// Where to look; a test gives a directory that holds `proc` and `sys`.
struct MachineProbe {
  std::string root = "/";
};

/// Reads the machine. What cannot be read keeps its default.
Machine inspect_machine(const MachineProbe& probe = {});

/// One setting, its value, and the sentence that says where the value comes from.
struct DerivedSetting {
  std::string name;
  std::string value;
  std::string rule;
};

/// Settings for the engine, with the rule that gave each.
struct EngineSettings {
  int32_t threads = 1;
  /// Bytes.
  int64_t memory_limit = 0;
  std::string spill_directory;
  std::vector<DerivedSetting> derivation;
};

/// Values that the user gave; each takes the place of a rule.
struct EngineOverrides {
  std::optional<int32_t> threads;
  /// Bytes.
  std::optional<int64_t> memory_limit;
  std::optional<std::string> spill_directory;
};

/// GREBE_THREADS, GREBE_MEMORY_LIMIT (`12GB`, `512MiB`, bytes) and GREBE_SPILL_DIRECTORY.
/// Throws std::invalid_argument that names the variable when its text is not a value.
EngineOverrides read_engine_overrides();

/// Reads `12GB`, `1.5 GiB`, `512MB`, `1024`: powers of ten, or of two with an `i`. Empty when it is
/// none of these.
std::optional<int64_t> parse_byte_size(const std::string& text);

/// threads: what affinity and the CPU quota leave. memory_limit: three quarters of the smaller of
/// memory and control-group limit, so that the server's own buffers and the page cache have the
/// rest. spill_directory: `grebe-spill` below TMPDIR, else below /tmp.
EngineSettings derive_engine_settings(const Machine& machine, const EngineOverrides& overrides);

}  // namespace grebe::core
