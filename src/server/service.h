// Every call of Spark Connect, on messages: what the wire (rpc_door.h) hands over.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "server/error_status.h"
#include "server/operation.h"
#include "server/response_buffer.h"
#include "server/worker_pool.h"
#include "session/registry.h"
#include "session/shared_state.h"

namespace spark::connect {
class AddArtifactsRequest;
class AddArtifactsResponse;
class AnalyzePlanRequest;
class AnalyzePlanResponse;
class ArtifactStatusesRequest;
class ArtifactStatusesResponse;
class CloneSessionRequest;
class CloneSessionResponse;
class ConfigRequest;
class ConfigResponse;
class ExecutePlanRequest;
class FetchErrorDetailsRequest;
class FetchErrorDetailsResponse;
class GetStatusRequest;
class GetStatusResponse;
class InterruptRequest;
class InterruptResponse;
class ReattachExecuteRequest;
class ReleaseExecuteRequest;
class ReleaseExecuteResponse;
class ReleaseSessionRequest;
class ReleaseSessionResponse;
}  // namespace spark::connect

namespace grebe::server {

/// The client at the other end of a streaming call.
struct Client {
  /// Sends one response; tells whether the client still listens.
  std::function<bool(const grpc::ByteBuffer&)> send;
  /// Tells whether the client went away.
  std::function<bool()> is_gone;
};

/// The calls. Thread-safe; all of them throw SparkError.
class Service {
 public:
  struct Options {
    session::SessionRegistry::Options sessions;
    OperationRegistry::Options operations;
    /// Largest artifact, in bytes.
    int64_t max_artifact_bytes = int64_t{2} << 30;
  };
  Service(std::shared_ptr<session::SharedState> shared, Options options);
  ~Service();

  void execute_plan(std::shared_ptr<spark::connect::ExecutePlanRequest> request, Client& client);
  void reattach_execute(const spark::connect::ReattachExecuteRequest& request, Client& client);
  void release_execute(const spark::connect::ReleaseExecuteRequest& request,
                       spark::connect::ReleaseExecuteResponse& response);
  void analyze_plan(const spark::connect::AnalyzePlanRequest& request,
                    spark::connect::AnalyzePlanResponse& response);
  void config(const spark::connect::ConfigRequest& request,
              spark::connect::ConfigResponse& response);
  /// `next` parses the next request of the stream into its argument; false at the end.
  void add_artifacts(const std::function<bool(spark::connect::AddArtifactsRequest&)>& next,
                     spark::connect::AddArtifactsResponse& response);
  void artifact_status(const spark::connect::ArtifactStatusesRequest& request,
                       spark::connect::ArtifactStatusesResponse& response);
  void interrupt(const spark::connect::InterruptRequest& request,
                 spark::connect::InterruptResponse& response);
  void release_session(const spark::connect::ReleaseSessionRequest& request,
                       spark::connect::ReleaseSessionResponse& response);
  void fetch_error_details(const spark::connect::FetchErrorDetailsRequest& request,
                           spark::connect::FetchErrorDetailsResponse& response);
  void clone_session(const spark::connect::CloneSessionRequest& request,
                     spark::connect::CloneSessionResponse& response);
  void get_status(const spark::connect::GetStatusRequest& request,
                  spark::connect::GetStatusResponse& response);

  ErrorStore& errors() { return errors_; }

  /// Refuses new operations from now on.
  void begin_drain() { draining_.store(true); }
  /// Waits for running operations, at most until `deadline`, then cancels the rest.
  void finish_drain(std::chrono::steady_clock::time_point deadline);
  /// Ends sessions and operations that nobody wants any more; called now and then.
  void expire();

 private:
  /// The session of a request, made when there is none; checks what the client knows of it.
  template <typename Request>
  std::shared_ptr<session::Session> session_of(const Request& request);
  void stream_responses(Operation& operation, ResponseBuffer::Reader reader, Client& client);
  void end_session(const session::SessionKey& key);

  std::shared_ptr<session::SharedState> shared_;
  Options options_;
  session::SessionRegistry sessions_;
  OperationRegistry operations_;
  ErrorStore errors_;
  std::atomic<bool> draining_{false};
  /// Last, so that its jobs end before what they use.
  WorkerPool workers_;
};

}  // namespace grebe::server
