// An SQL text that a lowering needs more than once → SQL that evaluates it once.
#pragma once

#include <string>
#include <string_view>

namespace grebe::functions {

/// True for SQL that costs nothing to repeat: a name, a literal.
bool is_cheap_sql(std::string_view sql);

/// `SQL over $x` with x bound to `sql` once: repeats it when it is cheap, else goes through a
/// one-element list. `body` must use the placeholder `$x`.
std::string bind_once(const std::string& sql, std::string_view body);

}  // namespace grebe::functions
