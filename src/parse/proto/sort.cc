// Sorting, distinctness and distribution of messages → plan relations.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {

plan::SortOrder Conversion::sort_order(const sc::Expression::SortOrder& message) {
  // Spark's planner takes whatever is not "ascending" or "first" for the opposite.
  return {.child = expression(message.child()),
          .ascending = message.direction() == sc::Expression::SortOrder::SORT_DIRECTION_ASCENDING,
          .nulls_first = message.null_ordering() == sc::Expression::SortOrder::SORT_NULLS_FIRST};
}

plan::Relation::Node Conversion::sort(const sc::Sort& message) {
  plan::Sort out{.input = relation(message.input()), .order = {}, .global = message.is_global()};
  for (const auto& order : message.order()) out.order.push_back(sort_order(order));
  return out;
}

plan::Relation::Node Conversion::deduplicate(const sc::Deduplicate& message) {
  if (!message.has_input()) throw invalid_plan("Deduplicate needs a plan input");
  const bool has_columns = message.column_names_size() > 0;
  if (message.all_columns_as_keys() && has_columns) {
    throw invalid_plan("Cannot deduplicate on both all columns and a subset of columns");
  }
  if (!message.all_columns_as_keys() && !has_columns) {
    throw invalid_plan(
        "Deduplicate requires to either deduplicate on all columns or a subset of columns");
  }
  return plan::Deduplicate{.input = relation(message.input()),
                           .columns = strings_of(message.column_names()),
                           .within_watermark = message.within_watermark()};
}

plan::Relation::Node Conversion::repartition_by_expression(
    const sc::RepartitionByExpression& message) {
  return plan::Repartition{.input = relation(message.input()),
                           .partitions = message.has_num_partitions()
                                             ? std::optional<int32_t>(message.num_partitions())
                                             : std::nullopt,
                           .shuffle = true,
                           .expressions = expressions(message.partition_exprs())};
}

}  // namespace grebe::parse::proto
