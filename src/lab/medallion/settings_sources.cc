// .env, YAML, environment and flags → every setting as written, with where it came from.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "lab/medallion/settings.h"

namespace grebe::lab::medallion {
namespace {

namespace fs = std::filesystem;

using Assignments = std::map<std::string, std::string>;

std::string trim(std::string_view text) {
  size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

/// A value of .env: quoted, or up to a blank and a number sign.
std::string read_env_value(std::string text, const fs::path& file, int line) {
  if (text.empty() || (text.front() != '"' && text.front() != '\'')) {
    return trim(text.substr(0, std::min(text.find(" #"), text.size())));
  }
  size_t end = text.find(text.front(), 1);
  if (end == std::string::npos) {
    throw std::invalid_argument(fmt::format("{}:{}: a quote is not closed", file.string(), line));
  }
  return text.substr(1, end - 1);
}

Assignments read_env_file(const fs::path& file) {
  std::ifstream stream(file);
  if (!stream) throw std::invalid_argument(fmt::format("cannot read {}", file.string()));
  Assignments assignments;
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    line = trim(line);
    if (line.rfind("export ", 0) == 0) line = trim(line.substr(7));
    if (line.empty() || line.front() == '#') continue;
    size_t equals = line.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw std::invalid_argument(
          fmt::format("{}:{}: expected NAME=value, got '{}'", file.string(), number, line));
    }
    assignments[trim(line.substr(0, equals))] =
        read_env_value(trim(line.substr(equals + 1)), file, number);
  }
  return assignments;
}

const SettingInfo* find_key(std::string_view key) {
  for (const SettingInfo& info : setting_table()) {
    if (info.key == key) return &info;
  }
  return nullptr;
}

/// How many edits turn one word into the other.
size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string nearest_key(std::string_view key) {
  const auto& table = setting_table();
  auto nearest = std::min_element(table.begin(), table.end(), [&](const auto& a, const auto& b) {
    return edit_distance(key, a.key) < edit_distance(key, b.key);
  });
  return std::string(nearest->key);
}

std::string yaml_text(const YAML::Node& node, const std::string& key, const fs::path& file) {
  if (node.IsNull()) return "";
  if (node.IsScalar()) return node.Scalar();
  if (!node.IsSequence()) {
    throw std::invalid_argument(fmt::format("{}: {} has no single value", file.string(), key));
  }
  std::string joined;
  for (const auto& item : node) joined += (joined.empty() ? "" : ",") + item.as<std::string>();
  return joined;
}

/// A config file: keys as in `bench config`, either dotted or nested.
Assignments read_config_file(const fs::path& file) {
  YAML::Node document;
  try {
    document = YAML::LoadFile(file.string());
  } catch (const YAML::Exception& error) {
    throw std::invalid_argument(fmt::format("config file {}: {}", file.string(), error.what()));
  }
  Assignments assignments;
  if (document.IsNull()) return assignments;
  if (!document.IsMap()) {
    throw std::invalid_argument(
        fmt::format("config file {}: expected `key: value` lines", file.string()));
  }
  auto add = [&](const std::string& key, const YAML::Node& value) {
    if (find_key(key) == nullptr) {
      throw std::invalid_argument(
          fmt::format("config file {}: unknown setting '{}'; did you mean '{}'?", file.string(),
                      key, nearest_key(key)));
    }
    assignments[key] = yaml_text(value, key, file);
  };
  for (const auto& entry : document) {
    auto key = entry.first.as<std::string>();
    if (!entry.second.IsMap()) {
      add(key, entry.second);
      continue;
    }
    for (const auto& inner : entry.second) {
      add(key + "." + inner.first.as<std::string>(), inner.second);
    }
  }
  return assignments;
}

void apply_variables(SettingValues& values, const Assignments& assignments,
                     const std::string& origin) {
  for (const SettingInfo& info : setting_table()) {
    auto found = assignments.find(std::string(info.variable));
    if (found != assignments.end()) values[std::string(info.key)] = {found->second, origin};
  }
}

Assignments read_environment() {
  Assignments assignments;
  for (const SettingInfo& info : setting_table()) {
    const char* value = std::getenv(std::string(info.variable).c_str());
    if (value != nullptr) assignments[std::string(info.variable)] = value;
  }
  return assignments;
}

}  // namespace

