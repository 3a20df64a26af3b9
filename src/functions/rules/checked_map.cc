// Maps from lists; see checked_map.h.
#include "functions/rules/checked_map.h"

#include <fmt/format.h>

#include <algorithm>

#include "functions/entry.h"
#include "functions/rules/internal_text.h"
#include "types/carrier.h"

namespace grebe::functions {

namespace {

constexpr std::string_view kLastWins = "#last_";
constexpr std::string_view kMakers[] = {
    "map", "map_concat", "map_from_arrays", "map_from_entries", "str_to_map", "transform_keys"};

}  // namespace

std::string checked_map(const std::string& keys, const std::string& values,
                        const types::DataType& map_type, DoubledKeys doubled) {
  const std::string m = fmt::format("m{}", keys.size() + values.size());
  const std::string carrier = types::carrier_type(map_type);
  std::string otherwise;
  if (doubled == DoubledKeys::kLastWins) {
    // A key stays where it came first, with the value that came last.
    const std::string first =
        fmt::format("list_filter({0}.k, lambda c, i: list_position({0}.k, c) = i)", m);
    otherwise = fmt::format(
        "WHEN len({0}.k) = len({0}.v) AND list_count({0}.k) = len({0}.k) THEN CAST(map({1}, "
        "list_transform({1}, lambda c: {0}.v[len({0}.k) - list_position(list_reverse({0}.k), c) + "
        "1])) AS {2}) ",
        m, first, carrier);
  }
  const std::string twice =
      fmt::format("list_filter({0}.k, lambda c, i: list_position({0}.k, c) < i)[1]", m);
  return fmt::format(
      "list_transform([{{'k': {0}, 'v': {1}}}], lambda {2}: CASE WHEN {2}.k IS NULL OR {2}.v IS "
      "NULL THEN NULL WHEN len({2}.k) = len({2}.v) AND list_count({2}.k) = len({2}.k) AND "
      "len(list_distinct({2}.k)) = len({2}.k) THEN CAST(map({2}.k, {2}.v) AS {4}) {5}ELSE CASE "
      "WHEN grebe_map_key_error(CASE WHEN len({2}.k) <> len({2}.v) THEN 'l' WHEN "
      "list_count({2}.k) < len({2}.k) THEN 'n' ELSE concat('d', {3}) END) = 0 THEN NULL END "
      "END)[1]",
      keys, values, m, internal_text(twice, map_type.key()), carrier, otherwise);
}

std::string lower_str_to_map(const LowerInput& input) {
  const char* last_wins = doubled_keys(input.function) == DoubledKeys::kLastWins ? "true" : "false";
  const std::string pairs = input.sql.size() > 1 ? input.sql[1] : "','";
  const std::string values = input.sql.size() > 2 ? input.sql[2] : "':'";
  return fmt::format("grebe_str_to_map({}, {}, {}, {})", input.sql[0], pairs, values, last_wins);
}

resolved::ExpressionPtr with_key_policy(const resolved::ExpressionPtr& bound,
                                        const BindContext& context) {
  const auto* call = std::get_if<resolved::Call>(&bound->node);
  if (call == nullptr || call->lowered ||
      std::find(std::begin(kMakers), std::end(kMakers), call->function) == std::end(kMakers) ||
      !context.config || context.config("spark.sql.mapKeyDedupPolicy") != "LAST_WIN") {
    return bound;
  }
  resolved::Call runs = *call;
  runs.function = std::string(kLastWins) + call->function;
  resolved::Call shown = *call;
  shown.lowered =
      resolved::make_expression(std::move(runs), bound->type, bound->nullable, bound->origin);
  return resolved::make_expression(std::move(shown), bound->type, bound->nullable, bound->origin);
}

DoubledKeys doubled_keys(std::string_view function) {
  return function.substr(0, kLastWins.size()) == kLastWins ? DoubledKeys::kLastWins
                                                           : DoubledKeys::kRefused;
}

std::string_view without_key_policy(std::string_view function) {
  if (doubled_keys(function) == DoubledKeys::kLastWins) function.remove_prefix(kLastWins.size());
  return function;
}

}  // namespace grebe::functions
