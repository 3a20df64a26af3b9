// A connection's settings and first kernel error → what kernels read and where they put errors.
#pragma once

#include <mutex>
#include <optional>

#include "core/spark_error.h"
#include "duckdb/main/client_context.hpp"
#include "duckdb/main/client_context_state.hpp"
#include "engine/database.h"

namespace grebe::engine {

/// Lives in the client context of every connection that Database::connect makes. Thread-safe.
class KernelState : public duckdb::ClientContextState {
 public:
  static constexpr const char* kKey = "grebe";

  explicit KernelState(ExecutionSettings settings) : settings_(std::move(settings)) {}

  /// The state of the connection that `context` belongs to.
  static KernelState& of(duckdb::ClientContext& context);

  /// What the session said when the statement began.
  const ExecutionSettings& settings() const { return settings_; }

  /// Keeps `error` (the first one wins) and throws the marker that the engine exchanges for it.
  /// The only way in which a kernel may fail.
  [[noreturn]] void raise(core::SparkError error);

  /// Hands out the kept error, if any, and forgets it.
  std::optional<core::SparkError> take_error();

 private:
  ExecutionSettings settings_;
  std::mutex mutex_;
  std::optional<core::SparkError> error_;
};

}  // namespace grebe::engine
