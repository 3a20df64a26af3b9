// A gRPC status and its details → RemoteError::Fields.
#pragma once

#include <string>

#include "client/remote_error.h"

namespace grpc {
class Status;
}

namespace grebe::client {

/// What a status says by itself, before FetchErrorDetails.
struct StatusDetails {
  RemoteError::Fields fields;
  /// The key for FetchErrorDetails; empty when the server keeps none.
  std::string error_id;
};

/// Reads code, message and the ErrorInfo detail of a failed `status`.
StatusDetails read_status(const grpc::Status& status);

}  // namespace grebe::client
