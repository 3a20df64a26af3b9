// Join of any kind, USING and NATURAL included → Join with the nullability its type gives.
#include <algorithm>

#include "analyze/analyzer.h"
#include "analyze/group_keys.h"
#include "analyze/join_subquery.h"
#include "analyze/subquery_rules.h"
#include "resolved/compare.h"

namespace grebe::analyze {
namespace {

using resolved::Attribute;
using resolved::ExpressionPtr;

resolved::JoinType join_type(plan::JoinType type) {
  switch (type) {
    case plan::JoinType::kInner:
      return resolved::JoinType::kInner;
    case plan::JoinType::kLeftOuter:
      return resolved::JoinType::kLeftOuter;
    case plan::JoinType::kRightOuter:
      return resolved::JoinType::kRightOuter;
    case plan::JoinType::kFullOuter:
      return resolved::JoinType::kFullOuter;
    case plan::JoinType::kLeftSemi:
      return resolved::JoinType::kLeftSemi;
    case plan::JoinType::kLeftAnti:
      return resolved::JoinType::kLeftAnti;
    case plan::JoinType::kCross:
      return resolved::JoinType::kCross;
  }
  throw core::internal_error("join type");
}

void make_nullable(std::vector<Attribute>& attributes) {
  for (auto& attribute : attributes) attribute.nullable = true;
}

bool keeps_left_only(resolved::JoinType type) {
  return type == resolved::JoinType::kLeftSemi || type == resolved::JoinType::kLeftAnti;
}

bool generates_from_nothing(const resolved::Relation& relation) {
  if (const auto* project = std::get_if<resolved::Project>(&relation.node)) {
    return generates_from_nothing(*project->input);
  }
  const auto* generate = std::get_if<resolved::Generate>(&relation.node);
  return generate && std::holds_alternative<resolved::OneRow>(generate->input->node);
}

Attribute using_column(Analyzer& analyzer, const Scope& side, const std::string& name,
                       const char* which) {
  // Of several columns with that name Spark takes the first.
  for (const auto& attribute : side.attributes) {
    if (same_identifier(attribute.name, name, analyzer.case_sensitive())) return attribute;
  }
  std::string suggestion;
  std::vector<std::string> names;
  for (const auto& attribute : side.attributes) names.push_back(attribute.name);
  std::sort(names.begin(), names.end());
  for (const auto& candidate : names) {
    suggestion += (suggestion.empty() ? "" : ", ") + core::quote_identifier(candidate);
  }
  throw core::analysis_error(
      "UNRESOLVED_USING_COLUMN_FOR_JOIN",
      {{"colName", core::quote_identifier(name)}, {"side", which}, {"suggestion", suggestion}});
}

}  // namespace

Analyzed Analyzer::join(const plan::Join& node, const Context& context) {
  auto left = relation(node.left, context);
  Analyzed right;
  if (node.lateral) {
    ExpressionScope outer{.input = &left.scope, .context = &context};
    Context inner = context;
    inner.outer = &outer;
    right = relation(node.right, inner);
    check_correlation(*right.relation, SubqueryPlace::kLateral, context.origin);
  } else {
    right = relation(node.right, context);
  }
  auto type = join_type(node.type);

  // The condition sees both sides as they are below the join.
  Scope both;
  both.attributes = left.scope.attributes;
  both.attributes.insert(both.attributes.end(), right.scope.attributes.begin(),
                         right.scope.attributes.end());
  both.hidden = left.scope.hidden;
  both.hidden.insert(both.hidden.end(), right.scope.hidden.begin(), right.scope.hidden.end());
  both.files = left.scope.files;
  both.files.insert(both.files.end(), right.scope.files.begin(), right.scope.files.end());
  both.frames = left.scope.frames;
  both.frames.insert(both.frames.end(), right.scope.frames.begin(), right.scope.frames.end());

  std::vector<std::string> using_columns = node.using_columns;
  if (node.natural) {
    for (const auto& attribute : left.scope.attributes) {
      const bool shared = std::any_of(
          right.scope.attributes.begin(), right.scope.attributes.end(), [&](const auto& other) {
            return same_identifier(other.name, attribute.name, case_sensitive());
          });
      if (shared) using_columns.push_back(attribute.name);
    }
  }
  ExpressionPtr bound;
  std::vector<std::pair<Attribute, Attribute>> keys;
  for (const auto& name : using_columns) {
    auto left_key = using_column(*this, left.scope, name, "left");
    auto right_key = using_column(*this, right.scope, name, "right");
    auto equal = call("==", {reference(left_key), reference(right_key)});
    bound = bound ? call("and", {bound, equal}) : equal;
    keys.emplace_back(std::move(left_key), std::move(right_key));
  }
  if (node.condition) {
    std::vector<resolved::AttributeId> used;
    const OuterUse note = [&](const ExpressionPtr& column) {
      resolved::any_node(*column, [&](const resolved::Expression& each) {
        const auto* ref = std::get_if<resolved::AttributeRef>(&each.node);
        if (ref) used.push_back(ref->id);
        return false;
      });
      if (std::holds_alternative<resolved::AttributeRef>(column->node)) return column;
      throw core::unsupported("an aggregate of a join's columns in its condition", column->origin);
    };
    ExpressionScope scope{.input = &both,
                          .context = &context,
                          .allow_aggregates = true,
                          .allow_windows = true,
                          .outer_use = &note};
    bound = expression(node.condition, scope);
    refuse_windows(*bound, context.origin);
    if (type != resolved::JoinType::kInner && type != resolved::JoinType::kCross) {
      bound = lift_subqueries(*this, bound, used, left.relation, right.relation);
    }
    if (bound->type.is(types::TypeKind::kVoid)) bound = cast(bound, types::DataType::boolean());
    if (!bound->type.is(types::TypeKind::kBoolean)) {
      throw core::analysis_error("JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE",
                                 {{"joinCondition", core::quote_sql(resolved::pretty_name(*bound))},
                                  {"conditionType", core::quote_sql(bound->type.sql())}},
                                 context.origin);
    }
  }
  // Spark puts a generator over no rows of its own right on top of the left side, and forgets
  // OUTER.
  const bool forgets_outer = node.lateral && !node.condition &&
                             type == resolved::JoinType::kLeftOuter &&
                             generates_from_nothing(*right.relation);
  if (forgets_outer) type = resolved::JoinType::kInner;
  if (type == resolved::JoinType::kCross && bound) type = resolved::JoinType::kInner;

  auto left_all = left.relation->output;
  auto right_all = right.relation->output;
  auto left_visible = left.scope.attributes;
  auto right_visible = right.scope.attributes;
  auto hidden = both.hidden;
  if (type == resolved::JoinType::kRightOuter || type == resolved::JoinType::kFullOuter) {
    make_nullable(left_all);
    make_nullable(left_visible);
  }
  if (type == resolved::JoinType::kLeftOuter || type == resolved::JoinType::kFullOuter ||
      forgets_outer) {
    make_nullable(right_all);
    make_nullable(right_visible);
  }
  std::vector<Attribute> output = left_all;
  if (!keeps_left_only(type)) output.insert(output.end(), right_all.begin(), right_all.end());

  Analyzed out;
  out.relation = resolved::make_relation(
      resolved::Join{left.relation, right.relation, type, bound, node.lateral, output}, output);
  out.scope.frames = both.frames;
  out.scope.files = keeps_left_only(type) ? left.scope.files : both.files;
  if (keeps_left_only(type)) {
    out.scope.attributes = left_visible;
    out.scope.hidden = left.scope.hidden;
    out.scope.frames = left.scope.frames;
    if (!keys.empty()) {
      // USING puts the keys first here as well.
      std::vector<Attribute> ordered;
      const auto is_key = [&](const Attribute& attribute) {
        return std::any_of(keys.begin(), keys.end(),
                           [&](const auto& key) { return key.first.id == attribute.id; });
      };
      for (const auto& key : keys) ordered.push_back(key.first);
      for (const auto& attribute : left_visible) {
        if (!is_key(attribute)) ordered.push_back(attribute);
      }
      out.scope.attributes = std::move(ordered);
    }
    return out;
  }
  if (keys.empty()) {
    out.scope.attributes = left_visible;
    out.scope.attributes.insert(out.scope.attributes.end(), right_visible.begin(),
                                right_visible.end());
    out.scope.hidden = std::move(hidden);
    return out;
  }

  // USING: each key once and first; both sides' own keys stay reachable by qualified names.
  const auto find = [](const std::vector<Attribute>& pool, const Attribute& key) {
    return *std::find_if(pool.begin(), pool.end(),
                         [&](const auto& attribute) { return attribute.id == key.id; });
  };
  std::vector<resolved::NamedExpression> merged;
  for (const auto& [left_key, right_key] : keys) {
    const auto left_now = find(left_visible, left_key);
    const auto right_now = find(right_visible, right_key);
    if (type == resolved::JoinType::kFullOuter) {
      auto value = call("coalesce", {reference(left_now), reference(right_now)});
      auto item = name_expression(std::move(value), left_key.name);
      item.attribute.nullable = left_key.nullable || right_key.nullable;
      out.scope.attributes.push_back(item.attribute);
      merged.push_back(std::move(item));
      hidden.push_back(left_now);
      hidden.push_back(right_now);
    } else if (type == resolved::JoinType::kRightOuter) {
      out.scope.attributes.push_back(right_now);
      hidden.push_back(left_now);
    } else {
      out.scope.attributes.push_back(left_now);
      hidden.push_back(right_now);
    }
  }
  const auto is_key = [&](const Attribute& attribute) {
    return std::any_of(keys.begin(), keys.end(), [&](const auto& key) {
      return key.first.id == attribute.id || key.second.id == attribute.id;
    });
  };
  for (const auto* side : {&left_visible, &right_visible}) {
    for (const auto& attribute : *side) {
      if (!is_key(attribute)) out.scope.attributes.push_back(attribute);
    }
  }
  if (!merged.empty()) {
    std::vector<resolved::NamedExpression> items;
    for (const auto& attribute : output) items.push_back(pass_through(attribute));
    for (auto& item : merged) items.push_back(std::move(item));
    std::vector<Attribute> wide;
    for (const auto& item : items) wide.push_back(item.attribute);
    out.relation = resolved::make_relation(resolved::Project{out.relation, std::move(items)}, wide);
  }
  out.scope.hidden = std::move(hidden);
  return out;
}

}  // namespace grebe::analyze
