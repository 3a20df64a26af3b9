// A leaf made by a resolver → the same leaf under attribute ids of this analysis.
#include <map>

#include "analyze/analyzer.h"

namespace grebe::analyze {

resolved::RelationPtr Analyzer::renew(const resolved::RelationPtr& leaf) {
  std::map<resolved::AttributeId, resolved::AttributeId> ids;
  const auto fresh = [&](resolved::Attribute& attribute) {
    auto [found, added] = ids.try_emplace(attribute.id, 0);
    if (added) found->second = next_id();
    attribute.id = found->second;
  };
  auto copy = *leaf;
  if (auto* scan = std::get_if<resolved::FileScan>(&copy.node)) {
    for (auto& column : scan->columns) fresh(column.attribute);
    for (auto& column : scan->partition_columns) fresh(column);
  } else if (auto* table = std::get_if<resolved::ExtensionScan>(&copy.node)) {
    for (auto& column : table->columns) fresh(column.attribute);
  } else if (auto* local = std::get_if<resolved::LocalData>(&copy.node)) {
    for (auto& column : local->output) fresh(column);
  } else if (auto* values = std::get_if<resolved::Values>(&copy.node)) {
    for (auto& column : values->output) fresh(column);
  } else if (auto* stored = std::get_if<resolved::StoredData>(&copy.node)) {
    for (auto& column : stored->output) fresh(column);
  } else if (auto* range = std::get_if<resolved::Range>(&copy.node)) {
    fresh(range->output);
  } else {
    throw core::internal_error("a table resolved to something that is no leaf");
  }
  for (auto& column : copy.output) fresh(column);
  return std::make_shared<const resolved::Relation>(std::move(copy));
}

}  // namespace grebe::analyze
