// from_csv, to_csv and schema_of_csv: kernels split and join the line, casts do the rest.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/bind_once.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
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

const std::vector<std::string_view> kKnown = {
    "sep",        "delimiter",         "quote",     "escape",
    "dateformat", "timestampformat",   "nullvalue", "mode",
    "locale",     "timestampntzformat"};

/// What reading knows beside them.
std::vector<std::string_view> known_for_reading() {
  std::vector<std::string_view> known = kKnown;
  known.insert(known.end(), {"ignoreleadingwhitespace", "ignoretrailingwhitespace"});
  return known;
}

std::string pattern(const Options& options, const std::string& name, const BindContext& context) {
  return marked_pattern(option_or(options, name, ""), context, LegacyParser::kFast);
}

/// The form that native's decode_dialect reads.
std::string dialect_text(const Options& options) {
  const std::string separator = option_or(options, "sep", option_or(options, "delimiter", ","));
  const auto character = [](const std::string& text) {
    return text.empty() ? std::string("0 ") : "1" + text.substr(0, 1);
  };
  const auto flag = [&](const std::string& name) {
    return option_is_on(options, name, "false") ? "1" : "0";
  };
  const std::string escape = option_or(options, "escape", "\\");
  return character(option_or(options, "quote", "\"")) + character(escape) + character(escape) +
         flag("ignoreleadingwhitespace") + flag("ignoretrailingwhitespace") + separator;
}

/// The call as written, and beside it what runs: the same with its settings as constants.
ExpressionPtr with_settings(const BindInput& input, const ExpressionPtr& value,
                            const std::vector<std::string>& settings, const DataType& type,
                            bool nullable) {
  std::vector<ExpressionPtr> arguments = {value};
  for (const std::string& setting : settings) arguments.push_back(string_literal(setting));
  const ExpressionPtr lowered = make_call(input, std::move(arguments), type, nullable);
  return resolved::make_expression(resolved::Call{.function = input.name,
                                                  .arguments = {value},
                                                  .ansi = input.context.ansi,
                                                  .lowered = lowered},
                                   type, nullable, input.request.origin);
}

/// A cell without a pattern: stricter than a cast, which leaves out spaces (UnivocityParser).
std::string plain_cell(const std::string& cell, const DataType& type) {
  const std::string value = lower_cast(cell, DataType::string(), type, CastMode::kTry);
  if (type.is_integral()) {
    return fmt::format("CASE WHEN regexp_full_match({}, '[-+]?[0-9]+') THEN {} END", cell, value);
  }
  if (type.is(TypeKind::kBoolean)) {
    return fmt::format("CASE WHEN lower({0}) IN ('true', 'false') THEN lower({0}) = 'true' END",
                       cell);
  }
  if (type.is(TypeKind::kDecimal)) {
    return fmt::format("CASE WHEN NOT regexp_matches({}, '\\s') THEN {} END", cell, value);
  }
  return value;
}

std::string setting(const LowerInput& input, size_t index) {
  const types::Value* value = literal_value(*input.arguments[index]);
  return std::get<std::string>(value->data);
}

}  // namespace

ExpressionPtr bind_from_csv(const BindInput& input) {
  require_count(input, {2, 3});
  const auto [schema, type] = read_schema(input, 1);
  if (!type.is(TypeKind::kStruct)) {
    throw core::analysis_error(
        "INVALID_SCHEMA.NON_STRUCT_TYPE",
        {{"inputSchema", core::quote_sql(schema)}, {"dataType", quote_type(type)}},
        input.request.origin);
  }
  const Options options = read_options(input, 2, known_for_reading());
  const ExpressionPtr text = cast_to(input.argument(0), DataType::string(), input.context);
  return with_settings(
      input, text,
      {dialect_text(options), pattern(options, "dateformat", input.context),
       pattern(options, "timestampformat", input.context), option_or(options, "nullvalue", "")},
      type, text->nullable);
}

std::string lower_from_csv(const LowerInput& input) {
  const std::string date_format = setting(input, 2);
  const std::string time_format = setting(input, 3);
  const std::string null_value = setting(input, 4);
  std::string fields;
  const auto& columns = input.type.fields();
  for (size_t i = 0; i < columns.size(); ++i) {
    const DataType& type = columns[i].type;
    std::string cell = fmt::format("list_extract($x, {})", i + 1);
    if (!null_value.empty())
      cell = fmt::format("nullif({}, {})", cell, types::quote_duckdb_string(null_value));
    std::string value;
    if (type.is(TypeKind::kDate) && !date_format.empty()) {
      value =
          fmt::format("grebe_parse_date({}, {})", cell, types::quote_duckdb_string(date_format));
    } else if (type.is(TypeKind::kTimestamp) && !time_format.empty()) {
      value = fmt::format("grebe_parse_timestamp({}, {})", cell,
                          types::quote_duckdb_string(time_format));
    } else {
      value = plain_cell(cell, type);
    }
    fields += fmt::format("{}'f{}': {}", i == 0 ? "" : ", ", i, value);
  }
  return bind_once(fmt::format("grebe_csv_split({}, {})", input.sql[0], input.sql[1]),
                   "CASE WHEN $x IS NOT NULL THEN {" + fields + "} END");
}

