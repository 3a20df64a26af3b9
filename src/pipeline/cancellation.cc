// An interrupt from any thread → the connection that runs, and a flag for everything between.
#include "core/spark_error.h"
#include "pipeline/pipeline.h"

namespace grebe::pipeline {

void Cancellation::cancel() {
  cancelled_.store(true);
  std::lock_guard lock(mutex_);
  if (connection_) connection_->interrupt();
}

void Cancellation::check() const {
  if (is_cancelled()) {
    throw core::make_error(core::ErrorClass::kSpark, "OPERATION_CANCELED", {{"operationId", ""}});
  }
}

void Cancellation::attach(engine::Connection* connection) {
  std::lock_guard lock(mutex_);
  connection_ = connection;
  if (connection && cancelled_.load()) connection->interrupt();
}

}  // namespace grebe::pipeline
