// "sc://host:port/;key=value" → the parts of a Spark Connect address.
#include "client/endpoint.h"

#include <charconv>
#include <stdexcept>

namespace grebe::client {
namespace {

std::invalid_argument bad_uri(std::string_view uri, const std::string& why) {
  return std::invalid_argument("not a Spark Connect address: '" + std::string(uri) + "': " + why +
                               "; expected sc://host:port/;key=value");
}

int parse_port(std::string_view uri, std::string_view text) {
  int port = 0;
  auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (fault != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535) {
    throw bad_uri(uri, "'" + std::string(text) + "' is not a port");
  }
  return port;
}

Endpoint with_parameter(std::string_view uri, std::string_view pair, Endpoint endpoint) {
  size_t equals = pair.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    throw bad_uri(uri, "parameter '" + std::string(pair) + "' has no value");
  }
  std::string key(pair.substr(0, equals));
  std::string value(pair.substr(equals + 1));
  if (key == "use_ssl") {
    endpoint.use_ssl = value == "true";
  } else if (key == "token") {
    endpoint.token = value;
  } else if (key == "user_id") {
    endpoint.user_id = value;
  } else {
    endpoint.headers[key] = value;
  }
  return endpoint;
}

}  // namespace

std::string Endpoint::target() const {
  bool is_ipv6 = host.find(':') != std::string::npos && host.front() != '[';
  return (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Endpoint parse_endpoint(std::string_view uri) {
  constexpr std::string_view kScheme = "sc://";
  if (uri.substr(0, kScheme.size()) != kScheme) {
    throw bad_uri(uri, "it does not start with sc://");
  }
  Endpoint endpoint;
  std::string_view rest = uri.substr(kScheme.size());
  std::string_view authority = rest.substr(0, rest.find('/'));
  std::string_view path =
      authority.size() < rest.size() ? rest.substr(authority.size() + 1) : std::string_view();
  size_t colon = authority.rfind(':');
  bool has_port =
      colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
  std::string_view host = has_port ? authority.substr(0, colon) : authority;
  if (host.empty()) throw bad_uri(uri, "the host is missing");
  endpoint.host = std::string(host);
  if (has_port) endpoint.port = parse_port(uri, authority.substr(colon + 1));
  if (!path.empty() && path.front() != ';') throw bad_uri(uri, "a path is not allowed");
  while (!path.empty()) {
    path.remove_prefix(1);
    std::string_view pair = path.substr(0, path.find(';'));
    if (!pair.empty()) endpoint = with_parameter(uri, pair, std::move(endpoint));
    path.remove_prefix(pair.size());
  }
  return endpoint;
}

}  // namespace grebe::client
