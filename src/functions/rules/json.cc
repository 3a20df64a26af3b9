// from_json and to_json: the type drives the SQL, kernels take JSON texts apart.
#include <fmt/format.h>

#include <algorithm>

#include "core/spark_error.h"
#include "functions/bind_once.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/internal_text.h"
#include "functions/rules/options.h"
#include "functions/rules/parser_policy.h"
#include "functions/rules/rules.h"
#include "types/carrier.h"

namespace grebe::functions {

using resolved::CastMode;
using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

namespace {

/// The field of the schema that takes texts which do not fit it; empty when there is none.
std::string corrupt_field(const DataType& type, const Options& options,
                          const BindContext& context) {
  if (!type.is(TypeKind::kStruct)) return {};
  std::string name = context.config ? context.config("spark.sql.columnNameOfCorruptRecord") : "";
  if (name.empty()) name = "_corrupt_record";
  name = option_or(options, "columnnameofcorruptrecord", name);
  const auto& fields = type.fields();
  const bool is_there = std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
    return field.name == name && field.type.is(TypeKind::kString);
  });
  return is_there ? name : "";
}

}  // namespace

ExpressionPtr bind_from_json(const BindInput& input) {
  require_count(input, {2, 3});
  const DataType type = read_schema(input, 1).type;
  const auto options = read_options(
      input, 2, {"dateformat", "timestampformat", "mode", "locale", "columnnameofcorruptrecord"});
  const std::string mode = option_or(options, "mode", "PERMISSIVE");
  if (mode != "PERMISSIVE" && mode != "permissive") {
    throw core::unsupported("from_json with the mode " + mode, input.request.origin);
  }
  const ExpressionPtr& given = input.argument(0);
  if (!given->type.is_string_like() && !given->type.is(TypeKind::kVoid)) {
    throw unexpected_input_type(input.name, {given}, 0, "\"STRING\"", input.request.origin);
  }
  const ExpressionPtr text = cast_to(given, DataType::string(), input.context);
  const ExpressionPtr bound = make_call(input, {text}, type, true);
  const std::string corrupt = corrupt_field(type, options, input.context);
  if (options.empty() && corrupt.empty()) return bound;
  const auto format = [&](const std::string& name) {
    return string_literal(
        marked_pattern(option_or(options, name, ""), input.context, LegacyParser::kFast));
  };
  const ExpressionPtr lowered = make_call(
      input, {text, format("dateformat"), format("timestampformat"), string_literal(corrupt)}, type,
      true);
  resolved::Call call = std::get<resolved::Call>(bound->node);
  call.lowered = lowered;
  return resolved::make_expression(std::move(call), type, true, input.request.origin);
}

