// Constant option maps of JSON and CSV functions; see options.h.
#include "functions/rules/options.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"

namespace grebe::functions {

Options read_options(const BindInput& input, size_t index,
                     const std::vector<std::string_view>& known) {
  Options options;
  if (input.arguments.size() <= index) return options;
  const resolved::ExpressionPtr& argument = input.argument(index);
  const types::DataType& type = argument->type;
  const bool is_text_map = type.is(types::TypeKind::kMap) && type.key().is_string_like() &&
                           type.value().is_string_like();
  if (type.is(types::TypeKind::kMap) && !is_text_map) {
    throw core::analysis_error("INVALID_OPTIONS.NON_STRING_TYPE", {{"mapType", quote_type(type)}},
                               {});
  }
  const auto* map = std::get_if<resolved::Call>(&argument->node);
  if (!is_text_map || map == nullptr || map->function != "map") {
    throw core::analysis_error("INVALID_OPTIONS.NON_MAP_FUNCTION", {}, {});
  }
  for (size_t i = 0; i + 1 < map->arguments.size(); i += 2) {
    const types::Value* name = literal_value(*map->arguments[i]);
    const types::Value* value = literal_value(*map->arguments[i + 1]);
    const auto* name_text = name ? std::get_if<std::string>(&name->data) : nullptr;
    const auto* value_text = value ? std::get_if<std::string>(&value->data) : nullptr;
    if (name_text == nullptr || value_text == nullptr) {
      throw core::unsupported(input.name + " with options that are no constants",
                              input.request.origin);
    }
    std::string lower = *name_text;
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (std::find(known.begin(), known.end(), lower) == known.end()) {
      throw core::unsupported(input.name + " with the option " + *name_text, input.request.origin);
    }
    options[lower] = *value_text;
  }
  return options;
}

std::string option_or(const Options& options, const std::string& name,
                      const std::string& fallback) {
  const auto found = options.find(name);
  return found == options.end() ? fallback : found->second;
}

bool option_is_on(const Options& options, const std::string& name, const std::string& fallback) {
  std::string value = option_or(options, name, fallback);
  std::transform(value.begin(), value.end(), value.begin(),
                 [](unsigned char letter) { return std::tolower(letter); });
  return value == "true";
}

SchemaArgument read_schema(const BindInput& input, size_t index) {
  const resolved::ExpressionPtr& written = input.argument(index);
  if (!written->type.is_string_like()) {
    throw core::analysis_error("INVALID_SCHEMA.NON_STRING_LITERAL",
                               {{"inputSchema", core::quote_sql(resolved::pretty_name(*written))}},
                               input.request.origin);
  }
  const auto text = constant_text(input, index, "schema");
  if (!text || !input.context.parse_schema) {
    throw core::unsupported(input.name + " with a schema that is not a text", input.request.origin);
  }
  try {
    return {*text, input.context.parse_schema(*text).as_nullable()};
  } catch (const core::SparkError& error) {
    // An analysis error at the call, with what the parser said (DataType.fromDDL).
    const bool is_blank = text->find_first_not_of(" \t\r\n") == std::string::npos;
    if (is_blank) {
      throw core::analysis_error("PARSE_EMPTY_STATEMENT", {}, input.request.origin);
    }
    if (error.condition() != "PARSE_SYNTAX_ERROR") throw;
    throw core::analysis_error("PARSE_SYNTAX_ERROR", error.fields().parameters,
                               input.request.origin);
  }
}

}  // namespace grebe::functions
