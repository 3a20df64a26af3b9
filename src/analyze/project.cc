// Project (SELECT list without aggregation) → Project, with Generate below it where a generator is.
#include <algorithm>

#include "analyze/aggregate_calls.h"
#include "analyze/analyzer.h"
#include "resolved/compare.h"

namespace grebe::analyze {
namespace {

using resolved::NamedExpression;

bool is_generator(const resolved::Expression& expression) {
  const auto* call = std::get_if<resolved::Call>(&expression.node);
  return call && functions::find_kind(call->function) == functions::FunctionKind::kGenerator;
}

/// A projection that later operators may widen.
class ProjectBlock : public OpenBlock {
 public:
  ProjectBlock(Analyzer& analyzer, resolved::RelationPtr input, Scope scope, Context context,
               std::vector<NamedExpression> items)
      : analyzer_(analyzer),
        input_(std::move(input)),
        scope_(std::move(scope)),
        context_(std::move(context)),
        items_(std::move(items)) {}

  resolved::ExpressionPtr add(const plan::ExpressionPtr& expression) override {
    ExpressionScope scope{
        .input = &scope_, .context = &context_, .allow_aggregates = true, .allow_windows = true};
    auto bound = analyzer_.expression(expression, scope);
    // Whoever asked refuses these.
    const bool is_refused = resolved::holds<resolved::AggregateCall>(*bound) ||
                            resolved::holds<resolved::WindowCall>(*bound);
    return is_refused ? bound : lift(bound);
  }

  resolved::RelationPtr build() const override {
    std::vector<resolved::Attribute> output;
    for (const auto& item : items_) output.push_back(item.attribute);
    return resolved::make_relation(resolved::Project{input_, items_}, output);
  }

 private:
  /// The column holding `bound`, added when no item has it.
  resolved::ExpressionPtr lift(const resolved::ExpressionPtr& bound) {
    for (const auto& item : items_) {
      if (resolved::same_expression(*item.expression, *bound)) return reference(item.attribute);
    }
    auto item = std::holds_alternative<resolved::AttributeRef>(bound->node)
                    ? NamedExpression{bound, attribute_of(*bound)}
                    : analyzer_.name_expression(bound, Analyzer::generated_name(*bound));
    items_.push_back(item);
    return reference(item.attribute);
  }

  static resolved::Attribute attribute_of(const resolved::Expression& bound) {
    const auto& ref = std::get<resolved::AttributeRef>(bound.node);
    resolved::Attribute attribute;
    attribute.id = ref.id;
    attribute.name = ref.name;
    attribute.type = bound.type;
    attribute.nullable = bound.nullable;
    attribute.qualifier = ref.qualifier;
    return attribute;
  }

  Analyzer& analyzer_;
  resolved::RelationPtr input_;
  Scope scope_;
  Context context_;
  std::vector<NamedExpression> items_;
};

/// Puts a Generate below the list for each generator and lets the list name their columns.
Analyzed expand_generator(Analyzer& analyzer, Analyzed input, std::vector<NamedExpression>& items,
                          const std::map<size_t, std::vector<std::string>>& names) {
  std::vector<NamedExpression> rebuilt;
  for (size_t i = 0; i < items.size(); ++i) {
    if (!is_generator(*items[i].expression)) {
      rebuilt.push_back(items[i]);
      continue;
    }
    const auto& generator = items[i].expression;
    auto columns = functions::generator_output(*generator);
    auto given = names.find(i);
    if (given != names.end()) {
      if (given->second.size() != columns.size()) {
        throw core::analysis_error("UDTF_ALIAS_NUMBER_MISMATCH",
                                   {{"aliasesSize", std::to_string(columns.size())},
                                    {"aliasesNames", given->second.front()}});
      }
      for (size_t k = 0; k < columns.size(); ++k) columns[k].name = given->second[k];
    }
    const auto& call = std::get<resolved::Call>(generator->node);
    const bool outer = call.function.size() > 6 &&
                       call.function.compare(call.function.size() - 6, 6, "_outer") == 0;
    std::vector<resolved::Attribute> generated;
    for (const auto& column : columns) {
      generated.push_back(
          analyzer.new_attribute(column.name, column.type, column.nullable || outer));
    }
    auto output = input.relation->output;
    output.insert(output.end(), generated.begin(), generated.end());
    input.relation = resolved::make_relation(
        resolved::Generate{input.relation, generator, outer, generated}, output);
    for (const auto& attribute : generated) rebuilt.push_back(pass_through(attribute));
  }
  items = std::move(rebuilt);
  return input;
}

/// Windows inside of other windows become columns of a projection below.
resolved::RelationPtr stage_windows(Analyzer& analyzer, resolved::RelationPtr input,
                                    std::vector<NamedExpression>& items) {
  std::vector<NamedExpression> below;
  const auto rewrite = [&](const resolved::ExpressionPtr& expression, bool inside,
                           const auto& self) -> resolved::ExpressionPtr {
    const bool is_window = std::holds_alternative<resolved::WindowCall>(expression->node);
    if (is_window && inside) {
      below.push_back(analyzer.name_expression(expression, Analyzer::generated_name(*expression)));
      return reference(below.back().attribute, expression->origin);
    }
    return resolved::map_children(expression, [&](const resolved::ExpressionPtr& child) {
      return self(child, inside || is_window, self);
    });
  };
  for (auto& item : items) item.expression = rewrite(item.expression, false, rewrite);
  if (below.empty()) return input;
  input = stage_windows(analyzer, std::move(input), below);
  std::vector<NamedExpression> all;
  for (const auto& column : input->output) all.push_back(pass_through(column));
  auto output = input->output;
  for (auto& item : below) {
    output.push_back(item.attribute);
    all.push_back(std::move(item));
  }
  return resolved::make_relation(resolved::Project{std::move(input), std::move(all)},
                                 std::move(output));
}

}  // namespace

Analyzed Analyzer::project(const plan::Project& node, const Context& context) {
  // `SELECT sum(x) FROM t` is a global aggregation.
  if (std::any_of(node.expressions.begin(), node.expressions.end(), calls_aggregate)) {
    plan::Aggregate whole;
    whole.input = node.input;
    whole.aggregates = node.expressions;
    return aggregate(whole, context);
  }
  auto input = relation(node.input, context);
  ExpressionScope scope{
      .input = &input.scope, .context = &context, .allow_windows = true, .allow_generators = true};
  std::map<size_t, std::vector<std::string>> generator_names;
  auto list = items(node.expressions, scope, &generator_names);
  const bool has_generator = std::any_of(
      list.begin(), list.end(), [](const auto& item) { return is_generator(*item.expression); });
  if (has_generator) input = expand_generator(*this, std::move(input), list, generator_names);
  input.relation = stage_windows(*this, input.relation, list);
  auto block = std::make_shared<ProjectBlock>(*this, input.relation, input.scope, context, list);
  auto out = project_items(std::move(input), std::move(list));
  out.open = std::move(block);
  return out;
}

}  // namespace grebe::analyze
