// Spark's hashes; see hash_functions.h (Murmur3_x86_32.java, XXH64.java, FIPS 180-4).
#include "native/hash_functions.h"

#include <array>
#include <cstring>
#include <vector>

namespace grebe::native {

namespace {

uint32_t rotate32(uint32_t x, int by) { return (x << by) | (x >> (32 - by)); }
uint64_t rotate64(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

uint32_t mix_k(uint32_t k) { return rotate32(k * 0xCC9E2D51u, 15) * 0x1B873593u; }
uint32_t mix_h(uint32_t h, uint32_t k) { return rotate32(h ^ k, 13) * 5 + 0xE6546B64u; }
uint32_t finish_murmur(uint32_t h, uint32_t length) {
  h ^= length;
  h ^= h >> 16;
  h *= 0x85EBCA6Bu;
  h ^= h >> 13;
  h *= 0xC2B2AE35u;
  return h ^ (h >> 16);
}

template <class T>
T load(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

constexpr uint64_t kPrime1 = 0x9E3779B185EBCA87ull;
constexpr uint64_t kPrime2 = 0xC2B2AE3D27D4EB4Full;
constexpr uint64_t kPrime3 = 0x165667B19E3779F9ull;
constexpr uint64_t kPrime4 = 0x85EBCA77C2B2AE63ull;
constexpr uint64_t kPrime5 = 0x27D4EB2F165667C5ull;

uint64_t finish_xx(uint64_t h) {
  h ^= h >> 33;
  h *= kPrime2;
  h ^= h >> 29;
  h *= kPrime3;
  return h ^ (h >> 32);
}

uint64_t xx_round(uint64_t sum, uint64_t value) {
  return rotate64(sum + value * kPrime2, 31) * kPrime1;
}

}  // namespace

int32_t murmur3_int(int32_t value, int32_t seed) {
  const uint32_t h = mix_h(static_cast<uint32_t>(seed), mix_k(static_cast<uint32_t>(value)));
  return static_cast<int32_t>(finish_murmur(h, 4));
}

int32_t murmur3_long(int64_t value, int32_t seed) {
  const auto bits = static_cast<uint64_t>(value);
  uint32_t h = mix_h(static_cast<uint32_t>(seed), mix_k(static_cast<uint32_t>(bits)));
  h = mix_h(h, mix_k(static_cast<uint32_t>(bits >> 32)));
  return static_cast<int32_t>(finish_murmur(h, 8));
}

int32_t murmur3_bytes(std::string_view bytes, int32_t seed) {
  auto h = static_cast<uint32_t>(seed);
  size_t i = 0;
  for (; i + 4 <= bytes.size(); i += 4) h = mix_h(h, mix_k(load<uint32_t>(bytes.data() + i)));
  for (; i < bytes.size(); ++i) {
    h = mix_h(
        h, mix_k(static_cast<uint32_t>(static_cast<int32_t>(static_cast<signed char>(bytes[i])))));
  }
  return static_cast<int32_t>(finish_murmur(h, static_cast<uint32_t>(bytes.size())));
}

int64_t xxhash64_int(int32_t value, int64_t seed) {
  uint64_t h = static_cast<uint64_t>(seed) + kPrime5 + 4;
  h ^= static_cast<uint64_t>(static_cast<uint32_t>(value)) * kPrime1;
  h = rotate64(h, 23) * kPrime2 + kPrime3;
  return static_cast<int64_t>(finish_xx(h));
}

int64_t xxhash64_long(int64_t value, int64_t seed) {
  uint64_t h = static_cast<uint64_t>(seed) + kPrime5 + 8;
  h ^= xx_round(0, static_cast<uint64_t>(value));
  h = rotate64(h, 27) * kPrime1 + kPrime4;
  return static_cast<int64_t>(finish_xx(h));
}

int64_t xxhash64_bytes(std::string_view bytes, int64_t seed_value) {
  const auto seed = static_cast<uint64_t>(seed_value);
  size_t i = 0;
  uint64_t h;
  if (bytes.size() >= 32) {
    uint64_t v[4] = {seed + kPrime1 + kPrime2, seed + kPrime2, seed, seed - kPrime1};
    for (; i + 32 <= bytes.size(); i += 32) {
      for (size_t k = 0; k < 4; ++k) {
        v[k] = xx_round(v[k], load<uint64_t>(bytes.data() + i + 8 * k));
      }
    }
    h = rotate64(v[0], 1) + rotate64(v[1], 7) + rotate64(v[2], 12) + rotate64(v[3], 18);
    for (const uint64_t each : v) h = (h ^ xx_round(0, each)) * kPrime1 + kPrime4;
  } else {
    h = seed + kPrime5;
  }
  h += bytes.size();
  for (; i + 8 <= bytes.size(); i += 8) {
    h ^= xx_round(0, load<uint64_t>(bytes.data() + i));
    h = rotate64(h, 27) * kPrime1 + kPrime4;
  }
  if (i + 4 <= bytes.size()) {
    h ^= static_cast<uint64_t>(load<uint32_t>(bytes.data() + i)) * kPrime1;
    h = rotate64(h, 23) * kPrime2 + kPrime3;
    i += 4;
  }
  for (; i < bytes.size(); ++i) {
    h ^= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i])) * kPrime5;
    h = rotate64(h, 11) * kPrime1;
  }
  return static_cast<int64_t>(finish_xx(h));
}

