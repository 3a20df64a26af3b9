// SQL and reads → Arrow batches from any Spark Connect server, over gRPC.
#include "client/session.h"

#include <grpcpp/grpcpp.h>
#include <spark/connect/base.grpc.pb.h>

#include <random>

#include "client/error_details.h"

namespace grebe::client {
namespace {

namespace sc = spark::connect;

constexpr const char* kClientType = "grebe-client";
/// Spark's servers send batches of at most 4 MB by default, others may send more.
constexpr int kMaxMessageBytes = 512 << 20;
/// Calls other than operations answer at once or not at all.
constexpr std::chrono::seconds kShortCall{60};

std::string random_uuid() {
  static thread_local std::mt19937_64 random{std::random_device{}()};
  uint64_t high = (random() & ~0xF000ULL) | 0x4000ULL;
  uint64_t low = (random() & ~(3ULL << 62)) | (1ULL << 63);
  char text[40];
  std::snprintf(text, sizeof text, "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                static_cast<unsigned>(high >> 16 & 0xFFFF), static_cast<unsigned>(high & 0xFFFF),
                static_cast<unsigned>(low >> 48),
                static_cast<unsigned long long>(low & 0xFFFF'FFFF'FFFFULL));
  return text;
}

std::shared_ptr<grpc::Channel> open_channel(const Endpoint& endpoint) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kMaxMessageBytes);
  // Addresses are local or named by the user; a proxy of the environment is never meant.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // A server that was started again on its port must not be handed an old connection.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  auto credentials = endpoint.use_ssl || !endpoint.token.empty()
                         ? grpc::SslCredentials(grpc::SslCredentialsOptions())
                         : grpc::InsecureChannelCredentials();
  return grpc::CreateCustomChannel(endpoint.target(), credentials, arguments);
}

}  // namespace

struct Session::Impl {
  Endpoint endpoint;
  std::string user_id;
  std::string session_id = random_uuid();
  std::unique_ptr<sc::SparkConnectService::Stub> stub;
  std::string version;

  template <typename Request>
  Request make_request() const {
    Request request;
    request.set_session_id(session_id);
    request.mutable_user_context()->set_user_id(user_id);
    request.set_client_type(kClientType);
    return request;
  }

  void prepare(grpc::ClientContext& context, std::chrono::milliseconds timeout) const {
    if (!endpoint.token.empty()) context.AddMetadata("authorization", "Bearer " + endpoint.token);
    for (const auto& [key, value] : endpoint.headers) context.AddMetadata(key, value);
    if (timeout.count() > 0) context.set_deadline(std::chrono::system_clock::now() + timeout);
  }

  /// Turns a failed status into an error, with the full text where the server keeps it.
  RemoteError to_error(const grpc::Status& status) const {
    StatusDetails details = read_status(status);
    if (!details.error_id.empty()) {
      auto request = make_request<sc::FetchErrorDetailsRequest>();
      request.set_error_id(details.error_id);
      grpc::ClientContext context;
      prepare(context, kShortCall);
      sc::FetchErrorDetailsResponse response;
      if (stub->FetchErrorDetails(&context, request, &response).ok() &&
          response.errors_size() > 0) {
        int root = response.has_root_error_idx() ? response.root_error_idx() : 0;
        if (root >= 0 && root < response.errors_size()) add_details(response.errors(root), details);
      }
    }
    return RemoteError(std::move(details.fields));
  }

  static void add_details(const sc::FetchErrorDetailsResponse::Error& error,
                          StatusDetails& details) {
    if (!error.message().empty()) details.fields.message = error.message();
    if (error.error_type_hierarchy_size() > 0) {
      details.fields.exception_class = error.error_type_hierarchy(0);
    }
    if (!error.has_spark_throwable()) return;
    const auto& throwable = error.spark_throwable();
    if (throwable.has_error_class()) details.fields.condition = throwable.error_class();
    if (throwable.has_sql_state()) details.fields.sql_state = throwable.sql_state();
    for (const auto& [key, value] : throwable.message_parameters()) {
      details.fields.parameters[key] = value;
    }
  }

  void interrupt(const std::string& operation_id) const {
    auto request = make_request<sc::InterruptRequest>();
    request.set_interrupt_type(sc::InterruptRequest::INTERRUPT_TYPE_OPERATION_ID);
    request.set_operation_id(operation_id);
    grpc::ClientContext context;
    prepare(context, std::chrono::seconds(5));
    sc::InterruptResponse response;
    // The caller reports the timeout; a server that does not answer this is reported with it.
    static_cast<void>(stub->Interrupt(&context, request, &response));
  }

