// The bytes of an Arrow IPC stream from outside → refused where nanoarrow would follow what is not
// there.
#pragma once

#include <string_view>

namespace grebe::engine {

/// Verifies every message of the stream as a flatbuffer and looks for the tables that its types
/// promise (a header, a field's type, a dictionary's batch), which verification takes for optional,
/// and for buffers that lie outside of their message's body. Throws the error of malformed Arrow
/// data.
void check_ipc_stream(std::string_view bytes);

}  // namespace grebe::engine
