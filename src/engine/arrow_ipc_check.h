// The bytes of an Arrow IPC stream from outside → refused where nanoarrow would follow what is not
// there.
#pragma once

#include <string>
#include <string_view>

#include "core/spark_error.h"

namespace grebe::engine {

/// The error of Arrow data that a client sent and that cannot be read.
core::SparkError malformed_arrow(const std::string& detail);

/// Verifies every message of the stream as a flatbuffer and looks for the tables that its types
/// promise (a header, a field's type, a dictionary's batch), which verification takes for optional,
/// and for buffers that lie outside of their message's body. Throws malformed_arrow().
void check_ipc_stream(std::string_view bytes);

}  // namespace grebe::engine
