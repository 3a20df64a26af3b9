// The only place that builds gRPC errors; see error_status.h.
#include "server/error_status.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>

#include <nlohmann/json.hpp>

#include "core/uuid.h"
#include "spark/connect/base.pb.h"

namespace grebe::server {

namespace {

constexpr size_t kMaxKeptErrors = 1000;
/// Spark abbreviates the status' message to this many characters.
constexpr size_t kMaxMessage = 2048;
/// gRPC clients take 8 KB of metadata; the message goes twice, once percent-encoded.
constexpr size_t kMaxMetadata = 7000;

std::string json_text(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The first `limit` bytes without half a character, marked when something was cut.
std::string abbreviate(const std::string& text, size_t limit) {
  if (text.size() <= limit) return text;
  size_t end = limit > 3 ? limit - 3 : 0;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

size_t encoded_size(const std::string& message, const std::string& details) {
  size_t size = details.size() * 4 / 3;
  for (const unsigned char c : message) size += c >= 0x20 && c < 0x7f && c != '%' ? 1 : 3;
  return size;
}

google::rpc::ErrorInfo error_info(const core::SparkError& error, const std::string& error_id) {
  const auto& fields = error.fields();
  google::rpc::ErrorInfo info;
  info.set_domain("org.apache.spark");
  if (!fields.exception_classes.empty()) info.set_reason(fields.exception_classes.front());
  auto& metadata = *info.mutable_metadata();
  metadata["classes"] = json_text(fields.exception_classes);
  if (!fields.condition.empty()) metadata["errorClass"] = fields.condition;
  if (!fields.sql_state.empty()) metadata["sqlState"] = fields.sql_state;
  if (!error_id.empty()) metadata["errorId"] = error_id;
  std::string parameters = json_text(fields.parameters);
  if (!fields.condition.empty() && parameters.size() < 1024) {
    metadata["messageParameters"] = std::move(parameters);
  }
  return info;
}

}  // namespace

std::string ErrorStore::keep(const std::string& session_id, const core::SparkError& error) {
  std::pair key(session_id, core::new_uuid());
  std::lock_guard lock(mutex_);
  errors_.emplace(key, std::make_shared<const core::SparkError>(error));
  order_.push_back(key);
  while (order_.size() > kMaxKeptErrors) {
    errors_.erase(order_.front());
    order_.pop_front();
  }
  return key.second;
}

std::shared_ptr<const core::SparkError> ErrorStore::take(const std::string& session_id,
                                                         const std::string& error_id) {
  std::lock_guard lock(mutex_);
  auto node = errors_.extract({session_id, error_id});
  return node.empty() ? nullptr : node.mapped();
}

grpc::Status error_status(const core::SparkError& error, const std::string& error_id) {
  google::rpc::Status status;
  status.set_code(grpc::StatusCode::INTERNAL);
  status.add_details()->PackFrom(error_info(error, error_id));
  size_t limit = kMaxMessage;
  while (true) {
    const std::string message = abbreviate(error.what(), limit);
    status.set_message(message);
    std::string details = status.SerializeAsString();
    if (limit <= 128 || encoded_size(message, details) <= kMaxMetadata) {
      return grpc::Status(grpc::StatusCode::INTERNAL, message, details);
    }
    limit /= 2;
  }
}

void fill_error_details(const core::SparkError& error,
                        spark::connect::FetchErrorDetailsResponse& response) {
  const auto& fields = error.fields();
  response.set_root_error_idx(0);
  auto& detail = *response.add_errors();
  for (const auto& name : fields.exception_classes) detail.add_error_type_hierarchy(name);
  detail.set_message(fields.message);
  auto& throwable = *detail.mutable_spark_throwable();
  if (!fields.condition.empty()) throwable.set_error_class(fields.condition);
  if (!fields.sql_state.empty()) throwable.set_sql_state(fields.sql_state);
  for (const auto& [name, value] : fields.parameters) {
    (*throwable.mutable_message_parameters())[name] = value;
  }
  for (const auto& context : fields.contexts) {
    auto& sent = *throwable.add_query_contexts();
    sent.set_context_type(spark::connect::FetchErrorDetailsResponse::QueryContext::SQL);
    sent.set_object_type(context.object_type);
    sent.set_object_name(context.object_name);
    sent.set_start_index(context.start_index);
    sent.set_stop_index(context.stop_index);
    sent.set_fragment(context.fragment);
  }
}

}  // namespace grebe::server