namespace {

/// How texts hold dates and timestamps; empty is the standard form.
struct Formats {
  std::string date;
  std::string timestamp;
  /// to_json writes fields that are null.
  bool writes_nulls = false;
  /// from_json: the text as it was given, and the field that takes it when it does not fit.
  std::string raw = {};
  std::string corrupt = {};
};

/// Whether a value is the whole text or a part of it.
enum class Place : unsigned char { kRoot, kPart };

/// A JSON text as a value of the type; nothing that does not fit is kept.
std::string from_text(const std::string& text, const DataType& type, const Formats& formats,
                      Place place) {
  switch (type.kind()) {
    case TypeKind::kStruct: {
      // A whole text that is no object gives a struct of nulls, a part of one nothing.
      std::string body = place == Place::kRoot
                             ? "CASE WHEN $x IS NULL THEN NULL ELSE {"
                             : "CASE WHEN grebe_json_object_keys($x) IS NULL THEN NULL ELSE {";
      std::string misfit = fmt::format("grebe_json_object_keys({}) IS NULL", formats.raw);
      std::vector<std::string> values;
      for (const types::StructField& field : type.fields()) {
        const std::string part =
            fmt::format("grebe_json_field($x, {})", types::quote_duckdb_string(field.name));
        values.push_back(from_text(part, field.type, formats, Place::kPart));
        if (field.name == formats.corrupt) continue;
        misfit += fmt::format(" OR ({0} <> 'null' AND {1} IS NULL)", part, values.back());
      }
      for (size_t i = 0; i < type.fields().size(); ++i) {
        const bool takes_misfits = place == Place::kRoot && !formats.corrupt.empty() &&
                                   type.fields()[i].name == formats.corrupt;
        body +=
            fmt::format("{}'f{}': {}", i == 0 ? "" : ", ", i,
                        takes_misfits ? fmt::format("CASE WHEN {} THEN {} END", misfit, formats.raw)
                                      : values[i]);
      }
      return bind_once(text, body + "} END");
    }
    case TypeKind::kArray: {
      // One element that does not fit spoils the list; a lone object stands for a list of it.
      const std::string e = fmt::format("j{}", text.size());
      const std::string value = from_text(e, type.element(), formats, Place::kPart);
      const std::string elements =
          place == Place::kRoot && type.element().is(TypeKind::kStruct)
              ? fmt::format(
                    "CASE WHEN grebe_json_object_keys({0}) IS NOT NULL THEN [{0}] ELSE "
                    "grebe_json_elements({0}) END",
                    text)
              : fmt::format("grebe_json_elements({})", text);
      return bind_once(
          fmt::format("list_transform({}, lambda {}: {{'t': {}, 'v': {}}})", elements, e, e, value),
          "CASE WHEN len(list_filter($x, lambda p: p.t <> 'null' AND p.v IS NULL)) = 0 THEN "
          "list_transform($x, lambda p: p.v) END");
    }
    case TypeKind::kMap: {
      // One value that does not fit spoils the map as well.
      const std::string e = fmt::format("j{}", text.size());
      const std::string entries = bind_once(
          text, fmt::format("list_transform(grebe_json_object_keys($x), lambda {0}: {{'k': {1}, "
                            "'t': grebe_json_field($x, {0}), 'v': {2}}})",
                            e, lower_cast(e, DataType::string(), type.key(), CastMode::kLegacy),
                            from_text(fmt::format("grebe_json_field($x, {})", e), type.value(),
                                      formats, Place::kPart)));
      const std::string whole = place == Place::kRoot
                                    ? "grebe_json_object_keys(" + formats.raw + ") IS NOT NULL AND "
                                    : "";
      return bind_once(
          entries,
          "CASE WHEN " + whole +
              "len(list_filter($x, lambda p: p.t <> 'null' AND p.v IS NULL)) = 0 THEN "
              "map(list_transform($x, lambda p: p.k), list_transform($x, lambda p: p.v)) END");
    }
    default:
      if (type.is(TypeKind::kDate) && !formats.date.empty()) {
        return fmt::format("grebe_parse_date(grebe_json_scalar({}, false), {})", text,
                           types::quote_duckdb_string(formats.date));
      }
      if (type.is(TypeKind::kTimestamp) && !formats.timestamp.empty()) {
        return fmt::format("grebe_parse_timestamp(grebe_json_scalar({}, false), {})", text,
                           types::quote_duckdb_string(formats.timestamp));
      }
      if (type.is_integral() || type.is(TypeKind::kBoolean)) {
        // A JSON text is none of these, whatever it spells.
        return bind_once(
            text, fmt::format("CASE WHEN NOT starts_with($x, '\"') THEN {} END",
                              lower_cast("grebe_json_scalar($x, false)", DataType::string(), type,
                                         CastMode::kLegacy)));
      }
      return lower_cast(
          fmt::format("grebe_json_scalar({}, {})", text, type.is_string_like() ? "true" : "false"),
          DataType::string(), type, CastMode::kLegacy);
  }
}

std::string to_text(const std::string& value, const DataType& type, const Formats& formats) {
  switch (type.kind()) {
    case TypeKind::kStruct: {
      // Null fields are left out; the commas stand between those that stay.
      std::string parts;
      for (size_t i = 0; i < type.fields().size(); ++i) {
        const std::string field = fmt::format("($x).f{}", i);
        const std::string name = types::quote_duckdb_string("\"" + type.fields()[i].name + "\":");
        const std::string text = to_text(field, type.fields()[i].type, formats);
        parts += i == 0 ? "" : ", ";
        parts += formats.writes_nulls
                     ? fmt::format("{} || coalesce({}, 'null')", name, text)
                     : fmt::format("CASE WHEN {} IS NOT NULL THEN {} || {} END", field, name, text);
      }
      return bind_once(value,
                       fmt::format("CASE WHEN $x IS NULL THEN NULL ELSE '{{' || "
                                   "coalesce(array_to_string(CAST([{}] AS VARCHAR[]), ','), '') "
                                   "|| '}}' END",
                                   parts));
    }
    case TypeKind::kArray: {
      const std::string e = fmt::format("j{}", value.size());
      return fmt::format(
          "('[' || array_to_string(list_transform({}, lambda {}: coalesce({}, 'null')), ',') || "
          "']')",
          value, e, to_text(e, type.element(), formats));
    }
    case TypeKind::kMap: {
      const std::string e = fmt::format("j{}", value.size());
      return fmt::format(
          "('{{' || array_to_string(list_transform(map_entries({}), lambda {}: "
          "grebe_json_quote({}) "
          "|| ':' || coalesce({}, 'null')), ',') || '}}')",
          value, e, internal_text(e + ".key", type.key()),
          to_text(e + ".value", type.value(), formats));
    }
    case TypeKind::kBoolean:
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
    case TypeKind::kDecimal:
      return lower_cast(value, type, DataType::string(), CastMode::kAnsi);
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return fmt::format("grebe_json_number({})",
                         lower_cast(value, type, DataType::string(), CastMode::kLegacy));
    case TypeKind::kBinary:
      return fmt::format("grebe_json_quote(to_base64({}))", value);
    case TypeKind::kTimestamp:
      return fmt::format(
          "grebe_json_quote(grebe_date_format({}, {}))", value,
          types::quote_duckdb_string(formats.timestamp.empty() ? "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"
                                                               : formats.timestamp));
    case TypeKind::kTimestampNtz:
      // yyyy-MM-dd'T'HH:mm:ss[.SSS]
      return fmt::format("grebe_json_quote(strftime({}, '%Y-%m-%dT%H:%M:%S.%g'))", value);
    case TypeKind::kDate:
      if (!formats.date.empty()) {
        return fmt::format(
            "grebe_json_quote(grebe_date_format(grebe_local_to_utc(CAST({} AS TIMESTAMP)), {}))",
            value, types::quote_duckdb_string(formats.date));
      }
      [[fallthrough]];
    default:
      return fmt::format("grebe_json_quote({})",
                         lower_cast(value, type, DataType::string(), CastMode::kLegacy));
  }
}

}  // namespace

