// Arrow batches of a result → single values.
#include "engine/arrow_values.h"

#include <cstring>

#include "core/spark_error.h"
#include "engine/arrow_schema.h"
#include "nanoarrow/nanoarrow.hpp"

namespace grebe::engine {
namespace {

using types::DataType;
using types::TypeKind;
using types::Value;

std::string bytes_at(const ArrowArrayView* view, int64_t row) {
  const auto bytes = ArrowArrayViewGetBytesUnsafe(view, row);
  return std::string(bytes.data.as_char, static_cast<size_t>(bytes.size_bytes));
}

types::int128 decimal_at(const ArrowArrayView* view, int64_t row) {
  types::int128 value = 0;
  const auto* base = view->buffer_views[1].data.as_uint8;
  std::memcpy(&value, base + (view->offset + row) * 16, sizeof value);
  return value;
}

types::CalendarInterval interval_at(const ArrowArrayView* view, int64_t row) {
  ArrowInterval interval;
  ArrowIntervalInit(&interval, NANOARROW_TYPE_INTERVAL_MONTH_DAY_NANO);
  ArrowArrayViewGetIntervalUnsafe(view, row, &interval);
  return {interval.months, interval.days, interval.ns / 1000};
}

Value value_at(const ArrowArrayView* view, int64_t row, const DataType& type) {
  if (type.is(TypeKind::kVoid) || ArrowArrayViewIsNull(view, row)) return {};
  switch (type.kind()) {
    case TypeKind::kVoid:
      return {};
    case TypeKind::kBoolean:
      return Value{ArrowArrayViewGetIntUnsafe(view, row) != 0};
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
    case TypeKind::kDayTimeInterval:
      return Value{ArrowArrayViewGetIntUnsafe(view, row)};
    case TypeKind::kYearMonthInterval: {
      int32_t months = 0;
      const auto* base = view->buffer_views[1].data.as_uint8;
      std::memcpy(&months, base + (view->offset + row) * 4, sizeof months);
      return Value{static_cast<int64_t>(months)};
    }
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return Value{ArrowArrayViewGetDoubleUnsafe(view, row)};
    case TypeKind::kDecimal:
      return Value{types::Decimal{decimal_at(view, row)}};
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
    case TypeKind::kBinary:
      return Value{bytes_at(view, row)};
    case TypeKind::kCalendarInterval:
      return Value{interval_at(view, row)};
    case TypeKind::kArray: {
      auto list = std::make_shared<types::ValueList>();
      const auto begin = ArrowArrayViewListChildOffset(view, row);
      const auto end = ArrowArrayViewListChildOffset(view, row + 1);
      for (auto i = begin; i < end; ++i) {
        list->items.push_back(value_at(view->children[0], i, type.element()));
      }
      return Value{std::shared_ptr<const types::ValueList>(std::move(list))};
    }
    case TypeKind::kMap: {
      auto map = std::make_shared<types::ValueMap>();
      const auto begin = ArrowArrayViewListChildOffset(view, row);
      const auto end = ArrowArrayViewListChildOffset(view, row + 1);
      const auto* entries = view->children[0];
      for (auto i = begin; i < end; ++i) {
        map->entries.emplace_back(value_at(entries->children[0], i, type.key()),
                                  value_at(entries->children[1], i, type.value()));
      }
      return Value{std::shared_ptr<const types::ValueMap>(std::move(map))};
    }
    case TypeKind::kStruct: {
      auto fields = std::make_shared<types::ValueList>();
      for (size_t i = 0; i < type.fields().size(); ++i) {
        fields->items.push_back(
            value_at(view->children[i], row + view->offset, type.fields()[i].type));
      }
      return Value{std::shared_ptr<const types::ValueList>(std::move(fields))};
    }
  }
  throw core::internal_error("a value of unknown type");
}

}  // namespace

std::vector<Row> batch_rows(const ArrowBatch& batch, const types::Schema& schema,
                            const std::string& time_zone) {
  const auto arrow = arrow_schema(schema, time_zone);
  nanoarrow::UniqueArrayView view;
  ArrowError error;
  if (ArrowArrayViewInitFromSchema(view.get(), arrow.get(), &error) != NANOARROW_OK ||
      ArrowArrayViewSetArray(view.get(), batch.get(), &error) != NANOARROW_OK) {
    throw core::internal_error(std::string("a result batch that Arrow cannot read: ") +
                               ArrowErrorMessage(&error));
  }
  std::vector<Row> rows(static_cast<size_t>(batch.rows()));
  for (int64_t row = 0; row < batch.rows(); ++row) {
    auto& out = rows[static_cast<size_t>(row)];
    for (size_t column = 0; column < schema.size(); ++column) {
      out.push_back(value_at(view->children[column], row, schema[column].type));
    }
  }
  return rows;
}

std::vector<Row> read_rows(ResultStream& stream, int64_t max_rows) {
  std::vector<Row> rows;
  while (auto batch = stream.next()) {
    for (auto& row : batch_rows(*batch, stream.schema())) rows.push_back(std::move(row));
    if (static_cast<int64_t>(rows.size()) > max_rows) {
      throw core::internal_error("more than " + std::to_string(max_rows) +
                                 " rows where few were expected");
    }
  }
  return rows;
}

}  // namespace grebe::engine
