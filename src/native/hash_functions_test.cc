// Spark's documented hash values.
#include "native/hash_functions.h"

#include <gtest/gtest.h>

namespace grebe::native {
namespace {

TEST(HashFunctions, Murmur3ChainsColumns) {
  // hash('Spark', array(123), 2)
  EXPECT_EQ(murmur3_int(2, murmur3_int(123, murmur3_bytes("Spark", 42))), -1321691492);
}

TEST(HashFunctions, XxHash64ChainsColumns) {
  // xxhash64('Spark', array(123), 2)
  EXPECT_EQ(xxhash64_int(2, xxhash64_int(123, xxhash64_bytes("Spark", 42))), 5602566077635097486);
}

TEST(HashFunctions, Crc32) { EXPECT_EQ(crc32("Spark"), 1557323817u); }

TEST(HashFunctions, Sha2KnowsItsTestVectors) {
  // FIPS 180-4 examples for "abc".
  EXPECT_EQ(sha2_hex("abc", 224), "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7");
  EXPECT_EQ(
      sha2_hex("abc", 384),
      "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca13"
      "4c825a7");
  EXPECT_EQ(
      sha2_hex("abc", 512),
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a"
      "3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(sha2_hex("abc", 100), std::nullopt);
}

}  // namespace
}  // namespace grebe::native
