// A write request → data files, manifests and one new metadata version.
#pragma once

#include "lakehouse/iceberg/table_metadata.h"

namespace grebe::lakehouse::iceberg {

/// Writes the request's rows and commits them; see TableFormat::write.
WriteResult write_table(const Environment& environment, const WriteRequest& request);

}  // namespace grebe::lakehouse::iceberg
