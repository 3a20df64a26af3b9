// Statements on one DuckDB connection; see connection.h.
#include "engine/connection.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "duckdb/main/client_config.hpp"
#include "duckdb/main/pending_query_result.hpp"
#include "duckdb/main/prepared_statement.hpp"
#include "engine/error_decoding.h"
#include "engine/test_knobs.h"

namespace grebe::engine {

namespace {

// How a thread waits that finds no task: it looks this often, then sleeps for an eighth of the time
// that it has waited, within bounds.
constexpr int kLooks = 50;
constexpr std::chrono::microseconds kShortestNap{5};
constexpr std::chrono::microseconds kLongestNap{500};

/// Rows that DuckDB may compute ahead of the client; its default of 1 MB starves its threads.
constexpr duckdb::idx_t kStreamingBufferBytes = 32 << 20;

}  // namespace

ConnectionState::ConnectionState(std::shared_ptr<duckdb::DuckDB> database,
                                 const ExecutionSettings& settings)
    : database(std::move(database)),
      settings(settings),
      connection(*this->database),
      kernels(duckdb::make_shared_ptr<KernelState>(settings)) {
  auto& context = *connection.context;
  context.registered_state->Insert(KernelState::kKey, kernels);
  duckdb::ClientConfig::GetConfig(context).streaming_buffer_size = kStreamingBufferBytes;
  duckdb::ClientConfig::GetConfig(context).enable_optimizer = test_knobs().has_optimizer;
}

void ConnectionState::fail(const duckdb::ErrorData& error) {
  if (is_dead && is_fatal(error)) is_dead->store(true);
  if (auto raised = kernels->take_error()) throw *raised;
  throw decode_error(error);
}

void ConnectionState::fail_current_exception() {
  try {
    throw;
  } catch (const core::SparkError&) {
    throw;
  } catch (const std::exception& exception) {
    fail(duckdb::ErrorData(exception));
  }
}

duckdb::unique_ptr<duckdb::QueryResult> ConnectionState::finish(
    duckdb::PendingQueryResult& pending) {
  using State = duckdb::PendingExecutionResult;
  // PendingQueryResult::Execute burns a core while other threads hold all tasks: one of them at
  // work on a pipeline of one task is enough. So wait here, and let it only collect what is
  // finished.
  int looks = 0;
  std::chrono::steady_clock::time_point idle_since;
  State state = State::RESULT_NOT_READY;
  while (!duckdb::PendingQueryResult::IsResultReady(state = pending.ExecuteTask())) {
    if (state == State::BLOCKED) {
      pending.WaitForTask();
    } else if (state != State::NO_TASKS_AVAILABLE) {
      looks = 0;
      continue;
    }
    const auto now = std::chrono::steady_clock::now();
    if (looks == 0) idle_since = now;
    if (++looks <= kLooks) continue;
    const auto waited = std::chrono::duration_cast<std::chrono::microseconds>(now - idle_since);
    std::this_thread::sleep_for(std::clamp(waited / 8, kShortestNap, kLongestNap));
  }
  if (pending.HasError()) fail(pending.GetErrorObject());
  return pending.Execute();
}

void ConnectionState::check_interrupt() const {
  if (interrupted.load()) {
    throw core::make_error(core::ErrorClass::kSql, "OPERATION_CANCELED", {});
  }
}

namespace {

class DuckdbConnection : public Connection {
 public:
  explicit DuckdbConnection(std::shared_ptr<ConnectionState> state) : state_(std::move(state)) {}

  int64_t execute(const std::string& duckdb_sql) override {
    auto result = run(duckdb_sql);
    if (result->properties.return_type != duckdb::StatementReturnType::CHANGED_ROWS) return 0;
    auto chunk = result->Fetch();
    if (!chunk || chunk->size() == 0) return 0;
    return chunk->GetValue(0, 0).GetValue<int64_t>();
  }

  std::unique_ptr<ResultStream> query(const std::string& duckdb_sql,
                                      const types::Schema& schema) override {
    return open_stream(state_, duckdb_sql, schema);
  }

  std::vector<std::vector<std::optional<std::string>>> rows(const std::string& duckdb_sql,
                                                            int64_t max_rows) override {
    auto result = run(duckdb_sql);
    std::vector<std::vector<std::optional<std::string>>> rows;
    while (auto chunk = result->Fetch()) {
      if (chunk->size() == 0) break;
      for (duckdb::idx_t row = 0; row < chunk->size(); ++row) {
        if (static_cast<int64_t>(rows.size()) == max_rows) return rows;
        auto& cells = rows.emplace_back();
        for (duckdb::idx_t column = 0; column < chunk->ColumnCount(); ++column) {
          const auto value = chunk->GetValue(column, row);
          cells.push_back(value.IsNull() ? std::nullopt : std::optional(value.ToString()));
        }
      }
    }
    return rows;
  }

  std::vector<std::pair<std::string, std::string>> describe(
      const std::string& duckdb_sql) override {
    state_->check_interrupt();
    auto prepared = state_->connection.Prepare(duckdb_sql);
    if (prepared->HasError()) state_->fail(prepared->error);
    std::vector<std::pair<std::string, std::string>> columns;
    for (size_t i = 0; i < prepared->GetNames().size(); ++i) {
      columns.emplace_back(prepared->GetNames()[i], prepared->GetTypes()[i].ToString());
    }
    return columns;
  }

  types::Schema register_arrow(const std::string& name,
                               std::shared_ptr<const std::string> ipc_stream) override {
    state_->check_interrupt();
    return register_arrow_stream(*state_, name, std::move(ipc_stream));
  }

  void interrupt() override {
    state_->interrupted.store(true);
    state_->connection.Interrupt();
  }

  const ExecutionSettings& settings() const override { return state_->settings; }

 private:
  duckdb::unique_ptr<duckdb::MaterializedQueryResult> run(const std::string& duckdb_sql) {
    state_->check_interrupt();
    duckdb::unique_ptr<duckdb::QueryResult> result;
    try {
      for (auto& statement : state_->connection.ExtractStatements(duckdb_sql)) {
        auto pending = state_->connection.PendingQuery(
            std::move(statement),
            duckdb::QueryParameters(duckdb::QueryResultOutputType::FORCE_MATERIALIZED));
        if (pending->HasError()) state_->fail(pending->GetErrorObject());
        result = state_->finish(*pending);
        if (result->HasError()) state_->fail(result->GetErrorObject());
      }
    } catch (...) {
      state_->fail_current_exception();
    }
    if (!result) throw core::internal_error("a DuckDB statement is empty");
    return duckdb::unique_ptr_cast<duckdb::QueryResult, duckdb::MaterializedQueryResult>(
        std::move(result));
  }

  std::shared_ptr<ConnectionState> state_;
};

}  // namespace

std::unique_ptr<Connection> make_connection(std::shared_ptr<ConnectionState> state) {
  return std::make_unique<DuckdbConnection>(std::move(state));
}

}  // namespace grebe::engine
