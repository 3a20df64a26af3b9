// A metadata document and a selector → the snapshot that the engine reads.
#pragma once

#include "lakehouse/iceberg/table_metadata.h"

namespace grebe::lakehouse::iceberg {

/// Throws when there is no table or no such snapshot.
Snapshot open_table(const Environment& environment, const std::string& location,
                    const SnapshotSelector& selector);

}  // namespace grebe::lakehouse::iceberg
