// DISTINCT and dropDuplicates → Distinct, or DeduplicateOn some columns.
#include "analyze/analyzer.h"

namespace grebe::analyze {

Analyzed Analyzer::deduplicate(const plan::Deduplicate& node, const Context& context) {
  if (node.within_watermark) {
    throw core::plain_error(
        core::ErrorClass::kAnalysis,
        "dropDuplicatesWithinWatermark is not supported with batch DataFrames/DataSets");
  }
  auto input = relation(node.input, context);
  if (node.columns.empty()) {
    auto below = visible(input);
    for (const auto& attribute : below->output) {
      if (!attribute.type.is(types::TypeKind::kMap)) continue;
      throw core::analysis_error("UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE",
                                 {{"colName", core::quote_identifier(attribute.name)},
                                  {"dataType", core::quote_sql(attribute.type.sql())}});
    }
    auto output = below->output;
    input.relation = resolved::make_relation(resolved::Distinct{below}, std::move(output));
    input.scope.hidden.clear();
    input.open = nullptr;
    return input;
  }
  resolved::DeduplicateOn keyed;
  for (const auto& name : node.columns) {
    bool found = false;
    for (const auto& attribute : input.scope.attributes) {
      if (!same_identifier(attribute.name, name, case_sensitive())) continue;
      keyed.keys.push_back(attribute.id);
      found = true;
    }
    if (!found) {
      throw core::plain_error(core::ErrorClass::kInvalidPlan, "Invalid deduplicate column " + name);
    }
  }
  keyed.input = input.relation;
  auto output = input.relation->output;
  input.relation = resolved::make_relation(std::move(keyed), std::move(output));
  input.open = nullptr;
  return input;
}

}  // namespace grebe::analyze
