// DatabaseOptions → the one DuckDB instance of the process.
#include "engine/database.h"

#include <malloc.h>

#include <mutex>
#include <set>
#include <thread>

#include "duckdb/main/config.hpp"
#include "duckdb/main/database.hpp"
#include "engine/connection.h"

namespace grebe::engine {

namespace {

/// Result buffers of some MB come and go: keep them, rather than give each back to the kernel and
/// fault its pages in again. DuckDB's own memory has its own allocator and limit.
void keep_large_buffers() {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
}

std::unique_ptr<duckdb::DBConfig> make_config(const DatabaseOptions& options) {
  auto owned = std::make_unique<duckdb::DBConfig>();
  duckdb::DBConfig& config = *owned;
  if (options.threads > 0) {
    config.SetOptionByName("threads", duckdb::Value::BIGINT(options.threads));
  }
  if (options.memory_limit > 0) {
    // DuckDB takes a text with a unit; bytes are exact.
    config.SetOptionByName("memory_limit",
                           duckdb::Value(std::to_string(options.memory_limit) + "B"));
  }
  if (!options.spill_directory.empty()) {
    config.SetOptionByName("temp_directory", duckdb::Value(options.spill_directory));
  }
  if (!options.extension_directory.empty()) {
    config.SetOptionByName("extension_directory", duckdb::Value(options.extension_directory));
  }
  config.SetOptionByName("autoload_known_extensions", duckdb::Value::BOOLEAN(false));
  config.SetOptionByName("autoinstall_known_extensions", duckdb::Value::BOOLEAN(false));
  config.SetOptionByName("allow_unsigned_extensions", duckdb::Value::BOOLEAN(false));
  config.SetOptionByName("preserve_insertion_order", duckdb::Value::BOOLEAN(true));
  return owned;
}

/// The files of signed extensions may lie anywhere below `…/v1.5.5/linux_amd64`; DuckDB wants the
/// directory above the version.
std::string extension_root(const std::string& directory) {
  const size_t version = directory.find("/v1.");
  return version == std::string::npos ? directory : directory.substr(0, version);
}

class DuckdbDatabase : public Database {
 public:
  explicit DuckdbDatabase(DatabaseOptions options) : options_(std::move(options)) {
    options_.extension_directory = extension_root(options_.extension_directory);
    keep_large_buffers();
    std::lock_guard lock(mutex_);
    open_instance();
  }

  std::unique_ptr<Connection> connect(const ExecutionSettings& settings) override {
    std::shared_ptr<duckdb::DuckDB> instance;
    std::shared_ptr<std::atomic<bool>> is_dead;
    {
      std::lock_guard lock(mutex_);
      // A fatal error spoils an instance for good: only the operations that live in it fail.
      if (is_dead_->load()) open_instance();
      instance = instance_;
      is_dead = is_dead_;
    }
    auto state = std::make_shared<ConnectionState>(std::move(instance), settings);
    state->is_dead = std::move(is_dead);
    return make_connection(std::move(state));
  }

  void load_extension(std::string_view name) override {
    {
      std::lock_guard lock(mutex_);
      if (extensions_.contains(std::string(name))) return;
    }
    connect({})->execute("LOAD " + quote_duckdb_identifier(name));  // harmless when done twice
    std::lock_guard lock(mutex_);
    extensions_.emplace(name);
  }

 private:
  void open_instance() {
    try {
      auto config = make_config(options_);
      instance_ = std::make_shared<duckdb::DuckDB>(":memory:", config.get());
      is_dead_ = std::make_shared<std::atomic<bool>>(false);
      duckdb::Connection connection(*instance_);
      if (options_.register_kernels) options_.register_kernels(connection);
      extensions_.clear();
    } catch (const core::SparkError&) {
      throw;
    } catch (const std::exception& exception) {
      throw core::plain_error(
          core::ErrorClass::kSpark,
          "The engine did not start: " + duckdb::ErrorData(exception).RawMessage());
    }
  }

  DatabaseOptions options_;
  std::mutex mutex_;
  std::shared_ptr<duckdb::DuckDB> instance_;
  std::shared_ptr<std::atomic<bool>> is_dead_;
  std::set<std::string> extensions_;
};

}  // namespace

std::shared_ptr<Database> Database::open(const DatabaseOptions& options) {
  return std::make_shared<DuckdbDatabase>(options);
}

}  // namespace grebe::engine
