// A real Spark 3.5.7 on this machine → how to start it for each format, and how it finds the
// tables.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "generated/build_info.h"
#include "lab/engines/connect_engine.h"

namespace grebe::lab::engines {
namespace {

namespace fs = std::filesystem;

/// The jars beside spark-connect that a format needs, by the start of their names.
std::vector<std::string> jar_prefixes(std::string_view format) {
  if (format == "delta") return {"delta-spark_2.12", "delta-storage"};
  if (format == "iceberg") return {"iceberg-spark-runtime-3.5_2.12"};
  if (format == "hudi") return {"hudi-spark3.5-bundle_2.12"};
  return {};
}

std::vector<std::string> format_settings(std::string_view format, const fs::path& root) {
  if (format == "delta") {
    return {"spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension",
            "spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog"};
  }
  if (format == "iceberg") {
    return {
        "spark.sql.extensions="
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
        "spark.sql.catalog.ice=org.apache.iceberg.spark.SparkCatalog",
        // The catalog that needs no service: a table lies at warehouse/database/table.
        "spark.sql.catalog.ice.type=hadoop",
        fmt::format("spark.sql.catalog.ice.warehouse=file:{}",
                    (root / "silver/iceberg/tpch").string())};
  }
  if (format == "hudi") {
    return {"spark.serializer=org.apache.spark.serializer.KryoSerializer",
            "spark.kryo.registrator=org.apache.spark.HoodieSparkKryoRegistrar",
            "spark.sql.extensions=org.apache.spark.sql.hudi.HoodieSparkSessionExtension",
            "spark.sql.catalog.spark_catalog=org.apache.spark.sql.hudi.catalog.HoodieCatalog"};
  }
  return {};
}

std::vector<fs::path> jars_named(const fs::path& folder, const std::string& prefix) {
  std::vector<fs::path> found;
  if (!fs::is_directory(folder)) return found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::string name = entry.path().filename().string();
    if (name.rfind(prefix + "-", 0) == 0 && name.ends_with(".jar")) found.push_back(entry.path());
  }
  return found;
}

/// A jar of the folder; what is missing is fetched, by its pin, where the sources are at hand.
fs::path provide_jar(const fs::path& folder, const std::string& prefix, std::string_view format) {
  std::vector<fs::path> found = jars_named(folder, prefix);
  fs::path fetcher = fs::path(build_info::kSourceDirectory) / "scripts/oracle";
  if (found.empty() && fs::exists(fetcher)) {
    std::string kind = format == "parquet" ? "spark" : format == "hudi" ? "hudi" : "lake";
    read_command({fetcher.string(), kind, "--fetch"}, std::chrono::minutes(10));
    found = jars_named(folder, prefix);
  }
  if (found.empty()) {
    throw std::runtime_error(fmt::format(
        "engine spark: {}-*.jar is not in '{}'; set SPARK_JARS to the folder that holds "
        "it, or fetch it by scripts/oracle",
        prefix, folder.string()));
  }
  return *std::max_element(found.begin(), found.end());
}

/// Spark 3.5 runs on Java 8, 11 and 17.
fs::path find_java_home() {
  if (const char* home = std::getenv("JAVA_HOME");
      home != nullptr && fs::exists(fs::path(home) / "bin/java")) {
    return home;
  }
  fs::path folder = "/usr/lib/jvm";
  if (fs::is_directory(folder)) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      bool is_17 = entry.path().filename().string().rfind("java-17-openjdk-", 0) == 0;
      if (is_17 && fs::exists(entry.path() / "bin/java")) return entry.path();
    }
  }
  throw std::runtime_error(
      "engine spark: no Java 17; install openjdk-17-jre-headless or set JAVA_HOME");
}

}  // namespace

ConnectOptions spark_options(const EngineSettings& settings) {
  ConnectOptions options;
  options.name = "spark";
  options.kind = "spark";
  options.start_timeout = std::max(settings.start_timeout, std::chrono::seconds(180));
  options.serves_all_formats = false;
  options.iceberg_catalog = settings.iceberg_catalog.empty() ? "ice" : settings.iceberg_catalog;
  options.has_path_catalog = settings.iceberg_catalog.empty();
  options.facts["master"] = settings.spark_master;
  options.facts["driver_memory"] = settings.spark_driver_memory;
  options.start = [settings](std::string_view format, int port) {
    fs::path submit = settings.spark_home / "bin/spark-submit";
    if (!fs::exists(submit)) {
      throw std::runtime_error(fmt::format(
          "engine spark: '{}' is not there; set SPARK_HOME to a Spark 3.5", submit.string()));
    }
    fs::path connect = provide_jar(settings.spark_jars, "spark-connect_2.12", format);
    std::string jars = connect.string();
    for (const std::string& prefix : jar_prefixes(format)) {
      jars += "," + provide_jar(settings.spark_jars, prefix, format).string();
    }
    fs::path home = settings.root / "warehouse" / "spark" / std::string(format);
    fs::create_directories(home);
    ProcessOptions process;
    process.arguments = {submit.string(),
                         "--class",
                         "org.apache.spark.sql.connect.service.SparkConnectServer",
                         "--master",
                         settings.spark_master,
                         "--driver-memory",
                         settings.spark_driver_memory,
                         "--jars",
                         jars};
    std::vector<std::string> facts = format_settings(format, settings.root);
    facts.insert(
        facts.end(),
        {fmt::format("spark.connect.grpc.binding.port={}", port), "spark.driver.host=127.0.0.1",
         "spark.driver.bindAddress=127.0.0.1", "spark.ui.enabled=false",
         fmt::format("spark.sql.warehouse.dir={}", (home / "tables").string())});
    for (const std::string& fact : facts) {
      process.arguments.insert(process.arguments.end(), {"--conf", fact});
    }
    process.arguments.push_back(connect.string());
    process.environment = {{"JAVA_HOME", find_java_home().string()},
                           {"SPARK_HOME", settings.spark_home.string()},
                           {"SPARK_LOCAL_IP", "127.0.0.1"}};
    process.directory = home;
    process.log = settings.root / "logs" / fmt::format("spark-{}.log", format);
    return process;
  };
  return options;
}

}  // namespace grebe::lab::engines
