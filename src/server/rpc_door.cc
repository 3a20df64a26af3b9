// The methods, their bytes and their errors; see rpc_door.h.
#include "server/rpc_door.h"

#include <grpcpp/impl/codegen/method_handler.h>
#include <grpcpp/impl/codegen/rpc_service_method.h>
#include <grpcpp/server_context.h>

#include "core/logging.h"
#include "server/message_bytes.h"
#include "spark/connect/base.pb.h"

namespace grebe::server {

using grpc::ByteBuffer;
using grpc::Status;
using grpc::internal::RpcMethod;

namespace {

Status malformed() {
  return Status(grpc::StatusCode::INVALID_ARGUMENT,
                "The request is not a valid protobuf message of its type, or is nested deeper than "
                "1024 levels.");
}

/// Runs a call and turns what it throws into a status.
template <typename Call>
Status guarded(ErrorStore& errors, const std::string& session_id, Call call) noexcept {
  try {
    try {
      return call();
    } catch (const core::SparkError& error) {
      return error_status(error, errors.keep(session_id, error));
    } catch (const std::bad_alloc&) {
      return Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "The server has no memory left.");
    } catch (const std::exception& exception) {
      core::log_event(core::LogLevel::kError, "call failed", {.session = session_id},
                      {{"message", std::string_view(exception.what())}});
      const auto error = core::internal_error(exception.what());
      return error_status(error, errors.keep(session_id, error));
    }
  } catch (...) {
    return Status(grpc::StatusCode::INTERNAL, "The server failed while it reported an error.");
  }
}

template <typename Request>
std::shared_ptr<Request> parse(const ByteBuffer& bytes) {
  auto request = std::make_shared<Request>();
  return parse_message(bytes, *request) ? request : nullptr;
}

template <typename Writer>
Client make_client(grpc::ServerContext* context, Writer* writer) {
  return {.send = [writer](const ByteBuffer& bytes) { return writer->Write(bytes); },
          .is_gone = [context] { return context->IsCancelled(); }};
}

}  // namespace

template <typename Handler>
void RpcDoor::add_method(const char* name, RpcMethod::RpcType type, Handler* handler) {
  AddMethod(new grpc::internal::RpcServiceMethod(name, type, handler));
}

template <typename Request, typename Response, typename Call>
void RpcDoor::add_unary(const char* name, Call call) {
  add_method(
      name, RpcMethod::NORMAL_RPC,
      new grpc::internal::RpcMethodHandler<RpcDoor, ByteBuffer, ByteBuffer>(
          [call](RpcDoor* door, grpc::ServerContext*, const ByteBuffer* bytes, ByteBuffer* answer) {
            const auto request = parse<Request>(*bytes);
            if (!request) return malformed();
            return guarded(door->service_.errors(), request->session_id(), [&] {
              Response response;
              (door->service_.*call)(*request, response);
              *answer = to_bytes(response);
              return Status::OK;
            });
          },
          this));
}

RpcDoor::RpcDoor(server::Service& service) : service_(service) {
  using namespace spark::connect;  // NOLINT: messages of one protocol
  using S = server::Service;
  add_method("/spark.connect.SparkConnectService/ExecutePlan", RpcMethod::SERVER_STREAMING,
             new grpc::internal::ServerStreamingHandler<RpcDoor, ByteBuffer, ByteBuffer>(
                 [](RpcDoor* door, grpc::ServerContext* context, const ByteBuffer* bytes,
                    grpc::ServerWriter<ByteBuffer>* writer) {
                   auto request = parse<ExecutePlanRequest>(*bytes);
                   if (!request) return malformed();
                   const std::string session_id = request->session_id();
                   return guarded(door->service_.errors(), session_id, [&] {
                     Client client = make_client(context, writer);
                     door->service_.execute_plan(std::move(request), client);
                     return Status::OK;
                   });
                 },
                 this));
  add_unary<AnalyzePlanRequest, AnalyzePlanResponse>(
      "/spark.connect.SparkConnectService/AnalyzePlan", &S::analyze_plan);
  add_unary<ConfigRequest, ConfigResponse>("/spark.connect.SparkConnectService/Config", &S::config);
  add_method("/spark.connect.SparkConnectService/AddArtifacts", RpcMethod::CLIENT_STREAMING,
             new grpc::internal::ClientStreamingHandler<RpcDoor, ByteBuffer, ByteBuffer>(
                 [](RpcDoor* door, grpc::ServerContext*, grpc::ServerReader<ByteBuffer>* reader,
                    ByteBuffer* answer) {
                   bool is_malformed = false;
                   std::string session_id;
                   const auto next = [&](AddArtifactsRequest& request) {
                     ByteBuffer bytes;
                     if (!reader->Read(&bytes)) return false;
                     is_malformed = !parse_message(bytes, request);
                     if (session_id.empty()) session_id = request.session_id();
                     return !is_malformed;
                   };
                   return guarded(door->service_.errors(), session_id, [&] {
                     AddArtifactsResponse response;
                     door->service_.add_artifacts(next, response);
                     if (is_malformed) return malformed();
                     *answer = to_bytes(response);
                     return Status::OK;
                   });
                 },
                 this));
  add_unary<ArtifactStatusesRequest, ArtifactStatusesResponse>(
      "/spark.connect.SparkConnectService/ArtifactStatus", &S::artifact_status);
  add_unary<InterruptRequest, InterruptResponse>("/spark.connect.SparkConnectService/Interrupt",
                                                 &S::interrupt);
  add_method("/spark.connect.SparkConnectService/ReattachExecute", RpcMethod::SERVER_STREAMING,
             new grpc::internal::ServerStreamingHandler<RpcDoor, ByteBuffer, ByteBuffer>(
                 [](RpcDoor* door, grpc::ServerContext* context, const ByteBuffer* bytes,
                    grpc::ServerWriter<ByteBuffer>* writer) {
                   const auto request = parse<ReattachExecuteRequest>(*bytes);
                   if (!request) return malformed();
                   return guarded(door->service_.errors(), request->session_id(), [&] {
                     Client client = make_client(context, writer);
                     door->service_.reattach_execute(*request, client);
                     return Status::OK;
                   });
                 },
                 this));
  add_unary<ReleaseExecuteRequest, ReleaseExecuteResponse>(
      "/spark.connect.SparkConnectService/ReleaseExecute", &S::release_execute);
  add_unary<ReleaseSessionRequest, ReleaseSessionResponse>(
      "/spark.connect.SparkConnectService/ReleaseSession", &S::release_session);
  add_unary<FetchErrorDetailsRequest, FetchErrorDetailsResponse>(
      "/spark.connect.SparkConnectService/FetchErrorDetails", &S::fetch_error_details);
  add_unary<CloneSessionRequest, CloneSessionResponse>(
      "/spark.connect.SparkConnectService/CloneSession", &S::clone_session);
  add_unary<GetStatusRequest, GetStatusResponse>("/spark.connect.SparkConnectService/GetStatus",
                                                 &S::get_status);
}

}  // namespace grebe::server