std::string lower_from_json(const LowerInput& input) {
  // A text that cannot be read is a struct of nulls, but no array and no map.
  const std::string text = input.type.is(TypeKind::kStruct)
                               ? fmt::format("grebe_json_text({})", input.sql[0])
                               : input.sql[0];
  Formats formats;
  formats.raw = input.sql[0];
  if (input.arguments.size() == 4) {
    formats.corrupt = std::get<std::string>(literal_value(*input.arguments[3])->data);
    formats.date = std::get<std::string>(literal_value(*input.arguments[1])->data);
    formats.timestamp = std::get<std::string>(literal_value(*input.arguments[2])->data);
  }
  return from_text(text, input.type, formats, Place::kRoot);
}

ExpressionPtr bind_to_json(const BindInput& input) {
  require_count(input, {1, 2});
  auto options = read_options(
      input, 1,
      {"dateformat", "timestampformat", "ignorenullfields", "mode", "locale", "compression"});
  if (!input.context.flag("spark.sql.jsonGenerator.ignoreNullFields", true)) {
    options.try_emplace("ignorenullfields", "false");
  }
  const ExpressionPtr& value = input.argument(0);
  if (!value->type.is_nested()) {
    throw type_mismatch("INVALID_JSON_SCHEMA", input.name, {value},
                        {{"schema", quote_type(value->type)}}, input.request.origin);
  }
  const ExpressionPtr bound = make_call(input, {value}, DataType::string(), true);
  if (options.empty()) return bound;
  resolved::Call call = std::get<resolved::Call>(bound->node);
  const auto pattern = [&](const std::string& name) {
    return string_literal(
        marked_pattern(option_or(options, name, ""), input.context, LegacyParser::kFast));
  };
  call.lowered = make_call(
      input,
      {value, pattern("dateformat"), pattern("timestampformat"),
       string_literal(option_is_on(options, "ignorenullfields", "true") ? "true" : "false")},
      DataType::string(), true);
  return resolved::make_expression(std::move(call), DataType::string(), true, input.request.origin);
}

std::string lower_to_json(const LowerInput& input) {
  Formats formats;
  if (input.arguments.size() > 1) {
    const auto option = [&](size_t i) {
      return std::get<std::string>(literal_value(*input.arguments[i])->data);
    };
    formats = {.date = option(1), .timestamp = option(2), .writes_nulls = option(3) == "false"};
  }
  return to_text(input.sql[0], input.type_of(0), formats);
}

}  // namespace grebe::functions
