// Correlated subqueries → Spark's refusals; see subquery_rules.h.
#include "analyze/subquery_rules.h"

#include <algorithm>
#include <set>

#include "core/spark_error.h"
#include "resolved/compare.h"
#include "resolved/outer_references.h"
#include "resolved/print.h"

namespace grebe::analyze {
namespace {

using resolved::Expression;
using resolved::ExpressionPtr;
using resolved::Relation;
using resolved::RelationPtr;

constexpr const char* kCategory = "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.";

bool has_window(const std::vector<resolved::NamedExpression>& items) {
  return std::any_of(items.begin(), items.end(), [](const auto& item) {
    return resolved::holds<resolved::WindowCall>(*item.expression);
  });
}

/// Looks for outer columns where an operator above them cannot be taken apart.
class Walk {
 public:
  Walk(SubqueryPlace place, const core::Origin& origin) : place_(place), origin_(origin) {}

  void look(const Relation& relation) {
    if (const auto* project = std::get_if<resolved::Project>(&relation.node)) {
      if (has_window(project->items)) return refuse(*project->input);
      return look(*project->input);
    }
    if (const auto* filter = std::get_if<resolved::Filter>(&relation.node)) {
      return look(*filter->input);
    }
    if (const auto* sort = std::get_if<resolved::Sort>(&relation.node)) return look(*sort->input);
    if (const auto* limit = std::get_if<resolved::Limit>(&relation.node)) {
      return refuse(*limit->input);
    }
    if (const auto* aggregate = std::get_if<resolved::Aggregate>(&relation.node)) {
      return look(*aggregate->input);
    }
    if (const auto* distinct = std::get_if<resolved::Distinct>(&relation.node)) {
      return look(*distinct->input);
    }
    if (const auto* join = std::get_if<resolved::Join>(&relation.node)) return look_into(*join);
    if (const auto* operation = std::get_if<resolved::SetOperation>(&relation.node)) {
      for (const auto& input : operation->inputs) {
        if (place_ == SubqueryPlace::kPredicate) {
          refuse(*input);
        } else {
          look(*input);
        }
      }
    }
  }

 private:
  void look_into(const resolved::Join& join) {
    // What the right side of a lateral join names of the left is none of the outer query's.
    if (join.lateral) return look(*join.left);
    const auto type = join.type;
    const bool left =
        type != resolved::JoinType::kRightOuter && type != resolved::JoinType::kFullOuter;
    const bool right = type == resolved::JoinType::kInner || type == resolved::JoinType::kCross ||
                       type == resolved::JoinType::kRightOuter;
    left ? look(*join.left) : refuse(*join.left);
    right ? look(*join.right) : refuse(*join.right);
  }

  void refuse(const Relation& relation) const {
    if (holds_lateral_join(relation) || resolved::outer_references(relation).empty()) return;
    throw core::analysis_error(
        std::string(kCategory) + "ACCESSING_OUTER_QUERY_COLUMN_IS_NOT_ALLOWED",
        {{"treeNode", resolved::print_relation(relation)}}, origin_);
  }

  static bool holds_lateral_join(const Relation& relation) {
    if (const auto* join = std::get_if<resolved::Join>(&relation.node)) {
      return join->lateral || holds_lateral_join(*join->left) || holds_lateral_join(*join->right);
    }
    if (const auto* project = std::get_if<resolved::Project>(&relation.node)) {
      return holds_lateral_join(*project->input);
    }
    if (const auto* filter = std::get_if<resolved::Filter>(&relation.node)) {
      return holds_lateral_join(*filter->input);
    }
    return false;
  }

