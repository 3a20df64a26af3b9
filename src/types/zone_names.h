// A zone and an instant → the zone's English name then, as Java prints it (PST, Pacific Standard
// Time).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace grebe::types {

enum class ZoneNameStyle : unsigned char { kShort, kLong };

/// The id itself for zones without a name, such as +02:00.
std::string zone_display_name(std::string_view zone_id, int64_t utc_micros, ZoneNameStyle style);

/// The zone that a short name (PST, CEST) stands for; empty when it is none.
std::string zone_of_name(std::string_view name);

}  // namespace grebe::types
