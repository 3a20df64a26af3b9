// A write request → data files and one put-if-absent commit.
#pragma once

#include "lakehouse/delta/snapshot.h"

namespace grebe::lakehouse::delta {

/// Writes the request's rows and commits them; see TableFormat::write.
WriteResult write_table(const Environment& environment, const WriteRequest& request);

/// Writes the checkpoint of `version` and `_last_checkpoint`. Readers never need it.
void write_checkpoint(const Environment& environment, const std::string& location, int64_t version);

}  // namespace grebe::lakehouse::delta
