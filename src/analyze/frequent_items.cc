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

plan::ExpressionPtr number(double value) {
  return plan::make_expression(plan::Literal{types::DataType::double_type(), types::Value{value}});
}

plan::ExpressionPtr one() {
  return plan::make_expression(plan::Literal{types::DataType::integer(), types::Value{int64_t{1}}});
}

plan::ExpressionPtr over_all(plan::ExpressionPtr function) {
  plan::Window window;
  window.function = std::move(function);
  return plan::make_expression(std::move(window));
}

/// The frequent values of one column in one row.
plan::RelationPtr items_of(const plan::RelationPtr& input, const std::string& name,
                           double support) {
  plan::Aggregate counted;
  counted.input = input;
  counted.groups = {column(name)};
  counted.aggregates = {named(column(name), "value"),
                        named(plan::make_call("count", {one()}), "n")};
  auto totals = plan::make_relation(
      plan::Project{plan::make_relation(std::move(counted)),
                    {column("value"), column("n"),
                     named(over_all(plan::make_call("sum", {column("n")})), "total"),
                     named(over_all(plan::make_call("count", {one()})), "values")}});
  auto is_frequent = plan::make_call(
      "or", {plan::make_call(
                 ">", {column("n"), plan::make_call("*", {column("total"), number(support)})}),
             plan::make_call("<=", {column("values"), number(1 / support)})});
  plan::Aggregate listed;
  listed.input = plan::make_relation(plan::Filter{std::move(totals), std::move(is_frequent)});
  listed.aggregates = {
      named(plan::make_call("collect_set", {column("value")}), name + "_freqItems")};
  return plan::make_relation(std::move(listed));
}

}  // namespace

plan::RelationPtr frequent_items(const plan::StatFreqItems& node) {
  const double support = node.support.value_or(kDefaultSupport);
  if (!(support >= 1e-4 && support <= 1)) {
    throw core::plain_error(core::ErrorClass::kIllegalArgument,
                            "requirement failed: Support must be in [1e-4, 1], but got " +
                                std::to_string(support) + ".");
  }
  plan::RelationPtr all;
  for (const auto& name : node.columns) {
    auto items = items_of(node.input, name, support);
    all = all ? plan::make_relation(
                    plan::Join{.left = all, .right = items, .type = plan::JoinType::kCross})
              : items;
  }
  return all ? all : plan::make_relation(plan::OneRow{});
}

}  // namespace grebe::analyze
