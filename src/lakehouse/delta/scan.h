// A table's state → the snapshot that the engine reads.
#pragma once

#include "lakehouse/delta/snapshot.h"

namespace grebe::lakehouse::delta {

Snapshot make_snapshot(const TableState& state, const std::string& location);

}  // namespace grebe::lakehouse::delta