  ArrowResult run(sc::ExecutePlanRequest& request, const CallOptions& options) const {
    std::string operation_id = random_uuid();
    request.set_operation_id(operation_id);
    grpc::ClientContext context;
    prepare(context, options.timeout);
    auto reader = stub->ExecutePlan(&context, request);
    ArrowResult result;
    sc::ExecutePlanResponse response;
    while (reader->Read(&response)) {
      if (!response.has_arrow_batch()) continue;
      result.rows += response.arrow_batch().row_count();
      result.streams.push_back(std::move(*response.mutable_arrow_batch()->mutable_data()));
    }
    grpc::Status status = reader->Finish();
    if (status.ok()) return result;
    if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) interrupt(operation_id);
    throw to_error(status);
  }

  std::string ask_version(std::chrono::milliseconds timeout) const {
    auto request = make_request<sc::AnalyzePlanRequest>();
    request.mutable_spark_version();
    grpc::ClientContext context;
    prepare(context, timeout);
    context.set_wait_for_ready(true);
    sc::AnalyzePlanResponse response;
    grpc::Status status = stub->AnalyzePlan(&context, request, &response);
    if (!status.ok()) throw to_error(status);
    return response.spark_version().version();
  }

  sc::ConfigResponse configure(const sc::ConfigRequest& request) const {
    grpc::ClientContext context;
    prepare(context, kShortCall);
    sc::ConfigResponse response;
    grpc::Status status = stub->Config(&context, request, &response);
    if (!status.ok()) throw to_error(status);
    return response;
  }

  void release() const {
    auto request = make_request<sc::ReleaseSessionRequest>();
    grpc::ClientContext context;
    prepare(context, std::chrono::seconds(5));
    sc::ReleaseSessionResponse response;
    // Older servers do not know the call and a dead one needs none: nothing is lost either way.
    static_cast<void>(stub->ReleaseSession(&context, request, &response));
  }
};

Session::Session(const Endpoint& endpoint, const SessionOptions& options)
    : impl_(std::make_unique<Impl>()) {
  impl_->endpoint = endpoint;
  impl_->user_id = endpoint.user_id.empty() ? options.user_id : endpoint.user_id;
  impl_->stub = sc::SparkConnectService::NewStub(open_channel(endpoint));
  impl_->version = impl_->ask_version(options.connect_timeout);
}

Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Session::~Session() {
  if (impl_ && !impl_->version.empty()) impl_->release();
}

ArrowResult Session::query(std::string_view sql, const CallOptions& options) {
  auto request = impl_->make_request<sc::ExecutePlanRequest>();
  request.mutable_plan()->mutable_root()->mutable_sql()->set_query(std::string(sql));
  return impl_->run(request, options);
}

void Session::execute(std::string_view sql, const CallOptions& options) {
  auto request = impl_->make_request<sc::ExecutePlanRequest>();
  // The deprecated `sql` is what 3.5 servers read; 4.x servers take it when `input` is not set.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  request.mutable_plan()->mutable_command()->mutable_sql_command()->set_sql(std::string(sql));
#pragma GCC diagnostic pop
  impl_->run(request, options);
}

void Session::create_view(const std::string& name, const ReadSource& source,
                          const CallOptions& options) {
  auto request = impl_->make_request<sc::ExecutePlanRequest>();
  auto* view = request.mutable_plan()->mutable_command()->mutable_create_dataframe_view();
  view->set_name(name);
  view->set_replace(true);
  auto* data_source = view->mutable_input()->mutable_read()->mutable_data_source();
  data_source->set_format(source.format);
  data_source->add_paths(source.path);
  for (const auto& [key, value] : source.options) (*data_source->mutable_options())[key] = value;
  impl_->run(request, options);
}

void Session::set_config(const std::map<std::string, std::string>& values) {
  auto request = impl_->make_request<sc::ConfigRequest>();
  auto* set = request.mutable_operation()->mutable_set();
  for (const auto& [key, value] : values) {
    auto* pair = set->add_pairs();
    pair->set_key(key);
    pair->set_value(value);
  }
  impl_->configure(request);
}

std::string Session::config(const std::string& key) {
  auto request = impl_->make_request<sc::ConfigRequest>();
  request.mutable_operation()->mutable_get()->add_keys(key);
  sc::ConfigResponse response = impl_->configure(request);
  return response.pairs_size() > 0 ? response.pairs(0).value() : std::string();
}

const std::string& Session::spark_version() const { return impl_->version; }

}  // namespace grebe::client
