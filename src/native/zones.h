// Instants, local times and calendar steps in a time zone.
#pragma once

#include <cstdint>

#include "types/time_zone.h"

namespace grebe::native {

/// Local midnight of the current day in that zone, in local microseconds.
int64_t local_midnight_now(const types::TimeZone& zone);

/// Adds months to a date, staying within the month (java.time's plusMonths); days since the epoch.
int64_t add_months(int64_t days, int64_t months);

/// Adds months, days, then microseconds to an instant, the calendar parts in local time
/// (DateTimeUtils.timestampAddInterval).
int64_t add_calendar(int64_t utc_micros, int64_t months, int64_t days, int64_t micros,
                     const types::TimeZone& zone);

}  // namespace grebe::native
