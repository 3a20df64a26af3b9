// The gRPC server around the service, and the thread that clears up; see server.h.
#include "server/server.h"

#include <fmt/format.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/message_bytes.h"
#include "server/rpc_door.h"

namespace grebe::server {

namespace {

constexpr std::chrono::seconds kExpiryInterval{5};

}  // namespace

struct Server::State {
  explicit State(std::shared_ptr<session::SharedState> shared, const Options& options)
      : service(std::move(shared), options.service), door(service) {}

  void clear_up() {
    std::unique_lock lock(mutex);
    while (!stopped.wait_for(lock, kExpiryInterval, [&] { return stopping; })) service.expire();
  }

  Service service;
  RpcDoor door;
  int port = 0;
  std::unique_ptr<grpc::Server> grpc;
  std::mutex mutex;
  std::condition_variable stopped;
  bool stopping = false;
  std::thread janitor;
};

Server::Server(std::shared_ptr<session::SharedState> shared, Options options)
    : state_(std::make_unique<State>(std::move(shared), options)) {
  grpc::ServerBuilder builder;
  const bool is_ipv6 = options.host.find(':') != std::string::npos;
  const std::string address =
      fmt::format("{}:{}", is_ipv6 ? "[" + options.host + "]" : options.host, options.port);
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &state_->port);
  // Otherwise a second server would share the port and take half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(kMaxRequestBytes);
  builder.SetMaxSendMessageSize(-1);
  builder.RegisterService(&state_->door);
  state_->grpc = builder.BuildAndStart();
  if (!state_->grpc || state_->port == 0) {
    throw core::plain_error(
        core::ErrorClass::kSpark,
        fmt::format("cannot listen on {}: the port is taken or the address is not of this machine; "
                    "choose another with --port or --host",
                    address));
  }
  state_->janitor = std::thread([state = state_.get()] { state->clear_up(); });
}

Server::~Server() { drain(std::chrono::milliseconds(0)); }

uint16_t Server::port() const { return static_cast<uint16_t>(state_->port); }

void Server::drain(std::chrono::milliseconds patience) {
  if (!state_->grpc) return;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  state_->service.finish_drain(deadline);
  state_->grpc->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1));
  state_->grpc->Wait();
  state_->grpc.reset();
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->stopped.notify_all();
  if (state_->janitor.joinable()) state_->janitor.join();
}

}  // namespace grebe::server
