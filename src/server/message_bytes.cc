// Parsing with a nesting limit, and writing without copying batches; see message_bytes.h.
#include "server/message_bytes.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <grpcpp/support/proto_buffer_reader.h>

#include <vector>

namespace grebe::server {

using google::protobuf::io::CodedOutputStream;

bool parse_message(const grpc::ByteBuffer& bytes, google::protobuf::MessageLite& message) {
  grpc::ByteBuffer copy(bytes);  // shares the slices; the reader wants its own
  grpc::ProtoBufferReader reader(&copy);
  if (!reader.status().ok()) return false;
  google::protobuf::io::CodedInputStream input(&reader);
  input.SetRecursionLimit(kMaxNesting);
  return message.ParseFromCodedStream(&input) && input.ConsumedEntireMessage();
}

grpc::ByteBuffer to_bytes(const google::protobuf::MessageLite& message) {
  const size_t size = message.ByteSizeLong();
  grpc::Slice slice(size);
  message.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  return grpc::ByteBuffer(&slice, 1);
}

namespace {

constexpr uint32_t kArrowBatchTag = (2 << 3) | 2;
constexpr uint32_t kRowCountTag = (1 << 3) | 0;
constexpr uint32_t kDataTag = (2 << 3) | 2;

void append_varint(std::string& text, uint64_t value) {
  while (value >= 0x80) {
    text.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  text.push_back(static_cast<char>(value));
}

size_t varint_size(uint64_t value) { return CodedOutputStream::VarintSize64(value); }

grpc::Slice body_slice(engine::IpcStream& batch) {
  auto* owner = new std::shared_ptr<void>(std::move(batch.owner));
  return grpc::Slice(
      const_cast<char*>(batch.body.data()), batch.body.size(),
      [](void* kept) { delete static_cast<std::shared_ptr<void>*>(kept); }, owner);
}

}  // namespace

grpc::ByteBuffer to_bytes_with_batch(const google::protobuf::MessageLite& message, int64_t rows,
                                     engine::IpcStream batch) {
  const auto row_count = static_cast<uint64_t>(rows);
  const size_t batch_size =
      1 + varint_size(row_count) + 1 + varint_size(batch.size()) + batch.size();
  std::string head = message.SerializeAsString();
  append_varint(head, kArrowBatchTag);
  append_varint(head, batch_size);
  append_varint(head, kRowCountTag);
  append_varint(head, row_count);
  append_varint(head, kDataTag);
  append_varint(head, batch.size());
  head += batch.head;
  std::vector<grpc::Slice> slices;
  if (batch.body.size() < 4096) {
    head.append(batch.body).append(batch.tail);
    slices.emplace_back(head);
  } else {
    slices.emplace_back(head);
    slices.push_back(body_slice(batch));
    slices.emplace_back(batch.tail);
  }
  return grpc::ByteBuffer(slices.data(), slices.size());
}

}  // namespace grebe::server
