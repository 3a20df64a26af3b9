// A RestCatalog → an HTTP server on threads of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "lakehouse/iceberg/rest_catalog.h"

namespace grebe::lakehouse::iceberg {

struct RestServerOptions {
  std::string host = "127.0.0.1";
  /// 0 takes a free one.
  uint16_t port = 0;
  /// What clients must send as bearer token; empty asks for none.
  std::string token = {};
};

/// Serves on threads of its own from construction to destruction. Holds no lock of the engine.
class RestServer {
 public:
  /// Throws SparkError when the port is taken.
  RestServer(std::unique_ptr<RestCatalog> catalog, const RestServerOptions& options);
  ~RestServer();
  RestServer(const RestServer&) = delete;
  RestServer& operator=(const RestServer&) = delete;
  uint16_t port() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace grebe::lakehouse::iceberg
