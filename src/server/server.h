// Options → a listening Spark Connect server, until it is told to stop.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "server/service.h"

namespace grebe::server {

/// A server that listens. Stops when destroyed.
class Server {
 public:
  struct Options {
    std::string host = "127.0.0.1";
    /// 0: any free port.
    uint16_t port = 15002;
    Service::Options service;
  };
  /// Throws SparkError when the address cannot be listened on.
  Server(std::shared_ptr<session::SharedState> shared, Options options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  uint16_t port() const;
  /// Takes no new operations, waits for running ones at most `patience`, then cancels and closes.
  void drain(std::chrono::milliseconds patience);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace grebe::server
