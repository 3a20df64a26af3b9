// gRPC calls as raw bytes → the calls of Service, and whatever happens → a status.
#pragma once

#include <grpcpp/impl/service_type.h>

#include "server/service.h"

namespace grebe::server {

/// Spark Connect as a gRPC service. Raw bytes, because generated services parse with protobuf's
/// limit of 100 levels and copy every batch. No exception leaves it.
class RpcDoor : public grpc::Service {
 public:
  explicit RpcDoor(server::Service& service);

 private:
  template <typename Request, typename Response, typename Call>
  void add_unary(const char* name, Call call);
  template <typename Handler>
  void add_method(const char* name, grpc::internal::RpcMethod::RpcType type, Handler* handler);

  server::Service& service_;
};

}  // namespace grebe::server
