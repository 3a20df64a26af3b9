// An interrupt from any thread → the connections that run, and a flag for everything between.
#include <algorithm>

#include "core/spark_error.h"
#include "pipeline/pipeline.h"

namespace grebe::pipeline {

void Cancellation::cancel() {
  cancelled_.store(true);
  std::lock_guard lock(mutex_);
  for (auto* connection : connections_) connection->interrupt();
}

void Cancellation::check() const {
  if (is_cancelled()) {
    throw core::make_error(core::ErrorClass::kSpark, "OPERATION_CANCELED", {{"operationId", ""}});
  }
}

Cancellation::Attachment::Attachment(Cancellation& cancellation, engine::Connection& connection)
    : cancellation_(cancellation), connection_(connection) {
  std::lock_guard lock(cancellation_.mutex_);
  cancellation_.connections_.push_back(&connection_);
  if (cancellation_.is_cancelled()) connection_.interrupt();
}

Cancellation::Attachment::~Attachment() {
  std::lock_guard lock(cancellation_.mutex_);
  auto& all = cancellation_.connections_;
  all.erase(std::find(all.begin(), all.end(), &connection_));
}

}  // namespace grebe::pipeline
