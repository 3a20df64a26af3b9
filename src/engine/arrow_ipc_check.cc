// The bytes of an Arrow IPC stream from outside → refused; see arrow_ipc_check.h.
#include "engine/arrow_ipc_check.h"

#include <fmt/format.h>

#include <cstdint>
#include <cstring>

#include "nanoarrow/nanoarrow_ipc.hpp"

namespace grebe::engine {

core::SparkError malformed_arrow(const std::string& detail) {
  return core::plain_error(
      core::ErrorClass::kSpark,
      fmt::format("The Arrow data of a local relation is malformed: {}", detail));
}

namespace {

/// Nested types deeper than this are refused.
constexpr int kMaxDepth = 64;
constexpr size_t kPrefix = 8;  // the continuation marker and the header's size

// Positions of fields in the tables of Arrow's Message.fbs and Schema.fbs.
constexpr int kMessageHeaderType = 1;
constexpr int kMessageHeader = 2;
constexpr int kSchemaFields = 1;
constexpr int kFieldTypeType = 2;
constexpr int kFieldType = 3;
constexpr int kFieldChildren = 5;
constexpr int kDictionaryBatchData = 1;
constexpr int kRecordBatchNodes = 1;
constexpr int kRecordBatchBuffers = 2;

[[noreturn]] void refuse(const std::string& detail) { throw malformed_arrow(detail); }

template <class T>
T read(const uint8_t* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

/// A field of a table of a verified flatbuffer; null when it is absent.
const uint8_t* field(const uint8_t* table, int id) {
  const uint8_t* vtable = table - read<int32_t>(table);
  const size_t entry = 4 + 2 * static_cast<size_t>(id);
  if (read<uint16_t>(vtable) < entry + 2) return nullptr;
  const auto offset = read<uint16_t>(vtable + entry);
  return offset == 0 ? nullptr : table + offset;
}

const uint8_t* follow(const uint8_t* reference) { return reference + read<uint32_t>(reference); }

/// Calls `each` with every table of a vector.
template <class Each>
void each_table(const uint8_t* reference, const Each& each) {
  if (reference == nullptr) return;
  const uint8_t* vector = follow(reference);
  const auto count = read<uint32_t>(vector);
  for (uint32_t i = 0; i < count; ++i) each(follow(vector + 4 + 4 * static_cast<size_t>(i)));
}

void check_field(const uint8_t* table, int depth) {
  if (depth > kMaxDepth) refuse(fmt::format("types are nested more than {} deep", kMaxDepth));
  if (field(table, kFieldTypeType) == nullptr || field(table, kFieldType) == nullptr) {
    refuse("a field has no type");
  }
  each_table(field(table, kFieldChildren),
             [&](const uint8_t* child) { check_field(child, depth + 1); });
}

/// Calls `each` with both members of every pair of 64-bit numbers in a vector.
template <class Each>
void each_pair(const uint8_t* reference, const Each& each) {
  if (reference == nullptr) return;
  const uint8_t* vector = follow(reference);
  const auto count = read<uint32_t>(vector);
  for (uint32_t i = 0; i < count; ++i) {
    const uint8_t* pair = vector + 4 + 16 * static_cast<size_t>(i);
    each(read<int64_t>(pair), read<int64_t>(pair + 8));
  }
}

/// The decoder adds a buffer's offset and length before it compares them with the body.
void check_record_batch(const uint8_t* batch, int64_t body) {
  each_pair(field(batch, kRecordBatchNodes), [](int64_t length, int64_t null_count) {
    if (length < 0 || null_count < 0 || null_count > length) refuse("a column's length is wrong");
  });
  each_pair(field(batch, kRecordBatchBuffers), [&](int64_t offset, int64_t length) {
    const bool inside = offset >= 0 && length >= 0 && offset <= body && length <= body - offset;
    if (!inside || offset % 8 != 0) refuse("a buffer does not lie in its message's body");
  });
}

void check_message(const uint8_t* flatbuffer, int64_t body) {
  const uint8_t* message = follow(flatbuffer);
  const uint8_t* type = field(message, kMessageHeaderType);
  const uint8_t* header = field(message, kMessageHeader);
  if (type == nullptr || header == nullptr) refuse("a message has no header");
  if (*type == NANOARROW_IPC_MESSAGE_TYPE_SCHEMA) {
    each_table(field(follow(header), kSchemaFields),
               [](const uint8_t* each) { check_field(each, 0); });
  }
  if (*type == NANOARROW_IPC_MESSAGE_TYPE_RECORD_BATCH) check_record_batch(follow(header), body);
  if (*type == NANOARROW_IPC_MESSAGE_TYPE_DICTIONARY_BATCH) {
    const uint8_t* batch = field(follow(header), kDictionaryBatchData);
    if (batch == nullptr) refuse("a dictionary has no batch");
    check_record_batch(follow(batch), body);
  }
}

}  // namespace

void check_ipc_stream(std::string_view bytes) {
  nanoarrow::ipc::UniqueDecoder decoder;
  if (ArrowIpcDecoderInit(decoder.get()) != NANOARROW_OK) {
    throw core::internal_error("an Arrow decoder could not be made");
  }
  ArrowError error{};
  while (bytes.size() >= kPrefix) {
    const auto* start = reinterpret_cast<const uint8_t*>(bytes.data());
    if (read<uint32_t>(start) != 0xFFFFFFFFU) refuse("a message has no continuation marker");
    if (read<int32_t>(start + 4) == 0) return;  // the end of the stream
    ArrowBufferView view;
    view.data.data = start;
    view.size_bytes = static_cast<int64_t>(bytes.size());
    if (ArrowIpcDecoderVerifyHeader(decoder.get(), view, &error) != NANOARROW_OK) {
      refuse(error.message);
    }
    const int64_t body = decoder->body_size_bytes;
    check_message(start + kPrefix, body);
    const auto rest = static_cast<int64_t>(bytes.size()) - decoder->header_size_bytes;
    if (body < 0 || rest < body) refuse("a message's body is cut off");
    bytes.remove_prefix(static_cast<size_t>(decoder->header_size_bytes + body));
  }
}

}  // namespace grebe::engine
