// defaults < .env < config file < environment < flags → every setting with where it came from.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::lab::medallion {

/// One setting under its three names.
struct SettingInfo {
  /// In a config file, and in `bench config`.
  std::string_view key;
  /// In the environment and in `.env`.
  std::string_view variable;
  /// On the command line, without the dashes.
  std::string_view flag;
  std::string_view fallback;
  std::string_view help;
};

/// All settings, in the order in which they are shown.
const std::vector<SettingInfo>& setting_table();

/// A value as written, and who wrote it: "default", ".env", "config file PATH", "environment",
/// "flag".
struct SettingValue {
  std::string text;
  std::string origin;
};

/// Values by key.
using SettingValues = std::map<std::string, SettingValue, std::less<>>;

/// Where settings are looked for.
struct SettingSources {
  /// Empty: `.env` of the working directory, if there.
  std::filesystem::path env_file = {};
  /// Empty: the environment's or .env's BENCH_CONFIG, if set.
  std::filesystem::path config_file = {};
  /// What the command line gave, by key.
  std::map<std::string, std::string> flags = {};
};

/// Reads all sources. Throws std::invalid_argument that names file, key and what would be right.
SettingValues read_settings(const SettingSources& sources);

/// Settings with their types; what the phases work by.
struct Settings {
  std::filesystem::path root;
  double scale_factor = 1;
  std::vector<std::string> formats;
  std::vector<std::string> engines;
  std::vector<int> queries;
  int repetitions = 5;
  int warmup = 1;
  double timeout_s = 600;
  /// 0 sets no limit.
  double time_limit_s = 0;
  int retries = 2;
  double backoff_s = 1;
  /// 0 chooses by the scale factor.
  int parts = 0;
  /// Empty: the first engine that can write.
  std::string loader;
  int threads = 0;
  std::string memory_limit;
  std::map<std::string, std::string, std::less<>> compression;
  std::filesystem::path generator;
  std::filesystem::path jobs;
  std::filesystem::path spark_home;
  std::filesystem::path spark_jars;
  std::string spark_master;
  std::string spark_driver_memory;
  std::string iceberg_catalog;
};

/// Gives the values their types and checks them; throws std::invalid_argument as above.
Settings parse_settings(const SettingValues& values);

/// "1-3,7" → 1, 2, 3, 7; numbers run from 1 to 22.
std::vector<int> parse_queries(std::string_view text);

/// 0.1 → "sf0.1", 10 → "sf10".
std::string scale_factor_name(double scale_factor);

}  // namespace grebe::lab::medallion
