// Subqueries of a join's condition → hidden columns; see join_subquery.h.
#include "analyze/join_subquery.h"

#include <algorithm>

#include "resolved/compare.h"

namespace grebe::analyze {
namespace {

using resolved::ExpressionPtr;
using resolved::RelationPtr;

bool is_subquery(const resolved::Expression& node) {
  return std::holds_alternative<resolved::ScalarSubquery>(node.node) ||
         std::holds_alternative<resolved::Exists>(node.node) ||
         std::holds_alternative<resolved::InSubquery>(node.node);
}

bool has_all(const RelationPtr& side, const std::vector<resolved::AttributeId>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](resolved::AttributeId id) {
    return std::any_of(side->output.begin(), side->output.end(),
                       [&](const auto& column) { return column.id == id; });
  });
}

/// The side with one more column.
ExpressionPtr add_column(Analyzer& analyzer, RelationPtr& side, const ExpressionPtr& value) {
  std::vector<resolved::NamedExpression> items;
  auto output = side->output;
  for (const auto& column : output) items.push_back(pass_through(column));
  items.push_back(analyzer.name_expression(value, Analyzer::generated_name(*value)));
  output.push_back(items.back().attribute);
  side = resolved::make_relation(resolved::Project{side, std::move(items)}, std::move(output));
  return reference(side->output.back(), value->origin);
}

}  // namespace

ExpressionPtr lift_subqueries(Analyzer& analyzer, const ExpressionPtr& condition,
                              const std::vector<resolved::AttributeId>& used, RelationPtr& left,
                              RelationPtr& right) {
  if (!is_subquery(*condition)) {
    return resolved::map_children(condition, [&](const ExpressionPtr& child) {
      return lift_subqueries(analyzer, child, used, left, right);
    });
  }
  std::vector<resolved::AttributeId> wanted = used;
  for (const auto& child : resolved::children(*condition)) {
    resolved::any_node(*child, [&](const resolved::Expression& node) {
      if (const auto* ref = std::get_if<resolved::AttributeRef>(&node.node)) {
        wanted.push_back(ref->id);
      }
      return false;
    });
  }
  for (auto* side : {&left, &right}) {
    if (has_all(*side, wanted)) return add_column(analyzer, *side, condition);
  }
  return condition;
}

}  // namespace grebe::analyze
