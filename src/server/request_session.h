// A request's user and session id → the Session; shared by the files that implement Service.
#pragma once

#include "server/service.h"
#include "spark/connect/base.pb.h"

namespace grebe::server {

template <typename Request>
session::SessionKey session_key(const Request& request) {
  return {.user_id = request.user_context().user_id(), .session_id = request.session_id()};
}

/// Throws INVALID_HANDLE.SESSION_NOT_FOUND when the client knows another life of its session.
template <typename Request>
void check_observed_session(const Request& request, const session::Session& session) {
  if (request.has_client_observed_server_side_session_id() &&
      request.client_observed_server_side_session_id() != session.server_side_id()) {
    throw core::make_error(core::ErrorClass::kSql, "INVALID_HANDLE.SESSION_NOT_FOUND",
                           {{"handle", request.session_id()}});
  }
}

template <typename Request>
std::shared_ptr<session::Session> Service::session_of(const Request& request) {
  auto session = sessions_.obtain(session_key(request));
  check_observed_session(request, *session);
  return session;
}

/// Names the session in a response.
template <typename Response>
void sign(const session::Session& session, Response& response) {
  response.set_session_id(session.session_id());
  response.set_server_side_session_id(session.server_side_id());
}

}  // namespace grebe::server
