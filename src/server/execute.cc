// ExecutePlan, ReattachExecute, ReleaseExecute: responses of an operation → a client, and back.
#include "core/uuid.h"
#include "server/execution.h"
#include "server/request_session.h"

namespace grebe::server {

using Clock = std::chrono::steady_clock;

namespace {

/// How often a call that waits for a slow query looks whether its client is still there.
constexpr std::chrono::milliseconds kGlance{20};

int64_t ticks_now() { return Clock::now().time_since_epoch().count(); }

bool is_reattachable(const spark::connect::ExecutePlanRequest& request) {
  for (const auto& option : request.request_options()) {
    if (option.has_reattach_options()) return option.reattach_options().reattachable();
  }
  return false;
}

std::shared_ptr<Operation> make_operation(const spark::connect::ExecutePlanRequest& request,
                                          std::shared_ptr<session::Session> session) {
  auto operation = std::make_shared<Operation>();
  operation->id = request.has_operation_id() ? request.operation_id() : core::new_uuid();
  if (!session::is_uuid(operation->id)) {
    throw core::make_error(core::ErrorClass::kSql, "INVALID_HANDLE.FORMAT",
                           {{"handle", operation->id}});
  }
  operation->session_key = session_key(request);
  operation->session = std::move(session);
  operation->tags.assign(request.tags().begin(), request.tags().end());
  operation->is_reattachable = is_reattachable(request);
  return operation;
}

/// Counts a call among an operation's readers as long as it lives.
class ReaderScope {
 public:
  explicit ReaderScope(Operation& operation) : operation_(operation) { ++operation_.readers; }
  ~ReaderScope() {
    operation_.left_at.store(ticks_now());
    --operation_.readers;
  }

 private:
  Operation& operation_;
};

}  // namespace

void Service::execute_plan(std::shared_ptr<spark::connect::ExecutePlanRequest> request,
                           Client& client) {
  if (draining_.load()) {
    throw core::plain_error(core::ErrorClass::kSpark, "The server is shutting down.");
  }
  auto operation = make_operation(*request, session_of(*request));
  operations_.add(operation);
  const auto reader = operation->responses.attach();
  const bool started = workers_.start([operation, request = std::move(request)] {
    run_operation(*operation, *request);
    // A client that waits for more gets none from here on.
  });
  if (!started) {
    operations_.remove(*operation);
    throw core::plain_error(core::ErrorClass::kSpark,
                            "The server runs as many statements as it may.");
  }
  stream_responses(*operation, reader, client);
}

void Service::reattach_execute(const spark::connect::ReattachExecuteRequest& request,
                               Client& client) {
  const auto session = session_of(request);
  const auto operation = operations_.get(session_key(request), request.operation_id());
  if (!operation->is_reattachable) {
    throw core::make_error(core::ErrorClass::kSql, "INVALID_CURSOR.NOT_REATTACHABLE", {});
  }
  const auto reader = operation->responses.attach(request.last_response_id());
  stream_responses(*operation, reader, client);
}

void Service::stream_responses(Operation& operation, ResponseBuffer::Reader reader,
                               Client& client) {
  ReaderScope scope(operation);
  // An operation that nobody can take up again ends with its only reader.
  const auto leave = [&] {
    if (operation.is_reattachable) return;
    operation.cancel();
    operation.responses.close();
    operations_.remove(operation);
  };
  try {
    while (true) {
      Response response;
      switch (operation.responses.read(reader, kGlance, response)) {
        case ResponseBuffer::ReadOutcome::kResponse:
          if (!client.send(response.bytes)) return leave();
          break;
        case ResponseBuffer::ReadOutcome::kEnd:
          return leave();
        case ResponseBuffer::ReadOutcome::kTimeout:
          if (client.is_gone()) return leave();
          break;
      }
    }
  } catch (...) {
    leave();
    throw;
  }
}

void Service::release_execute(const spark::connect::ReleaseExecuteRequest& request,
                              spark::connect::ReleaseExecuteResponse& response) {
  const auto session = session_of(request);
  sign(*session, response);
  // A release may come twice, or late: what is not there is released.
  const auto operation = operations_.find(session_key(request), request.operation_id());
  if (!operation) return;
  response.set_operation_id(operation->id);
  if (request.has_release_until()) {
    operation->responses.release_until(request.release_until().response_id());
  } else if (request.has_release_all()) {
    operations_.remove(*operation);
    if (!operation->responses.is_finished()) operation->cancel();
    operation->responses.close();
  } else {
    throw core::unsupported("a ReleaseExecute request without release_all or release_until");
  }
}

}  // namespace grebe::server
