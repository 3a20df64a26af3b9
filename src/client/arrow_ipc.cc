// Arrow IPC streams ↔ tables and Arrow's C stream interface, by nanoarrow.
#include "client/arrow_ipc.h"

#include <cstring>
#include <stdexcept>

#include "nanoarrow/nanoarrow.hpp"
#include "nanoarrow/nanoarrow_ipc.hpp"

namespace grebe::client {
namespace {

void check(ArrowErrorCode code, const ArrowError& error, const char* what) {
  if (code == NANOARROW_OK) return;
  std::string reason = error.message[0] != '\0' ? error.message : std::strerror(code);
  throw std::runtime_error(std::string(what) + ": " + reason);
}

/// Reads cells of one column; the schema view is kept because it holds scale and time zone.
class CellReader {
 public:
  CellReader(const ArrowSchema& schema, const ArrowSchemaView& type)
      : name_(schema.name == nullptr ? "" : schema.name), type_(type) {}

  Value read(const ArrowArrayView& column, int64_t row) const {
    if (ArrowArrayViewIsNull(&column, row)) return std::monostate();
    switch (type_.type) {
      case NANOARROW_TYPE_NA:
        return std::monostate();
      case NANOARROW_TYPE_BOOL:
        return ArrowArrayViewGetIntUnsafe(&column, row) != 0;
      case NANOARROW_TYPE_INT8:
      case NANOARROW_TYPE_INT16:
      case NANOARROW_TYPE_INT32:
      case NANOARROW_TYPE_INT64:
      case NANOARROW_TYPE_UINT8:
      case NANOARROW_TYPE_UINT16:
      case NANOARROW_TYPE_UINT32:
        return ArrowArrayViewGetIntUnsafe(&column, row);
      case NANOARROW_TYPE_FLOAT:
      case NANOARROW_TYPE_DOUBLE:
        return ArrowArrayViewGetDoubleUnsafe(&column, row);
      case NANOARROW_TYPE_DECIMAL128:
        return read_decimal(column, row);
      case NANOARROW_TYPE_STRING:
      case NANOARROW_TYPE_LARGE_STRING:
        return read_bytes(column, row);
      case NANOARROW_TYPE_BINARY:
      case NANOARROW_TYPE_LARGE_BINARY:
        return Binary{read_bytes(column, row)};
      case NANOARROW_TYPE_DATE32:
        return Date{static_cast<int32_t>(ArrowArrayViewGetIntUnsafe(&column, row))};
      case NANOARROW_TYPE_TIMESTAMP:
        return read_timestamp(column, row);
      default:
        throw std::runtime_error("column '" + name_ + "' has the Arrow type " +
                                 ArrowTypeString(type_.type) + ", which cannot be compared");
    }
  }

 private:
  static std::string read_bytes(const ArrowArrayView& column, int64_t row) {
    ArrowBufferView bytes = ArrowArrayViewGetBytesUnsafe(&column, row);
    return std::string(bytes.data.as_char, bytes.size_bytes);
  }

  Value read_decimal(const ArrowArrayView& column, int64_t row) const {
    ArrowDecimal decimal;
    ArrowDecimalInit(&decimal, 128, type_.decimal_precision, type_.decimal_scale);
    ArrowArrayViewGetDecimalUnsafe(&column, row, &decimal);
    Decimal value;
    std::memcpy(&value.unscaled, decimal.words, sizeof value.unscaled);
    value.scale = type_.decimal_scale;
    return value;
  }

