// Errors about a named table → with their place; see name_place.h.
#include "commands/name_place.h"

#include <optional>
#include <string>
#include <string_view>

#include "commands/tables.h"
#include "parse/sql/lexer.h"

namespace grebe::commands {
namespace {

using parse::sql::Token;
using parse::sql::TokenKind;

/// The last part of a name in a message: `a`.`b`, a.b.
std::string last_part(const std::string& name) {
  if (name.ends_with('`')) {
    const size_t open = name.rfind('`', name.size() - 2);
    return name.substr(open + 1, name.size() - open - 2);
  }
  return name.substr(name.rfind('.') + 1);
}

bool is_name(const Token& token) {
  return token.kind == TokenKind::kIdentifier || token.kind == TokenKind::kBackquotedIdentifier ||
         parse::sql::is_keyword(token.kind);
}

/// The first dotted name in the statement that ends in `table`.
std::optional<core::Origin> find_name(const core::Origin& statement, const std::string& table) {
  const std::string_view text = *statement.text;
  const auto tokens = parse::sql::tokenize(text).tokens;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].start < statement.start || !is_name(tokens[i])) continue;
    size_t last = i;
    while (last + 2 < tokens.size() && tokens[last + 1].kind == TokenKind::kDot &&
           is_name(tokens[last + 2])) {
      last += 2;
    }
    const auto length = static_cast<size_t>(tokens[last].stop - tokens[last].start);
    auto word = text.substr(static_cast<size_t>(tokens[last].start), length);
    if (tokens[last].kind == TokenKind::kBackquotedIdentifier) word = word.substr(1, length - 2);
    if (same_name(word, table)) {
      core::Origin place = statement;
      place.start = tokens[i].start;
      place.stop = tokens[last].stop;
      place.line = tokens[i].line;
      place.column = tokens[i].column;
      return place;
    }
    i = last;
  }
  return std::nullopt;
}

}  // namespace

core::SparkError with_name_place(const core::SparkError& error, const core::Origin& statement) {
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
  const auto place = find_name(statement, last_part(parameters.at(key)));
  return place ? core::analysis_error(error.condition(), parameters, *place) : error;
}

}  // namespace grebe::commands
