// Days since the epoch → a date, which has 32 bits.
#pragma once

#include "native/kernel.h"
#include "native/kernel_errors.h"

namespace grebe::native {

/// Days beyond 32 bits are an overflow, whatever the mode (Math.toIntExact).
inline duckdb::date_t exact_date(const KernelContext& context, int64_t days) {
  if (days != static_cast<int32_t>(days)) {
    context.raise(arithmetic_overflow("integer overflow", ""));
  }
  return duckdb::date_t(static_cast<int32_t>(days));
}

}  // namespace grebe::native
