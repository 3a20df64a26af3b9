// Session windows; see session_window.h.
#include "analyze/session_window.h"

#include "plan/walk.h"

namespace grebe::analyze {

namespace {

using resolved::ExpressionPtr;
using resolved::FrameBound;
using resolved::NamedExpression;

constexpr const char* kColumn = "session_window";

ExpressionPtr field(const ExpressionPtr& bounds, int32_t ordinal) {
  const auto& field = bounds->type.fields()[static_cast<size_t>(ordinal)];
  return resolved::make_expression(
      resolved::GetField{.child = bounds, .ordinal = ordinal, .name = field.name}, field.type,
      true);
}

/// The input with one more column, and that column.
std::pair<Analyzed, ExpressionPtr> with_column(Analyzer& analyzer, Analyzed input,
                                               const ExpressionPtr& expression,
                                               const std::string& name) {
  std::vector<NamedExpression> items;
  for (const auto& attribute : input.scope.attributes) items.push_back(pass_through(attribute));
  items.push_back(analyzer.name_expression(expression, name));
  const auto column = items.back().attribute;
  input = analyzer.project_items(std::move(input), std::move(items));
  return {std::move(input), reference(column)};
}

ExpressionPtr over(const ExpressionPtr& function, std::vector<ExpressionPtr> partition,
                   const ExpressionPtr& start, std::optional<FrameBound::Kind> last) {
  resolved::WindowCall call{.function = function, .partition_by = std::move(partition)};
  if (last) {
    call.order_by.push_back({.child = start});
    call.frame.unit = resolved::FrameUnit::kRows;
    call.frame.lower.kind = FrameBound::Kind::kUnboundedPreceding;
    call.frame.upper.kind = *last;
    if (*last == FrameBound::Kind::kPreceding) {
      call.frame.upper.offset = Analyzer::integer_literal(1);
    }
    call.frame.is_explicit = true;
  } else {
    call.frame.lower.kind = FrameBound::Kind::kUnboundedPreceding;
    call.frame.upper.kind = FrameBound::Kind::kUnboundedFollowing;
  }
  const auto type = function->type;
  const bool nullable = function->nullable;
  return resolved::make_expression(std::move(call), type, nullable);
}

}  // namespace

bool is_session_window(const plan::ExpressionPtr& key) {
  const auto* alias = std::get_if<plan::Alias>(&key->node);
  const auto* call = std::get_if<plan::UnresolvedFunction>(&(alias ? alias->child : key)->node);
  return call && same_identifier(call->name_parts.back(), kColumn, false);
}

plan::ExpressionPtr with_session_column(const plan::ExpressionPtr& expression) {
  if (!std::holds_alternative<plan::Alias>(expression->node) && is_session_window(expression)) {
    return plan::make_expression(plan::UnresolvedAttribute{.name_parts = {kColumn}},
                                 expression->origin);
  }
  return plan::map_children(expression, with_session_column);
}

Analyzed with_session_window(Analyzer& analyzer, Analyzed input, plan::ExpressionPtr& key,
                             const std::vector<plan::ExpressionPtr>& keys, const Context& context) {
  const auto* alias = std::get_if<plan::Alias>(&key->node);
  const auto visible = input.scope.attributes;
  const ExpressionScope scope{.input = &input.scope, .context = &context};
  const auto bounds = analyzer.expression(alias ? alias->child : key, scope);
  std::vector<ExpressionPtr> partition;
  for (const auto& other : keys) {
    if (other == key || is_session_window(other)) continue;
    const auto* named = std::get_if<plan::Alias>(&other->node);
    partition.push_back(analyzer.expression(named ? named->child : other, scope));
  }
  const auto call = [&](const std::string& name, std::vector<ExpressionPtr> arguments) {
    return analyzer.call(name, std::move(arguments), key->origin);
  };
  // Each row's own session; those without time or length are in none.
  auto [own, own_column] = with_column(analyzer, std::move(input), bounds, "#own_session");
  own.relation = resolved::make_relation(
      resolved::Filter{own.relation, call(">", {field(own_column, 1), field(own_column, 0)})},
      own.relation->output);
  const auto start = field(own_column, 0);
  const auto end = field(own_column, 1);
  auto [before, earlier_end] = with_column(
      analyzer, std::move(own),
      over(call("max", {end}), partition, start, FrameBound::Kind::kPreceding), "#earlier_end");
  const auto goes_on = call(
      "coalesce", {call("<=", {start, earlier_end}),
                   Analyzer::literal(types::DataType::boolean(), types::Value{.data = false})});
  const auto begins =
      call("if", {goes_on, Analyzer::integer_literal(0), Analyzer::integer_literal(1)});
  auto [numbered, number] = with_column(
      analyzer, std::move(before),
      over(call("sum", {begins}), partition, start, FrameBound::Kind::kCurrentRow), "#session");
  partition.push_back(number);
  const auto session =
      call("named_struct", {Analyzer::string_literal("start"),
                            over(call("min", {start}), partition, start, std::nullopt),
                            Analyzer::string_literal("end"),
                            over(call("max", {end}), partition, start, std::nullopt)});
  std::vector<NamedExpression> items;
  for (const auto& attribute : visible) items.push_back(pass_through(attribute));
  items.push_back(analyzer.name_expression(session, kColumn));
  auto output = analyzer.project_items(std::move(numbered), std::move(items));
  key = plan::make_expression(plan::UnresolvedAttribute{.name_parts = {kColumn}}, key->origin);
  return output;
}

}  // namespace grebe::analyze
