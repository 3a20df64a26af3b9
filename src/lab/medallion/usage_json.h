// What an operation used → JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "lab/monitor/process_tree.h"

namespace grebe::lab::medallion {

/// {wall_s, cpu_s, peak_rss_bytes, requested_read_bytes, …}; what was not measured is null.
inline nlohmann::ordered_json usage_json(const monitor::Usage& usage) {
  auto or_null = [](const auto& value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
  };
  return {{"wall_s", usage.wall_s},
          {"cpu_s", or_null(usage.cpu_s)},
          {"peak_rss_bytes", or_null(usage.peak_rss_bytes)},
          {"requested_read_bytes", or_null(usage.requested_read_bytes)},
          {"requested_write_bytes", or_null(usage.requested_write_bytes)},
          {"disk_read_bytes", or_null(usage.disk_read_bytes)},
          {"disk_write_bytes", or_null(usage.disk_write_bytes)}};
}

}  // namespace grebe::lab::medallion
