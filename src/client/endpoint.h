// "sc://host:port/;key=value" → the parts of a Spark Connect address.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace grebe::client {

/// A Spark Connect address, as in Spark's client connection string.
struct Endpoint {
  std::string host = "localhost";
  int port = 15002;
  bool use_ssl = false;
  std::string token;
  std::string user_id;
  /// Parameters that have no member above; sent as gRPC headers.
  std::map<std::string, std::string> headers;

  /// "host:port", as gRPC wants it.
  std::string target() const;
};

/// Reads `sc://host[:port][/;key=value…]`; throws std::invalid_argument that names the fault.
Endpoint parse_endpoint(std::string_view uri);

}  // namespace grebe::client
