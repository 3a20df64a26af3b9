// Arrow IPC streams ↔ tables and Arrow's C stream interface.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/table.h"

struct ArrowArray;
struct ArrowSchema;

namespace grebe::client {

/// Decodes IPC streams of one schema, in order, into rows. Throws std::runtime_error on malformed
/// bytes, on a schema that changes, and on a type that has no cell here (it names the column).
Table decode_ipc(const std::vector<std::string>& streams);

/// Encodes batches of one schema as one IPC stream, and releases schema and batches.
/// Throws std::runtime_error when a type has no IPC form.
std::string encode_ipc(ArrowSchema& schema, std::vector<ArrowArray>& batches);

}  // namespace grebe::client