  Value read_timestamp(const ArrowArrayView& column, int64_t row) const {
    int64_t raw = ArrowArrayViewGetIntUnsafe(&column, row);
    bool is_instant = type_.timezone != nullptr && type_.timezone[0] != '\0';
    switch (type_.time_unit) {
      case NANOARROW_TIME_UNIT_SECOND:
        return Timestamp{raw * 1'000'000, is_instant};
      case NANOARROW_TIME_UNIT_MILLI:
        return Timestamp{raw * 1'000, is_instant};
      case NANOARROW_TIME_UNIT_MICRO:
        return Timestamp{raw, is_instant};
      case NANOARROW_TIME_UNIT_NANO:
        return Timestamp{raw / 1'000, is_instant};
    }
    throw std::runtime_error("column '" + name_ + "' has an unknown time unit");
  }

  std::string name_;
  ArrowSchemaView type_;
};

void open_stream(std::string_view bytes, nanoarrow::UniqueArrayStream& stream) {
  ArrowError error{};
  nanoarrow::UniqueBuffer buffer;
  check(ArrowBufferAppend(buffer.get(), bytes.data(), static_cast<int64_t>(bytes.size())), error,
        "Arrow stream");
  nanoarrow::ipc::UniqueInputStream input;
  check(ArrowIpcInputStreamInitBuffer(input.get(), buffer.get()), error, "Arrow stream");
  check(ArrowIpcArrayStreamReaderInit(stream.get(), input.get(), nullptr), error, "Arrow stream");
}

/// Appends the rows of one IPC stream to `table`.
Table append_stream(std::string_view bytes, Table table) {
  ArrowError error{};
  nanoarrow::UniqueArrayStream stream;
  open_stream(bytes, stream);
  nanoarrow::UniqueSchema schema;
  check(ArrowArrayStreamGetSchema(stream.get(), schema.get(), &error), error, "Arrow schema");
  if (!table.columns.empty() && table.columns.size() != static_cast<size_t>(schema->n_children)) {
    throw std::runtime_error("Arrow schema changed between batches");
  }
  bool first = table.columns.empty();
  std::vector<CellReader> readers;
  for (int64_t i = 0; i < schema->n_children; ++i) {
    ArrowSchemaView type;
    check(ArrowSchemaViewInit(&type, schema->children[i], &error), error, "Arrow schema");
    readers.emplace_back(*schema->children[i], type);
    if (first)
      table.columns.emplace_back(schema->children[i]->name ? schema->children[i]->name : "");
  }
  nanoarrow::UniqueArrayView view;
  check(ArrowArrayViewInitFromSchema(view.get(), schema.get(), &error), error, "Arrow schema");
  for (;;) {
    nanoarrow::UniqueArray batch;
    check(ArrowArrayStreamGetNext(stream.get(), batch.get(), &error), error, "Arrow batch");
    if (batch->release == nullptr) return table;
    check(ArrowArrayViewSetArray(view.get(), batch.get(), &error), error, "Arrow batch");
    for (int64_t row = 0; row < batch->length; ++row) {
      auto& cells = table.rows.emplace_back();
      cells.reserve(readers.size());
      for (size_t i = 0; i < readers.size(); ++i) {
        cells.push_back(readers[i].read(*view->children[i], row));
      }
    }
  }
}

}  // namespace

Table decode_ipc(const std::vector<std::string>& streams) {
  Table table;
  for (const std::string& stream : streams) table = append_stream(stream, std::move(table));
  return table;
}

std::string encode_ipc(ArrowSchema& schema, std::vector<ArrowArray>& batches) {
  ArrowError error{};
  nanoarrow::UniqueArrayStream stream;
  auto count = static_cast<int64_t>(batches.size());
  check(ArrowBasicArrayStreamInit(stream.get(), &schema, count), error, "Arrow output");
  for (int64_t i = 0; i < count; ++i) ArrowBasicArrayStreamSetArray(stream.get(), i, &batches[i]);
  nanoarrow::UniqueBuffer buffer;
  nanoarrow::ipc::UniqueOutputStream output;
  check(ArrowIpcOutputStreamInitBuffer(output.get(), buffer.get()), error, "Arrow output");
  nanoarrow::ipc::UniqueWriter writer;
  check(ArrowIpcWriterInit(writer.get(), output.get()), error, "Arrow output");
  check(ArrowIpcWriterWriteArrayStream(writer.get(), stream.get(), &error), error, "Arrow output");
  return std::string(reinterpret_cast<const char*>(buffer->data), buffer->size_bytes);
}

}  // namespace grebe::client
