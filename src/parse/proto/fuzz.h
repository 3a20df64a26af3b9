// Bytes of a plan → a conversion that may fail, but only as Spark would: the fuzzers' door.
#pragma once

#include <string_view>

namespace grebe::parse::proto {

/// Reads the bytes as a spark.connect.Plan and converts it. Typed errors are fine; INTERNAL_ERROR
/// aborts the process, since no input may cause it. For libFuzzer and the property tests.
void convert_plan_bytes(std::string_view bytes);

}  // namespace grebe::parse::proto
