// Lists of texts and a separator → DuckDB SQL; the separator may differ from row to row, which
// DuckDB's own array_to_string does not take.
#include "functions/rules/text_joins.h"

#include <fmt/format.h>

#include "functions/bind_once.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

std::string join_sql(const std::string& list, const std::string& separator) {
  if (separator.starts_with('\'')) {
    return fmt::format("coalesce(array_to_string({}, {}), '')", list, separator);
  }
  // The first text has no separator before it: it is cut off at the end.
  const bool is_cheap = is_cheap_sql(separator);
  const std::string name = is_cheap ? separator : fmt::format("s{}", separator.size());
  const std::string joined = fmt::format(
      "CASE WHEN {0} IS NOT NULL THEN substring(list_reduce(list_prepend('', list_filter({1}, "
      "lambda j: j IS NOT NULL)), lambda j, k: j || {0} || k), CAST(len({0}) AS BIGINT) + 1) END",
      name, list);
  return is_cheap ? joined
                  : fmt::format("list_transform([{}], lambda {}: {})[1]", separator, name, joined);
}

std::string lower_array_join(const LowerInput& input) {
  std::string list = input.sql[0];
  std::string given = fmt::format("({}) IS NOT NULL AND ({}) IS NOT NULL", list, input.sql[1]);
  if (input.sql.size() > 2) {
    given += fmt::format(" AND ({}) IS NOT NULL", input.sql[2]);
    list = fmt::format("list_transform({}, lambda e: coalesce(e, {}))", list, input.sql[2]);
  }
  return fmt::format("CASE WHEN {} THEN {} END", given, join_sql(list, input.sql[1]));
}

/// A null part is left out, a null list too; a null separator makes the answer null.
std::string lower_concat_ws(const LowerInput& input) {
  std::string lists;
  for (size_t i = 1; i < input.sql.size(); ++i) {
    const bool is_list = input.type_of(i).is(types::TypeKind::kArray);
    lists += ", " + (is_list ? input.sql[i] : fmt::format("[{}]", input.sql[i]));
  }
  if (lists.empty()) return fmt::format("left({}, 0)", input.sql[0]);
  const std::string list = fmt::format("coalesce(list_concat(CAST([] AS VARCHAR[]){}), [])", lists);
  return fmt::format("CASE WHEN {} IS NOT NULL THEN {} END", input.sql[0],
                     join_sql(list, input.sql[0]));
}

}  // namespace grebe::functions
