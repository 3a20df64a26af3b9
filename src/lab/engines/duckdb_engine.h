// Native DuckDB, the limit to measure against → Engine, by a worker process of our own binary.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "lab/engines/child_process.h"
#include "lab/engines/engine.h"

namespace grebe::lab::engines {

class DuckDbEngine : public Engine {
 public:
  explicit DuckDbEngine(EngineSettings settings) : settings_(std::move(settings)) {}

  const std::string& name() const override { return name_; }
  /// Hudi has no reader there.
  bool reads(std::string_view format) const override { return format != "hudi"; }
  bool writes(std::string_view) const override { return false; }
  void open(std::string_view format) override;
  void use_tables(const TableSet& set) override;
  client::ArrowResult query(const std::string& sql, const client::CallOptions& options) override;
  void execute(const std::string& sql, const client::CallOptions& options) override;
  std::string iceberg_catalog() const override { return ""; }
  bool has_path_catalog() const override { return false; }
  std::optional<pid_t> process() override;
  bool is_alive() override { return worker_ && worker_->is_alive(); }
  void close() override { worker_.reset(); }
  nlohmann::ordered_json describe() override;

 private:
  std::string name_ = "duckdb";
  EngineSettings settings_;
  std::unique_ptr<ChildProcess> worker_;
  std::string version_;
};

/// The SQL expression by which DuckDB reads a table of a format, for example `delta_scan('…')`.
/// Parquet is read from all files below the path; so is a Hudi table, which is right only for one
/// that was bulk-inserted once and has one file slice a group.
std::string scan_expression(std::string_view format, const std::filesystem::path& path);

}  // namespace grebe::lab::engines
