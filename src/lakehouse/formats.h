// A format's name → the table format; a location → which format lies there.
#pragma once

#include <string>
#include <string_view>

#include "lakehouse/table/table_format.h"

namespace grebe::lakehouse {

/// Files on this machine's disks and the connection that reads and writes them.
Environment local_environment(engine::Connection& connection);

/// The format called "delta", "iceberg" or "hudi" in any case; null for other names.
const TableFormat* find_table_format(std::string_view name);

/// The format whose table lies at `location`, null when none does.
const TableFormat* detect_table_format(const Environment& environment, const std::string& location);

}  // namespace grebe::lakehouse
