// One JSON or CSV text → its schema as DDL; fields → a CSV line; an XML text → what a path finds.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "native/csv_line.h"
#include "native/kernel.h"
#include "native/lenient_json.h"
#include "native/text_kernel_groups.h"
#include "native/text_parsing.h"
#include "native/value_kernel.h"
#include "native/xml_path.h"
#include "types/decimal_rules.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;
using View = std::string_view;

/// What a JSON value was taken for (Spark: JsonInferSchema).
struct Inferred {
  enum class Kind : unsigned char {
    kNull,
    kBoolean,
    kLong,
    kDecimal,
    kDouble,
    kString,
    kArray,
    kStruct
  };
  Kind kind = Kind::kNull;
  int precision = 0;
  int scale = 0;
  std::vector<Inferred> element = {};
  std::map<std::string, Inferred> fields = {};
};

using Kind = Inferred::Kind;

int rank(Kind kind) {
  return kind == Kind::kLong ? 1 : kind == Kind::kDecimal ? 2 : kind == Kind::kDouble ? 3 : 0;
}

/// A decimal that holds both, whole numbers counting 20 digits; a double when 38 are too few.
Inferred wider_decimal(const Inferred& a, const Inferred& b) {
  const auto whole_digits = [](const Inferred& type) {
    return type.kind == Kind::kLong ? 20 : type.precision - type.scale;
  };
  const int scale = std::max(a.scale, b.scale);
  const int precision = std::max(whole_digits(a), whole_digits(b)) + scale;
  if (precision > types::kMaxDecimalPrecision) return {.kind = Kind::kDouble};
  return {.kind = Kind::kDecimal, .precision = precision, .scale = scale};
}

/// The type that holds both (compatibleType): text when nothing narrower does.
Inferred merge(const Inferred& a, const Inferred& b) {
  if (a.kind == Kind::kNull) return b;
  if (b.kind == Kind::kNull) return a;
  if (rank(a.kind) > 0 && rank(b.kind) > 0) {
    const Inferred& wider = rank(a.kind) >= rank(b.kind) ? a : b;
    return wider.kind == Kind::kDecimal ? wider_decimal(a, b) : wider;
  }
  if (a.kind != b.kind) return {.kind = Kind::kString};
  if (a.kind == Kind::kArray) {
    return {.kind = Kind::kArray, .element = {merge(a.element[0], b.element[0])}};
  }
  if (a.kind == Kind::kStruct) {
    Inferred both = a;
    for (const auto& [name, type] : b.fields) {
      const auto found = both.fields.find(name);
      if (found == both.fields.end()) {
        both.fields[name] = type;
      } else {
        found->second = merge(found->second, type);
      }
    }
    return both;
  }
  return a;
}

/// What of a text is taken for what.
struct Preferences {
  bool primitives_as_string = false;
  bool prefers_decimal = false;
};

/// The decimal that a number with a fraction is (prefersDecimal); nothing beyond 38 digits, and for
/// 1e3, whose scale Java makes negative.
std::optional<Inferred> fraction_type(View text) {
  if (text.find_first_of("NI") != View::npos) return std::nullopt;
  const size_t e = std::min(text.find_first_of("eE"), text.size());
  int exponent = 0;
  if (e < text.size()) {
    const size_t first = e + (text.substr(e + 1).starts_with('+') ? 2 : 1);
    if (std::from_chars(text.data() + first, text.data() + text.size(), exponent).ec != std::errc())
      return std::nullopt;
  }
  const View mantissa = text.substr(0, e);
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  const auto fraction = mantissa.size() - std::min(point + 1, mantissa.size());
  std::string digits;
  std::copy_if(mantissa.begin(), mantissa.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  const size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  const int64_t scale = static_cast<int64_t>(fraction) - exponent;
  const int64_t precision = std::max(static_cast<int64_t>(digits.size() - first), scale);
  if (scale < 0 || precision > types::kMaxDecimalPrecision) return std::nullopt;
  return Inferred{.kind = Kind::kDecimal,
                  .precision = static_cast<int>(precision),
                  .scale = static_cast<int>(scale)};
}

Inferred number_type(const std::string& text, bool prefers_decimal) {
  if (text.find_first_of(".eEN") == std::string::npos) {
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) return {.kind = Kind::kLong};
    const auto digits = static_cast<int>(
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
    if (digits <= 38) return {.kind = Kind::kDecimal, .precision = digits};
  }
  if (prefers_decimal) {
    if (const auto decimal = fraction_type(text)) return *decimal;
  }
  return {.kind = Kind::kDouble};
}

Inferred infer(const JsonValue& value, const Preferences& preferences) {
  const bool as_strings = preferences.primitives_as_string;
  switch (value.kind) {
    case JsonValue::Kind::kNull:
      return {};
    case JsonValue::Kind::kBoolean:
      return {.kind = as_strings ? Kind::kString : Kind::kBoolean};
    case JsonValue::Kind::kNumber:
      return as_strings ? Inferred{.kind = Kind::kString}
                        : number_type(value.text, preferences.prefers_decimal);
    case JsonValue::Kind::kString:
      return {.kind = Kind::kString};
    case JsonValue::Kind::kArray: {
      Inferred element;
      for (const JsonValue& item : value.items) element = merge(element, infer(item, preferences));
      return {.kind = Kind::kArray, .element = {element}};
    }
    case JsonValue::Kind::kObject: {
      Inferred object{.kind = Kind::kStruct};
      for (const auto& [name, member] : value.members) {
        object.fields[name] = infer(member, preferences);
      }
      return object;
    }
  }
  return {};
}

std::string quote_name(const std::string& name) {
  const bool is_plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  }) && !std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (is_plain) return name;
  std::string quoted = "`";
  for (const char c : name) quoted += c == '`' ? "``" : std::string(1, c);
  return quoted + "`";
}