const std::vector<SettingInfo>& setting_table() {
  static const std::vector<SettingInfo> kTable = {
      {"root", "GREBE_DATA", "root", "grebe-data", "data root: bronze/, silver/, gold/, results/"},
      {"scale_factor", "TPCH_SCALE_FACTOR", "scale-factor", "1",
       "TPC-H scale factor, 0.01 to 1000"},
      {"formats", "FRAMEWORKS", "formats", "parquet,delta,iceberg,hudi", "table formats"},
      {"engines", "BENCH_ENGINES", "engine", "grebe,duckdb",
       "engines: grebe, duckdb, spark, NAME=sc://host:port"},
      {"queries", "BENCH_QUERIES", "queries", "1-22", "queries, for example 1-5,9"},
      {"repetitions", "BENCH_REPETITIONS", "repetitions", "5", "measured runs of each query"},
      {"warmup", "BENCH_WARMUP", "warmup", "1", "runs of each query before they count"},
      {"timeout", "BENCH_TIMEOUT", "timeout", "600", "seconds that one operation may take"},
      {"time_limit", "BENCH_TIME_LIMIT", "time-limit", "0",
       "seconds that all queries may take; 0 is no limit"},
      {"retries", "BENCH_RETRIES", "retries", "2", "further attempts at generating and loading"},
      {"backoff", "BENCH_BACKOFF", "backoff", "1", "seconds before the first retry, then doubled"},
      {"parts", "TPCH_PARTS", "parts", "0", "files a table is generated in; 0 chooses by scale"},
      {"loader", "BENCH_LOADER", "loader", "", "engine that loads; default: the first that can"},
      {"threads", "BENCH_THREADS", "threads", "0", "threads an engine may use; 0 leaves it to it"},
      {"memory_limit", "BENCH_MEMORY_LIMIT", "memory-limit", "",
       "memory an engine may use, like 4GB; default: its own"},
      {"parquet.compression", "PARQUET_COMPRESSION", "parquet-compression", "snappy", "codec"},
      {"delta.compression", "DELTA_COMPRESSION", "delta-compression", "snappy", "codec"},
      {"iceberg.compression", "ICEBERG_COMPRESSION", "iceberg-compression", "snappy", "codec"},
      {"hudi.compression", "HUDI_COMPRESSION", "hudi-compression", "snappy", "codec"},
      {"iceberg.catalog", "ICEBERG_CATALOG", "iceberg-catalog", "",
       "catalog of Iceberg tables; default: the engine's own"},
      {"spark.home", "SPARK_HOME", "spark-home", "", "a Spark 3.5; default: that of the tests"},
      {"spark.jars", "SPARK_JARS", "spark-jars", "", "folder of spark-connect and format jars"},
      {"spark.master", "SPARK_MASTER", "spark-master", "local[*]", "Spark's master"},
      {"spark.driver_memory", "SPARK_DRIVER_MEMORY", "spark-driver-memory", "3g", "Spark's heap"},
      {"generator", "TPCHGEN", "generator", "", "tpchgen-cli; default: the pinned one"},
      {"jobs", "GREBE_JOBS", "jobs", "", "folder of queries and load statements"},
  };
  return kTable;
}

SettingValues read_settings(const SettingSources& sources) {
  SettingValues values;
  for (const SettingInfo& info : setting_table()) {
    values[std::string(info.key)] = {std::string(info.fallback), "default"};
  }
  fs::path env_file = sources.env_file;
  if (env_file.empty() && fs::exists(".env")) env_file = ".env";
  Assignments env;
  if (!env_file.empty()) env = read_env_file(env_file);
  apply_variables(values, env, env_file.string());

  fs::path config_file = sources.config_file;
  const char* config_variable = std::getenv("BENCH_CONFIG");
  if (config_file.empty() && config_variable != nullptr) config_file = config_variable;
  if (config_file.empty()) config_file = env["BENCH_CONFIG"];
  if (!config_file.empty()) {
    for (const auto& [key, text] : read_config_file(config_file)) {
      values[key] = {text, "config file " + config_file.string()};
    }
  }
  apply_variables(values, read_environment(), "environment");
  for (const auto& [key, text] : sources.flags) values[key] = {text, "flag"};
  return values;
}

}  // namespace grebe::lab::medallion