ExpressionPtr bind_to_csv(const BindInput& input) {
  require_count(input, {1, 2});
  const ExpressionPtr& value = input.argument(0);
  if (!value->type.is(TypeKind::kStruct)) {
    throw unexpected_input_type(input.name, {value}, 0, "\"STRUCT\"", input.request.origin);
  }
  const Options options = read_options(input, 1, kKnown);
  return with_settings(
      input, value,
      {dialect_text(options), pattern(options, "dateformat", input.context),
       pattern(options, "timestampformat", input.context), option_or(options, "nullvalue", "")},
      DataType::string(), true);
}

std::string lower_to_csv(const LowerInput& input) {
  const std::string date_format = setting(input, 2);
  std::string time_format = setting(input, 3);
  if (time_format.empty()) time_format = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";
  const std::string null_value = setting(input, 4);
  std::string cells;
  const auto& fields = input.type_of(0).fields();
  for (size_t i = 0; i < fields.size(); ++i) {
    const std::string field = fmt::format("($x).f{}", i);
    const DataType& type = fields[i].type;
    std::string cell;
    if (type.is(TypeKind::kTimestamp)) {
      cell =
          fmt::format("grebe_date_format({}, {})", field, types::quote_duckdb_string(time_format));
    } else if (type.is(TypeKind::kTimestampNtz)) {
      cell = fmt::format("strftime({}, '%Y-%m-%dT%H:%M:%S.%g')", field);  // as in to_json
    } else if (type.is(TypeKind::kDate) && !date_format.empty()) {
      cell = fmt::format("grebe_date_format(grebe_local_to_utc(CAST({} AS TIMESTAMP)), {})", field,
                         types::quote_duckdb_string(date_format));
    } else {
      cell = lower_cast(field, type, DataType::string(), CastMode::kLegacy);
    }
    cells += fmt::format("{}{}", i == 0 ? "" : ", ", cell);
  }
  std::string line = fmt::format("grebe_csv_join(CAST([{}] AS VARCHAR[]), {}, {})", cells,
                                 input.sql[1], types::quote_duckdb_string(null_value));
  // The writer makes no line of a single null.
  if (fields.size() == 1) line = "nullif(" + line + ", '')";
  return bind_once(input.sql[0], "CASE WHEN $x IS NOT NULL THEN " + line + " END");
}

ExpressionPtr bind_schema_of_csv(const BindInput& input) {
  require_count(input, {1, 2});
  const auto text = constant_text(input, 0, "csv");
  if (!text) {
    throw type_mismatch("UNEXPECTED_NULL", input.name, input.expressions(), {{"exprName", "csv"}},
                        input.request.origin);
  }
  const Options options = read_options(input, 1, kKnown);
  return with_settings(input, input.argument(0), {dialect_text(options)}, DataType::string(),
                       false);
}

ExpressionPtr bind_schema_of_json(const BindInput& input) {
  require_count(input, {1, 2});
  const auto text = constant_text(input, 0, "json");
  if (!text) {
    throw type_mismatch("UNEXPECTED_NULL", input.name, input.expressions(), {{"exprName", "json"}},
                        input.request.origin);
  }
  const Options options =
      read_options(input, 1,
                   {"allownumericleadingzeros", "allowsinglequotes", "allowunquotedfieldnames",
                    "allowcomments", "primitivesasstring", "prefersdecimal"});
  const auto flag = [&](const std::string& name, const char* fallback) {
    return option_is_on(options, name, fallback) ? "1" : "0";
  };
  // The order of native's JsonLeniency, then what inference itself asks.
  const std::string flags =
      std::string(flag("allowsinglequotes", "true")) + flag("allowcomments", "false") +
      flag("allowunquotedfieldnames", "false") + flag("allownumericleadingzeros", "false") + "1" +
      flag("primitivesasstring", "false") + flag("prefersdecimal", "false");
  return with_settings(input, input.argument(0), {flags}, DataType::string(), false);
}

}  // namespace grebe::functions
