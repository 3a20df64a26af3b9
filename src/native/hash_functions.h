// Bytes and numbers → Spark's hashes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace grebe::native {

/// Murmur3_x86_32 as Spark computes it (hashUnsafeBytes treats the tail byte by byte).
int32_t murmur3_int(int32_t value, int32_t seed);
int32_t murmur3_long(int64_t value, int32_t seed);
int32_t murmur3_bytes(std::string_view bytes, int32_t seed);

/// XXH64 as Spark computes it.
int64_t xxhash64_int(int32_t value, int64_t seed);
int64_t xxhash64_long(int64_t value, int64_t seed);
int64_t xxhash64_bytes(std::string_view bytes, int64_t seed);

uint32_t crc32(std::string_view bytes);

/// Lower-case hex digest of SHA-224, 384 or 512; nothing for other lengths.
std::optional<std::string> sha2_hex(std::string_view bytes, int32_t bits);

}  // namespace grebe::native
