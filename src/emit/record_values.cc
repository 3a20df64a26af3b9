// Conversions of record fields (Spark: UnivocityParser, JacksonParser).
#include "emit/record_values.h"

#include <fmt/format.h>

#include "core/spark_error.h"
#include "emit/emitter.h"
#include "functions/binding.h"
#include "types/carrier.h"

namespace grebe::emit {
namespace {

using types::DataType;
using types::TypeKind;

/// Java's pattern letters → strptime, for the patterns that files use.
std::string strptime_format(const std::string& pattern) {
  struct Letters {
    std::string_view java;
    std::string_view strptime;
  };
  // Longer runs stand before their prefixes.
  static constexpr Letters kLetters[] = {
      {"yyyy", "%Y"},   {"uuuu", "%Y"}, {"yy", "%y"}, {"y", "%Y"},    {"MMMM", "%B"}, {"MMM", "%b"},
      {"MM", "%m"},     {"M", "%m"},    {"dd", "%d"}, {"d", "%d"},    {"HH", "%H"},   {"H", "%H"},
      {"hh", "%I"},     {"h", "%I"},    {"mm", "%M"}, {"m", "%M"},    {"ss", "%S"},   {"s", "%S"},
      {"SSSSSS", "%f"}, {"SSS", "%g"},  {"a", "%p"},  {"EEEE", "%A"}, {"EEE", "%a"},  {"E", "%a"},
      {"XXX", "%z"},    {"xxx", "%z"},  {"XX", "%z"}, {"X", "%z"},    {"Z", "%z"}};
  std::string out;
  for (size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    if (c == '\'') {
      const auto end = pattern.find('\'', i + 1);
      if (end == std::string::npos) throw core::unsupported("the datetime pattern " + pattern);
      out += end == i + 1 ? "'" : pattern.substr(i + 1, end - i - 1);
      i = end + 1;
      continue;
    }
    if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
      if (c == '[' || c == ']') throw core::unsupported("the datetime pattern " + pattern);
      out += c == '%' ? std::string("%%") : std::string(1, c);
      ++i;
      continue;
    }
    size_t run = 1;
    while (i + run < pattern.size() && pattern[i + run] == c) ++run;
    const std::string_view letters = std::string_view(pattern).substr(i, run);
    bool known = false;
    for (const auto& [java, strptime] : kLetters) {
      if (letters == java) {
        out += strptime;
        known = true;
        break;
      }
    }
    if (!known) throw core::unsupported("the datetime pattern " + pattern);
    i += run;
  }
  return out;
}

/// A local time of the session as UTC.
std::string to_utc(const std::string& local, const ReaderOptions& options) {
  const std::string zone = reader_option(options, "timezone", "UTC");
  if (zone == "UTC" || zone == "Z" || zone == "Etc/UTC" || zone == "GMT") return local;
  return fmt::format("CAST(timezone({}, {}) AS TIMESTAMP)", types::quote_duckdb_string(zone),
                     local);
}

std::string with_pattern(const std::string& text, const std::string& pattern) {
  return fmt::format("try_strptime({}, {})", text,
                     types::quote_duckdb_string(strptime_format(pattern)));
}

std::string cast_text(const std::string& text, const DataType& type) {
  return functions::lower_cast(text, DataType::string(), type, resolved::CastMode::kTry);
}

std::string date_value(const std::string& text, const ReaderOptions& options) {
  const auto pattern = options.find("dateformat");
  if (pattern == options.end()) return cast_text(text, DataType::date());
  return "CAST(" + with_pattern(text, pattern->second) + " AS DATE)";
}

std::string timestamp_value(const std::string& text, const DataType& type,
                            const ReaderOptions& options) {
  const bool is_ntz = type.is(TypeKind::kTimestampNtz);
  const auto pattern = options.find(is_ntz ? "timestampntzformat" : "timestampformat");
  if (pattern == options.end()) return cast_text(text, type);
  const std::string parsed = with_pattern(text, pattern->second);
  return is_ntz ? parsed : to_utc(parsed, options);
}

constexpr const char* kWholeNumber = "'[+-]?[0-9]+'";
constexpr const char* kNumber = "'[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?'";

std::string guarded(const std::string& text, const char* expression, const DataType& type) {
  return fmt::format("CASE WHEN regexp_full_match({0}, {1}) THEN TRY_CAST({0} AS {2}) END", text,
                     expression, types::carrier_type(type));
}

std::string floating_value(const std::string& text, const DataType& type,
                           const ReaderOptions& options) {
  const std::string carrier = types::carrier_type(type);
  return fmt::format(
      "CASE WHEN {0} = {1} THEN CAST('nan' AS {4}) WHEN {0} = {2} THEN CAST('inf' AS {4}) "
      "WHEN {0} = {3} THEN CAST('-inf' AS {4}) WHEN regexp_full_match({0}, {5}) "
      "THEN TRY_CAST({0} AS {4}) END",
      text, types::quote_duckdb_string(reader_option(options, "nanvalue", "NaN")),
      types::quote_duckdb_string(reader_option(options, "positiveinf", "Inf")),
      types::quote_duckdb_string(reader_option(options, "negativeinf", "-Inf")), carrier, kNumber);
}

/// The structure text that json_transform takes.
std::string json_structure(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kArray:
      return "[" + json_structure(type.element()) + "]";
    case TypeKind::kMap:
      return "\"MAP(VARCHAR, " +
             (type.value().is_nested() ? std::string("JSON") : types::carrier_type(type.value())) +
             ")\"";
    case TypeKind::kStruct: {
      std::string fields;
      for (const auto& field : type.fields()) {
        std::string name;
        for (const char c : field.name) {
          if (c == '"' || c == '\\') name += '\\';
          name += c;
        }
        fields += (fields.empty() ? "\"" : ", \"") + name + "\": " + json_structure(field.type);
      }
      return "{" + fields + "}";
    }
    default:
      return "\"" + types::carrier_type(type) + "\"";
  }
}