uint32_t crc32(std::string_view bytes) {
  static const std::array<uint32_t, 256> table = [] {
    std::array<uint32_t, 256> entries{};
    for (uint32_t i = 0; i < 256; ++i) {
      uint32_t c = i;
      for (int k = 0; k < 8; ++k) c = (c & 1) != 0 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
      entries[i] = c;
    }
    return entries;
  }();
  uint32_t crc = 0xFFFFFFFFu;
  for (const char c : bytes) crc = table[(crc ^ static_cast<unsigned char>(c)) & 0xFF] ^ (crc >> 8);
  return crc ^ 0xFFFFFFFFu;
}

namespace {

/// The first `count` primes.
std::vector<uint64_t> primes(size_t count) {
  std::vector<uint64_t> found;
  for (uint64_t n = 2; found.size() < count; ++n) {
    bool is_prime = true;
    for (const uint64_t p : found) is_prime = is_prime && n % p != 0;
    if (is_prime) found.push_back(n);
  }
  return found;
}

/// The first 64 bits of the fraction of n's cube root, exactly (FIPS 180-4 constants).
uint64_t cube_root_fraction(uint64_t n) {
  // Finds the largest 72-bit r with r³ ≤ n·2^192 by digits, comparing in 256-bit limbs.
  using u128 = unsigned __int128;
  u128 root = 0;
  for (int bit = 67; bit >= 0; --bit) {
    const u128 trial = root | (static_cast<u128>(1) << bit);
    // trial has at most 68 bits: its square 136, its cube 204 bits, in 32-bit limbs.
    uint64_t limbs[3][8] = {};
    for (int i = 0; i < 3; ++i) limbs[0][i] = static_cast<uint32_t>(trial >> (32 * i));
    const auto multiply = [](const uint64_t* a, const uint64_t* b, uint64_t* out) {
      for (int i = 0; i < 8; ++i) out[i] = 0;
      for (int i = 0; i < 8; ++i) {
        uint64_t carry = 0;
        for (int j = 0; i + j < 8; ++j) {
          const u128 sum = static_cast<u128>(a[i]) * b[j] + out[i + j] + carry;
          out[i + j] = static_cast<uint32_t>(sum);
          carry = static_cast<uint64_t>(sum >> 32);
        }
      }
    };
    multiply(limbs[0], limbs[0], limbs[1]);
    multiply(limbs[1], limbs[0], limbs[2]);
    // n·2^192 has n in limb 6.
    uint64_t target[8] = {0, 0, 0, 0, 0, 0, n, 0};
    bool is_larger = false;
    for (int i = 7; i >= 0; --i) {
      if (limbs[2][i] != target[i]) {
        is_larger = limbs[2][i] > target[i];
        break;
      }
    }
    if (!is_larger) root = trial;
  }
  return static_cast<uint64_t>(root);
}

constexpr uint64_t kStart512[8] = {
    0x6a09e667f3bcc908ull, 0xbb67ae8584caa73bull, 0x3c6ef372fe94f82bull, 0xa54ff53a5f1d36f1ull,
    0x510e527fade682d1ull, 0x9b05688c2b3e6c1full, 0x1f83d9abfb41bd6bull, 0x5be0cd19137e2179ull};
constexpr uint64_t kStart384[8] = {
    0xcbbb9d5dc1059ed8ull, 0x629a292a367cd507ull, 0x9159015a3070dd17ull, 0x152fecd8f70e5939ull,
    0x67332667ffc00b31ull, 0x8eb44a8768581511ull, 0xdb0c2e0d64f98fa7ull, 0x47b5481dbefa4fa4ull};
constexpr uint32_t kStart224[8] = {0xc1059ed8u, 0x367cd507u, 0x3070dd17u, 0xf70e5939u,
                                   0xffc00b31u, 0x68581511u, 0x64f98fa7u, 0xbefa4fa4u};

/// Rotations and shifts of the two word sizes.
template <class Word>
struct ShaWord;
template <>
struct ShaWord<uint64_t> {
  static constexpr int kRounds = 80;
  static constexpr int kBig0[3] = {28, 34, 39};
  static constexpr int kBig1[3] = {14, 18, 41};
  static constexpr int kSmall0[3] = {1, 8, 7};
  static constexpr int kSmall1[3] = {19, 61, 6};
};
template <>
struct ShaWord<uint32_t> {
  static constexpr int kRounds = 64;
  static constexpr int kBig0[3] = {2, 13, 22};
  static constexpr int kBig1[3] = {6, 11, 25};
  static constexpr int kSmall0[3] = {7, 18, 3};
  static constexpr int kSmall1[3] = {17, 19, 10};
};

template <class Word>
Word rotate_right(Word x, int by) {
  return static_cast<Word>((x >> by) | (x << (static_cast<int>(sizeof(Word)) * 8 - by)));
}

template <class Word>
std::string sha2_digest(std::string_view bytes, const Word* start, size_t digest_bytes) {
  using W = ShaWord<Word>;
  static const std::vector<Word> constants = [] {
    std::vector<Word> values;
    for (const uint64_t p : primes(W::kRounds)) {
      const uint64_t fraction = cube_root_fraction(p);
      values.push_back(static_cast<Word>(fraction >> (64 - sizeof(Word) * 8)));
    }
    return values;
  }();
  constexpr size_t kBlock = 16 * sizeof(Word);
  std::string message(bytes);
  message += '\x80';
  while (message.size() % kBlock != kBlock - 2 * sizeof(Word)) message += '\0';
  message.append(2 * sizeof(Word) - 8, '\0');
  const uint64_t bit_count = static_cast<uint64_t>(bytes.size()) * 8;
  for (int i = 7; i >= 0; --i) message += static_cast<char>(bit_count >> (8 * i));
  Word h[8];
  std::memcpy(h, start, sizeof h);
  for (size_t at = 0; at < message.size(); at += kBlock) {
    Word w[80];
    for (size_t t = 0; t < 16; ++t) {
      w[t] = 0;
      for (size_t k = 0; k < sizeof(Word); ++k) {
        w[t] = static_cast<Word>(w[t] << 8 |
                                 static_cast<unsigned char>(message[at + t * sizeof(Word) + k]));
      }
    }
    for (int t = 16; t < W::kRounds; ++t) {
      const Word a = w[t - 15];
      const Word b = w[t - 2];
      const Word s0 = rotate_right(a, W::kSmall0[0]) ^ rotate_right(a, W::kSmall0[1]) ^
                      static_cast<Word>(a >> W::kSmall0[2]);
      const Word s1 = rotate_right(b, W::kSmall1[0]) ^ rotate_right(b, W::kSmall1[1]) ^
                      static_cast<Word>(b >> W::kSmall1[2]);
      w[t] = static_cast<Word>(w[t - 16] + s0 + w[t - 7] + s1);
    }
    Word v[8];
    std::memcpy(v, h, sizeof v);
    for (int t = 0; t < W::kRounds; ++t) {
      const Word s1 = rotate_right(v[4], W::kBig1[0]) ^ rotate_right(v[4], W::kBig1[1]) ^
                      rotate_right(v[4], W::kBig1[2]);
      const Word choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
      const Word t1 =
          static_cast<Word>(v[7] + s1 + choice + constants[static_cast<size_t>(t)] + w[t]);
      const Word s0 = rotate_right(v[0], W::kBig0[0]) ^ rotate_right(v[0], W::kBig0[1]) ^
                      rotate_right(v[0], W::kBig0[2]);
      const Word majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
      const Word t2 = static_cast<Word>(s0 + majority);
      for (int i = 7; i > 0; --i) v[i] = v[i - 1];
      v[4] = static_cast<Word>(v[4] + t1);
      v[0] = static_cast<Word>(t1 + t2);
    }
    for (int i = 0; i < 8; ++i) h[i] = static_cast<Word>(h[i] + v[i]);
  }
  std::string hex;
  for (size_t i = 0; i < digest_bytes; ++i) {
    const auto byte = static_cast<unsigned char>(h[i / sizeof(Word)] >>
                                                 (8 * (sizeof(Word) - 1 - i % sizeof(Word))));
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

}  // namespace

std::optional<std::string> sha2_hex(std::string_view bytes, int32_t bits) {
  switch (bits) {
    case 224:
      return sha2_digest<uint32_t>(bytes, kStart224, 28);
    case 384:
      return sha2_digest<uint64_t>(bytes, kStart384, 48);
    case 512:
      return sha2_digest<uint64_t>(bytes, kStart512, 64);
    default:
      return std::nullopt;
  }
}

}  // namespace grebe::native
