// Types and values in the protocol's words; see proto_types.h.
#include "server/proto_types.h"

#include "spark/connect/expressions.pb.h"
#include "spark/connect/types.pb.h"
#include "types/value_text.h"

namespace grebe::server {

using types::DataType;
using types::TypeKind;
using types::Value;

namespace {

void fill_fields(const std::vector<types::StructField>& fields,
                 spark::connect::DataType_Struct& message) {
  for (const auto& field : fields) {
    auto& sent = *message.add_fields();
    sent.set_name(field.name);
    fill_data_type(field.type, *sent.mutable_data_type());
    sent.set_nullable(field.nullable);
    if (!field.metadata_json.empty()) sent.set_metadata(field.metadata_json);
  }
}

}  // namespace

void fill_schema(const types::Schema& schema, spark::connect::DataType& message) {
  fill_fields(schema, *message.mutable_struct_());
}

void fill_data_type(const DataType& type, spark::connect::DataType& message) {
  switch (type.kind()) {
    case TypeKind::kVoid:
      message.mutable_null();
      return;
    case TypeKind::kBoolean:
      message.mutable_boolean();
      return;
    case TypeKind::kByte:
      message.mutable_byte();
      return;
    case TypeKind::kShort:
      message.mutable_short_();
      return;
    case TypeKind::kInteger:
      message.mutable_integer();
      return;
    case TypeKind::kLong:
      message.mutable_long_();
      return;
    case TypeKind::kFloat:
      message.mutable_float_();
      return;
    case TypeKind::kDouble:
      message.mutable_double_();
      return;
    case TypeKind::kDecimal:
      message.mutable_decimal()->set_precision(type.precision());
      message.mutable_decimal()->set_scale(type.scale());
      return;
    case TypeKind::kString:
      message.mutable_string();
      return;
    case TypeKind::kChar:
      message.mutable_char_()->set_length(type.length());
      return;
    case TypeKind::kVarchar:
      message.mutable_var_char()->set_length(type.length());
      return;
    case TypeKind::kBinary:
      message.mutable_binary();
      return;
    case TypeKind::kDate:
      message.mutable_date();
      return;
    case TypeKind::kTimestamp:
      message.mutable_timestamp();
      return;
    case TypeKind::kTimestampNtz:
      message.mutable_timestamp_ntz();
      return;
    case TypeKind::kYearMonthInterval:
      message.mutable_year_month_interval()->set_start_field(type.start_field());
      message.mutable_year_month_interval()->set_end_field(type.end_field());
      return;
    case TypeKind::kDayTimeInterval:
      message.mutable_day_time_interval()->set_start_field(type.start_field());
      message.mutable_day_time_interval()->set_end_field(type.end_field());
      return;
    case TypeKind::kCalendarInterval:
      message.mutable_calendar_interval();
      return;
    case TypeKind::kArray:
      fill_data_type(type.element(), *message.mutable_array()->mutable_element_type());
      message.mutable_array()->set_contains_null(type.contains_null());
      return;
    case TypeKind::kMap:
      fill_data_type(type.key(), *message.mutable_map()->mutable_key_type());
      fill_data_type(type.value(), *message.mutable_map()->mutable_value_type());
      message.mutable_map()->set_value_contains_null(type.value_contains_null());
      return;
    case TypeKind::kStruct:
      fill_fields(type.fields(), *message.mutable_struct_());
      return;
  }
}

void fill_literal(const DataType& type, const Value& value,
                  spark::connect::Expression_Literal& message) {
  if (value.is_null()) return fill_data_type(type, *message.mutable_null());
  const auto integer = [&] { return std::get<int64_t>(value.data); };
  const auto list = [&]() -> const auto& {
    return std::get<std::shared_ptr<const types::ValueList>>(value.data)->items;
  };
  switch (type.kind()) {
    case TypeKind::kVoid:
      message.mutable_null()->mutable_null();
      return;
    case TypeKind::kBoolean:
      message.set_boolean(std::get<bool>(value.data));
      return;
    case TypeKind::kByte:
      message.set_byte(static_cast<int32_t>(integer()));
      return;
    case TypeKind::kShort:
      message.set_short_(static_cast<int32_t>(integer()));
      return;
    case TypeKind::kInteger:
      message.set_integer(static_cast<int32_t>(integer()));
      return;
    case TypeKind::kLong:
      message.set_long_(integer());
      return;
    case TypeKind::kFloat:
      message.set_float_(static_cast<float>(std::get<double>(value.data)));
      return;
    case TypeKind::kDouble:
      message.set_double_(std::get<double>(value.data));
      return;
    case TypeKind::kDecimal:
      message.mutable_decimal()->set_value(
          types::decimal_text(std::get<types::Decimal>(value.data), type.scale(), /*plain=*/true));
      message.mutable_decimal()->set_precision(type.precision());
      message.mutable_decimal()->set_scale(type.scale());
      return;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      message.set_string(std::get<std::string>(value.data));
      return;
    case TypeKind::kBinary:
      message.set_binary(std::get<std::string>(value.data));
      return;
    case TypeKind::kDate:
      message.set_date(static_cast<int32_t>(integer()));
      return;
    case TypeKind::kTimestamp:
      message.set_timestamp(integer());
      return;
    case TypeKind::kTimestampNtz:
      message.set_timestamp_ntz(integer());
      return;
    case TypeKind::kYearMonthInterval:
      message.set_year_month_interval(static_cast<int32_t>(integer()));
      return;
    case TypeKind::kDayTimeInterval:
      message.set_day_time_interval(integer());
      return;
    case TypeKind::kCalendarInterval: {
      const auto& interval = std::get<types::CalendarInterval>(value.data);
      message.mutable_calendar_interval()->set_months(interval.months);
      message.mutable_calendar_interval()->set_days(interval.days);
      message.mutable_calendar_interval()->set_microseconds(interval.micros);
      return;
    }
    case TypeKind::kArray:
      fill_data_type(type.element(), *message.mutable_array()->mutable_element_type());
      for (const auto& item : list()) {
        fill_literal(type.element(), item, *message.mutable_array()->add_elements());
      }
      return;
    case TypeKind::kMap: {
      auto& map = *message.mutable_map();
      fill_data_type(type.key(), *map.mutable_key_type());
      fill_data_type(type.value(), *map.mutable_value_type());
      for (const auto& [key, item] :
           std::get<std::shared_ptr<const types::ValueMap>>(value.data)->entries) {
        fill_literal(type.key(), key, *map.add_keys());
        fill_literal(type.value(), item, *map.add_values());
      }
      return;
    }
    case TypeKind::kStruct:
      fill_data_type(type, *message.mutable_struct_()->mutable_struct_type());
      for (size_t i = 0; i < type.fields().size(); ++i) {
        fill_literal(type.fields()[i].type, list()[i], *message.mutable_struct_()->add_elements());
      }
      return;
  }
}

}  // namespace grebe::server
