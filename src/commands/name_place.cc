// Errors about a named table → with their place; see name_place.h.
#include "commands/name_place.h"

#include <string>

#include "commands/tables.h"

namespace grebe::commands {
namespace {

/// The last part of a name in a message: `a`.`b`, a.b.
std::string last_part(const std::string& name) {
  if (name.ends_with('`')) {
    const size_t open = name.rfind('`', name.size() - 2);
    return name.substr(open + 1, name.size() - open - 2);
  }
  return name.substr(name.rfind('.') + 1);
}

/// The place's text as it would stand in a message.
bool names(const core::Origin& place, const std::string& table) {
  if (!place.has_text()) return false;
  const auto length = static_cast<size_t>(place.stop - place.start);
  return same_name(last_part(place.text->substr(static_cast<size_t>(place.start), length)), table);
}

}  // namespace

core::SparkError with_name_place(const core::SparkError& error, const plan::Command& command) {
  const core::Origin& statement = command.origin;
  if (!statement.has_text() || !error.fields().contexts.empty()) return error;
  const auto& parameters = error.fields().parameters;
  if (error.condition() == "CAST_INVALID_INPUT") {
    return core::make_error(core::ErrorClass::kNumberFormat, error.condition(), parameters,
                            statement);
  }
  if (error.condition() == "_LEGACY_ERROR_TEMP_1331") {
    return core::analysis_error(error.condition(), parameters, statement);
  }
  const char* key = nullptr;
  if (error.condition() == "TABLE_OR_VIEW_NOT_FOUND") key = "relationName";
  if (error.condition() == "_LEGACY_ERROR_TEMP_1013" ||
      error.condition() == "_LEGACY_ERROR_TEMP_1016") {
    key = "nameParts";
  }
  if (key == nullptr || !parameters.contains(key)) return error;
  if (!names(command.table_place, last_part(parameters.at(key)))) return error;
  return core::analysis_error(error.condition(), parameters, command.table_place);
}

}  // namespace grebe::commands
