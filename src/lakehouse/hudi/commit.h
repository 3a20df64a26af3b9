// A write request → one completed instant on the timeline.
#pragma once

#include "lakehouse/table/table_format.h"

namespace grebe::lakehouse::hudi {

/// Writes and commits under the table's lock; see TableFormat::write.
WriteResult write_table(const Environment& environment, const WriteRequest& request);

}  // namespace grebe::lakehouse::hudi
