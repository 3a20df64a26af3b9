// A double ↔ its two 32-bit words, as fdlibm looks at it.
#pragma once

#include <bit>
#include <cstdint>

namespace grebe::native {

/// Sign, exponent and the upper 20 bits of the fraction.
inline int32_t high_word(double x) {
  return static_cast<int32_t>(std::bit_cast<uint64_t>(x) >> 32);
}
inline uint32_t low_word(double x) { return static_cast<uint32_t>(std::bit_cast<uint64_t>(x)); }

inline double with_high_word(double x, int32_t high) {
  const uint64_t low = std::bit_cast<uint64_t>(x) & 0xFFFFFFFFU;
  return std::bit_cast<double>(static_cast<uint64_t>(static_cast<uint32_t>(high)) << 32 | low);
}
inline double without_low_word(double x) {
  return std::bit_cast<double>(std::bit_cast<uint64_t>(x) & ~uint64_t{0xFFFFFFFFU});
}
/// x · 2^k by its exponent field alone.
inline double scaled_by(double x, int32_t k) {
  return with_high_word(x, high_word(x) + static_cast<int32_t>(static_cast<uint32_t>(k) << 20));
}

}  // namespace grebe::native
