// groupBy, rollup, cube, pivot, grouping sets and unpivot of messages → plan relations.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {

plan::Relation::Node Conversion::aggregate(const sc::Aggregate& message) {
  if (!message.has_input()) throw invalid_plan("Aggregate needs a plan input");
  plan::Aggregate out{.input = relation(message.input()),
                      .kind = plan::GroupKind::kGroupBy,
                      .groups = expressions(message.grouping_expressions()),
                      .grouping_sets = {},
                      .aggregates = expressions(message.aggregate_expressions()),
                      .prepend_groups = true,
                      .having = nullptr,
                      .pivot_column = nullptr,
                      .pivot_values = {}};
  switch (message.group_type()) {
    case sc::Aggregate::GROUP_TYPE_GROUPBY:
      return out;
    case sc::Aggregate::GROUP_TYPE_ROLLUP:
      out.kind = plan::GroupKind::kRollup;
      return out;
    case sc::Aggregate::GROUP_TYPE_CUBE:
      out.kind = plan::GroupKind::kCube;
      return out;
    case sc::Aggregate::GROUP_TYPE_PIVOT:
      if (!message.has_pivot())
        throw invalid_plan("Aggregate with GROUP_TYPE_PIVOT requires a Pivot");
      out.kind = plan::GroupKind::kPivot;
      out.pivot_column = expression(message.pivot().col());
      for (const auto& value : message.pivot().values()) {
        out.pivot_values.push_back(plan::make_expression(literal(value)));
      }
      return out;
    case sc::Aggregate::GROUP_TYPE_GROUPING_SETS:
      out.kind = plan::GroupKind::kGroupingSets;
      for (const auto& set : message.grouping_sets()) {
        out.grouping_sets.push_back(expressions(set.grouping_set()));
      }
      return out;
    default:
      throw invalid_plan("Unknown Group Type " +
                         std::to_string(static_cast<int>(message.group_type())));
  }
}

plan::Relation::Node Conversion::unpivot(const sc::Unpivot& message) {
  plan::Unpivot out{.input = relation(message.input()),
                    .ids = expressions(message.ids()),
                    .values = std::nullopt,
                    .value_aliases = {},
                    .variable_column_name = message.variable_column_name(),
                    .value_column_names = {message.value_column_name()},
                    .include_nulls = true};
  if (message.has_values()) {
    out.values.emplace();
    for (const auto& value : message.values().values()) {
      out.values->push_back({expression(value)});
    }
  }
  return out;
}

}  // namespace grebe::parse::proto
