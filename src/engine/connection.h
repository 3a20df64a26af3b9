// One DuckDB connection behind the Connection interface; its streams share it.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "duckdb/main/connection.hpp"
#include "duckdb/main/database.hpp"
#include "engine/database.h"
#include "engine/kernel_state.h"

namespace grebe::engine {

/// What a connection and its streams need; lives as long as either. `database` is declared first,
/// so that it goes last.
struct ConnectionState {
  ConnectionState(std::shared_ptr<duckdb::DuckDB> database, const ExecutionSettings& settings);

  /// Throws the error that a failed DuckDB call stands for: what a kernel raised, or the decoded
  /// error. Marks the instance dead when the error is fatal.
  [[noreturn]] void fail(const duckdb::ErrorData& error);
  /// The same for an exception in flight; call it in a catch block only.
  [[noreturn]] void fail_current_exception();
  /// Works on a started statement until its result, or its first rows, are there.
  duckdb::unique_ptr<duckdb::QueryResult> finish(duckdb::PendingQueryResult& pending);
  /// Throws OPERATION_CANCELED once interrupt was called.
  void check_interrupt() const;

  std::shared_ptr<duckdb::DuckDB> database;
  std::shared_ptr<std::atomic<bool>> is_dead;
  ExecutionSettings settings;
  /// Client data that registered relations read; must outlive the connection's views.
  std::vector<std::shared_ptr<void>> keep_alive;
  duckdb::Connection connection;
  duckdb::shared_ptr<KernelState> kernels;
  std::atomic<bool> interrupted{false};
};

/// Wraps a state in the interface.
std::unique_ptr<Connection> make_connection(std::shared_ptr<ConnectionState> state);

/// Starts `sql` and streams its rows.
std::unique_ptr<ResultStream> open_stream(std::shared_ptr<ConnectionState> state,
                                          const std::string& sql, const types::Schema& schema);

/// Makes a decoded Arrow stream a temporary view of the connection.
types::Schema register_arrow_stream(ConnectionState& state, const std::string& name,
                                    std::shared_ptr<const std::string> ipc_stream);

}  // namespace grebe::engine
