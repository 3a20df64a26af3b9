// A quoted token of SQL → the string it stands for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plan/expression.h"

namespace grebe::parse::sql {

/// Removes the quotes and resolves escapes as Spark's SparkParserUtils.unescapeSQLString does;
/// raw strings (r'…') keep their backslashes.
std::string unescape_string(std::string_view token_text);

/// The value of a string literal or of a concatenation of such literals.
std::optional<std::string> constant_string(const plan::Expression& expression);

}  // namespace grebe::parse::sql
