// Delta Lake as a TableFormat.
#pragma once

#include "lakehouse/table/table_format.h"

namespace grebe::lakehouse::delta {

/// The one instance.
const TableFormat& delta_format();

}  // namespace grebe::lakehouse::delta
