// SparkError → gRPC status with google.rpc.ErrorInfo, and the details that clients fetch later.
#pragma once

#include <grpcpp/support/status.h>

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/spark_error.h"

namespace spark::connect {
class FetchErrorDetailsResponse;
}

namespace grebe::server {

/// Errors that were sent lately, by id, for FetchErrorDetails. Thread-safe.
class ErrorStore {
 public:
  /// Keeps an error and returns its new id. The oldest go when there are too many.
  std::string keep(const std::string& session_id, const core::SparkError& error);
  /// Hands out an error of that session once; null when it is not there.
  std::shared_ptr<const core::SparkError> take(const std::string& session_id,
                                               const std::string& error_id);

 private:
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const core::SparkError>> errors_;
  std::deque<std::pair<std::string, std::string>> order_;
};

/// Builds the status that Spark 3.5's ErrorUtils builds: code INTERNAL, the message, and ErrorInfo
/// with `classes`, `errorClass`, `sqlState`, `messageParameters` and `errorId`. Cuts what would not
/// fit into gRPC's 8 KB of metadata; the whole is fetched by `error_id`.
grpc::Status error_status(const core::SparkError& error, const std::string& error_id);

/// Fills everything about the error: classes, text, condition, parameters, query contexts.
void fill_error_details(const core::SparkError& error,
                        spark::connect::FetchErrorDetailsResponse& response);

}  // namespace grebe::server
