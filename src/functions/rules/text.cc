// String functions whose arguments' types or constants decide what runs.
// Long: one short rule for each function of the group.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/internal_text.h"
#include "functions/rules/named_arguments.h"
#include "functions/rules/rules.h"
#include "types/number_format.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

ExpressionPtr bind_concat(const BindInput& input) {
  std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.empty()) return make_call(input, {}, DataType::string(), false);
  bool has_array = false;
  bool all_binary = true;
  for (const ExpressionPtr& argument : arguments) {
    has_array = has_array || argument->type.is(TypeKind::kArray);
    all_binary = all_binary && argument->type.is(TypeKind::kBinary);
  }
  if (has_array) {
    arguments = cast_to_common(input, arguments);
  } else {
    const bool as_string = input.context.flag("spark.sql.function.concatBinaryAsString");
    const DataType type = all_binary && !as_string ? DataType::binary() : DataType::string();
    for (size_t i = 0; i < arguments.size(); ++i) {
      if (arguments[i]->type.is_nested()) {
        throw unexpected_input_type(input.name, arguments, i,
                                    "(\"STRING\" or \"BINARY\" or \"ARRAY\")",
                                    input.request.origin);
      }
      arguments[i] = cast_to(arguments[i], type, input.context);
    }
  }
  const bool nullable = any_nullable(arguments);
  const DataType type = arguments[0]->type;
  return make_call(input, std::move(arguments), type, nullable);
}

std::string lower_concat(const LowerInput& input) {
  if (input.sql.empty()) return "''";
  std::string joined;
  for (const std::string& argument : input.sql) {
    joined += (joined.empty() ? "(" : " || ") + argument;
  }
  return joined + ")";
}

ExpressionPtr bind_concat_ws(const BindInput& input) {
  std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.empty()) {
    throw wrong_number_of_arguments(input.name, "> 0", 0);
  }
  for (size_t i = 0; i < arguments.size(); ++i) {
    const bool is_list = i > 0 && arguments[i]->type.is(TypeKind::kArray);
    arguments[i] = cast_to(arguments[i],
                           is_list ? DataType::array(DataType::string(), true) : DataType::string(),
                           input.context);
  }
  const bool nullable = arguments[0]->nullable;
  return make_call(input, std::move(arguments), DataType::string(), nullable);
}

ExpressionPtr bind_substring(const BindInput& input) {
  require_count(input, {2, 3});
  std::vector<ExpressionPtr> arguments = input.expressions();
  // Spark prints the length that it fills in.
  if (arguments.size() == 2) arguments.push_back(int_literal(2147483647));
  return bind_overloads(input, std::move(arguments));
}

std::string lower_substring(const LowerInput& input) {
  const auto constant = [&](size_t i) -> const int64_t* {
    const types::Value* value = literal_value(*input.arguments[i]);
    return value == nullptr ? nullptr : std::get_if<int64_t>(&value->data);
  };
  const int64_t* position = constant(1);
  const int64_t* length = constant(2);
  if (position != nullptr && *position > 0 && length != nullptr && *length >= 0) {
    if (*length == 2147483647) return fmt::format("substring({}, {})", input.sql[0], *position);
    return fmt::format("substring({}, {}, {})", input.sql[0], *position, *length);
  }
  return fmt::format("grebe_substring({}, {}, {})", input.sql[0], input.sql[1], input.sql[2]);
}

ExpressionPtr bind_elt(const BindInput& input) {
  std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.size() > 1 && input.context.flag("spark.sql.function.eltOutputAsString")) {
    for (size_t i = 1; i < arguments.size(); ++i) {
      arguments[i] = cast_to(arguments[i], DataType::string(), input.context);
    }
  }
  return bind_overloads(input, arguments);
}

