// Apache Iceberg, format version 2 in file-system layout, as a TableFormat.
#pragma once

#include "lakehouse/table/table_format.h"

namespace grebe::lakehouse::iceberg {

/// The one instance.
const TableFormat& iceberg_format();

}  // namespace grebe::lakehouse::iceberg
