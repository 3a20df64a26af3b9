// The generated table of conditions → lookups by binary search.
#include "core/error_catalogue.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "generated/error_conditions.h"

namespace grebe::core {
namespace {

using Row = generated::ErrorConditionRow;

const Row* find_row(std::string_view condition, std::string_view sub_condition) {
  const auto key = std::tie(condition, sub_condition);
  const Row* found = std::lower_bound(std::begin(generated::kErrorConditions),
                                      std::end(generated::kErrorConditions), key,
                                      [](const Row& row, const auto& wanted) {
                                        return std::tie(row.condition, row.sub_condition) < wanted;
                                      });
  if (found == std::end(generated::kErrorConditions)) return nullptr;
  if (found->condition != condition || found->sub_condition != sub_condition) return nullptr;
  return found;
}

}  // namespace

std::optional<CatalogueEntry> find_condition(std::string_view condition) {
  const auto dot = condition.find('.');
  const Row* main = find_row(condition.substr(0, dot), "");
  if (main == nullptr) return std::nullopt;
  CatalogueEntry entry{std::string(main->message), std::string(main->sql_state)};
  if (dot == std::string_view::npos) return entry;
  const Row* sub = find_row(condition.substr(0, dot), condition.substr(dot + 1));
  if (sub == nullptr) return std::nullopt;
  entry.message_template += " ";
  entry.message_template += sub->message;
  return entry;
}

}  // namespace grebe::core