ExpressionPtr bind_decode(const BindInput& input) {
  // decode(bytes, charset), or decode(value, search, result … [, default]) like CASE.
  if (input.arguments.size() == 2) return bind_overloads(input, input.expressions());
  const std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.size() < 2) {
    throw wrong_number_of_arguments(input.name, "> 1", arguments.size());
  }
  std::vector<ExpressionPtr> branches;
  size_t i = 1;
  for (; i + 1 < arguments.size(); i += 2) {
    branches.push_back(
        call("<=>", {arguments[0], arguments[i]}, input.context, input.request.origin));
    branches.push_back(arguments[i + 1]);
  }
  if (i < arguments.size()) branches.push_back(arguments[i]);
  const ExpressionPtr lowered = call("when", branches, input.context, input.request.origin);
  return resolved::make_expression(
      resolved::Call{.function = input.name, .arguments = arguments, .lowered = lowered},
      lowered->type, lowered->nullable, input.request.origin);
}

ExpressionPtr bind_to_binary(const BindInput& input) {
  require_count(input, {1, 2});
  const bool is_try = input.name == "try_to_binary";
  std::vector<ExpressionPtr> arguments = input.expressions();
  arguments[0] = cast_to(arguments[0], DataType::string(), input.context);
  // Spark replaces to_binary(x) by Unhex without showing the format that it means.
  if (arguments.size() == 1) {
    const ExpressionPtr bound =
        make_call(input, {arguments[0], string_literal("hex")}, DataType::binary(), true);
    return resolved::make_expression(resolved::Call{.function = input.name,
                                                    .arguments = {arguments[0]},
                                                    .ansi = input.context.ansi,
                                                    .lowered = bound},
                                     DataType::binary(), true, input.request.origin);
  }
  const ExpressionPtr& written = arguments[1];
  if (!resolved::is_foldable(*written)) {
    throw type_mismatch("NON_FOLDABLE_INPUT", input.name, arguments,
                        {{"inputName", "fmt"},
                         {"inputType", "\"STRING\""},
                         {"inputExpr", core::quote_sql(resolved::pretty_name(*written))}},
                        input.request.origin);
  }
  arguments[1] = cast_to(written, DataType::string(), input.context);
  std::optional<std::string> format;
  if (input.context.evaluate) {
    const types::Value value = input.context.evaluate(arguments[1]);
    if (const auto* text = std::get_if<std::string>(&value.data)) format = *text;
  }
  constexpr std::string_view kFormats[] = {"hex", "utf-8", "utf8", "base64"};
  std::string lower = format.value_or("hex");
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const bool is_known =
      std::find(std::begin(kFormats), std::end(kFormats), lower) != std::end(kFormats);
  if (!is_known && !is_try) {
    throw type_mismatch("INVALID_ARG_VALUE", input.name, arguments,
                        {{"inputName", "fmt"},
                         {"requireType", "case-insensitive \"STRING\""},
                         {"validValues", "'hex', 'utf-8', 'utf8', or 'base64'"},
                         {"inputValue", "'" + *format + "'"}},
                        input.request.origin);
  }
  // Only Unhex may give null for what is none; an unknown format is null for try_to_binary.
  const bool is_text = is_known && lower != "hex";
  const bool nullable = is_try || !is_text || any_nullable(arguments);
  const ExpressionPtr bound =
      make_call(input, {arguments[0], is_known ? arguments[1] : null_literal(DataType::string())},
                DataType::binary(), nullable);
  if (is_known) return bound;
  return resolved::make_expression(resolved::Call{.function = input.name,
                                                  .arguments = arguments,
                                                  .ansi = input.context.ansi,
                                                  .lowered = bound},
                                   DataType::binary(), true, input.request.origin);
}

