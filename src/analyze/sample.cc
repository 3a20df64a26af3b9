// sample, TABLESAMPLE, sampleBy → Sample, Limit, or a random filter per stratum.
#include <cmath>
#include <random>

#include "analyze/analyzer.h"
#include "types/java_number_text.h"
#include "types/ordering.h"

namespace grebe::analyze {

Analyzed Analyzer::sample(const plan::Sample& node, const Context& context) {
  if (node.method == plan::SampleMethod::kRows) {
    return limit(node.input, node.row_count, nullptr, context);
  }
  auto input = relation(node.input, context);
  const double fraction = node.upper_bound - node.lower_bound;
  // NaN fails each comparison, and so the requirement.
  const bool is_accepted = node.with_replacement ? fraction >= -1e-6 && std::isfinite(fraction)
                                                 : fraction >= -1e-6 && fraction <= 1 + 1e-6;
  if (!is_accepted) {
    throw core::plain_error(core::ErrorClass::kIllegalArgument,
                            "requirement failed: Sampling fraction (" +
                                types::java_double_text(fraction) + ") must be " +
                                (node.with_replacement ? "nonnegative with replacement"
                                                       : "on interval [0, 1] without replacement"));
  }
  if (node.deterministic_order) {
    std::vector<resolved::SortKey> keys;
    for (const auto& column : input.relation->output) {
      if (types::is_orderable(column.type)) keys.push_back({.child = reference(column)});
    }
    if (!keys.empty()) {
      input.relation = resolved::make_relation(resolved::Sort{input.relation, std::move(keys)},
                                               input.relation->output);
    }
  }
  resolved::Sample out;
  out.input = input.relation;
  out.lower_bound = node.lower_bound;
  out.upper_bound = node.upper_bound;
  out.with_replacement = node.with_replacement;
  out.seed = node.seed ? *node.seed : static_cast<int64_t>(std::random_device{}());
  auto output = input.relation->output;
  input.relation = resolved::make_relation(std::move(out), std::move(output));
  input.open = nullptr;
  return input;
}

Analyzed Analyzer::stat_sample_by(const plan::StatSampleBy& node, const Context& context) {
  auto input = relation(node.input, context);
  ExpressionScope scope{.input = &input.scope, .context = &context};
  auto stratum = expression(node.column, scope);
  const int64_t seed = node.seed ? *node.seed : static_cast<int64_t>(std::random_device{}());
  auto random = call("rand", {literal(types::DataType::long_type(), types::Value{seed})});
  for (const auto& [value, fraction] : node.fractions) {
    if (fraction >= 0 && fraction <= 1) continue;
    std::string all;
    for (const auto& [stratum_value, share] : node.fractions) {
      const auto* text = std::get_if<std::string>(&stratum_value.value.data);
      const auto shown = literal(stratum_value.type, stratum_value.value);
      all += (all.empty() ? "" : ", ") + (text ? *text : resolved::pretty_name(*shown)) + " -> " +
             types::java_double_text(share);
    }
    throw core::plain_error(
        core::ErrorClass::kIllegalArgument,
        "requirement failed: Fractions must be in [0, 1], but got Map(" + all + ").");
  }
  // Every row draws, whatever its stratum.
  std::vector<resolved::ExpressionPtr> shares;
  for (const auto& [value, fraction] : node.fractions) {
    shares.push_back(call("==", {stratum, literal(value.type, value.value)}));
    shares.push_back(literal(types::DataType::double_type(), types::Value{fraction}));
  }
  shares.push_back(literal(types::DataType::double_type(), types::Value{0.0}));
  const auto share = shares.size() > 1 ? call("when", shares) : shares.front();
  const auto keep = call("<", {random, share});
  auto output = input.relation->output;
  input.relation =
      resolved::make_relation(resolved::Filter{input.relation, keep}, std::move(output));
  input.open = nullptr;
  return input;
}

}  // namespace grebe::analyze
