// Addresses of Spark Connect, good and bad.
#include "client/endpoint.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace grebe::client {
namespace {

TEST(Endpoint, ReadsHostPortAndParameters) {
  Endpoint endpoint = parse_endpoint("sc://example.org:443/;use_ssl=true;token=abc;x-team=blue");
  EXPECT_EQ(endpoint.target(), "example.org:443");
  EXPECT_TRUE(endpoint.use_ssl);
  EXPECT_EQ(endpoint.token, "abc");
  EXPECT_EQ(endpoint.headers.at("x-team"), "blue");
}

TEST(Endpoint, PortAndPathMayBeLeftOut) {
  EXPECT_EQ(parse_endpoint("sc://localhost").target(), "localhost:15002");
  EXPECT_EQ(parse_endpoint("sc://localhost:1/").target(), "localhost:1");
  EXPECT_EQ(parse_endpoint("sc://[::1]:7").target(), "[::1]:7");
}

TEST(Endpoint, RefusesWhatIsNoAddress) {
  for (const char* text :
       {"http://x", "sc://", "sc://h:0", "sc://h:x", "sc://h:1/path", "sc://h:1/;novalue"}) {
    EXPECT_THROW(parse_endpoint(text), std::invalid_argument) << text;
  }
}

}  // namespace
}  // namespace grebe::client
