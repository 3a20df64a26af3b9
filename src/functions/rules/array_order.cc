// An array in Spark's order → DuckDB SQL: nested elements by keys in which nulls come first.
#include "functions/rules/array_order.h"

#include <fmt/format.h>

#include "types/ordering.h"

namespace grebe::functions {
namespace {

/// Elements as `{'n': its null's rank, 'k': its key, 'v': itself}`.
std::string keyed(const LowerInput& input, const char* null_rank) {
  return fmt::format("list_transform({}, lambda e: {{'n': {}, 'k': {}, 'v': e}})", input.sql[0],
                     null_rank, types::ordering_key("e", input.type_of(0).element()));
}

std::string sorted(const LowerInput& input, bool ascending, bool nulls_first) {
  const char* direction = ascending ? "ASC" : "DESC";
  if (!input.type_of(0).element().is_nested()) {
    return fmt::format("list_sort({}, '{}', 'NULLS {}')", input.sql[0], direction,
                       nulls_first ? "FIRST" : "LAST");
  }
  const bool nulls_least = nulls_first == ascending;
  return fmt::format("list_transform(list_sort({}, '{}'), lambda e: e.v)",
                     keyed(input, nulls_least ? "e IS NOT NULL" : "e IS NULL"), direction);
}

}  // namespace

std::string lower_array_extreme(const LowerInput& input) {
  const char* extreme = input.function == "array_max" ? "list_max" : "list_min";
  if (!input.type_of(0).element().is_nested()) {
    return fmt::format("{}({})", extreme, input.sql[0]);
  }
  return fmt::format("struct_extract({}(list_filter({}, lambda e: e.n)), 'v')", extreme,
                     keyed(input, "e IS NOT NULL"));
}

std::string lower_array_order(const LowerInput& input) {
  if (input.function == "array_sort") return sorted(input, true, false);
  if (input.sql.size() == 1) return sorted(input, true, true);
  return fmt::format("CASE WHEN {} THEN {} ELSE {} END", input.sql[1], sorted(input, true, true),
                     sorted(input, false, false));
}

}  // namespace grebe::functions
