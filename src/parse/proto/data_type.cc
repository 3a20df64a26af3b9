// spark.connect.DataType → types::DataType.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {
namespace {

using types::DataType;

types::IntervalField interval_field(int32_t value, int32_t last) {
  if (value < 0 || value > last) {
    throw invalid_plan("Interval field " + std::to_string(value) + " does not exist");
  }
  return static_cast<types::IntervalField>(value);
}

DataType decimal(const sc::DataType::Decimal& message) {
  // Spark's defaults are those of DecimalType.SYSTEM_DEFAULT's neighbours: (10, 0).
  const int precision = message.has_precision() ? message.precision() : 10;
  const int scale = message.has_scale() ? message.scale() : 0;
  if (scale > precision) {
    throw core::analysis_error("DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                               {{"precision", std::to_string(precision)}, {"maxPrecision", "38"}});
  }
  if (precision < 1 || precision > 38 || scale < 0) {
    throw core::analysis_error("DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                               {{"precision", std::to_string(precision)}, {"maxPrecision", "38"}});
  }
  return DataType::decimal(precision, scale);
}

DataType string_type(const sc::DataType::String& message) {
  const std::string& collation = message.collation();
  if (!collation.empty() && collation != "UTF8_BINARY") {
    throw core::unsupported("the collation " + collation);
  }
  return DataType::string();
}

}  // namespace

types::DataType Conversion::data_type(const sc::DataType& message) {
  const Nesting nesting(*this);
  switch (message.kind_case()) {
    case sc::DataType::kNull:
      return DataType::void_type();
    case sc::DataType::kBinary:
      return DataType::binary();
    case sc::DataType::kBoolean:
      return DataType::boolean();
    case sc::DataType::kByte:
      return DataType::byte();
    case sc::DataType::kShort:
      return DataType::short_type();
    case sc::DataType::kInteger:
      return DataType::integer();
    case sc::DataType::kLong:
      return DataType::long_type();
    case sc::DataType::kFloat:
      return DataType::float_type();
    case sc::DataType::kDouble:
      return DataType::double_type();
    case sc::DataType::kDecimal:
      return decimal(message.decimal());
    case sc::DataType::kString:
      return string_type(message.string());
    case sc::DataType::kChar:
      return DataType::char_type(message.char_().length());
    case sc::DataType::kVarChar:
      return DataType::varchar(message.var_char().length());
    case sc::DataType::kDate:
      return DataType::date();
    case sc::DataType::kTimestamp:
      return DataType::timestamp();
    case sc::DataType::kTimestampNtz:
      return DataType::timestamp_ntz();
    case sc::DataType::kCalendarInterval:
      return DataType::calendar_interval();
    case sc::DataType::kYearMonthInterval: {
      const auto& interval = message.year_month_interval();
      const auto start = interval.has_start_field() ? interval_field(interval.start_field(), 1) : 0;
      const auto end = interval.has_end_field()     ? interval_field(interval.end_field(), 1)
                       : interval.has_start_field() ? start
                                                    : 1;
      return DataType::year_month_interval(start, end);
    }
    case sc::DataType::kDayTimeInterval: {
      const auto& interval = message.day_time_interval();
      const auto start = interval.has_start_field() ? interval_field(interval.start_field(), 3) : 0;
      const auto end = interval.has_end_field()     ? interval_field(interval.end_field(), 3)
                       : interval.has_start_field() ? start
                                                    : 3;
      return DataType::day_time_interval(start, end);
    }
    case sc::DataType::kArray:
      return DataType::array(data_type(message.array().element_type()),
                             message.array().contains_null());
    case sc::DataType::kMap:
      return DataType::map(data_type(message.map().key_type()),
                           data_type(message.map().value_type()),
                           message.map().value_contains_null());
    case sc::DataType::kStruct: {
      std::vector<types::StructField> fields;
      for (const auto& field : message.struct_().fields()) {
        std::string metadata = field.has_metadata() ? field.metadata() : "";
        if (metadata == "{}") metadata.clear();
        fields.push_back({.name = field.name(),
                          .type = data_type(field.data_type()),
                          .nullable = field.nullable(),
                          .metadata_json = std::move(metadata)});
      }
      return DataType::struct_type(std::move(fields));
    }
    case sc::DataType::kUnparsed: {
      const std::string& text = message.unparsed().data_type_string();
      return sql::parse_data_type(text, options_.sql);
    }
    case sc::DataType::kUdt:
      throw core::unsupported("a user-defined type");
    case sc::DataType::kVariant:
      throw core::unsupported("the type VARIANT");
    case sc::DataType::kTime:
      throw core::unsupported("the type TIME");
    case sc::DataType::kGeometry:
      throw core::unsupported("the type GEOMETRY");
    case sc::DataType::kGeography:
      throw core::unsupported("the type GEOGRAPHY");
    case sc::DataType::KIND_NOT_SET:
      throw invalid_plan("Does not support convert KIND_NOT_SET to catalyst types.");
  }
  throw core::unsupported("a type outside the protocol");
}

}  // namespace grebe::parse::proto
