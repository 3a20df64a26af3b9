// df.show(), its HTML twin and df.observe → nodes that the pipeline finishes.
#include "analyze/analyzer.h"

namespace grebe::analyze {

Analyzed Analyzer::show_string(const plan::ShowString& node, const Context& context) {
  auto input = visible(relation(node.input, context));
  auto output = new_attribute("show_string", types::DataType::string(), false);
  Analyzed out;
  out.relation = resolved::make_relation(
      resolved::ShowRows{input, node.rows, node.truncate, node.vertical, false, output}, {output});
  out.scope.attributes = {output};
  return out;
}

Analyzed Analyzer::html_string(const plan::HtmlString& node, const Context& context) {
  auto input = visible(relation(node.input, context));
  auto output = new_attribute("html_string", types::DataType::string(), false);
  Analyzed out;
  out.relation = resolved::make_relation(
      resolved::ShowRows{input, node.rows, node.truncate, false, true, output}, {output});
  out.scope.attributes = {output};
  return out;
}

Analyzed Analyzer::collect_metrics(const plan::CollectMetrics& node, const Context& context) {
  auto input = relation(node.input, context);
  ExpressionScope scope{.input = &input.scope, .context = &context, .allow_aggregates = true};
  auto metrics = items(node.metrics, scope, nullptr);
  auto output = input.relation->output;
  input.relation = resolved::make_relation(
      resolved::Observe{input.relation, node.name, std::move(metrics)}, std::move(output));
  input.open = nullptr;
  return input;
}

}  // namespace grebe::analyze
