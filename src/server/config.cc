// Config: Spark's RuntimeConfig over the wire.
#include "server/request_session.h"

namespace grebe::server {

using spark::connect::ConfigRequest;
using spark::connect::ConfigResponse;

namespace {

void add_pair(ConfigResponse& response, const std::string& key,
              const std::optional<std::string>& value) {
  auto& pair = *response.add_pairs();
  pair.set_key(key);
  if (value) pair.set_value(*value);
}

void get_all(const session::Config& config, const ConfigRequest::GetAll& request,
             ConfigResponse& response) {
  for (const auto& [key, value] : config.all()) {
    if (!request.has_prefix()) {
      add_pair(response, key, value);
    } else if (key.starts_with(request.prefix())) {
      add_pair(response, key.substr(request.prefix().size()), value);
    }
  }
}

void set_all(session::Config& config, const ConfigRequest::Set& request, ConfigResponse& response) {
  for (const auto& pair : request.pairs()) {
    try {
      config.set(pair.key(), pair.value());
    } catch (const core::SparkError& error) {
      if (!request.silent()) throw;
      response.add_warnings(error.what());
      continue;
    }
    add_pair(response, pair.key(), pair.has_value() ? std::optional(pair.value()) : std::nullopt);
  }
}

}  // namespace

void Service::config(const ConfigRequest& request, ConfigResponse& response) {
  const auto session = session_of(request);
  sign(*session, response);
  auto& config = session->config();
  const auto& operation = request.operation();
  switch (operation.op_type_case()) {
    case ConfigRequest::Operation::kSet:
      return set_all(config, operation.set(), response);
    case ConfigRequest::Operation::kGet:
      for (const auto& key : operation.get().keys()) add_pair(response, key, config.get(key));
      return;
    case ConfigRequest::Operation::kGetWithDefault:
      for (const auto& pair : operation.get_with_default().pairs()) {
        add_pair(response, pair.key(),
                 config.get_or(pair.key(),
                               pair.has_value() ? std::optional(pair.value()) : std::nullopt));
      }
      return;
    case ConfigRequest::Operation::kGetOption:
      for (const auto& key : operation.get_option().keys()) {
        add_pair(response, key, config.find(key));
      }
      return;
    case ConfigRequest::Operation::kGetAll:
      return get_all(config, operation.get_all(), response);
    case ConfigRequest::Operation::kUnset:
      for (const auto& key : operation.unset().keys()) {
        config.unset(key);
        add_pair(response, key, std::nullopt);
      }
      return;
    case ConfigRequest::Operation::kIsModifiable:
      for (const auto& key : operation.is_modifiable().keys()) {
        add_pair(response, key, config.is_modifiable(key) ? "true" : "false");
      }
      return;
    case ConfigRequest::Operation::OP_TYPE_NOT_SET:
      break;
  }
  throw core::unsupported("a Config request without an operation");
}

}  // namespace grebe::server
