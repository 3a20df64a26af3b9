// from_json and to_json: the type drives the SQL, kernels take JSON texts apart.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/bind_once.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/options.h"
#include "functions/rules/rules.h"
#include "types/carrier.h"

namespace grebe::functions {

using resolved::CastMode;
using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

ExpressionPtr bind_from_json(const BindInput& input) {
  require_count(input, {2, 3});
  const DataType type = read_schema(input, 1).type;
  const auto options = read_options(input, 2, {"dateformat", "timestampformat", "mode", "locale"});
  const std::string mode = option_or(options, "mode", "PERMISSIVE");
  if (mode != "PERMISSIVE" && mode != "permissive") {
    throw core::unsupported("from_json with the mode " + mode, input.request.origin);
  }
  const ExpressionPtr text = cast_to(input.argument(0), DataType::string(), input.context);
  const ExpressionPtr bound = make_call(input, {text}, type, true);
  if (options.empty()) return bound;
  const auto format = [&](const std::string& name) {
    return string_literal(option_or(options, name, ""));
  };
  const ExpressionPtr lowered =
      make_call(input, {text, format("dateformat"), format("timestampformat")}, type, true);
  resolved::Call call = std::get<resolved::Call>(bound->node);
  call.lowered = lowered;
  return resolved::make_expression(std::move(call), type, true, input.request.origin);
}

namespace {

/// How texts hold dates and timestamps; empty is the standard form.
struct Formats {
  std::string date;
  std::string timestamp;
};

/// A JSON text as a value of the type; nothing that does not fit is kept.
std::string from_text(const std::string& text, const DataType& type, const Formats& formats) {
  switch (type.kind()) {
    case TypeKind::kStruct: {
      std::string body = "CASE WHEN $x IS NULL THEN NULL ELSE {";
      for (size_t i = 0; i < type.fields().size(); ++i) {
        const types::StructField& field = type.fields()[i];
        body += fmt::format("{}'f{}': {}", i == 0 ? "" : ", ", i,
                            from_text(fmt::format("grebe_json_field($x, {})",
                                                  types::quote_duckdb_string(field.name)),
                                      field.type, formats));
      }
      return bind_once(text, body + "} END");
    }
    case TypeKind::kArray: {
      const std::string e = fmt::format("j{}", text.size());
      return fmt::format("list_transform(grebe_json_elements({}), lambda {}: {})", text, e,
                         from_text(e, type.element(), formats));
    }
    case TypeKind::kMap: {
      const std::string e = fmt::format("j{}", text.size());
      return bind_once(
          text, fmt::format(
                    "CASE WHEN grebe_json_object_keys($x) IS NOT NULL THEN "
                    "map(list_transform(grebe_json_object_keys($x), lambda {0}: {1}), "
                    "list_transform(grebe_json_object_keys($x), lambda {0}: {2})) END",
                    e, lower_cast(e, DataType::string(), type.key(), CastMode::kLegacy),
                    from_text(fmt::format("grebe_json_field($x, {})", e), type.value(), formats)));
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
      return lower_cast(
          fmt::format("grebe_json_scalar({}, {})", text, type.is_string_like() ? "true" : "false"),
          DataType::string(), type, CastMode::kLegacy);
  }
}

std::string to_text(const std::string& value, const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kStruct: {
      // Null fields are left out; the commas stand between those that stay.
      std::string parts;
      for (size_t i = 0; i < type.fields().size(); ++i) {
        const std::string field = fmt::format("($x).f{}", i);
        parts +=
            fmt::format("{}CASE WHEN {} IS NOT NULL THEN {} || {} END", i == 0 ? "" : ", ", field,
                        types::quote_duckdb_string("\"" + type.fields()[i].name + "\":"),
                        to_text(field, type.fields()[i].type));
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
          value, e, to_text(e, type.element()));
    }
    case TypeKind::kMap: {
      const std::string e = fmt::format("j{}", value.size());
      return fmt::format(
          "('{{' || array_to_string(list_transform(map_entries({}), lambda {}: "
          "grebe_json_quote({}) "
          "|| ':' || coalesce({}, 'null')), ',') || '}}')",
          value, e, lower_cast(e + ".key", type.key(), DataType::string(), CastMode::kLegacy),
          to_text(e + ".value", type.value()));
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
          "grebe_json_quote(grebe_date_format({}, "
          "'yyyy-MM-dd''T''HH:mm:ss.SSSXXX'))",
          value);
    default:
      return fmt::format("grebe_json_quote({})",
                         lower_cast(value, type, DataType::string(), CastMode::kLegacy));
  }
}

}  // namespace

std::string lower_from_json(const LowerInput& input) {
  const std::string text = fmt::format("grebe_json_text({})", input.sql[0]);
  Formats formats;
  if (input.arguments.size() == 3) {
    formats.date = std::get<std::string>(literal_value(*input.arguments[1])->data);
    formats.timestamp = std::get<std::string>(literal_value(*input.arguments[2])->data);
  }
  return from_text(text, input.type, formats);
}

ExpressionPtr bind_to_json(const BindInput& input) {
  require_count(input, {1, 2});
  if (input.arguments.size() == 2) {
    throw core::unsupported("to_json with options", input.request.origin);
  }
  const ExpressionPtr& value = input.argument(0);
  if (!value->type.is_nested()) {
    throw type_mismatch("INVALID_JSON_SCHEMA", input.name, {value},
                        {{"schema", quote_type(value->type)}}, input.request.origin);
  }
  return make_call(input, {value}, DataType::string(), true);
}

std::string lower_to_json(const LowerInput& input) {
  return to_text(input.sql[0], input.type_of(0));
}

}  // namespace grebe::functions
