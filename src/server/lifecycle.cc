// Interrupt, ReleaseSession, GetStatus, FetchErrorDetails, CloneSession, expiry and draining.
#include <algorithm>
#include <thread>

#include "core/logging.h"
#include "server/request_session.h"

namespace grebe::server {

namespace {

constexpr size_t kMaxWorkers = 512;

}  // namespace

Service::Service(std::shared_ptr<session::SharedState> shared, Options options)
    : shared_(std::move(shared)),
      options_(options),
      sessions_(shared_, options.sessions),
      operations_(options.operations),
      workers_(kMaxWorkers) {}

Service::~Service() { finish_drain(std::chrono::steady_clock::now()); }

void Service::interrupt(const spark::connect::InterruptRequest& request,
                        spark::connect::InterruptResponse& response) {
  const auto session = session_of(request);
  sign(*session, response);
  const auto is_wanted = [&](const Operation& operation) {
    switch (request.interrupt_type()) {
      case spark::connect::InterruptRequest::INTERRUPT_TYPE_ALL:
        return true;
      case spark::connect::InterruptRequest::INTERRUPT_TYPE_TAG:
        return std::ranges::find(operation.tags, request.operation_tag()) != operation.tags.end();
      case spark::connect::InterruptRequest::INTERRUPT_TYPE_OPERATION_ID:
        return operation.id == request.operation_id();
      default:
        throw core::unsupported("this type of interrupt");
    }
  };
  for (const auto& operation : operations_.of_session(session_key(request))) {
    if (!is_wanted(*operation) || operation->responses.is_finished()) continue;
    operation->cancel();
    response.add_interrupted_ids(operation->id);
  }
}

void Service::end_session(const session::SessionKey& key) {
  for (const auto& operation : operations_.of_session(key)) {
    operations_.remove(*operation);
    operation->cancel();
    operation->responses.finish(core::make_error(core::ErrorClass::kSql, "OPERATION_CANCELED", {}));
  }
}

void Service::release_session(const spark::connect::ReleaseSessionRequest& request,
                              spark::connect::ReleaseSessionResponse& response) {
  const auto key = session_key(request);
  if (!session::is_uuid(key.session_id)) {
    throw core::make_error(core::ErrorClass::kSql, "INVALID_HANDLE.FORMAT",
                           {{"handle", key.session_id}});
  }
  response.set_session_id(key.session_id);
  const auto session = request.allow_reconnect() ? sessions_.forget(key) : sessions_.release(key);
  if (session) response.set_server_side_session_id(session->server_side_id());
  end_session(key);
}

void Service::fetch_error_details(const spark::connect::FetchErrorDetailsRequest& request,
                                  spark::connect::FetchErrorDetailsResponse& response) {
  response.set_session_id(request.session_id());
  if (const auto session = sessions_.find(session_key(request))) sign(*session, response);
  if (const auto error = errors_.take(request.session_id(), request.error_id())) {
    fill_error_details(*error, response);
  }
}

void Service::clone_session(const spark::connect::CloneSessionRequest& request,
                            spark::connect::CloneSessionResponse&) {
  session_of(request);
  throw core::unsupported("cloning a session");
}

void Service::get_status(const spark::connect::GetStatusRequest& request,
                         spark::connect::GetStatusResponse& response) {
  using Status = spark::connect::GetStatusResponse::OperationStatus;
  const auto session = session_of(request);
  sign(*session, response);
  if (!request.has_operation_status()) return;
  const auto add = [&](const std::string& id, const Operation* operation) {
    auto& status = *response.add_operation_statuses();
    status.set_operation_id(id);
    if (operation == nullptr) {
      status.set_state(Status::OPERATION_STATE_UNKNOWN);
    } else if (!operation->responses.is_finished()) {
      status.set_state(operation->cancellation.is_cancelled() ? Status::OPERATION_STATE_CANCELLED
                                                              : Status::OPERATION_STATE_RUNNING);
    } else if (operation->cancellation.is_cancelled()) {
      status.set_state(Status::OPERATION_STATE_CANCELLED);
    } else if (operation->responses.has_failed()) {
      status.set_state(Status::OPERATION_STATE_FAILED);
    } else {
      status.set_state(Status::OPERATION_STATE_SUCCEEDED);
    }
  };
  const auto& ids = request.operation_status().operation_ids();
  if (ids.empty()) {
    for (const auto& operation : operations_.of_session(session_key(request))) {
      add(operation->id, operation.get());
    }
  }
  for (const auto& id : ids) add(id, operations_.find(session_key(request), id).get());
}

void Service::expire() {
  operations_.abandon_left();
  // A session with a running operation is in use, however long ago its last request was.
  for (const auto& operation : operations_.all()) sessions_.find(operation->session_key);
  for (const auto& session : sessions_.expire()) {
    core::log_event(core::LogLevel::kInfo, "session expired", {.session = session->session_id()});
  }
}

void Service::finish_drain(std::chrono::steady_clock::time_point deadline) {
  begin_drain();
  const auto is_idle = [&] {
    const auto operations = operations_.all();
    return std::ranges::all_of(operations, [](const auto& operation) {
      return operation->responses.is_finished() && operation->readers.load() == 0;
    });
  };
  while (!is_idle() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  for (const auto& operation : operations_.all()) {
    operation->cancel();
    operation->responses.close();
  }
}

}  // namespace grebe::server
