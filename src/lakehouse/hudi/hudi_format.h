// Apache Hudi, copy-on-write at table version 6, as a TableFormat.
#pragma once

#include "lakehouse/table/table_format.h"

namespace grebe::lakehouse::hudi {

/// The one instance.
const TableFormat& hudi_format();

}  // namespace grebe::lakehouse::hudi
