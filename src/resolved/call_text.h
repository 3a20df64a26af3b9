// Function names and windows → how Spark prints a call of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::resolved {

struct Expression;
struct WindowCall;

/// The constant key in `m['key']`, which is the name that struct() gives the value.
std::optional<std::string> map_key(const Expression& expression);

/// Text of a call over its arguments' texts: infix for operators, `NAME(a, b)` for those whose name
/// prints in another form, `name(a, b)` for the rest.
std::string call_text(std::string_view function, const std::vector<std::string>& arguments);

/// The name as `Expression.prettyName` gives it (`#time_add` and the like have none of their own).
std::string_view printed_name(std::string_view function);

/// A window as messages print it: `(PARTITION BY a ORDER BY b ASC NULLS FIRST ROWS BETWEEN …)`.
std::string window_text(const WindowCall& call);

}  // namespace grebe::resolved
