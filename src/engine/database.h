// Settings → one embedded DuckDB instance; connections, results as Arrow batches, interrupts.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/spark_error.h"
#include "types/carrier.h"
#include "types/data_type.h"

struct ArrowArray;
struct ArrowSchema;

namespace duckdb {
class Connection;
}

namespace grebe::engine {

/// Instance-wide settings. Zero or empty means DuckDB's or the machine's default.
struct DatabaseOptions {
  int32_t threads = 0;
  /// Bytes; 0 is derived from the machine.
  int64_t memory_limit = 0;
  std::string spill_directory;
  /// Where the signed extensions lie (…/v1.5.5/linux_amd64).
  std::string extension_directory;
  /// Registers the native kernels in the system catalogue of each instance that is opened
  /// (native::register_kernels; a function, because native lies below engine).
  std::function<void(duckdb::Connection&)> register_kernels;
};

/// What a kernel needs to know about the statement it runs in; bound once per connection.
struct ExecutionSettings {
  bool ansi = false;
  /// IANA name of spark.sql.session.timeZone.
  std::string time_zone = "UTC";
  bool case_sensitive = false;
};

/// A column of a result: Spark's name, type and nullability. Carriers: see docs/architecture.md.
struct OutputColumn {
  std::string name;
  types::DataType type;
  bool nullable = true;
};

/// One Arrow record batch, owned (a struct array over the output columns); movable.
class ArrowBatch {
 public:
  ArrowBatch();
  ArrowBatch(ArrowBatch&&) noexcept;
  ArrowBatch& operator=(ArrowBatch&&) noexcept;
  ~ArrowBatch();
  ArrowArray* get() const { return array_.get(); }
  int64_t rows() const;

 private:
  std::unique_ptr<ArrowArray> array_;
};

/// A running query's rows, pulled batch by batch (about 4 MB each). Not thread-safe, except that
/// Connection::interrupt may be called from elsewhere.
class ResultStream {
 public:
  virtual ~ResultStream() = default;
  /// Columns with Spark's types.
  virtual const types::Schema& schema() const = 0;
  /// The next batch or nothing at the end. Throws SparkError.
  virtual std::optional<ArrowBatch> next() = 0;
};

class Database;

/// One DuckDB connection. One operation uses one connection; a second statement ends an open
/// stream. All SQL given here is emitted by us; errors come out as SparkError.
class Connection {
 public:
  virtual ~Connection() = default;
  /// Runs statements for their effect; returns the changed-row count of the last one, if any.
  virtual int64_t execute(const std::string& duckdb_sql) = 0;
  /// Runs one query whose columns must be those of `schema` in order; each DuckDB column has the
  /// carrier type of its Spark type. Arrow types are Spark's for the client.
  virtual std::unique_ptr<ResultStream> query(const std::string& duckdb_sql,
                                              const types::Schema& schema) = 0;
  /// Runs a small query and returns its cells as text (null: nullopt), for our own bookkeeping
  /// (row counts, metadata, min/max); at most `max_rows` rows.
  virtual std::vector<std::vector<std::optional<std::string>>> rows(
      const std::string& duckdb_sql, int64_t max_rows = 1'000'000) = 0;
  /// Names and DuckDB type texts that a query would return (DESCRIBE), without running it.
  virtual std::vector<std::pair<std::string, std::string>> describe(
      const std::string& duckdb_sql) = 0;
  /// Makes the Arrow IPC stream (schema + batches) readable as the DuckDB relation `name` for this
  /// connection's life; returns its Spark schema as the client sent it.
  virtual types::Schema register_arrow(const std::string& name,
                                       std::shared_ptr<const std::string> ipc_stream) = 0;
  /// Stops whatever runs, from any thread; the running call throws OPERATION_CANCELED-like error.
  virtual void interrupt() = 0;
  virtual const ExecutionSettings& settings() const = 0;
};

/// The shared instance. Thread-safe.
class Database {
 public:
  virtual ~Database() = default;
  static std::shared_ptr<Database> open(const DatabaseOptions& options);
  virtual std::unique_ptr<Connection> connect(const ExecutionSettings& settings) = 0;
  /// Loads a signed extension once (avro before iceberg). Throws when the file is missing.
  virtual void load_extension(std::string_view name) = 0;
};

using types::carrier_type;
using types::quote_duckdb_identifier;
using types::quote_duckdb_string;

}  // namespace grebe::engine