  SubqueryPlace place_;
  const core::Origin& origin_;
};

/// At most one row, whatever the data.
bool has_one_row(const Relation& relation) {
  if (std::holds_alternative<resolved::OneRow>(relation.node)) return true;
  if (const auto* values = std::get_if<resolved::Values>(&relation.node)) {
    return values->rows.size() <= 1;
  }
  if (const auto* limit = std::get_if<resolved::Limit>(&relation.node)) {
    return (limit->limit && *limit->limit <= 1) || has_one_row(*limit->input);
  }
  if (const auto* project = std::get_if<resolved::Project>(&relation.node)) {
    return has_one_row(*project->input);
  }
  if (const auto* filter = std::get_if<resolved::Filter>(&relation.node)) {
    return has_one_row(*filter->input);
  }
  if (const auto* sort = std::get_if<resolved::Sort>(&relation.node)) {
    return has_one_row(*sort->input);
  }
  if (const auto* distinct = std::get_if<resolved::Distinct>(&relation.node)) {
    return has_one_row(*distinct->input);
  }
  if (const auto* aggregate = std::get_if<resolved::Aggregate>(&relation.node)) {
    return aggregate->groups.empty() && !aggregate->grouping_sets;
  }
  return false;
}

bool has_aggregate_call(const resolved::Aggregate& aggregate) {
  return std::any_of(aggregate.items.begin(), aggregate.items.end(), [](const auto& item) {
    return resolved::holds<resolved::AggregateCall>(*item.expression);
  });
}

/// The columns of a plan's own that stand in a condition together with outer ones.
void collect_correlated(const Relation& relation, std::set<resolved::AttributeId>& found);

void collect_conjuncts(const Expression& condition, std::set<resolved::AttributeId>& found) {
  const auto* call = std::get_if<resolved::Call>(&condition.node);
  if (call && call->function == "and") {
    for (const auto& side : call->arguments) collect_conjuncts(*side, found);
    return;
  }
  if (!resolved::holds<resolved::OuterRef>(condition)) return;
  resolved::any_node(condition, [&](const Expression& node) {
    if (const auto* column = std::get_if<resolved::AttributeRef>(&node.node)) {
      found.insert(column->id);
    }
    return false;
  });
}

void collect_correlated(const Relation& relation, std::set<resolved::AttributeId>& found) {
  if (const auto* filter = std::get_if<resolved::Filter>(&relation.node)) {
    collect_conjuncts(*filter->condition, found);
    collect_correlated(*filter->input, found);
  } else if (const auto* project = std::get_if<resolved::Project>(&relation.node)) {
    collect_correlated(*project->input, found);
  } else if (const auto* aggregate = std::get_if<resolved::Aggregate>(&relation.node)) {
    collect_correlated(*aggregate->input, found);
  } else if (const auto* join = std::get_if<resolved::Join>(&relation.node)) {
    if (join->condition) collect_conjuncts(*join->condition, found);
    collect_correlated(*join->left, found);
    collect_correlated(*join->right, found);
  }
}

void check_scalar(const Relation& relation, const core::Origin& origin) {
  const Relation* top = &relation;
  while (const auto* project = std::get_if<resolved::Project>(&top->node)) {
    top = project->input.get();
  }
  // What a WITH holds is put in its place first.
  if (std::holds_alternative<resolved::WithCte>(top->node) ||
      std::holds_alternative<resolved::CteRef>(top->node)) {
    return;
  }
  const auto* filter = std::get_if<resolved::Filter>(&top->node);
  const auto* aggregate =
      std::get_if<resolved::Aggregate>(filter ? &filter->input->node : &top->node);
  if (!aggregate && has_one_row(*top)) return;
  if (!aggregate || !has_aggregate_call(*aggregate)) {
    throw core::analysis_error(std::string(kCategory) + "MUST_AGGREGATE_CORRELATED_SCALAR_SUBQUERY",
                               {}, origin);
  }
  std::set<resolved::AttributeId> correlated;
  collect_correlated(relation, correlated);
  std::string others;
  for (const auto& group : aggregate->groups) {
    resolved::any_node(*group.expression, [&](const Expression& node) {
      const auto* column = std::get_if<resolved::AttributeRef>(&node.node);
      const bool is_renamed = column && correlated.count(group.attribute.id) > 0;
      if (column && !is_renamed && correlated.count(column->id) == 0) {
        others += (others.empty() ? "" : ",") + column->name;
      }
      return false;
    });
  }
  if (others.empty()) return;
  throw core::analysis_error(std::string(kCategory) + "NON_CORRELATED_COLUMNS_IN_GROUP_BY",
                             {{"value", others}}, origin);
}

}  // namespace

void check_correlation(const Relation& relation, SubqueryPlace place, const core::Origin& origin) {
  if (resolved::outer_references(relation).empty()) return;
  if (place == SubqueryPlace::kScalar) check_scalar(relation, origin);
  Walk(place, origin).look(relation);
}

RelationPtr without_empty_group(Analyzer& analyzer, const RelationPtr& relation) {
  if (const auto* project = std::get_if<resolved::Project>(&relation->node)) {
    const auto below = without_empty_group(analyzer, project->input);
    if (below == project->input) return relation;
    return resolved::make_relation(resolved::Project{below, project->items}, relation->output);
  }
  if (const auto* filter = std::get_if<resolved::Filter>(&relation->node)) {
    const auto below = without_empty_group(analyzer, filter->input);
    if (below == filter->input) return relation;
    return resolved::make_relation(resolved::Filter{below, filter->condition}, relation->output);
  }
  const auto* aggregate = std::get_if<resolved::Aggregate>(&relation->node);
  if (!aggregate || !aggregate->groups.empty() || aggregate->grouping_sets) return relation;
  if (resolved::outer_references(*aggregate->input).empty()) return relation;
  resolved::Aggregate grouped = *aggregate;
  grouped.groups.push_back(
      analyzer.name_expression(Analyzer::literal(types::DataType::boolean(), {true}), "key"));
  return resolved::make_relation(std::move(grouped), relation->output);
}

void refuse_correlated_scalar(const Expression& item,
                              const std::vector<resolved::NamedExpression>& groups) {
  for (const auto& group : groups) {
    if (resolved::same_expression(*group.expression, item)) return;
  }
  if (std::holds_alternative<resolved::AggregateCall>(item.node)) return;
  const auto* scalar = std::get_if<resolved::ScalarSubquery>(&item.node);
  if (scalar && !resolved::outer_references(*scalar->relation).empty()) {
    // A key that is a subquery is another object than the item that repeats it.
    const bool repeats_key = std::any_of(groups.begin(), groups.end(), [](const auto& group) {
      return std::holds_alternative<resolved::ScalarSubquery>(group.expression->node);
    });
    if (repeats_key) return;
    throw core::analysis_error("SCALAR_SUBQUERY_IS_IN_GROUP_BY_OR_AGGREGATE_FUNCTION",
                               {{"sqlExpr", core::quote_sql(resolved::pretty_name(item))}},
                               item.origin);
  }
  for (const auto& child : resolved::children(item)) refuse_correlated_scalar(*child, groups);
}

void check_sorted_subqueries(const Expression& key, const core::Origin& origin) {
  resolved::any_node(key, [&](const Expression& node) {
    if (std::holds_alternative<resolved::Exists>(node.node) ||
        std::holds_alternative<resolved::InSubquery>(node.node)) {
      throw core::analysis_error(std::string(kCategory) + "UNSUPPORTED_IN_EXISTS_SUBQUERY",
                                 {{"treeNode", "Sort"}}, origin);
    }
    const auto* scalar = std::get_if<resolved::ScalarSubquery>(&node.node);
    if (scalar && !resolved::outer_references(*scalar->relation).empty()) {
      throw core::analysis_error(std::string(kCategory) + "UNSUPPORTED_CORRELATED_SCALAR_SUBQUERY",
                                 {{"treeNode", "Sort"}}, origin);
    }
    return false;
  });
}

}  // namespace grebe::analyze