std::string ddl(const Inferred& type) {
  switch (type.kind) {
    case Kind::kNull:
    case Kind::kString:
      return "STRING";
    case Kind::kBoolean:
      return "BOOLEAN";
    case Kind::kLong:
      return "BIGINT";
    case Kind::kDecimal:
      return "DECIMAL(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
    case Kind::kDouble:
      return "DOUBLE";
    case Kind::kArray:
      return "ARRAY<" + ddl(type.element[0]) + ">";
    case Kind::kStruct: {
      std::string fields;
      for (const auto& [name, field] : type.fields) {
        fields += (fields.empty() ? "" : ", ") + quote_name(name) + ": " + ddl(field);
      }
      return "STRUCT<" + fields + ">";
    }
  }
  return "STRING";
}

bool is_number(View text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

/// CSVInferSchema over one field.
std::string csv_type(const std::optional<std::string>& field) {
  if (!field || field->empty()) return "STRING";
  const View text = *field;
  int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error == std::errc() && end == text.data() + text.size()) {
    return whole >= INT32_MIN && whole <= INT32_MAX ? "INT" : "BIGINT";
  }
  const bool all_digits = std::all_of(text.begin() + (text[0] == '-' ? 1 : 0), text.end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
  if (all_digits && text.size() <= 38) {
    return "DECIMAL(" + std::to_string(text.size() - (text[0] == '-' ? 1 : 0)) + ",0)";
  }
  if (is_number(text)) return "DOUBLE";
  if (text.size() == 10 && parse_date(text)) return "DATE";
  const auto time = parse_timestamp(text);
  if (time && time->has_date) return "TIMESTAMP";
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower == "true" || lower == "false" ? "BOOLEAN" : "STRING";
}

std::string schema_of_csv(View line, View dialect) {
  std::string fields;
  size_t position = 0;
  for (const auto& field : split_csv_line(line, decode_dialect(dialect))) {
    fields += (position == 0 ? "_c" : ", _c") + std::to_string(position) + ": " + csv_type(field);
    ++position;
  }
  return "STRUCT<" + fields + ">";
}

View trimmed(View text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

/// A field as Spark's writer puts it: white space around it cut off, quoted when it must be.
std::string csv_cell(View written, const CsvDialect& dialect) {
  const View text = trimmed(written);
  if (text.empty()) return std::string(2, dialect.quote);
  const bool needs_quotes = text.find(dialect.separator) != View::npos ||
                            text.find('\n') != View::npos || text.find('\r') != View::npos ||
                            text.front() == dialect.quote;
  if (!needs_quotes) return std::string(text);
  std::string out(1, dialect.quote);
  for (const char c : text) {
    if (c == dialect.quote || c == dialect.escape) out += dialect.escape;
    out += c;
  }
  return out + dialect.quote;
}

/// Nothing for an empty document or path (Hive's UDFXPathUtil).
std::optional<XPathValue> xpath(const KernelContext& context, View xml, View path) {
  if (xml.empty() || path.empty()) return std::nullopt;
  auto value = evaluate_xpath(xml, path);
  if (auto* failure = std::get_if<XPathFailure>(&value)) {
    if (*failure == XPathFailure::kMalformedXml) {
      context.raise(core::plain_error(core::ErrorClass::kRuntime,
                                      "Invalid XML document: " + std::string(xml)));
    }
    context.raise(core::unsupported("the XPath expression " + std::string(path)));
  }
  return std::get<XPathValue>(std::move(value));
}

/// A double as Java's (int) and (long) casts cut it off.
template <class T>
T cut(double number) {
  if (std::isnan(number)) return 0;
  if (number >= static_cast<double>(std::numeric_limits<T>::max())) {
    return std::numeric_limits<T>::max();
  }
  if (number <= static_cast<double>(std::numeric_limits<T>::min())) {
    return std::numeric_limits<T>::min();
  }
  return static_cast<T>(number);
}

/// `f` of a value that is there.
template <class F>
auto mapped(const std::optional<XPathValue>& value, F f) {
  return value ? std::optional(f(*value)) : std::nullopt;
}

void add_xpath_kernels(KernelRegistry& registry) {
  const LogicalType text = LogicalType::VARCHAR;
  registry.add(binary_kernel<View, View>("grebe_xpath_string", text, text, text,
                                         [](const KernelContext& context, View xml, View path) {
                                           return mapped(xpath(context, xml, path), &xpath_string);
                                         }));
  registry.add(binary_kernel<View, View>("grebe_xpath_number", text, text, LogicalType::DOUBLE,
                                         [](const KernelContext& context, View xml, View path) {
                                           return mapped(xpath(context, xml, path), &xpath_number);
                                         }));
  registry.add(binary_kernel<View, View>("grebe_xpath_boolean", text, text, LogicalType::BOOLEAN,
                                         [](const KernelContext& context, View xml, View path) {
                                           return mapped(xpath(context, xml, path), &xpath_boolean);
                                         }));
  registry.add(binary_kernel<View, View>("grebe_xpath_int", text, text, LogicalType::INTEGER,
                                         [](const KernelContext& context, View xml, View path) {
                                           return mapped(xpath(context, xml, path),
                                                         [](const XPathValue& value) {
                                                           return cut<int32_t>(xpath_number(value));
                                                         });
                                         }));
  registry.add(binary_kernel<View, View>("grebe_xpath_long", text, text, LogicalType::BIGINT,
                                         [](const KernelContext& context, View xml, View path) {
                                           return mapped(xpath(context, xml, path),
                                                         [](const XPathValue& value) {
                                                           return cut<int64_t>(xpath_number(value));
                                                         });
                                         }));
  registry.add(value_kernel(
      "grebe_xpath_nodes", {text, text}, LogicalType::LIST(text),
      [](const KernelContext& context, const duckdb::vector<duckdb::Value>& arguments) {
        const auto value = xpath(context, duckdb::StringValue::Get(arguments[0]),
                                 duckdb::StringValue::Get(arguments[1]));
        const auto* nodes = value ? std::get_if<std::vector<XmlMatch>>(&*value) : nullptr;
        if (nodes == nullptr) return duckdb::Value(LogicalType::LIST(LogicalType::VARCHAR));
        duckdb::vector<duckdb::Value> values;
        for (const XmlMatch& node : *nodes) {
          values.push_back(node.value ? duckdb::Value(*node.value)
                                      : duckdb::Value(LogicalType::VARCHAR));
        }
        return duckdb::Value::LIST(LogicalType::VARCHAR, std::move(values));
      }));
}

}  // namespace

void add_text_schema_kernels(KernelRegistry& registry) {
  const LogicalType text = LogicalType::VARCHAR;
  registry.add(binary_kernel<View, View>(
      "grebe_schema_of_csv", text, text, text,
      [](const KernelContext&, View line, View dialect) { return schema_of_csv(line, dialect); }));
  registry.add(binary_kernel<View, View>(
      "grebe_schema_of_json", text, text, text,
      [](const KernelContext&, View json, View flags) -> std::string {
        // A text without a value has no record at all.
        if (json.find_first_not_of(" \t\r\n") == View::npos) return "STRING";
        const auto value = parse_lenient_json(json, decode_leniency(flags.substr(0, 5)));
        // A malformed text is one corrupt record.
        if (!value) return "STRUCT<_corrupt_record: STRING>";
        return ddl(infer(
            *value, {.primitives_as_string = flags[5] == '1', .prefers_decimal = flags[6] == '1'}));
      }));
  add_xpath_kernels(registry);
  registry.add(value_kernel(
      "grebe_csv_join", {LogicalType::LIST(text), text, text}, text,
      [](const KernelContext&, const duckdb::vector<duckdb::Value>& arguments) {
        const CsvDialect dialect = decode_dialect(duckdb::StringValue::Get(arguments[1]));
        const std::string& null_value = duckdb::StringValue::Get(arguments[2]);
        const auto& cells = duckdb::ListValue::GetChildren(arguments[0]);
        // A row of one null column is no line at all.
        if (cells.size() == 1 && cells[0].IsNull() && null_value.empty()) {
          return duckdb::Value(LogicalType::VARCHAR);
        }
        std::string line;
        bool is_first = true;
        for (const duckdb::Value& each : duckdb::ListValue::GetChildren(arguments[0])) {
          if (!is_first) line += dialect.separator;
          is_first = false;
          line += each.IsNull() ? null_value : csv_cell(duckdb::StringValue::Get(each), dialect);
        }
        return duckdb::Value(line);
      }));
}

}  // namespace grebe::native
