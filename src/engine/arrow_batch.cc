// Checks and reshapes what DuckDB's appender makes; see arrow_batch.h.
#include "engine/arrow_batch.h"

#include <fmt/format.h>

#include "duckdb/common/types/vector.hpp"

namespace grebe::engine {

using duckdb::LogicalType;
using duckdb::LogicalTypeId;
using types::DataType;
using types::TypeKind;

ArrowBatch::ArrowBatch() : array_(std::make_unique<ArrowArray>()) { array_->release = nullptr; }
ArrowBatch::ArrowBatch(ArrowBatch&&) noexcept = default;
ArrowBatch& ArrowBatch::operator=(ArrowBatch&& other) noexcept {
  std::swap(array_, other.array_);
  return *this;
}
ArrowBatch::~ArrowBatch() {
  if (array_ && array_->release != nullptr) array_->release(array_.get());
}
int64_t ArrowBatch::rows() const { return array_->length; }

namespace {

bool carries(const LogicalType& carrier, const DataType& type);

bool carries_struct(const LogicalType& carrier, const DataType& type) {
  if (carrier.id() != LogicalTypeId::STRUCT) return false;
  const auto& children = duckdb::StructType::GetChildTypes(carrier);
  if (type.fields().empty()) return children.size() == 1;
  if (children.size() != type.fields().size()) return false;
  for (size_t i = 0; i < children.size(); ++i) {
    if (!carries(children[i].second, type.fields()[i].type)) return false;
  }
  return true;
}

bool carries(const LogicalType& carrier, const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kVoid:
      return carrier.id() == LogicalTypeId::INTEGER || carrier.id() == LogicalTypeId::SQLNULL;
    case TypeKind::kBoolean:
      return carrier.id() == LogicalTypeId::BOOLEAN;
    case TypeKind::kByte:
      return carrier.id() == LogicalTypeId::TINYINT;
    case TypeKind::kShort:
      return carrier.id() == LogicalTypeId::SMALLINT;
    case TypeKind::kInteger:
    case TypeKind::kYearMonthInterval:
      return carrier.id() == LogicalTypeId::INTEGER;
    case TypeKind::kLong:
    case TypeKind::kDayTimeInterval:
      return carrier.id() == LogicalTypeId::BIGINT;
    case TypeKind::kFloat:
      return carrier.id() == LogicalTypeId::FLOAT;
    case TypeKind::kDouble:
      return carrier.id() == LogicalTypeId::DOUBLE;
    case TypeKind::kDecimal:
      return carrier.id() == LogicalTypeId::DECIMAL &&
             duckdb::DecimalType::GetWidth(carrier) == type.precision() &&
             duckdb::DecimalType::GetScale(carrier) == type.scale();
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return carrier.id() == LogicalTypeId::VARCHAR;
    case TypeKind::kBinary:
      return carrier.id() == LogicalTypeId::BLOB;
    case TypeKind::kDate:
      return carrier.id() == LogicalTypeId::DATE;
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return carrier.id() == LogicalTypeId::TIMESTAMP;
    case TypeKind::kCalendarInterval:
      return carrier.id() == LogicalTypeId::INTERVAL;
    case TypeKind::kArray:
      return carrier.id() == LogicalTypeId::LIST &&
             carries(duckdb::ListType::GetChildType(carrier), type.element());
    case TypeKind::kMap:
      return carrier.id() == LogicalTypeId::MAP &&
             carries(duckdb::MapType::KeyType(carrier), type.key()) &&
             carries(duckdb::MapType::ValueType(carrier), type.value());
    case TypeKind::kStruct:
      return carries_struct(carrier, type);
  }
  return false;
}

size_t estimate_vector(duckdb::Vector& vector, duckdb::idx_t count) {
  const LogicalType& type = vector.GetType();
  switch (type.InternalType()) {
    case duckdb::PhysicalType::VARCHAR: {
      duckdb::UnifiedVectorFormat format;
      vector.ToUnifiedFormat(count, format);
      const auto* strings = duckdb::UnifiedVectorFormat::GetData<duckdb::string_t>(format);
      size_t bytes = 4 * count;
      for (duckdb::idx_t i = 0; i < count; ++i) {
        const auto at = format.sel->get_index(i);
        if (format.validity.RowIsValid(at)) bytes += strings[at].GetSize();
      }
      return bytes;
    }
    case duckdb::PhysicalType::LIST: {
      duckdb::UnifiedVectorFormat format;
      vector.ToUnifiedFormat(count, format);
      const auto* entries = duckdb::UnifiedVectorFormat::GetData<duckdb::list_entry_t>(format);
      size_t elements = 0;
      for (duckdb::idx_t i = 0; i < count; ++i) {
        const auto at = format.sel->get_index(i);
        if (format.validity.RowIsValid(at)) elements += entries[at].length;
      }
      const auto size = duckdb::ListVector::GetListSize(vector);
      if (size == 0) return 4 * count;
      // Elements may be shared by several rows.
      const size_t child = estimate_vector(duckdb::ListVector::GetEntry(vector), size);
      return 4 * count + child / size * elements + elements;
    }
    case duckdb::PhysicalType::STRUCT: {
      size_t bytes = 0;
      vector.Flatten(count);
      for (auto& child : duckdb::StructVector::GetEntries(vector)) {
        bytes += estimate_vector(*child, count);
      }
      return bytes;
    }
    default:
      break;
  }
  // Every decimal is sent in 128 bits.
  if (type.id() == LogicalTypeId::DECIMAL) return 16 * count;
  return duckdb::GetTypeIdSize(type.InternalType()) * count;
}

void release_children_from(ArrowArray* array, int64_t first) {
  for (int64_t i = first; i < array->n_children; ++i) {
    ArrowArray* child = array->children[i];
    if (child->release != nullptr) child->release(child);
  }
  array->n_children = first;
}

bool needs_reshaping(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kVoid:
      return true;
    case TypeKind::kArray:
      return needs_reshaping(type.element());
    case TypeKind::kMap:
      return needs_reshaping(type.key()) || needs_reshaping(type.value());
    case TypeKind::kStruct: {
      if (type.fields().empty()) return true;
      for (const auto& field : type.fields()) {
        if (needs_reshaping(field.type)) return true;
      }
      return false;
    }
    default:
      return false;  // atomic types keep their shape
  }
}

