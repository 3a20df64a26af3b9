// A failed Spark Connect call → what a caller can act on: condition, SQLSTATE, text.
#pragma once

#include <exception>
#include <map>
#include <string>
#include <utility>

namespace grebe::client {

/// What became of the connection when a call failed.
enum class CallFailure {
  kAnswered,     // the server answered with an error
  kUnavailable,  // the server could not be reached, or went away before it finished
  kTimedOut,     // the deadline passed; the operation was interrupted
};

/// An error of the remote engine, with the details of the gRPC status and FetchErrorDetails.
class RemoteError : public std::exception {
 public:
  struct Fields {
    CallFailure failure = CallFailure::kAnswered;
    int grpc_code = 0;
    /// Spark's condition, for example `TABLE_OR_VIEW_NOT_FOUND`; empty when none came.
    std::string condition;
    std::string sql_state;
    /// The most derived Java class, empty when none came.
    std::string exception_class;
    std::map<std::string, std::string> parameters;
    std::string message;
  };

  explicit RemoteError(Fields fields) : fields_(std::move(fields)) {}
  /// An error that has nothing but a text.
  static RemoteError with_message(CallFailure failure, std::string message) {
    Fields fields;
    fields.failure = failure;
    fields.message = std::move(message);
    return RemoteError(std::move(fields));
  }
  const char* what() const noexcept override { return fields_.message.c_str(); }
  const Fields& fields() const { return fields_; }

 private:
  Fields fields_;
};

}  // namespace grebe::client
