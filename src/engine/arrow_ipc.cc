// IPC encoding with nanoarrow; see arrow_ipc.h.
#include "engine/arrow_ipc.h"

#include "engine/arrow_schema.h"
#include "nanoarrow/nanoarrow_ipc.hpp"

namespace grebe::engine {

namespace {

constexpr std::string_view kEndOfStream("\xff\xff\xff\xff\0\0\0\0", 8);

void check(ArrowErrorCode code, const ArrowError& error) {
  if (code != NANOARROW_OK) {
    throw core::internal_error(std::string("a result could not be encoded: ") + error.message);
  }
}

void append_message(ArrowIpcEncoder* encoder, std::string* text) {
  nanoarrow::UniqueBuffer message;
  ArrowError error{};
  check(ArrowIpcEncoderFinalizeBuffer(encoder, /*encapsulate=*/1, message.get()), error);
  text->append(reinterpret_cast<const char*>(message->data),
               static_cast<size_t>(message->size_bytes));
}

}  // namespace

std::string IpcStream::str() const {
  std::string text;
  text.reserve(size());
  text.append(head).append(body).append(tail);
  return text;
}

std::string join_streams(const std::vector<IpcStream>& streams) {
  std::string joined;
  for (const auto& stream : streams) {
    const std::string_view head(stream.head);
    joined.append(joined.empty() ? head : head.substr(stream.schema_size)).append(stream.body);
  }
  if (!streams.empty()) joined.append(streams.back().tail);
  return joined;
}

struct IpcEncoder::State {
  nanoarrow::UniqueSchema schema;
  std::string schema_message;
};

IpcEncoder::IpcEncoder(const types::Schema& schema, const std::string& time_zone)
    : state_(std::make_unique<State>()) {
  state_->schema = arrow_schema(schema, time_zone);
  nanoarrow::ipc::UniqueEncoder encoder;
  ArrowError error{};
  check(ArrowIpcEncoderInit(encoder.get()), error);
  check(ArrowIpcEncoderEncodeSchema(encoder.get(), state_->schema.get(), &error), error);
  append_message(encoder.get(), &state_->schema_message);
}

IpcEncoder::~IpcEncoder() = default;

namespace {

IpcStream encode_view(const std::string& schema_message, const ArrowArrayView& view) {
  nanoarrow::ipc::UniqueEncoder encoder;
  ArrowError error{};
  auto body = std::make_shared<nanoarrow::UniqueBuffer>();
  check(ArrowIpcEncoderInit(encoder.get()), error);
  check(ArrowIpcEncoderEncodeSimpleRecordBatch(encoder.get(), &view, body->get(), &error), error);
  IpcStream stream;
  stream.head = schema_message;
  stream.schema_size = schema_message.size();
  append_message(encoder.get(), &stream.head);
  stream.body = {reinterpret_cast<const char*>((*body)->data),
                 static_cast<size_t>((*body)->size_bytes)};
  stream.owner = std::move(body);
  stream.tail = kEndOfStream;
  return stream;
}

}  // namespace

IpcStream IpcEncoder::encode(const ArrowBatch& batch) const {
  nanoarrow::UniqueArrayView view;
  ArrowError error{};
  check(ArrowArrayViewInitFromSchema(view.get(), state_->schema.get(), &error), error);
  check(ArrowArrayViewSetArray(view.get(), batch.get(), &error), error);
  return encode_view(state_->schema_message, *view.get());
}

IpcStream IpcEncoder::encode_empty() const {
  nanoarrow::UniqueArray array;
  ArrowError error{};
  check(ArrowArrayInitFromSchema(array.get(), state_->schema.get(), &error), error);
  check(ArrowArrayStartAppending(array.get()), error);
  check(ArrowArrayFinishBuildingDefault(array.get(), &error), error);
  nanoarrow::UniqueArrayView view;
  check(ArrowArrayViewInitFromSchema(view.get(), state_->schema.get(), &error), error);
  check(ArrowArrayViewSetArray(view.get(), array.get(), &error), error);
  return encode_view(state_->schema_message, *view.get());
}

}  // namespace grebe::engine