namespace {

/// One of mask's replacements: a constant text of one character, or null.
void check_replacement(const BindInput& input, const std::vector<ExpressionPtr>& arguments,
                       size_t index, std::string_view name) {
  const ExpressionPtr& argument = arguments[index];
  if (!argument->type.is_string_like() && !argument->type.is(TypeKind::kVoid)) {
    throw unexpected_input_type(input.name, arguments, index, "\"STRING\"", input.request.origin);
  }
  if (!resolved::is_foldable(*argument)) {
    throw type_mismatch("NON_FOLDABLE_INPUT", input.name, arguments,
                        {{"inputName", std::string(name)},
                         {"inputType", quote_type(argument->type)},
                         {"inputExpr", core::quote_sql(resolved::pretty_name(*argument))}},
                        input.request.origin);
  }
  if (!input.context.evaluate) return;
  const types::Value value = input.context.evaluate(argument);
  const auto* text = std::get_if<std::string>(&value.data);
  if (text == nullptr) return;
  const auto starts = [](char c) { return (c & 0xC0) != 0x80; };
  if (std::count_if(text->begin(), text->end(), starts) != 1) {
    throw type_mismatch("INPUT_SIZE_NOT_ONE", input.name, arguments,
                        {{"exprName", std::string(name)}}, input.request.origin);
  }
}

}  // namespace

ExpressionPtr bind_mask(const BindInput& input) {
  constexpr std::string_view kNames[] = {"str", "upperChar", "lowerChar", "digitChar", "otherChar"};
  if (input.arguments.empty()) {
    throw wrong_number_of_arguments(input.name, "[1, 2, 3, 4, 5]", 0);
  }
  std::vector<ExpressionPtr> arguments =
      arrange_arguments(input, {{.name = kNames[0]},
                                {.name = kNames[1], .fallback = string_literal("X")},
                                {.name = kNames[2], .fallback = string_literal("x")},
                                {.name = kNames[3], .fallback = string_literal("n")},
                                {.name = kNames[4], .fallback = null_literal(DataType::string())}});
  for (size_t i = 1; i < arguments.size(); ++i) {
    check_replacement(input, arguments, i, kNames[i]);
  }
  return bind_overloads(input, std::move(arguments));
}

ExpressionPtr bind_printf(const BindInput& input) {
  std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.empty()) {
    throw wrong_number_of_arguments(input.name, "> 0", 0);
  }
  arguments[0] = cast_to(arguments[0], DataType::string(), input.context);
  const bool nullable = arguments[0]->nullable;  // null values print as `null`
  return make_call(input, std::move(arguments), DataType::string(), nullable);
}

namespace {

/// The letter of native's kFormatTypes for the class that the JVM holds a value in.
char format_type(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kByte:
      return 'b';
    case TypeKind::kShort:
      return 's';
    case TypeKind::kInteger:
    case TypeKind::kDate:
    case TypeKind::kYearMonthInterval:
      return 'i';
    case TypeKind::kLong:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
    case TypeKind::kDayTimeInterval:
      return 'l';
    case TypeKind::kFloat:
      return 'f';
    case TypeKind::kDouble:
      return 'd';
    case TypeKind::kDecimal:
      return 'D';
    case TypeKind::kBoolean:
      return 'z';
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return 't';
    default:
      return 'x';
  }
}

}  // namespace

std::string lower_printf(const LowerInput& input) {
  std::string texts;
  std::string letters;
  for (size_t i = 1; i < input.sql.size(); ++i) {
    texts += (i == 1 ? "" : ", ") + internal_text(input.sql[i], input.type_of(i));
    letters += format_type(input.type_of(i));
  }
  return fmt::format("grebe_format_string({}, CAST([{}] AS VARCHAR[]), '{}')", input.sql[0], texts,
                     letters);
}

ExpressionPtr bind_format_number(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& number = input.argument(0);
  ExpressionPtr format = input.argument(1);
  if (!number->type.is_numeric() && !number->type.is(TypeKind::kVoid)) {
    throw unexpected_input_type(input.name, input.expressions(), 0, "\"NUMERIC\"",
                                input.request.origin);
  }
  if (format->type.is(TypeKind::kVoid)) {
    format = cast_to(format, DataType::integer(), input.context);
  }
  if (!format->type.is(TypeKind::kInteger) && !format->type.is_string_like()) {
    throw unexpected_input_type(input.name, input.expressions(), 1, "(\"INT\" or \"STRING\")",
                                input.request.origin);
  }
  return make_call(input, {number, format}, DataType::string(), true);
}

