// A table's protocol → whether we may read or write it.
#pragma once

#include "lakehouse/delta/spec.h"

namespace grebe::lakehouse::delta {

/// Throws, naming it, for a reader feature that we do not have.
void check_readable(const Protocol& protocol);

/// Throws, naming it, for what a writer would have to do and we do not.
void check_writable(const Protocol& protocol, const Metadata& metadata);

/// True when plain files may not say it all: column mapping is on.
bool has_column_mapping(const Metadata& metadata);

}  // namespace grebe::lakehouse::delta
