// A seed → the doubles that Spark's random functions draw.
#pragma once

#include <cmath>
#include <cstdint>

#include "native/java_math.h"

namespace grebe::native {

/// Spark's XORShiftRandom: the state after hashing the seed, then one step a draw.
class XorShift {
 public:
  explicit XorShift(int64_t seed) : state_(scramble(seed)) {}

  double next_double() {
    const auto high = static_cast<int64_t>(next(26)) << 27;
    return static_cast<double>(high + next(27)) * 0x1.0p-53;
  }
  double next_gaussian() {
    if (has_spare_) {
      has_spare_ = false;
      return spare_;
    }
    double a, b, s;
    do {
      a = 2 * next_double() - 1;
      b = 2 * next_double() - 1;
      s = a * a + b * b;
    } while (s >= 1 || s == 0);
    const double factor = std::sqrt(-2 * java_log(s) / s);
    spare_ = b * factor;
    has_spare_ = true;
    return a * factor;
  }

 private:
  static uint32_t rotate(uint32_t x, int by) { return (x << by) | (x >> (32 - by)); }
  /// Scala's MurmurHash3.bytesHash; `length` is a multiple of four.
  static uint32_t murmur(const unsigned char* bytes, int length, uint32_t seed) {
    uint32_t h = seed;
    for (int i = 0; i + 3 < length; i += 4) {
      uint32_t k = static_cast<uint32_t>(bytes[i]) | static_cast<uint32_t>(bytes[i + 1]) << 8 |
                   static_cast<uint32_t>(bytes[i + 2]) << 16 |
                   static_cast<uint32_t>(bytes[i + 3]) << 24;
      k *= 0xCC9E2D51u;
      k = rotate(k, 15);
      k *= 0x1B873593u;
      h ^= k;
      h = rotate(h, 13) * 5 + 0xE6546B64u;
    }
    h ^= static_cast<uint32_t>(length);
    h ^= h >> 16;
    h *= 0x85EBCA6Bu;
    h ^= h >> 13;
    h *= 0xC2B2AE35u;
    return h ^ (h >> 16);
  }
  static uint64_t scramble(int64_t seed) {
    // XORShiftRandom.hashSeed: the seed's eight bytes, big-endian.
    unsigned char bytes[8] = {};
    for (int i = 0; i < 8; ++i) {
      bytes[i] = static_cast<unsigned char>(static_cast<uint64_t>(seed) >> (56 - 8 * i));
    }
    const uint32_t low = murmur(bytes, 8, 0x3C074A61u);
    const uint32_t high = murmur(bytes, 8, low);
    return static_cast<uint64_t>(high) << 32 | low;
  }
  uint32_t next(int bits) {
    uint64_t x = state_;
    x ^= x << 21;
    x ^= x >> 35;
    x ^= x << 4;
    state_ = x;
    return static_cast<uint32_t>(x & ((uint64_t{1} << bits) - 1));
  }

  uint64_t state_;
  double spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace grebe::native
