// Constant option maps of JSON and CSV functions; see options.h.
#include "functions/rules/options.h"

#include <algorithm>
#include <cctype>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"

namespace grebe::functions {

std::map<std::string, std::string> read_options(const BindInput& input, size_t index,
                                                const std::vector<std::string_view>& known) {
  std::map<std::string, std::string> options;
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

}  // namespace grebe::functions
