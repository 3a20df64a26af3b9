// `grebe doctor`: the machine, derived settings, versions and what is missing → a page or JSON.
#include <fmt/format.h>
#include <sys/statvfs.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/runtime_files.h"
#include "cli/subcommand.h"
#include "core/machine.h"
#include "generated/build_info.h"

namespace grebe::cli {

namespace {

using Json = nlohmann::ordered_json;

/// Extensions without which a feature does not work.
constexpr std::pair<const char*, const char*> kWantedExtensions[] = {
    {"avro", "Iceberg manifests"},      {"delta", "reading Delta tables"},
    {"httpfs", "object stores"},        {"iceberg", "Iceberg tables"},
    {"tpcds", "TPC-DS reference data"}, {"tpch", "TPC-H reference data"},
};

struct Report {
  core::Machine machine;
  core::EngineSettings settings;
  std::vector<std::string> extensions;
  /// Free bytes where spilled data would lie.
  int64_t spill_free = 0;
  std::vector<std::string> missing;
  std::vector<std::string> warnings;
};

/// Free bytes on the file system of the nearest directory above `path` that exists.
int64_t free_bytes(std::filesystem::path path) {
  std::error_code ignored;
  while (!path.empty() && path != path.root_path() && !std::filesystem::exists(path, ignored)) {
    path = path.parent_path();
  }
  struct statvfs facts {};
  if (statvfs(path.c_str(), &facts) != 0) return 0;
  return static_cast<int64_t>(facts.f_bavail) * static_cast<int64_t>(facts.f_frsize);
}

Report examine() {
  Report report;
  report.machine = core::inspect_machine();
  report.settings = core::derive_engine_settings(report.machine, core::read_engine_overrides());
  report.extensions = installed_extensions();
  report.spill_free = free_bytes(report.settings.spill_directory);
  for (const auto& [name, purpose] : kWantedExtensions) {
    if (!std::binary_search(report.extensions.begin(), report.extensions.end(), name)) {
      report.missing.push_back(fmt::format("DuckDB extension {} ({}): not in {}; run `make build`",
                                           name, purpose, extension_directory()));
    }
  }
  if (report.spill_free < report.settings.memory_limit) {
    report.warnings.push_back(fmt::format(
        "{:.1f} GiB are free in {}: less than the memory limit, so a query that spills "
        "much may fail; GREBE_SPILL_DIRECTORY names another place",
        static_cast<double>(report.spill_free) / (1 << 30), report.settings.spill_directory));
  }
  if (report.machine.simd == "none") {
    report.warnings.emplace_back("the processor has no vector instructions that DuckDB uses");
  }
  return report;
}

Json to_json(const Report& report) {
  const core::Machine& machine = report.machine;
  Json settings = Json::object();
  for (const core::DerivedSetting& setting : report.settings.derivation) {
    settings[setting.name] = {{"value", setting.value}, {"rule", setting.rule}};
  }
  settings["threads"]["value"] = report.settings.threads;
  settings["memory_limit"]["value"] = report.settings.memory_limit;
  return {
      {"machine",
       {{"processor", machine.processor},
        {"simd", machine.simd},
        {"cores", machine.cores},
        {"cpu_quota", machine.cpu_quota ? Json(*machine.cpu_quota) : Json()},
        {"memory_bytes", machine.memory},
        {"memory_available_bytes", machine.memory_available},
        {"cgroup_version", machine.cgroup_version},
        {"cgroup_memory_bytes", machine.memory_limit ? Json(*machine.memory_limit) : Json()},
        {"nvme_devices", machine.nvme_devices},
        {"kernel", machine.kernel},
        {"operating_system", machine.operating_system}}},
      {"settings", settings},
      {"spill_free_bytes", report.spill_free},
      {"versions",
       {{"grebe", build_info::kVersion},
        {"spark", build_info::kSparkVersion},
        {"duckdb", build_info::kDuckdbVersion},
        {"compiler", build_info::kCompiler},
        {"build_type", build_info::kBuildType}}},
      {"extensions", report.extensions},
      {"missing", report.missing},
      {"warnings", report.warnings},
  };
}

std::string join(const std::vector<std::string>& words, const char* otherwise) {
  return words.empty() ? otherwise : fmt::format("{}", fmt::join(words, ", "));
}

void print_page(const Report& report) {
  const core::Machine& machine = report.machine;
  const auto gib = [](int64_t bytes) {
    return fmt::format("{:.1f} GiB", static_cast<double>(bytes) / (1 << 30));
  };
  const auto row = [](std::string_view name, const std::string& value) {
    std::cout << fmt::format("  {:<18} {}\n", name, value);
  };
  std::cout << "Machine\n";
  row("processor", machine.processor);
  row("vector level", machine.simd);
  row("cores", std::to_string(machine.cores));
  row("memory",
      fmt::format("{}, {} available", gib(machine.memory), gib(machine.memory_available)));
  row("control group",
      machine.cgroup_version == 0
          ? "none"
          : fmt::format(
                "version {}: memory {}, CPU {}", machine.cgroup_version,
                machine.memory_limit ? gib(*machine.memory_limit) : "unlimited",
                machine.cpu_quota ? fmt::format("{:.2f} cores", *machine.cpu_quota) : "unlimited"));
  row("NVMe", join(machine.nvme_devices, "none"));
  row("system", fmt::format("{}, kernel {}", machine.operating_system, machine.kernel));
  std::cout << "Settings (GREBE_THREADS, GREBE_MEMORY_LIMIT, GREBE_SPILL_DIRECTORY override)\n";
  for (const core::DerivedSetting& setting : report.settings.derivation) {
    row(setting.name, fmt::format("{}: {}", setting.value, setting.rule));
  }
  row("free for spilling", gib(report.spill_free));
  std::cout << "Versions\n";
  row("grebe", fmt::format("{} ({}, {})", build_info::kVersion, build_info::kBuildType,
                           build_info::kCompiler));
  row("spark", fmt::format("{} (protocol 4.2)", build_info::kSparkVersion));
  row("duckdb", build_info::kDuckdbVersion);
  row("extensions", join(report.extensions, "none"));
  for (const std::string& text : report.warnings) std::cout << "Warning: " << text << '\n';
  for (const std::string& text : report.missing) std::cout << "Missing: " << text << '\n';
  if (report.missing.empty()) std::cout << "Nothing is missing.\n";
}

}  // namespace

Subcommand add_doctor(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "doctor", "Show the machine, the settings derived from it and what is missing");
  auto wants_json = std::make_shared<bool>(false);
  command->add_flag("--json", *wants_json, "Print one JSON object");
  return {command, [wants_json] {
            const Report report = examine();
            if (*wants_json) {
              std::cout << to_json(report).dump(2) << '\n';
            } else {
              print_page(report);
            }
            return report.missing.empty() ? 0 : 1;
          }};
}

}  // namespace grebe::cli
