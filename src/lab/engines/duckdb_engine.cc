// Native DuckDB, the limit to measure against → Engine, by a worker process of our own binary.
#include "lab/engines/duckdb_engine.h"

#include <fmt/format.h>

#include <cstdlib>

#include "lab/engines/iceberg_metadata.h"

namespace grebe::lab::engines {
namespace {

namespace fs = std::filesystem;
using client::CallFailure;
using client::RemoteError;
using Clock = std::chrono::steady_clock;

std::string quote(const std::string& text) {
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

std::string scan_expression(std::string_view format, const fs::path& path) {
  if (format == "delta") return fmt::format("delta_scan({})", quote("file://" + path.string()));
  if (format == "iceberg") {
    return fmt::format("iceberg_scan({})", quote(newest_iceberg_metadata(path).string()));
  }
  fs::path files = fs::is_directory(path) ? path / "**" / "*.parquet" : path;
  return fmt::format("read_parquet({}, hive_partitioning = false)", quote(files.string()));
}

void DuckDbEngine::open(std::string_view format) {
  worker_.reset();
  ProcessOptions options;
  options.program = kOwnProgram;
  options.arguments = {own_binary().string(), "bench-duckdb-worker"};
  options.directory = settings_.root;
  options.log = settings_.root / "logs" / "duckdb.log";
  options.streams = ProcessOptions::Streams::kPipes;
  worker_ = std::make_unique<ChildProcess>(std::move(options));
  client::CallOptions start{.timeout = settings_.start_timeout};
  const char* given = std::getenv("GREBE_EXTENSION_DIRECTORY");
  fs::path extensions =
      given != nullptr ? fs::path(given) : own_binary().parent_path() / "lib" / "extensions";
  execute(fmt::format("SET extension_directory = {}", quote(extensions.string())), start);
  execute("SET autoinstall_known_extensions = false", start);
  fs::path spill = settings_.root / "spill" / "duckdb";
  execute(fmt::format("SET temp_directory = {}", quote(spill.string())), start);
  if (settings_.threads > 0) execute(fmt::format("SET threads = {}", settings_.threads), start);
  if (!settings_.memory_limit.empty()) {
    execute(fmt::format("SET memory_limit = {}", quote(settings_.memory_limit)), start);
  }
  if (format == "delta") execute("LOAD delta", start);
  if (format == "iceberg") {
    execute("LOAD avro", start);
    execute("LOAD iceberg", start);
  }
}

void DuckDbEngine::use_tables(const TableSet& set) {
  for (const TableSet::Table& table : set.tables) {
    execute(fmt::format("CREATE OR REPLACE VIEW {} AS SELECT * FROM {}", table.name,
                        scan_expression(set.format, table.path)),
            {.timeout = std::chrono::minutes(2)});
  }
}

client::ArrowResult DuckDbEngine::query(const std::string& sql,
                                        const client::CallOptions& options) {
  if (!is_alive()) {
    throw RemoteError::with_message(CallFailure::kUnavailable, "the DuckDB process is not running");
  }
  auto deadline = Clock::now() + (options.timeout.count() > 0
                                      ? options.timeout
                                      : std::chrono::milliseconds(std::chrono::hours(24 * 365)));
  auto lost = [&]() -> RemoteError {
    if (Clock::now() >= deadline) {
      // DuckDB's answer can no longer be waited for, and the pipe holds half of it.
      worker_.reset();
      return RemoteError::with_message(
          CallFailure::kTimedOut,
          fmt::format("no answer in {} s", static_cast<double>(options.timeout.count()) / 1000.0));
    }
    worker_->stop();
    return RemoteError::with_message(
        CallFailure::kUnavailable,
        fmt::format("the DuckDB process ended ({}): {}", worker_->ending(), worker_->log_tail()));
  };
  if (!worker_->write(nlohmann::json{{"sql", sql}}.dump() + "\n")) throw lost();
  auto line = worker_->read_line(deadline);
  if (!line) throw lost();
  auto header = nlohmann::json::parse(*line);
  if (header.contains("error")) {
    throw RemoteError::with_message(CallFailure::kAnswered, header["error"]);
  }
  version_ = header["version"];
  auto bytes = worker_->read_bytes(header["bytes"], deadline);
  if (!bytes) throw lost();
  client::ArrowResult result;
  result.rows = header["rows"];
  result.streams.push_back(std::move(*bytes));
  return result;
}

void DuckDbEngine::execute(const std::string& sql, const client::CallOptions& options) {
  query(sql, options);
}

std::optional<pid_t> DuckDbEngine::process() {
  if (!worker_) return std::nullopt;
  return worker_->pid();
}

nlohmann::ordered_json DuckDbEngine::describe() {
  nlohmann::ordered_json facts;
  facts["name"] = name_;
  facts["kind"] = "duckdb";
  facts["version"] = version_.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(version_);
  if (settings_.threads > 0) facts["threads"] = settings_.threads;
  if (!settings_.memory_limit.empty()) facts["memory_limit"] = settings_.memory_limit;
  return facts;
}

}  // namespace grebe::lab::engines
