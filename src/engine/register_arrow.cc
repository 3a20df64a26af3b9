// An Arrow IPC stream of a client → decoded once, read by DuckDB's Arrow scan without a copy.
#include <fmt/format.h>

#include <cstring>

#include "duckdb/function/table/arrow.hpp"
#include "duckdb/main/relation.hpp"
#include "engine/arrow_ipc_check.h"
#include "engine/arrow_schema.h"
#include "engine/connection.h"
#include "nanoarrow/nanoarrow_ipc.hpp"

namespace grebe::engine {

using types::DataType;
using types::TypeKind;

namespace {

/// A decoded stream: batches in memory and the schema under the names that DuckDB shall see.
struct DecodedArrow {
  std::shared_ptr<const std::string> bytes;
  nanoarrow::UniqueSchema schema;
  std::vector<nanoarrow::UniqueArray> batches;
  int64_t rows = 0;
};

/// The client's bytes as a buffer that is not copied and not freed.
nanoarrow::UniqueBuffer borrow(std::string_view bytes) {
  nanoarrow::UniqueBuffer buffer;
  ArrowBufferInit(buffer.get());
  buffer->data = reinterpret_cast<uint8_t*>(const_cast<char*>(bytes.data()));
  buffer->size_bytes = buffer->capacity_bytes = static_cast<int64_t>(bytes.size());
  buffer->allocator =
      ArrowBufferDeallocator([](ArrowBufferAllocator*, uint8_t*, int64_t) {}, nullptr);
  return buffer;
}

/// A reader over the bytes, its schema read.
nanoarrow::UniqueArrayStream open_reader(std::string_view bytes, nanoarrow::UniqueSchema& schema) {
  check_ipc_stream(bytes);
  auto buffer = borrow(bytes);
  nanoarrow::ipc::UniqueInputStream input;
  nanoarrow::UniqueArrayStream stream;
  if (ArrowIpcInputStreamInitBuffer(input.get(), buffer.get()) != NANOARROW_OK ||
      ArrowIpcArrayStreamReaderInit(stream.get(), input.get(), nullptr) != NANOARROW_OK) {
    throw core::internal_error("an Arrow reader could not be made");
  }
  ArrowError error{};
  if (ArrowArrayStreamGetSchema(stream.get(), schema.get(), &error) != NANOARROW_OK) {
    throw malformed_arrow(error.message);
  }
  return stream;
}

std::shared_ptr<DecodedArrow> decode(std::shared_ptr<const std::string> bytes) {
  auto decoded = std::make_shared<DecodedArrow>();
  decoded->bytes = std::move(bytes);
  auto stream = open_reader(*decoded->bytes, decoded->schema);
  ArrowError error{};
  while (true) {
    nanoarrow::UniqueArray batch;
    if (ArrowArrayStreamGetNext(stream.get(), batch.get(), &error) != NANOARROW_OK) {
      throw malformed_arrow(error.message);
    }
    if (batch->release == nullptr) break;
    // Offsets come from outside: check them before anybody follows them.
    nanoarrow::UniqueArrayView view;
    if (ArrowArrayViewInitFromSchema(view.get(), decoded->schema.get(), &error) != NANOARROW_OK ||
        ArrowArrayViewSetArray(view.get(), batch.get(), &error) != NANOARROW_OK ||
        ArrowArrayViewValidate(view.get(), NANOARROW_VALIDATION_LEVEL_FULL, &error) !=
            NANOARROW_OK) {
      throw malformed_arrow(error.message);
    }
    decoded->rows += batch->length;
    decoded->batches.push_back(std::move(batch));
  }
  return decoded;
}

void set_format(ArrowSchema* schema, const char* format) {
  if (ArrowSchemaSetFormat(schema, format) != NANOARROW_OK) {
    throw core::internal_error("an Arrow schema could not be relabelled");
  }
}

/// Renames columns and fields by position and takes labels away that DuckDB would act upon: zones
/// of timestamps, and the two ANSI intervals, whose buffers are plain integers.
void relabel(ArrowSchema* schema, const std::string& name, bool is_top_level) {
  if (ArrowSchemaSetName(schema, name.c_str()) != NANOARROW_OK) {
    throw core::internal_error("an Arrow schema could not be relabelled");
  }
  ArrowSchemaView view;
  ArrowError error;
  if (ArrowSchemaViewInit(&view, schema, &error) != NANOARROW_OK)
    throw malformed_arrow(error.message);
  switch (view.type) {
    case NANOARROW_TYPE_TIMESTAMP: {
      const std::string format = {'t', 's', schema->format[2], ':'};
      set_format(schema, format.c_str());
      break;
    }
    case NANOARROW_TYPE_DURATION:
      if (!is_top_level && view.time_unit != NANOARROW_TIME_UNIT_MICRO) {
        throw core::unsupported("a nested Arrow duration in other units than microseconds");
      }
      set_format(schema, "l");
      break;
    case NANOARROW_TYPE_INTERVAL_MONTHS:
      set_format(schema, "i");
      break;
    case NANOARROW_TYPE_STRUCT:
      for (int64_t i = 0; i < schema->n_children; ++i) {
        relabel(schema->children[i], fmt::format("f{}", i), false);
      }
      break;
    case NANOARROW_TYPE_LIST:
    case NANOARROW_TYPE_LARGE_LIST:
    case NANOARROW_TYPE_FIXED_SIZE_LIST:
      relabel(schema->children[0], "element", false);
      break;
    case NANOARROW_TYPE_MAP: {
      ArrowSchema* entries = schema->children[0];
      relabel(entries->children[0], "key", false);
      relabel(entries->children[1], "value", false);
      break;
    }
    default:
      break;  // everything else is carried as it is
  }
}

/// Gives out a batch that DecodedArrow keeps: its release frees nothing.
void share(const ArrowArray& array, ArrowArray* out) {
  *out = array;
  out->private_data = nullptr;
  out->release = [](ArrowArray* shared) { shared->release = nullptr; };
}

/// One scan's position.
struct ScanPosition {
  DecodedArrow* decoded;
  size_t next = 0;
};

duckdb::unique_ptr<duckdb::ArrowArrayStreamWrapper> produce(
    uintptr_t factory, duckdb::ArrowStreamParameters& /*parameters*/) {
  auto wrapper = duckdb::make_uniq<duckdb::ArrowArrayStreamWrapper>();
  // DuckDB hands the factory's address over as an integer.
  auto* decoded = reinterpret_cast<DecodedArrow*>(factory);  // NOLINT(performance-no-int-to-ptr)
  wrapper->number_of_rows = decoded->rows;
  auto& stream = wrapper->arrow_array_stream;
  stream.private_data = new ScanPosition{.decoded = decoded};
  stream.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    auto* position = static_cast<ScanPosition*>(self->private_data);
    return ArrowSchemaDeepCopy(position->decoded->schema.get(), out);
  };
  stream.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    auto* position = static_cast<ScanPosition*>(self->private_data);
    auto& batches = position->decoded->batches;
    out->release = nullptr;
    if (position->next < batches.size()) share(*batches[position->next++].get(), out);
    return 0;
  };
  stream.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  stream.release = [](ArrowArrayStream* self) {
    delete static_cast<ScanPosition*>(self->private_data);
    self->release = nullptr;
  };
  return wrapper;
}

