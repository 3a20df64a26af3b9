// Bytes of a plan → a conversion that may fail, but only as Spark would: the fuzzers' door.
#pragma once

#include <optional>
#include <string_view>

#include "plan/command.h"

namespace grebe::parse::proto {

/// Reads the bytes as a spark.connect.Plan and converts it; nothing when they are no message. Typed
/// errors pass to the caller; INTERNAL_ERROR among them is a finding, since no input may cause it.
std::optional<plan::Statement> convert_plan_bytes(std::string_view bytes);

}  // namespace grebe::parse::proto
