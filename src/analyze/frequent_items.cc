// df.stat.freqItems → the plan of its one row; see frequent_items.h.
#include "analyze/frequent_items.h"

#include "core/spark_error.h"

namespace grebe::analyze {
namespace {

constexpr double kDefaultSupport = 0.01;

plan::ExpressionPtr column(const std::string& name) {
  return plan::make_expression(plan::UnresolvedAttribute{.name_parts = {name}});
}

plan::ExpressionPtr named(plan::ExpressionPtr child, std::string name) {
  return plan::make_expression(
      plan::Alias{.child = std::move(child), .names = {std::move(name)}, .metadata_json = {}});
}

}  // namespace

plan::RelationPtr frequent_items(const plan::StatFreqItems& node) {
  const double support = node.support.value_or(kDefaultSupport);
  if (!(support >= 1e-4 && support <= 1)) {
    throw core::plain_error(core::ErrorClass::kIllegalArgument,
                            "requirement failed: Support must be in [1e-4, 1], but got " +
                                std::to_string(support) + ".");
  }
  const auto capacity = static_cast<int64_t>(1 / support);
  plan::Aggregate collected;
  collected.input = node.input;
  for (const auto& name : node.columns) {
    auto items =
        plan::make_call("#frequent_items",
                        {column(name), plan::make_expression(plan::Literal{
                                           types::DataType::long_type(), types::Value{capacity}})});
    collected.aggregates.push_back(named(std::move(items), name + "_freqItems"));
  }
  return collected.aggregates.empty() ? plan::make_relation(plan::OneRow{})
                                      : plan::make_relation(std::move(collected));
}

}  // namespace grebe::analyze