void get_schema(ArrowArrayStream* factory, ArrowSchema& schema) {
  auto* decoded = reinterpret_cast<DecodedArrow*>(factory);
  if (ArrowSchemaDeepCopy(decoded->schema.get(), &schema) != NANOARROW_OK) {
    throw core::internal_error("an Arrow schema could not be copied");
  }
}

/// Units of an Arrow duration in `format` ("tDs" …) to microseconds.
std::string duration_in_micros(const std::string& column, char unit) {
  switch (unit) {
    case 's':
      return column + " * 1000000";
    case 'm':
      return column + " * 1000";
    case 'n':
      return column + " // 1000";
    default:
      return column;
  }
}

}  // namespace

types::Schema stream_schema(std::string_view ipc_stream) {
  nanoarrow::UniqueSchema schema;
  open_reader(ipc_stream, schema);
  return spark_schema(*schema.get());
}

types::Schema register_arrow_stream(ConnectionState& state, const std::string& name,
                                    std::shared_ptr<const std::string> ipc_stream) {
  if (!ipc_stream) throw core::internal_error("an Arrow relation without data");
  auto decoded = decode(std::move(ipc_stream));
  types::Schema schema = spark_schema(*decoded->schema.get());
  try {
    if (schema.empty()) {
      state.connection
          .RelationFromQuery(
              fmt::format("SELECT CAST(NULL AS INTEGER) AS c0 FROM range({})", decoded->rows))
          ->CreateView(name, /*replace=*/true, /*temporary=*/true);
      return schema;
    }
    duckdb::vector<std::string> expressions;
    duckdb::vector<std::string> names;
    for (int64_t i = 0; i < decoded->schema->n_children; ++i) {
      ArrowSchema* child = decoded->schema->children[i];
      const char unit = std::strncmp(child->format, "tD", 2) == 0 ? child->format[2] : 'u';
      const std::string column = fmt::format("c{}", i);
      relabel(child, column, true);
      expressions.push_back(fmt::format("CAST({} AS {})", duration_in_micros(column, unit),
                                        carrier_type(schema[static_cast<size_t>(i)].type)));
      names.push_back(column);
    }
    const auto address = [](auto* pointer) {
      return duckdb::Value::POINTER(reinterpret_cast<uintptr_t>(pointer));
    };
    // The "dumb" scan asks for no projection or filter, which a plain array cannot do.
    state.connection
        .TableFunction("arrow_scan_dumb",
                       {address(decoded.get()), address(&produce), address(&get_schema)})
        ->Project(expressions, names)
        ->CreateView(name, /*replace=*/true, /*temporary=*/true);
  } catch (const core::SparkError&) {
    throw;
  } catch (...) {
    state.fail_current_exception();
  }
  state.keep_alive.push_back(std::move(decoded));
  return schema;
}

}  // namespace grebe::engine
