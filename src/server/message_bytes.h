// gRPC byte buffers ↔ protobuf messages, with the nesting that Spark allows.
#pragma once

#include <google/protobuf/message_lite.h>
#include <grpcpp/support/byte_buffer.h>

#include <memory>
#include <string>

#include "engine/arrow_ipc.h"

namespace grebe::server {

/// Protobuf's own limit is 100 levels, about 50 DataFrame steps; Spark's is 1,024.
inline constexpr int kMaxNesting = 1024;
/// Largest request: Spark's spark.connect.grpc.maxInboundMessageSize.
inline constexpr int kMaxRequestBytes = 128 << 20;

/// Parses `bytes` into `message`; tells whether it was a message of that type, not nested deeper
/// than kMaxNesting.
bool parse_message(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite& message);

grpc::ByteBuffer to_bytes(const google::protobuf::MessageLite& message);

/// Bytes of `message` with `arrow_batch` (field 2: rows and IPC data) added, whose body is not
/// copied.
grpc::ByteBuffer to_bytes_with_batch(const google::protobuf::MessageLite& message, int64_t rows,
                                     engine::IpcStream batch);

}  // namespace grebe::server
