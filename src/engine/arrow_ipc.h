// Arrow record batches → IPC streams ready to be sent; bytes from a client → decoded batches.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/database.h"

namespace grebe::engine {

/// A complete IPC stream (schema, one batch or none, end) in three pieces, sent one after another.
/// The body is not copied again: `owner` keeps it.
struct IpcStream {
  std::string head;
  /// Bytes of `head` that are the schema message.
  size_t schema_size = 0;
  std::string_view body;
  std::string tail;
  std::shared_ptr<void> owner;

  size_t size() const { return head.size() + body.size() + tail.size(); }
  /// All pieces as one string.
  std::string str() const;
};

/// One stream with the batches of all of them, which have one schema.
std::string join_streams(const std::vector<IpcStream>& streams);

/// Encodes batches of one schema.
class IpcEncoder {
 public:
  IpcEncoder(const types::Schema& schema, const std::string& time_zone);
  ~IpcEncoder();
  IpcEncoder(const IpcEncoder&) = delete;
  IpcEncoder& operator=(const IpcEncoder&) = delete;

  /// The stream of one batch. The batch may be freed afterwards.
  IpcStream encode(const ArrowBatch& batch) const;
  /// A stream with one batch of no rows.
  IpcStream encode_empty() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Spark's columns of a stream that a client sent, without reading its batches. Throws on bytes
/// that are no Arrow stream.
types::Schema stream_schema(std::string_view ipc_stream);

}  // namespace grebe::engine
