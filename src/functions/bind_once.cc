// SQL bound to a name of its own; see bind_once.h.
#include "functions/bind_once.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace grebe::functions {

bool is_cheap_sql(std::string_view sql) {
  if (sql.empty()) return true;
  if (sql.front() == '\'') return sql.find('\'', 1) == sql.size() - 1;
  // A typed constant: CAST('…' AS T) or CAST(5 AS T).
  if (sql.substr(0, 5) == "CAST(" && sql.size() < 64) {
    const size_t end = sql.find(" AS ");
    const std::string_view inner = sql.substr(5, end == std::string_view::npos ? 0 : end - 5);
    return !inner.empty() && inner.find('(') == std::string_view::npos &&
           sql.find(')', 5) >= sql.size() - 2 && is_cheap_sql(inner);
  }
  return std::all_of(sql.begin(), sql.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '.' || c == '"' || c == '-';
  });
}

std::string bind_once(const std::string& sql, std::string_view body) {
  const bool is_cheap = is_cheap_sql(sql);
  // The name carries the text's length, so that nested bindings do not meet.
  const std::string name = is_cheap ? sql : fmt::format("x{}", sql.size());
  std::string filled;
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '$' && i + 1 < body.size() && body[i + 1] == 'x') {
      filled += name;
      ++i;
    } else {
      filled += body[i];
    }
  }
  if (is_cheap) return "(" + filled + ")";
  return fmt::format("list_transform([{}], lambda {}: {})[1]", sql, name, filled);
}

}  // namespace grebe::functions
