// A name of an engine → something that answers SQL over tables, in a process of its own.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/session.h"

namespace grebe::lab::engines {

/// Tables of one format in one folder, one entry a table.
struct TableSet {
  /// "parquet", "delta", "iceberg" or "hudi".
  std::string format;
  struct Table {
    std::string name;
    std::filesystem::path path;
  };
  std::vector<Table> tables;
};

/// What every engine of a run is given alike.
struct EngineSettings {
  /// The data root; processes run there and keep logs and warehouses in it.
  std::filesystem::path root;
  /// Threads an engine may use; 0 leaves it to the engine.
  int threads = 0;
  /// For example "4GB"; empty leaves it to the engine.
  std::string memory_limit;
  std::chrono::seconds start_timeout{120};
  /// Where a Spark lives and what it is started with.
  std::filesystem::path spark_home;
  std::filesystem::path spark_jars;
  std::string spark_master;
  std::string spark_driver_memory;
  std::string iceberg_catalog;
};

/// An engine behind its public door. Failures are client::RemoteError.
class Engine {
 public:
  virtual ~Engine() = default;

  virtual const std::string& name() const = 0;
  /// Whether it can read tables of this format.
  virtual bool reads(std::string_view format) const = 0;
  /// Whether it can run the load statements of this format.
  virtual bool writes(std::string_view format) const = 0;
  /// Makes it ready for a format with a fresh session, starting its process where it has one.
  virtual void open(std::string_view format) = 0;
  /// Names the tables of `set` for queries, in the session that open() made.
  virtual void use_tables(const TableSet& set) = 0;
  /// Runs a query and takes the whole answer as Arrow.
  virtual client::ArrowResult query(const std::string& sql, const client::CallOptions& options) = 0;
  /// Runs a statement for its effect.
  virtual void execute(const std::string& sql, const client::CallOptions& options) = 0;
  /// The catalog that Iceberg tables are created in.
  virtual std::string iceberg_catalog() const = 0;
  /// Whether that catalog puts a table at warehouse/database/table, so that the database of silver
  /// must have the name of its folder.
  virtual bool has_path_catalog() const = 0;
  /// The root of the process tree to measure; nullopt for an engine elsewhere.
  virtual std::optional<pid_t> process() = 0;
  /// Whether it can still answer; an engine that is not alive is opened again before it is asked.
  virtual bool is_alive() = 0;
  /// Ends the session, and the process if we started it.
  virtual void close() = 0;
  /// {name, kind, version, …} for the context of a report.
  virtual nlohmann::ordered_json describe() = 0;
};

/// Makes an engine by its name: `grebe`, `duckdb`, `spark`, or `NAME=sc://host:port`.
/// Throws std::invalid_argument that lists what there is.
std::unique_ptr<Engine> make_engine(const std::string& text, const EngineSettings& settings);

/// The binary that runs now, with links resolved.
std::filesystem::path own_binary();

}  // namespace grebe::lab::engines
