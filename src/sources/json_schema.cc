// JSON files → columns (Spark: JsonInferSchema).
#include <algorithm>
#include <limits>

#include "core/spark_error.h"
#include "sources/day_formats.h"
#include "sources/record_options.h"
#include "sources/schema_inference.h"
#include "sources/text_values.h"
#include "types/coercion.h"
#include "types/decimal_rules.h"

namespace grebe::sources {
namespace {

using native::JsonValue;
using types::DataType;
using types::TypeKind;

struct InferenceOptions {
  bool primitives_as_string = false;
  bool prefers_decimal = false;
  /// Set with inferTimestamp: which texts are instants.
  const DayFormats* days = nullptr;
};

std::optional<DataType> decimal_of(const std::string& text) {
  if (text.find_first_of("eE") != std::string::npos) return std::nullopt;
  const auto point = text.find('.');
  const int scale = point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  const auto first = digits.find_first_not_of('0');
  const int precision = std::max(
      {1, first == std::string::npos ? 1 : static_cast<int>(digits.size() - first), scale});
  if (precision > types::kMaxDecimalPrecision) return std::nullopt;
  return DataType::decimal(precision, scale);
}

/// Digits with a sign and a point at most.
bool is_number_text(const std::string& text) {
  const size_t first = text.find_first_not_of("+-");
  return first != std::string::npos && first <= 1 &&
         text.find_last_not_of("0123456789.") == (first == 0 ? std::string::npos : 0) &&
         text.find_first_of("0123456789") != std::string::npos &&
         std::count(text.begin(), text.end(), '.') <= 1;
}

DataType number_type(const std::string& text, const InferenceOptions& options) {
  const bool whole = text.find_first_of(".eENI") == std::string::npos;
  if (whole && parse_integer(text)) return DataType::long_type();
  if (whole || options.prefers_decimal) {
    if (text.find_first_of("NI") == std::string::npos) {
      if (const auto decimal = decimal_of(text)) return *decimal;
    }
  }
  return DataType::double_type();
}

DataType meet(const DataType& a, const DataType& b);

DataType merge_structs(const DataType& a, const DataType& b) {
  std::vector<types::StructField> fields = a.fields();
  for (const auto& field : b.fields()) {
    const auto same = std::find_if(fields.begin(), fields.end(),
                                   [&](const auto& known) { return known.name == field.name; });
    if (same == fields.end()) {
      fields.push_back(field);
    } else {
      same->type = meet(same->type, field.type);
    }
  }
  std::sort(fields.begin(), fields.end(),
            [](const auto& x, const auto& y) { return x.name < y.name; });
  return DataType::struct_type(std::move(fields));
}

DataType meet(const DataType& a, const DataType& b) {
  if (a.is(TypeKind::kStruct) && b.is(TypeKind::kStruct)) return merge_structs(a, b);
  if (a.is(TypeKind::kArray) && b.is(TypeKind::kArray)) {
    return DataType::array(meet(a.element(), b.element()), true);
  }
  if (const auto type = types::tightest_common_type(a, b, types::CoercionRules::kDefault)) {
    return *type;
  }
  const auto is_pair = [&](TypeKind x, TypeKind y) {
    return (a.is(x) && b.is(y)) || (a.is(y) && b.is(x));
  };
  if (is_pair(TypeKind::kDouble, TypeKind::kDecimal)) return DataType::double_type();
  if (a.is(TypeKind::kDecimal) && b.is(TypeKind::kDecimal)) return types::wider_decimal(a, b);
  if (is_pair(TypeKind::kLong, TypeKind::kDecimal)) {
    return types::wider_decimal(types::decimal_for(a), types::decimal_for(b));
  }
  return DataType::string();
}

DataType infer(const JsonValue& value, const InferenceOptions& options) {
  switch (value.kind) {
    case JsonValue::Kind::kNull:
      return DataType::void_type();
    case JsonValue::Kind::kBoolean:
      return options.primitives_as_string ? DataType::string() : DataType::boolean();
    case JsonValue::Kind::kNumber:
      return options.primitives_as_string ? DataType::string() : number_type(value.text, options);
    case JsonValue::Kind::kString:
      if (options.prefers_decimal && is_number_text(value.text)) {
        if (const auto decimal = decimal_of(value.text)) return *decimal;
      }
      return options.days && options.days->is_timestamp(value.text) ? DataType::timestamp()
                                                                    : DataType::string();
    case JsonValue::Kind::kArray: {
      DataType element = DataType::void_type();
      for (const auto& item : value.items) element = meet(element, infer(item, options));
      return DataType::array(element, true);
    }
    case JsonValue::Kind::kObject: {
      DataType out = DataType::struct_type({});
      for (const auto& [name, member] : value.members) {
        out = merge_structs(out, DataType::struct_type({{name, infer(member, options), true}}));
      }
      return out;
    }
  }
  return DataType::void_type();
}

/// Unknown types become strings; structs without fields disappear.
std::optional<DataType> settled(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kVoid:
      return DataType::string();
    case TypeKind::kArray:
      if (const auto element = settled(type.element())) return DataType::array(*element, true);
      return std::nullopt;
    case TypeKind::kStruct: {
      std::vector<types::StructField> fields;
      for (const auto& field : type.fields()) {
        if (auto inner = settled(field.type)) fields.push_back({field.name, *inner, true});
      }
      if (fields.empty()) return std::nullopt;
      return DataType::struct_type(std::move(fields));
    }
    default:
      return type;
  }
}

}  // namespace

types::Schema json_schema(const std::vector<std::string>& paths, const Options& options,
                          const SourceContext& context) {
  const auto leniency = json_leniency(options);
  const DayFormats days(options, context.time_zone);
  const InferenceOptions inference{
      .primitives_as_string = option_is_on(options, "primitivesasstring", false),
      .prefers_decimal = option_is_on(options, "prefersdecimal", false),
      .days = option_is_on(options, "infertimestamp", false) ? &days : nullptr};
  std::string mode = option_or(options, "mode", "PERMISSIVE");
  std::transform(mode.begin(), mode.end(), mode.begin(), ::toupper);
  const auto texts =
      option_is_on(options, "multiline", false)
          ? read_texts(context.connection, paths)
          : read_lines(context.connection, paths, std::numeric_limits<int64_t>::max() / 2);
  DataType type = DataType::struct_type({});
  bool corrupt = false;
  for (const auto& text : texts) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) continue;
    const auto value = native::parse_lenient_json(text, leniency);
    if (value && value->kind == JsonValue::Kind::kArray) {
      for (const auto& item : value->items) {
        if (item.kind == JsonValue::Kind::kObject)
          type = merge_structs(type, infer(item, inference));
      }
    } else if (value && value->kind == JsonValue::Kind::kObject) {
      type = merge_structs(type, infer(*value, inference));
    } else if (mode == "FAILFAST") {
      throw core::make_error(core::ErrorClass::kSpark, "_LEGACY_ERROR_TEMP_2165",
                             {{"failFastMode", "FAILFAST"}});
    } else if (mode != "DROPMALFORMED") {
      corrupt = true;
    }
  }
  types::Schema schema;
  if (const auto settled_type = settled(type)) schema = settled_type->fields();
  if (corrupt) {
    schema.push_back(
        {option_or(options, "columnnameofcorruptrecord", context.corrupt_record_column),
         DataType::string(), true});
    std::sort(schema.begin(), schema.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
  }
  return schema;
}

}  // namespace grebe::sources
