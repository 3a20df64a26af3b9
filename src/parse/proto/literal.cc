// spark.connect.Expression.Literal → plan::Literal.
#include <charconv>

#include "parse/proto/conversion.h"
#include "types/coercion.h"
#include "types/decimal_rules.h"

namespace grebe::parse::proto {
namespace {

using types::DataType;
using types::Value;

plan::Literal make(DataType type, Value value) {
  return plan::Literal{.type = std::move(type), .value = std::move(value)};
}

plan::Literal integral(DataType type, int64_t value) { return make(std::move(type), {value}); }

struct DecimalText {
  types::int128 unscaled = 0;
  int precision = 1;
  int scale = 0;
};

[[noreturn]] void refuse_decimal(const std::string& text) {
  throw core::make_error(core::ErrorClass::kNumberFormat, "CAST_INVALID_INPUT",
                         {{"expression", "'" + text + "'"},
                          {"sourceType", "\"STRING\""},
                          {"targetType", "\"DECIMAL(38,18)\""},
                          {"ansiConfig", "\"spark.sql.ansi.enabled\""}});
}

/// Reads what java.math.BigDecimal reads: "-1.50", "1E-7", "12e3".
DecimalText parse_decimal(const std::string& text) {
  std::string_view rest = text;
  DecimalText out;
  bool negative = false;
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) {
    negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  int digits = 0;
  int significant = 0;
  bool point = false;
  size_t i = 0;
  for (; i < rest.size() && rest[i] != 'e' && rest[i] != 'E'; ++i) {
    if (rest[i] == '.' && !point) {
      point = true;
      continue;
    }
    if (rest[i] < '0' || rest[i] > '9') refuse_decimal(text);
    ++digits;
    if (out.unscaled != 0 || rest[i] != '0') ++significant;
    if (significant > types::kMaxDecimalPrecision) {
      throw core::make_error(core::ErrorClass::kArithmetic,
                             "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                             {{"precision", std::to_string(significant)}, {"maxPrecision", "38"}});
    }
    out.unscaled = out.unscaled * 10 + (rest[i] - '0');
    if (point) ++out.scale;
  }
  if (digits == 0) refuse_decimal(text);
  if (i < rest.size()) {
    int exponent = 0;
    std::string_view tail = rest.substr(i + 1);
    if (!tail.empty() && tail[0] == '+') tail.remove_prefix(1);
    const auto read = std::from_chars(tail.data(), tail.data() + tail.size(), exponent);
    if (read.ec != std::errc() || read.ptr != tail.data() + tail.size() || exponent > 1000 ||
        exponent < -1000) {
      refuse_decimal(text);
    }
    out.scale -= exponent;
  }
  out.precision = std::max(1, significant);
  if (out.scale < 0) {  // Spark's Decimal takes no negative scale
    if (out.unscaled != 0 && out.precision - out.scale > types::kMaxDecimalPrecision) {
      refuse_decimal(text);
    }
    if (out.unscaled != 0) {
      out.unscaled *= types::power_of_ten(-out.scale);
      out.precision -= out.scale;
    }
    out.scale = 0;
  }
  if (negative) out.unscaled = -out.unscaled;
  return out;
}

plan::Literal decimal(const sc::Expression::Literal::Decimal& message) {
  DecimalText parsed = parse_decimal(message.value());
  int precision = parsed.precision;
  int scale = parsed.scale;
  if (message.has_precision()) precision = std::max(precision, message.precision());
  if (message.has_scale()) scale = std::max(scale, message.scale());
  precision = std::max(precision, scale);
  // The digits before the point must still fit after the scale has grown.
  const int grown = scale - parsed.scale;
  if (precision > types::kMaxDecimalPrecision || scale < 0 ||
      (parsed.unscaled != 0 && parsed.precision + grown > types::kMaxDecimalPrecision)) {
    throw core::make_error(core::ErrorClass::kArithmetic, "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                           {{"precision", std::to_string(precision)}, {"maxPrecision", "38"}});
  }
  precision = std::max(precision, parsed.unscaled == 0 ? 0 : parsed.precision + grown);
  types::int128 unscaled = parsed.unscaled;
  if (unscaled != 0) unscaled *= types::power_of_ten(grown);
  return make(DataType::decimal(precision, scale), {types::Decimal{unscaled}});
}

template <typename Values, typename MakeValue>
plan::Literal special_list(DataType element, const Values& values, MakeValue make_value) {
  auto list = std::make_shared<types::ValueList>();
  for (const auto& value : values) list->items.push_back(Value{make_value(value)});
  return make(DataType::array(std::move(element), /*contains_null=*/false),
              Value{std::shared_ptr<const types::ValueList>(std::move(list))});
}

plan::Literal specialized_array(const sc::Expression::Literal::SpecializedArray& message) {
  using Special = sc::Expression::Literal::SpecializedArray;
  const auto to_long = [](int64_t value) { return value; };
  const auto to_double = [](double value) { return value; };
  switch (message.value_type_case()) {
    case Special::kBools:
      return special_list(DataType::boolean(), message.bools().values(),
                          [](bool value) { return value; });
    case Special::kInts:
      return special_list(DataType::integer(), message.ints().values(), to_long);
    case Special::kLongs:
      return special_list(DataType::long_type(), message.longs().values(), to_long);
    case Special::kFloats:
      return special_list(DataType::float_type(), message.floats().values(), to_double);
    case Special::kDoubles:
      return special_list(DataType::double_type(), message.doubles().values(), to_double);
    case Special::kStrings:
      return special_list(DataType::string(), message.strings().values(),
                          [](const std::string& value) { return value; });
    case Special::VALUE_TYPE_NOT_SET:
      break;
  }
  throw invalid_plan("Unsupported Literal Type: an empty specialized array");
}

/// Elements must have the type that the literal declares; only nullability may differ.
Value checked(plan::Literal element, const DataType& expected) {
  if (!element.value.is_null() && !element.type.same_type(expected)) {
    const bool widened = element.type.is_integral() && expected.is_integral();
    const bool same_kind = element.type.kind() == expected.kind();
    if (!widened && !same_kind) {
      throw invalid_plan("A literal of type " + element.type.simple_string() + " stands where " +
                         expected.simple_string() + " is declared");
    }
    if (element.type.is(types::TypeKind::kDecimal)) {
      const int grown = expected.scale() - element.type.scale();
      auto& decimal = std::get<types::Decimal>(element.value.data);
      if (grown < 0) throw invalid_plan("A decimal literal has more digits than its type");
      decimal.unscaled *= types::power_of_ten(grown);
    }
  }
  return std::move(element.value);
}

}  // namespace

plan::Literal Conversion::literal_list(const sc::Expression::Literal& message) {
  const auto& array = message.array();
  std::vector<plan::Literal> elements;
  for (const auto& element : array.elements()) elements.push_back(literal(element));
  DataType type = DataType::void_type();
  if (message.has_data_type() && message.data_type().has_array()) {
    type = data_type(message.data_type());
  } else if (array.has_element_type()) {
    type = DataType::array(data_type(array.element_type()), true);
  } else {
    DataType element = DataType::void_type();
    for (const auto& item : elements) {
      const auto wider = types::wider_type(element, item.type, types::CoercionRules::kDefault);
      if (!wider) throw invalid_plan("The elements of an array literal have no common type");
      element = *wider;
    }
    type = DataType::array(element, true);
  }
  auto list = std::make_shared<types::ValueList>();
  for (auto& element : elements) list->items.push_back(checked(std::move(element), type.element()));
  return make(type, Value{std::shared_ptr<const types::ValueList>(std::move(list))});
}

plan::Literal Conversion::literal_map(const sc::Expression::Literal& message) {
  const auto& map = message.map();
  if (map.keys_size() != map.values_size()) {
    throw invalid_plan("A map literal has another number of keys than of values");
  }
  DataType type = DataType::void_type();
  if (message.has_data_type() && message.data_type().has_map()) {
    type = data_type(message.data_type());
  } else if (map.has_key_type() && map.has_value_type()) {
    type = DataType::map(data_type(map.key_type()), data_type(map.value_type()), true);
  } else {
    throw invalid_plan("A map literal declares no type");
  }
  auto entries = std::make_shared<types::ValueMap>();
  for (int i = 0; i < map.keys_size(); ++i) {
    entries->entries.emplace_back(checked(literal(map.keys(i)), type.key()),
                                  checked(literal(map.values(i)), type.value()));
  }
  return make(type, Value{std::shared_ptr<const types::ValueMap>(std::move(entries))});
}

plan::Literal Conversion::literal_struct(const sc::Expression::Literal& message) {
  const auto& record = message.struct_();
  DataType type = DataType::void_type();
  if (message.has_data_type() && message.data_type().has_struct_()) {
    type = data_type(message.data_type());
  } else if (record.has_struct_type() && record.struct_type().has_struct_()) {
    type = data_type(record.struct_type());
  } else {
    throw invalid_plan("A struct literal declares no type");
  }
  if (static_cast<int>(type.fields().size()) != record.elements_size()) {
    throw invalid_plan("A struct literal has another number of elements than its type");
  }
  auto list = std::make_shared<types::ValueList>();
  for (int i = 0; i < record.elements_size(); ++i) {
    list->items.push_back(
        checked(literal(record.elements(i)), type.fields()[static_cast<size_t>(i)].type));
  }
  return make(type, Value{std::shared_ptr<const types::ValueList>(std::move(list))});
}

plan::Literal Conversion::literal(const sc::Expression::Literal& message) {
  using Message = sc::Expression::Literal;
  const Nesting nesting(*this);
  switch (message.literal_type_case()) {
    case Message::kNull:
      return make(data_type(message.null()), {});
    case Message::kBinary:
      return make(DataType::binary(), {message.binary()});
    case Message::kBoolean:
      return make(DataType::boolean(), {message.boolean()});
    case Message::kByte:
      return integral(DataType::byte(), static_cast<int8_t>(message.byte()));
    case Message::kShort:
      return integral(DataType::short_type(), static_cast<int16_t>(message.short_()));
    case Message::kInteger:
      return integral(DataType::integer(), message.integer());
    case Message::kLong:
      return integral(DataType::long_type(), message.long_());
    case Message::kFloat:
      return make(DataType::float_type(), {static_cast<double>(message.float_())});
    case Message::kDouble:
      return make(DataType::double_type(), {message.double_()});
    case Message::kDecimal:
      return decimal(message.decimal());
    case Message::kString:
      return make(DataType::string(), {message.string()});
    case Message::kDate:
      return integral(DataType::date(), message.date());
    case Message::kTimestamp:
      return integral(DataType::timestamp(), message.timestamp());
    case Message::kTimestampNtz:
      return integral(DataType::timestamp_ntz(), message.timestamp_ntz());
    case Message::kCalendarInterval: {
      const auto& interval = message.calendar_interval();
      return make(
          DataType::calendar_interval(),
          {types::CalendarInterval{interval.months(), interval.days(), interval.microseconds()}});
    }
    case Message::kYearMonthInterval:
      return integral(message.has_data_type() ? data_type(message.data_type())
                                              : DataType::year_month_interval(),
                      message.year_month_interval());
    case Message::kDayTimeInterval:
      return integral(
          message.has_data_type() ? data_type(message.data_type()) : DataType::day_time_interval(),
          message.day_time_interval());
    case Message::kArray:
      return literal_list(message);
    case Message::kMap:
      return literal_map(message);
    case Message::kStruct:
      return literal_struct(message);
    case Message::kSpecializedArray:
      return specialized_array(message.specialized_array());
    case Message::kTime:
      throw core::unsupported("a TIME literal");
    case Message::LITERAL_TYPE_NOT_SET:
      break;
  }
  throw invalid_plan("Unsupported Literal Type: LITERALTYPE_NOT_SET");
}

}  // namespace grebe::parse::proto
