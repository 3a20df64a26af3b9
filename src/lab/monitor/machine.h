// This machine → what a reader of a report must know about it.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace grebe::lab::monitor {

/// {host, cpu, cores, memory_bytes, kernel, os, load_1m}; a fact that cannot be read is null.
nlohmann::ordered_json describe_machine();

}  // namespace grebe::lab::monitor
