// Values as written → settings with their types, checked.
#include "lab/medallion/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <sstream>
#include <stdexcept>

#include "generated/build_info.h"
#include "lab/engines/engine.h"

namespace grebe::lab::medallion {
namespace {

namespace fs = std::filesystem;

std::invalid_argument bad_value(std::string_view key, const SettingValue& value,
                                const std::string& expected) {
  return std::invalid_argument(fmt::format("setting {} = '{}' (from {}): expected {}", key,
                                           value.text, value.origin, expected));
}

const SettingValue& find(const SettingValues& values, std::string_view key) {
  return values.find(key)->second;
}

double number(const SettingValues& values, std::string_view key, double low, double high) {
  const SettingValue& value = find(values, key);
  double parsed = 0;
  const char* end = value.text.data() + value.text.size();
  auto [stop, fault] = std::from_chars(value.text.data(), end, parsed);
  if (fault != std::errc() || stop != end || !(parsed >= low && parsed <= high)) {
    throw bad_value(key, value, fmt::format("a number from {} to {}", low, high));
  }
  return parsed;
}

int integer(const SettingValues& values, std::string_view key, int low, int high) {
  double parsed = number(values, key, low, high);
  if (parsed != std::floor(parsed)) throw bad_value(key, find(values, key), "a whole number");
  return static_cast<int>(parsed);
}

std::vector<std::string> list(const SettingValue& value) {
  std::vector<std::string> parts;
  std::istringstream stream(value.text);
  for (std::string part; std::getline(stream, part, ',');) {
    size_t first = part.find_first_not_of(' ');
    if (first == std::string::npos) continue;
    part = part.substr(first, part.find_last_not_of(' ') - first + 1);
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  }
  return parts;
}

std::vector<std::string> formats(const SettingValues& values) {
  static const std::set<std::string> kKnown = {"parquet", "delta", "iceberg", "hudi"};
  const SettingValue& value = find(values, "formats");
  std::vector<std::string> parts = list(value);
  for (const std::string& part : parts) {
    if (kKnown.count(part) == 0) {
      throw bad_value("formats", value, "a list of parquet, delta, iceberg, hudi");
    }
  }
  if (parts.empty()) throw bad_value("formats", value, "at least one format");
  return parts;
}

/// The name of an engine; throws when there is none like it. Nothing is started.
std::string check_engine(const SettingValues& values, std::string_view key,
                         const std::string& engine) {
  try {
    return engines::make_engine(engine, {})->name();
  } catch (const std::invalid_argument& error) {
    throw bad_value(key, find(values, key), error.what());
  }
}

/// The dependency cache's path below which the build found its parts, or the setting itself.
fs::path dependency(const SettingValues& values, std::string_view key, const char* below) {
  const SettingValue& value = find(values, key);
  if (!value.text.empty()) return value.text;
  return fs::path(build_info::kDependencies) / below;
}

fs::path jobs_folder(const SettingValues& values) {
  const SettingValue& value = find(values, "jobs");
  if (!value.text.empty()) return fs::absolute(value.text);
  fs::path binary = engines::own_binary().parent_path();
  for (const fs::path& candidate : {binary / "jobs", binary / "../share/grebe/jobs",
                                    fs::path(build_info::kSourceDirectory) / "jobs"}) {
    if (fs::is_directory(candidate)) return fs::canonical(candidate);
  }
  throw bad_value("jobs", value,
                  "the folder `jobs` of Grebe's sources, which is not beside the binary");
}

}  // namespace

std::vector<int> parse_queries(std::string_view text) {
  auto to_number = [&](std::string_view part) {
    int parsed = 0;
    if (!part.empty() && (part.front() == 'q' || part.front() == 'Q')) part.remove_prefix(1);
    auto [stop, fault] = std::from_chars(part.data(), part.data() + part.size(), parsed);
    if (fault != std::errc() || stop != part.data() + part.size() || parsed < 1 || parsed > 22) {
      throw std::invalid_argument(
          fmt::format("queries '{}': expected numbers and ranges from 1 to 22, like 1-5,9", text));
    }
    return parsed;
  };
  std::set<int> numbers;
  for (const std::string& part : list({std::string(text), ""})) {
    size_t dash = part.find('-');
    int first = to_number(std::string_view(part).substr(0, dash));
    int last =
        dash == std::string::npos ? first : to_number(std::string_view(part).substr(dash + 1));
    for (int number = first; number <= last; ++number) numbers.insert(number);
  }
  if (numbers.empty()) throw std::invalid_argument("queries: expected at least one number");
  return {numbers.begin(), numbers.end()};
}

std::string scale_factor_name(double scale_factor) { return fmt::format("sf{:g}", scale_factor); }

Settings parse_settings(const SettingValues& values) {
  Settings settings;
  settings.root = fs::absolute(find(values, "root").text).lexically_normal();
  settings.scale_factor = number(values, "scale_factor", 0.001, 100000);
  settings.formats = formats(values);
  settings.engines = list(find(values, "engines"));
  if (settings.engines.empty()) throw bad_value("engines", find(values, "engines"), "an engine");
  std::set<std::string> names;
  for (const std::string& engine : settings.engines) {
    if (!names.insert(check_engine(values, "engines", engine)).second) {
      throw bad_value("engines", find(values, "engines"), "a different name for each engine");
    }
  }
  settings.queries = parse_queries(find(values, "queries").text);
  settings.repetitions = integer(values, "repetitions", 1, 1000);
  settings.warmup = integer(values, "warmup", 0, 100);
  settings.timeout_s = number(values, "timeout", 0.001, 1e7);
  settings.time_limit_s = number(values, "time_limit", 0, 1e8);
  settings.retries = integer(values, "retries", 0, 100);
  settings.backoff_s = number(values, "backoff", 0, 3600);
  settings.parts = integer(values, "parts", 0, 100000);
  settings.loader = find(values, "loader").text;
  if (!settings.loader.empty()) check_engine(values, "loader", settings.loader);
  settings.threads = integer(values, "threads", 0, 4096);
  settings.memory_limit = find(values, "memory_limit").text;
  for (const char* format : {"parquet", "delta", "iceberg", "hudi"}) {
    settings.compression[format] = find(values, fmt::format("{}.compression", format)).text;
  }
  settings.generator = dependency(values, "generator", "bin/tpchgen-cli");
  settings.jobs = jobs_folder(values);
  settings.spark_home =
      dependency(values, "spark.home", "environments/py35/lib/python3.11/site-packages/pyspark");
  settings.spark_jars = dependency(values, "spark.jars", "../../jars").lexically_normal();
  settings.spark_master = find(values, "spark.master").text;
  settings.spark_driver_memory = find(values, "spark.driver_memory").text;
  settings.iceberg_catalog = find(values, "iceberg.catalog").text;
  return settings;
}

}  // namespace grebe::lab::medallion
