// A gRPC status and its details → RemoteError::Fields.
#include "client/error_details.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/support/status.h>

#include <nlohmann/json.hpp>

namespace grebe::client {
namespace {

std::map<std::string, std::string> read_parameters(const std::string& text) {
  std::map<std::string, std::string> parameters;
  auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return parameters;
  for (auto& [key, value] : json.items()) {
    parameters[key] = value.is_string() ? value.get<std::string>() : value.dump();
  }
  return parameters;
}

std::string first_class(const std::string& text) {
  auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  return json.is_array() && !json.empty() && json[0].is_string() ? json[0].get<std::string>()
                                                                 : std::string();
}

CallFailure classify(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::UNAVAILABLE:
      return CallFailure::kUnavailable;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return CallFailure::kTimedOut;
    default:
      return CallFailure::kAnswered;
  }
}

}  // namespace

StatusDetails read_status(const grpc::Status& status) {
  StatusDetails details;
  RemoteError::Fields& fields = details.fields;
  fields.grpc_code = static_cast<int>(status.error_code());
  fields.failure = classify(status.error_code());
  fields.message = status.error_message();
  google::rpc::Status rpc_status;
  if (!rpc_status.ParseFromString(status.error_details())) return details;
  for (const auto& any : rpc_status.details()) {
    google::rpc::ErrorInfo info;
    if (!any.UnpackTo(&info)) continue;
    auto find = [&](const char* key) {
      auto found = info.metadata().find(key);
      return found == info.metadata().end() ? std::string() : found->second;
    };
    fields.condition = find("errorClass");
    fields.sql_state = find("sqlState");
    fields.exception_class = first_class(find("classes"));
    if (fields.exception_class.empty()) fields.exception_class = info.reason();
    fields.parameters = read_parameters(find("messageParameters"));
    details.error_id = find("errorId");
  }
  return details;
}

}  // namespace grebe::client
