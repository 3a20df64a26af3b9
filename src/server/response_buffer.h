// Responses of one running operation → whoever reads them now; a reader may vanish and come back.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "core/spark_error.h"

namespace grebe::server {

/// One serialized response. Its bytes are shared, so that sending it again costs nothing.
struct Response {
  std::string id;
  grpc::ByteBuffer bytes;
};

/// A bounded queue with a memory of what was sent. One producer; one reader at a time, and a new
/// reader takes the place of the old one.
class ResponseBuffer {
 public:
  struct Limits {
    /// Unsent bytes at which the producer waits.
    size_t unsent_bytes = 32 << 20;
    /// Sent, unreleased bytes that are kept for a reader that comes back.
    size_t sent_bytes = 96 << 20;
  };
  ResponseBuffer() = default;
  explicit ResponseBuffer(Limits limits) : limits_(limits) {}

  // The producer's side.

  /// Waits for room; tells whether the operation goes on (false after close()).
  bool push(Response response);
  /// Nothing more comes; readers get `error`, when there is one, after the last response.
  void finish(std::optional<core::SparkError> error);
  bool is_finished() const;
  bool has_failed() const;

  // The reader's side.

  /// Who reads, and where.
  struct Reader {
    uint64_t token = 0;
    uint64_t next_index = 0;
  };
  /// Starts reading at the first response, or after the one of that id. Throws
  /// INVALID_CURSOR.POSITION_NOT_FOUND or POSITION_NOT_AVAILABLE.
  Reader attach(const std::string& after_response_id = {});
  enum class ReadOutcome : uint8_t { kResponse, kEnd, kTimeout };
  /// Waits at most `patience` for the next response and puts it into `response`. Throws the
  /// producer's error at its place, and INVALID_CURSOR.DISCONNECTED when another reader came.
  ReadOutcome read(Reader& reader, std::chrono::milliseconds patience, Response& response);

  /// Forgets sent responses up to and including that one; unknown ids are ignored.
  void release_until(const std::string& response_id);
  /// Drops everything and stops the producer.
  void close();

 private:
  struct Entry {
    Response response;
    size_t bytes;
  };
  uint64_t end_index() const { return first_index_ + entries_.size(); }
  void drop_front();

  Limits limits_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Entry> entries_;
  /// Index of entries_.front(); indexes count from 0 over the operation's life.
  uint64_t first_index_ = 0;
  /// One past the furthest response that was handed out.
  uint64_t sent_index_ = 0;
  size_t unsent_bytes_ = 0;
  size_t sent_bytes_ = 0;
  /// The response before entries_.front().
  std::string last_released_id_;
  uint64_t reader_token_ = 0;
  bool finished_ = false;
  bool closed_ = false;
  std::optional<core::SparkError> error_;
};

}  // namespace grebe::server
