// SQL lines on a pipe → Arrow IPC on another, by DuckDB alone: the body of the worker process.
// The one file of the laboratory that may see DuckDB: it is not Grebe's engine, it is the peer.
#include "lab/engines/duckdb_worker.h"

#include <duckdb.h>
#include <fmt/format.h>

#include <cstdio>
#include <duckdb/common/arrow/arrow.hpp>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "client/arrow_ipc.h"

namespace grebe::lab::engines {
namespace {

/// An Arrow answer of one statement.
struct Answer {
  std::string stream;
  int64_t rows = 0;
};

void check(duckdb_error_data error) {
  if (error == nullptr) return;
  bool has_error = duckdb_error_data_has_error(error);
  std::string message = has_error ? duckdb_error_data_message(error) : "";
  duckdb_destroy_error_data(&error);
  if (has_error) throw std::runtime_error(message);
}

/// A result that is destroyed whatever happens.
class Result {
 public:
  Result() = default;
  Result(const Result&) = delete;
  Result& operator=(const Result&) = delete;
  ~Result() {
    if (arrow_options_ != nullptr) duckdb_destroy_arrow_options(&arrow_options_);
    duckdb_destroy_result(&result_);
  }

  void run(duckdb_connection connection, const std::string& sql) {
    if (duckdb_query(connection, sql.c_str(), &result_) == DuckDBSuccess) {
      arrow_options_ = duckdb_result_get_arrow_options(&result_);
      return;
    }
    const char* message = duckdb_result_error(&result_);
    throw std::runtime_error(message == nullptr ? "DuckDB failed without a message" : message);
  }

  ArrowSchema schema() {
    idx_t count = duckdb_column_count(&result_);
    std::vector<duckdb_logical_type> types;
    std::vector<const char*> names;
    for (idx_t i = 0; i < count; ++i) {
      types.push_back(duckdb_column_logical_type(&result_, i));
      names.push_back(duckdb_column_name(&result_, i));
    }
    ArrowSchema schema{};
    auto error = duckdb_to_arrow_schema(arrow_options_, types.data(), names.data(), count, &schema);
    for (duckdb_logical_type& type : types) duckdb_destroy_logical_type(&type);
    check(error);
    return schema;
  }

  std::vector<ArrowArray> batches() {
    std::vector<ArrowArray> arrays;
    while (duckdb_data_chunk chunk = duckdb_fetch_chunk(result_)) {
      ArrowArray array{};
      auto error = duckdb_data_chunk_to_arrow(arrow_options_, chunk, &array);
      duckdb_destroy_data_chunk(&chunk);
      check(error);
      arrays.push_back(array);
    }
    return arrays;
  }

 private:
  duckdb_result result_{};
  duckdb_arrow_options arrow_options_ = nullptr;
};

Answer run(duckdb_connection connection, const std::string& sql) {
  Result result;
  result.run(connection, sql);
  ArrowSchema schema = result.schema();
  std::vector<ArrowArray> batches = result.batches();
  Answer answer;
  for (const ArrowArray& batch : batches) answer.rows += batch.length;
  answer.stream = client::encode_ipc(schema, batches);
  return answer;
}

void say(const nlohmann::json& header, const std::string& bytes) {
  std::string line = header.dump() + "\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fwrite(bytes.data(), 1, bytes.size(), stdout);
  std::fflush(stdout);
}

}  // namespace

int run_duckdb_worker() {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  if (duckdb_open(nullptr, &database) != DuckDBSuccess ||
      duckdb_connect(database, &connection) != DuckDBSuccess) {
    std::fputs("cannot open DuckDB\n", stderr);
    return 1;
  }
  for (std::string line; std::getline(std::cin, line);) {
    try {
      Answer answer = run(connection, nlohmann::json::parse(line).at("sql"));
      say({{"rows", answer.rows},
           {"bytes", answer.stream.size()},
           {"version", duckdb_library_version()}},
          answer.stream);
    } catch (const std::exception& error) {
      say({{"error", error.what()}}, "");
    }
  }
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return 0;
}

}  // namespace grebe::lab::engines
