// fillna, dropna, replace → Project or Filter over the columns whose types fit.
#include <algorithm>

#include "analyze/analyzer.h"

namespace grebe::analyze {
namespace {

using resolved::ExpressionPtr;
using resolved::NamedExpression;
using types::DataType;
using types::TypeKind;

/// True when a fill or replacement value of type `value` applies to a column of type `column`.
bool applies(const DataType& value, const DataType& column) {
  if (value.is_numeric()) return column.is_numeric();
  if (value.is(TypeKind::kString)) return column.is_string_like();
  if (value.is(TypeKind::kBoolean)) return column.is(TypeKind::kBoolean);
  return false;
}

}  // namespace

Analyzed Analyzer::na_fill(const plan::NaFill& node, const Context& context) {
  auto input = relation(node.input, context);
  if (node.values.size() > 1 && node.values.size() != node.columns.size()) {
    throw core::plain_error(core::ErrorClass::kIllegalArgument,
                            "When values contains more than 1 items, values and cols should have "
                            "the same length");
  }
  std::vector<std::string> wanted = node.columns;
  for (const auto& name : wanted) column_by_name(input, name);
  std::vector<NamedExpression> items;
  for (const auto& column : input.scope.attributes) {
    const plan::Literal* value = nullptr;
    for (size_t i = 0; i < wanted.size(); ++i) {
      if (same_identifier(wanted[i], column.name, case_sensitive())) {
        value = node.values.size() > 1 ? &node.values[i] : &node.values.front();
      }
    }
    if (wanted.empty()) value = &node.values.front();
    const bool single = node.values.size() == 1;
    if (!value || (single && !applies(value->type, column.type))) {
      items.push_back(pass_through(column));
      continue;
    }
    auto filler = cast(literal(value->type, value->value), column.type);
    // NaN counts as missing, as Spark's fill does.
    ExpressionPtr present = reference(column);
    if (column.type.is(TypeKind::kDouble) || column.type.is(TypeKind::kFloat)) {
      present = call("nanvl", {present, literal(column.type, {})});
    }
    auto item = name_expression(call("coalesce", {present, filler}), column.name);
    items.push_back(std::move(item));
  }
  return project_items(std::move(input), std::move(items));
}

Analyzed Analyzer::na_drop(const plan::NaDrop& node, const Context& context) {
  auto input = relation(node.input, context);
  std::vector<resolved::Attribute> columns;
  if (node.columns.empty()) columns = input.scope.attributes;
  for (const auto& name : node.columns) columns.push_back(column_by_name(input, name));
  ExpressionPtr present_count;
  for (const auto& column : columns) {
    auto present = call("isnotnull", {reference(column)});
    if (column.type.is(TypeKind::kDouble) || column.type.is(TypeKind::kFloat)) {
      present = call("and", {present, call("not", {call("isnan", {reference(column)})})});
    }
    auto one = call("if", {present, integer_literal(1), integer_literal(0)});
    present_count = present_count ? call("+", {present_count, one}) : one;
  }
  if (!present_count) return input;
  const auto needed =
      node.min_non_nulls ? *node.min_non_nulls : static_cast<int32_t>(columns.size());
  auto keep = call(">=", {present_count, integer_literal(needed)});
  auto output = input.relation->output;
  input.relation = resolved::make_relation(resolved::Filter{input.relation, keep}, output);
  input.open = nullptr;
  return input;
}

Analyzed Analyzer::na_replace(const plan::NaReplace& node, const Context& context) {
  auto input = relation(node.input, context);
  for (const auto& name : node.columns) column_by_name(input, name);
  std::vector<NamedExpression> items;
  for (const auto& column : input.scope.attributes) {
    const bool listed =
        node.columns.empty() ||
        std::any_of(node.columns.begin(), node.columns.end(), [&](const auto& name) {
          return name == "*" || same_identifier(name, column.name, case_sensitive());
        });
    std::vector<ExpressionPtr> branches;
    if (listed) {
      for (const auto& [from, to] : node.replacements) {
        const auto& kind = from.value.is_null() ? to : from;
        if (!applies(kind.type, column.type)) continue;
        auto old_value = cast(literal(from.type, from.value), column.type);
        branches.push_back(
            call(from.value.is_null() ? "<=>" : "==", {reference(column), old_value}));
        branches.push_back(cast(literal(to.type, to.value), column.type));
      }
    }
    if (branches.empty()) {
      items.push_back(pass_through(column));
      continue;
    }
    branches.push_back(reference(column));
    items.push_back(name_expression(call("when", std::move(branches)), column.name));
  }
  return project_items(std::move(input), std::move(items));
}

}  // namespace grebe::analyze