std::string lower_format_number(const LowerInput& input) {
  const bool is_real =
      input.type_of(0).is(TypeKind::kDouble) || input.type_of(0).is(TypeKind::kFloat);
  return fmt::format("grebe_format_number{}(CAST({} AS {}), {})",
                     input.type_of(1).is(TypeKind::kInteger) ? "" : "_pattern", input.sql[0],
                     is_real ? "DOUBLE" : "VARCHAR", input.sql[1]);
}

ExpressionPtr bind_regexp_replace(const BindInput& input) {
  require_count(input, {3, 4});
  std::vector<ExpressionPtr> arguments = with_defaults(input.entry, input.expressions());
  const ExpressionPtr& position = arguments[3];
  if (!resolved::is_foldable(*position)) {
    throw type_mismatch("NON_FOLDABLE_INPUT", input.name, arguments,
                        {{"inputName", "position"},
                         {"inputType", quote_type(position->type)},
                         {"inputExpr", core::quote_sql(resolved::pretty_name(*position))}},
                        input.request.origin);
  }
  const ExpressionPtr bound = bind_overloads(input, arguments);
  if (!input.context.evaluate) return bound;
  const types::Value value =
      input.context.evaluate(std::get<resolved::Call>(bound->node).arguments[3]);
  const auto* number = std::get_if<int64_t>(&value.data);
  if (number != nullptr && *number <= 0) {
    throw type_mismatch("VALUE_OUT_OF_RANGE", input.name, arguments,
                        {{"exprName", "position"},
                         {"valueRange", "(0, 2147483647]"},
                         {"currentValue", std::to_string(*number)}},
                        input.request.origin);
  }
  return bound;
}

/// For functions that take texts and nothing that could become one.
ExpressionPtr bind_strict_text(const BindInput& input) {
  require_count(input, {1});
  const ExpressionPtr& text = input.argument(0);
  if (!text->type.is_string_like() && !text->type.is(TypeKind::kVoid)) {
    throw unexpected_input_type(input.name, {text}, 0, "\"STRING\"", input.request.origin);
  }
  return bind_overloads(input, {text});
}

namespace {

/// The format of to_number and to_char; nothing when it is null.
std::optional<types::NumberFormat> read_number_format(const BindInput& input) {
  const auto text = constant_text(input, 1, "format");
  if (!text) return std::nullopt;
  types::NumberFormat format(*text);
  const auto fault = format.fault();
  if (!fault) return format;
  std::string upper = *text;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  core::ErrorParameters parameters = {{"format", "'" + upper + "'"}};
  if (!fault->token.empty()) parameters["token"] = fault->token;
  throw core::analysis_error(fault->condition, std::move(parameters), input.request.origin);
}

}  // namespace

ExpressionPtr bind_to_number(const BindInput& input) {
  require_count(input, {2});
  const auto format = read_number_format(input);
  if (format && format->precision() > 38) {
    throw core::analysis_error(
        "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
        {{"precision", std::to_string(format->precision())}, {"maxPrecision", "38"}},
        input.request.origin);
  }
  const ExpressionPtr text = cast_to(input.argument(0), DataType::string(), input.context);
  const DataType type =
      format ? DataType::decimal(format->precision(), format->scale()) : DataType::decimal(38, 18);
  const bool nullable = input.name != "to_number" || text->nullable || !format;
  return make_call(input, {text, input.argument(1)}, type, nullable);
}

ExpressionPtr bind_to_char(const BindInput& input) {
  require_count(input, {2});
  const std::vector<ExpressionPtr> arguments = input.expressions();
  // to_varchar is another name of to_char, which is what Spark prints.
  if (input.name != "to_char") {
    return call("to_char", arguments, input.context, input.request.origin);
  }
  const ExpressionPtr bound = bind_overloads(input, arguments);
  read_number_format(input);
  return bound;
}

std::string lower_to_number(const LowerInput& input) {
  const std::string_view kernel =
      input.function == "to_number" ? "grebe_to_number_ansi" : "grebe_to_number";
  return fmt::format("grebe_text_to_decimal({}({}, {}), {}, {})", kernel, input.sql[0],
                     input.sql[1], input.type.precision(), input.type.scale());
}

}  // namespace grebe::functions
