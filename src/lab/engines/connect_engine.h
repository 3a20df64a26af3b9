// A Spark Connect server, ours to start or already there → Engine.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "lab/engines/child_process.h"
#include "lab/engines/engine.h"

namespace grebe::lab::engines {

/// How to start a server for a format on a port; empty for one that runs already.
using StartServer = std::function<ProcessOptions(std::string_view format, int port)>;

struct ConnectOptions {
  std::string name;
  /// "grebe", "spark" or "remote".
  std::string kind;
  /// Used when there is no start function.
  client::Endpoint endpoint;
  StartServer start;
  /// Whether a server started for one format serves all of them.
  bool serves_all_formats = true;
  std::chrono::seconds start_timeout{120};
  std::string iceberg_catalog = "spark_catalog";
  /// Whether that catalog puts a table at warehouse/database/table and nowhere else.
  bool has_path_catalog = false;
  nlohmann::ordered_json facts;
};

class ConnectEngine : public Engine {
 public:
  explicit ConnectEngine(ConnectOptions options) : options_(std::move(options)) {}

  const std::string& name() const override { return options_.name; }
  bool reads(std::string_view) const override { return true; }
  bool writes(std::string_view) const override { return true; }
  void open(std::string_view format) override;
  void use_tables(const TableSet& set) override;
  client::ArrowResult query(const std::string& sql, const client::CallOptions& options) override;
  void execute(const std::string& sql, const client::CallOptions& options) override;
  std::string iceberg_catalog() const override { return options_.iceberg_catalog; }
  bool has_path_catalog() const override { return options_.has_path_catalog; }
  std::optional<pid_t> process() override;
  bool is_alive() override;
  void close() override;
  nlohmann::ordered_json describe() override;

 private:
  void start_server(std::string_view format);
  client::Session& session();

  ConnectOptions options_;
  std::unique_ptr<ChildProcess> server_;
  std::string server_format_;
  std::unique_ptr<client::Session> session_;
  std::string version_;
};

/// The options of each kind.
ConnectOptions grebe_options(const EngineSettings& settings);
ConnectOptions spark_options(const EngineSettings& settings);
ConnectOptions remote_options(const std::string& name, const std::string& uri);

}  // namespace grebe::lab::engines
