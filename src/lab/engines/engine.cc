// A name of an engine → something that answers SQL over tables, in a process of its own.
#include "lab/engines/engine.h"

#include <fmt/format.h>

#include <stdexcept>

#include "lab/engines/connect_engine.h"
#include "lab/engines/duckdb_engine.h"

namespace grebe::lab::engines {

std::filesystem::path own_binary() {
  std::string path = std::filesystem::read_symlink("/proc/self/exe").string();
  // The kernel says so when a new build has taken the file's place while we run.
  constexpr std::string_view kReplaced = " (deleted)";
  if (path.ends_with(kReplaced)) path.resize(path.size() - kReplaced.size());
  return path;
}

ConnectOptions grebe_options(const EngineSettings& settings) {
  ConnectOptions options;
  options.name = "grebe";
  options.kind = "grebe";
  options.start_timeout = settings.start_timeout;
  options.iceberg_catalog =
      settings.iceberg_catalog.empty() ? "spark_catalog" : settings.iceberg_catalog;
  options.start = [settings](std::string_view, int port) {
    ProcessOptions process;
    process.program = kOwnProgram;
    process.arguments = {own_binary().string(),
                         "serve",
                         "--host",
                         "127.0.0.1",
                         "--port",
                         std::to_string(port),
                         "--warehouse",
                         (settings.root / "warehouse" / "grebe").string()};
    if (settings.threads > 0) {
      process.arguments.insert(process.arguments.end(),
                               {"--threads", std::to_string(settings.threads)});
    }
    if (!settings.memory_limit.empty()) {
      process.arguments.insert(process.arguments.end(), {"--memory-limit", settings.memory_limit});
    }
    process.directory = settings.root;
    process.log = settings.root / "logs" / "grebe.log";
    return process;
  };
  if (settings.threads > 0) options.facts["threads"] = settings.threads;
  if (!settings.memory_limit.empty()) options.facts["memory_limit"] = settings.memory_limit;
  return options;
}

ConnectOptions remote_options(const std::string& name, const std::string& uri) {
  ConnectOptions options;
  options.name = name;
  options.kind = "remote";
  options.endpoint = client::parse_endpoint(uri);
  return options;
}

std::unique_ptr<Engine> make_engine(const std::string& text, const EngineSettings& settings) {
  if (text == "grebe") return std::make_unique<ConnectEngine>(grebe_options(settings));
  if (text == "duckdb") return std::make_unique<DuckDbEngine>(settings);
  if (text == "spark") return std::make_unique<ConnectEngine>(spark_options(settings));
  size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw std::invalid_argument(fmt::format(
        "unknown engine '{}': there are grebe, duckdb, spark, and NAME=sc://host:port", text));
  }
  return std::make_unique<ConnectEngine>(
      remote_options(text.substr(0, equals), text.substr(equals + 1)));
}

}  // namespace grebe::lab::engines