void reshape(ArrowArray* array, const DataType& type) {
  if (!needs_reshaping(type)) return;
  if (type.is(TypeKind::kVoid)) {
    array->n_buffers = 0;
    array->null_count = array->length;
  } else if (type.is(TypeKind::kArray)) {
    reshape(array->children[0], type.element());
  } else if (type.is(TypeKind::kMap)) {
    reshape(array->children[0]->children[0], type.key());
    reshape(array->children[0]->children[1], type.value());
  } else {
    if (type.fields().empty()) release_children_from(array, 0);
    for (size_t i = 0; i < type.fields().size(); ++i) {
      reshape(array->children[i], type.fields()[i].type);
    }
  }
}

}  // namespace

void check_carriers(const types::Schema& schema, const duckdb::vector<LogicalType>& types) {
  if (schema.empty() && types.size() == 1) return;
  if (types.size() != schema.size()) {
    throw core::internal_error(
        fmt::format("{} columns came for {} expected", types.size(), schema.size()));
  }
  for (size_t i = 0; i < types.size(); ++i) {
    if (!carries(types[i], schema[i].type)) {
      throw core::internal_error(fmt::format("column {} `{}` of type {} came as {}", i,
                                             schema[i].name, schema[i].type.sql(),
                                             types[i].ToString()));
    }
  }
}

size_t estimate_bytes(duckdb::DataChunk& chunk) {
  size_t bytes = 0;
  for (auto& column : chunk.data) bytes += estimate_vector(column, chunk.size());
  return bytes;
}

ArrowBatch spark_batch(ArrowArray array, const types::Schema& schema) {
  ArrowBatch batch;
  *batch.get() = array;
  if (schema.empty()) release_children_from(batch.get(), 0);
  for (size_t i = 0; i < schema.size(); ++i) {
    ArrowArray* column = batch.get()->children[i];
    reshape(column, schema[i].type);
#ifndef NDEBUG
    if (!schema[i].nullable && column->null_count > 0) {
      throw core::internal_error(
          fmt::format("column {} `{}` is not nullable and holds a null", i, schema[i].name));
    }
#endif
  }
  return batch;
}

}  // namespace grebe::engine
