// groupBy().pivot() and PIVOT → Aggregate with one conditional item per pivot value and aggregate.
#include <algorithm>

#include "analyze/analyzer.h"
#include "resolved/compare.h"
#include "types/coercion.h"
#include "types/value_text.h"

namespace grebe::analyze {
namespace {

using resolved::ExpressionPtr;
using resolved::NamedExpression;

/// Every aggregate below `expression` gets the filter `condition` (beside its own).
ExpressionPtr filtered(Analyzer& analyzer, const ExpressionPtr& expression,
                       const ExpressionPtr& condition) {
  if (const auto* call = std::get_if<resolved::AggregateCall>(&expression->node)) {
    resolved::AggregateCall copy = *call;
    copy.filter = copy.filter ? analyzer.call("and", {copy.filter, condition}) : condition;
    if (copy.lowered) copy.lowered = filtered(analyzer, copy.lowered, condition);
    return resolved::make_expression(std::move(copy), expression->type, expression->nullable,
                                     expression->origin);
  }
  return resolved::map_children(
      expression, [&](const ExpressionPtr& child) { return filtered(analyzer, child, condition); });
}

/// first and last leave out nulls, which stand for the rows of other values (their entries' second
/// overload).
ExpressionPtr ignoring_nulls(const ExpressionPtr& expression) {
  const auto* call = std::get_if<resolved::AggregateCall>(&expression->node);
  if (call && (call->function.starts_with("first") || call->function.starts_with("last"))) {
    resolved::AggregateCall copy = *call;
    copy.overload = 1;
    return resolved::make_expression(std::move(copy), expression->type, expression->nullable,
                                     expression->origin);
  }
  return resolved::map_children(expression, ignoring_nulls);
}

/// count(*) is no aggregate of a pivot.
bool holds_star(const plan::ExpressionPtr& expression) {
  if (const auto* alias = std::get_if<plan::Alias>(&expression->node)) {
    return holds_star(alias->child);
  }
  const auto* call = std::get_if<plan::UnresolvedFunction>(&expression->node);
  return call && std::any_of(call->arguments.begin(), call->arguments.end(), [](const auto& each) {
           return std::holds_alternative<plan::UnresolvedStar>(each->node);
         });
}

/// Maps have no order, nor has what holds one.
bool holds_map(const types::DataType& type) {
  if (type.is(types::TypeKind::kMap)) return true;
  if (type.is(types::TypeKind::kArray)) return holds_map(type.element());
  if (!type.is(types::TypeKind::kStruct)) return false;
  return std::any_of(type.fields().begin(), type.fields().end(),
                     [](const auto& field) { return holds_map(field.type); });
}

/// True where Spark aggregates by group and value first and picks afterwards (PivotFirst): only for
/// these types. A value without rows is then NULL; otherwise it is what the aggregate makes of no
/// rows.
bool picks_afterwards(const std::vector<NamedExpression>& aggregates) {
  return std::all_of(aggregates.begin(), aggregates.end(), [](const NamedExpression& item) {
    const auto& type = item.expression->type;
    return type.is_numeric() || type.is(types::TypeKind::kBoolean);
  });
}

struct PivotValue {
  ExpressionPtr value;
  std::string name;
};

}  // namespace

Analyzed Analyzer::pivot(const plan::Aggregate& node, const Context& context) {
  for (const auto& aggregate : node.aggregates) {
    if (holds_star(aggregate)) {
      throw core::analysis_error("INVALID_USAGE_OF_STAR_OR_REGEX",
                                 {{"elem", "'*'"}, {"prettyName", "Pivot"}});
    }
  }
  auto input = relation(node.input, context);
  ExpressionScope scope{.input = &input.scope, .context = &context};
  auto column = expression(node.pivot_column, scope);
  if (holds_map(column->type)) {
    throw core::analysis_error(
        "INCOMPARABLE_PIVOT_COLUMN",
        {{"columnName", core::quote_identifier(resolved::pretty_name(*column))}});
  }

  std::vector<PivotValue> values;
  const auto name_of = [&](const ExpressionPtr& value) -> std::string {
    const auto& constant = std::get<resolved::Literal>(value->node).value;
    return constant.is_null() ? std::string("null")
                              : types::value_text(constant, value->type,
                                                  {.time_zone = options_.binding.time_zone});
  };
  if (node.pivot_values.empty()) {
    auto distinct = name_expression(column, "value");
    auto projected = resolved::make_relation(resolved::Project{input.relation, {distinct}},
                                             {distinct.attribute});
    auto unique = resolved::make_relation(resolved::Distinct{projected}, {distinct.attribute});
    auto sorted = resolved::make_relation(
        resolved::Sort{unique, {{reference(distinct.attribute), true, true}}},
        {distinct.attribute});
    const auto found = evaluator_.first_column(sorted, options_.pivot_max_values + 1);
    if (static_cast<int64_t>(found.size()) > options_.pivot_max_values) {
      throw core::plain_error(core::ErrorClass::kAnalysis,
                              "The pivot column " + resolved::pretty_name(*column) +
                                  " has more than " + std::to_string(options_.pivot_max_values) +
                                  " distinct values, this could indicate an error. If this was "
                                  "intended, set spark.sql.pivotMaxValues to at least the number "
                                  "of distinct values of the pivot column.");
    }
    for (const auto& value : found) {
      auto constant = literal(column->type, value);
      auto name = name_of(constant);
      values.push_back({std::move(constant), std::move(name)});
    }
  }
  for (const auto& written : node.pivot_values) {
    const auto* alias = std::get_if<plan::Alias>(&written->node);
    auto value = expression(alias ? alias->child : written, scope);
    if (!resolved::is_foldable(*value)) {
      throw core::analysis_error("NON_LITERAL_PIVOT_VALUES",
                                 {{"expression", core::quote_sql(resolved::pretty_name(*value))}});
    }
    if (!types::can_cast(value->type, column->type, types::coercion_rules(options_.binding.ansi))) {
      throw core::analysis_error("PIVOT_VALUE_DATA_TYPE_MISMATCH",
                                 {{"value", resolved::pretty_name(*value)},
                                  {"valueType", value->type.simple_string()},
                                  {"pivotType", column->type.simple_string()}});
    }
    if (!std::holds_alternative<resolved::Literal>(value->node)) {
      value = literal(value->type, evaluator_.evaluate(value));
    }
    auto name = alias ? alias->names.front() : name_of(value);
    if (!value->type.same_type(column->type)) value = cast(value, column->type);
    values.push_back({std::move(value), std::move(name)});
  }

  // The aggregates as they would stand without the pivot, filtered per value.
  ExpressionScope item_scope{.input = &input.scope, .context = &context, .allow_aggregates = true};
  auto aggregates = items(node.aggregates, item_scope, nullptr);
  for (const auto& item : aggregates) {
    if (resolved::holds<resolved::AggregateCall>(*item.expression)) continue;
    throw core::make_error(core::ErrorClass::kAnalysis, "_LEGACY_ERROR_TEMP_1006",
                           {{"sql", resolved::sql_text(*item.expression)}});
  }
  std::vector<NamedExpression> groups;
  if (node.prepend_groups || !node.groups.empty()) {
    groups = items(node.groups, scope, nullptr);
  } else {
    // SQL's PIVOT groups by every column that it does not use.
    for (const auto& attribute : input.scope.attributes) {
      const auto uses = [&](const resolved::Expression& e) {
        const auto* ref = std::get_if<resolved::AttributeRef>(&e.node);
        return ref && ref->id == attribute.id;
      };
      bool used = resolved::any_node(*column, uses);
      for (const auto& item : aggregates) used = used || resolved::any_node(*item.expression, uses);
      if (!used) groups.push_back(pass_through(attribute));
    }
  }
  std::vector<NamedExpression> out_items;
  for (const auto& group : groups) {
    out_items.push_back({reference(group.attribute), group.attribute});
  }
  const bool is_picked = picks_afterwards(aggregates);
  for (const auto& value : values) {
    const auto condition = call("<=>", {column, value.value});
    // Of a value that is named twice, none of its columns finds the picked one.
    const auto named = std::count_if(values.begin(), values.end(), [&](const PivotValue& other) {
      return resolved::same_expression(*other.value, *value.value);
    });
    const auto any_row =
        call(">", {filtered(*this, call("count", {integer_literal(1)}), condition),
                   literal(types::DataType::long_type(), types::Value{int64_t{0}})});
    for (const auto& item : aggregates) {
      auto chosen =
          filtered(*this, is_picked ? item.expression : ignoring_nulls(item.expression), condition);
      if (is_picked && named > 1) {
        chosen = literal(chosen->type, {});
      } else if (is_picked) {
        chosen = call("if", {any_row, chosen, literal(chosen->type, {})});
      }
      auto name = aggregates.size() == 1 ? value.name : value.name + "_" + item.attribute.name;
      out_items.push_back(name_expression(std::move(chosen), std::move(name)));
    }
  }
  std::vector<resolved::Attribute> output;
  for (const auto& item : out_items) output.push_back(item.attribute);
  Analyzed out;
  out.relation = resolved::make_relation(
      resolved::Aggregate{input.relation, std::move(groups), std::nullopt, std::move(out_items)},
      output);
  out.scope.attributes = std::move(output);
  out.scope.frames = std::move(input.scope.frames);
  return out;
}

}  // namespace grebe::analyze
