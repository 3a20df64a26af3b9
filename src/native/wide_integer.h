// DuckDB's 128-bit integers ↔ the compiler's.
#pragma once

#include "duckdb/common/types/hugeint.hpp"
#include "types/value.h"

namespace grebe::native {

inline types::int128 widen(const duckdb::hugeint_t& value) {
  return (static_cast<types::int128>(value.upper) << 64) | static_cast<types::int128>(value.lower);
}

inline duckdb::hugeint_t to_hugeint(types::int128 value) {
  return {static_cast<int64_t>(value >> 64), static_cast<uint64_t>(value)};
}

}  // namespace grebe::native
