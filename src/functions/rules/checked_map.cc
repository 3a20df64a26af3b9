// Maps from lists; see checked_map.h.
#include "functions/rules/checked_map.h"

#include <fmt/format.h>

#include "functions/rules/internal_text.h"
#include "types/carrier.h"

namespace grebe::functions {

std::string checked_map(const std::string& keys, const std::string& values,
                        const types::DataType& map_type) {
  const std::string m = fmt::format("m{}", keys.size() + values.size());
  const std::string doubled =
      fmt::format("list_filter({0}.k, lambda c, i: list_position({0}.k, c) < i)[1]", m);
  return fmt::format(
      "list_transform([{{'k': {0}, 'v': {1}}}], lambda {2}: CASE WHEN {2}.k IS NULL OR {2}.v IS "
      "NULL THEN NULL WHEN len({2}.k) = len({2}.v) AND list_count({2}.k) = len({2}.k) AND "
      "len(list_distinct({2}.k)) = len({2}.k) THEN CAST(map({2}.k, {2}.v) AS {4}) ELSE CASE WHEN "
      "grebe_map_key_error(CASE WHEN len({2}.k) <> len({2}.v) THEN 'l' WHEN list_count({2}.k) < "
      "len({2}.k) THEN 'n' ELSE concat('d', {3}) END) = 0 THEN NULL END END)[1]",
      keys, values, m, internal_text(doubled, map_type.key()), types::carrier_type(map_type));
}

}  // namespace grebe::functions