void refuse_deep_maps(const DataType& type) {
  if (type.is(TypeKind::kArray)) return refuse_deep_maps(type.element());
  if (type.is(TypeKind::kStruct)) {
    for (const auto& field : type.fields()) refuse_deep_maps(field.type);
  }
  if (type.is(TypeKind::kMap) && type.value().is_nested()) {
    throw core::unsupported("a JSON column with a map of nested values");
  }
}

}  // namespace

std::string reader_option(const ReaderOptions& options, const std::string& key,
                          const std::string& otherwise) {
  const auto found = options.find(key);
  return found == options.end() ? otherwise : found->second;
}

std::string json_path(const std::string& name) {
  std::string path = "$.\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') path += '\\';
    path += c;
  }
  return types::quote_duckdb_string(path + "\"");
}

std::string csv_value(const std::string& text, const DataType& type, const ReaderOptions& options) {
  switch (type.kind()) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return text;
    case TypeKind::kBinary:
      return "encode(" + text + ")";
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
      return guarded(text, kWholeNumber, type);
    case TypeKind::kDecimal:
      return guarded(text, kNumber, type);
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return floating_value(text, type, options);
    case TypeKind::kBoolean:
      return fmt::format("CASE lower({}) WHEN 'true' THEN true WHEN 'false' THEN false END", text);
    case TypeKind::kDate:
      return date_value(text, options);
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return timestamp_value(text, type, options);
    default:
      return cast_text(text, type);
  }
}

std::string json_value(const std::string& record, const std::string& name, const DataType& type,
                       const ReaderOptions& options) {
  const std::string path = json_path(name);
  const std::string text = fmt::format("json_extract_string({}, {})", record, path);
  const std::string kind = fmt::format("json_type({}, {})", record, path);
  switch (type.kind()) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return text;
    case TypeKind::kBoolean:
      return fmt::format("CASE WHEN {} = 'BOOLEAN' THEN {} = 'true' END", kind, text);
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
      return fmt::format("CASE WHEN {} IN ('BIGINT', 'UBIGINT') THEN TRY_CAST({} AS {}) END", kind,
                         text, types::carrier_type(type));
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct: {
      refuse_deep_maps(type);
      const char* expected = type.is(TypeKind::kArray) ? "ARRAY" : "OBJECT";
      return fmt::format(
          "CASE WHEN {} = '{}' THEN {} END", kind, expected,
          to_carrier(fmt::format("json_transform(json_extract({}, {}), {})", record, path,
                                 types::quote_duckdb_string(json_structure(type))),
                     type));
    }
    default:
      return csv_value(text, type, options);
  }
}

}  // namespace grebe::emit
