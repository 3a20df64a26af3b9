// The options argument of JSON and CSV functions: a map of constants → names in lower case.
#pragma once

#include <map>
#include <string>

#include "functions/entry.h"
#include "types/data_type.h"

namespace grebe::functions {

/// Options by name in lower case.
using Options = std::map<std::string, std::string>;

/// Reads argument `index`, `map('name', 'value', …)`; empty when the call has none. Throws
/// INVALID_OPTIONS as Spark does when it is no such map, and a typed error for options outside
/// `known` (names in lower case).
Options read_options(const BindInput& input, size_t index,
                     const std::vector<std::string_view>& known);

/// The option's value, or `fallback` when it was not given.
std::string option_or(const Options& options, const std::string& name, const std::string& fallback);

/// Whether a yes-or-no option says yes, in any case: Python writes True.
bool option_is_on(const Options& options, const std::string& name, const std::string& fallback);

/// A schema argument: its text and the type, all nullable, that it says.
struct SchemaArgument {
  std::string text;
  types::DataType type;
};

/// Reads argument `index` as the schema of from_json and from_csv. Throws INVALID_SCHEMA for what
/// is no text, and a typed error for a text that is not constant.
SchemaArgument read_schema(const BindInput& input, size_t index);

}  // namespace grebe::functions
