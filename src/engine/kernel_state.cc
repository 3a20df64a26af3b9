// A kernel's SparkError → the connection's state and a marker exception; see kernel_state.h.
#include "engine/kernel_state.h"

#include "duckdb/common/exception.hpp"

namespace grebe::engine {

KernelState& KernelState::of(duckdb::ClientContext& context) {
  auto state = context.registered_state->Get<KernelState>(kKey);
  if (!state) throw core::internal_error("a kernel runs on a connection without kernel state");
  return *state;  // the context keeps it alive
}

void KernelState::raise(core::SparkError error) {
  {
    std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
  }
  throw duckdb::InvalidInputException("a kernel raised an error");
}

std::optional<core::SparkError> KernelState::take_error() {
  std::lock_guard lock(mutex_);
  std::optional<core::SparkError> error = std::move(error_);
  error_.reset();
  return error;
}

}  // namespace grebe::engine
