// describe, summary, crosstab, cov, corr, approxQuantile → aggregations laid out as Spark prints
// them.
#include <algorithm>

#include "analyze/analyzer.h"

namespace grebe::analyze {
namespace {

using resolved::Attribute;
using resolved::ExpressionPtr;
using resolved::NamedExpression;
using types::DataType;
using types::TypeKind;
using types::Value;

plan::ExpressionPtr column(const std::string& name) {
  return plan::make_expression(plan::UnresolvedAttribute{.name_parts = {name}});
}

plan::ExpressionPtr named(plan::ExpressionPtr child, std::string name) {
  return plan::make_expression(
      plan::Alias{.child = std::move(child), .names = {std::move(name)}, .metadata_json = {}});
}

/// One statistic of one column as text; statistics of strings are those that make sense for them.
ExpressionPtr statistic(Analyzer& analyzer, const std::string& name, const Attribute& attribute) {
  const bool numeric = attribute.type.is_numeric();
  const auto value = reference(attribute);
  const auto as_text = [&](ExpressionPtr result) {
    return analyzer.cast(std::move(result), DataType::string());
  };
  const auto as_double = [&] { return analyzer.cast(value, DataType::double_type()); };
  if (name == "count") return as_text(analyzer.call("count", {value}));
  if (name == "count_distinct") {
    functions::CallRequest request;
    request.name_parts = {"count"};
    request.arguments.push_back({value, {}});
    request.is_distinct = true;
    return as_text(functions::bind_function(request, analyzer.options().binding));
  }
  if (name == "approx_count_distinct") {
    return as_text(analyzer.call("approx_count_distinct", {value}));
  }
  // The mean of decimals is one.
  const bool is_decimal = attribute.type.is(TypeKind::kDecimal);
  if (name == "mean") return as_text(analyzer.call("avg", {is_decimal ? value : as_double()}));
  if (name == "stddev") return as_text(analyzer.call("stddev", {as_double()}));
  if (name == "min") return as_text(analyzer.call("min", {value}));
  if (name == "max") return as_text(analyzer.call("max", {value}));
  if (!name.empty() && name.back() == '%') {
    double percent = 0;
    try {
      percent = std::stod(name.substr(0, name.size() - 1)) / 100;
    } catch (const std::exception&) {
      throw core::plain_error(core::ErrorClass::kIllegalArgument,
                              "Unable to parse " + name + " as a percentile");
    }
    if (percent < 0 || percent > 1) {
      throw core::plain_error(core::ErrorClass::kIllegalArgument,
                              "requirement failed: Percentiles must be in the range [0, 1]");
    }
    auto subject = numeric ? value : as_double();
    return as_text(analyzer.call(
        "approx_percentile", {subject, Analyzer::literal(DataType::double_type(), Value{percent}),
                              Analyzer::integer_literal(10000)}));
  }
  throw core::plain_error(core::ErrorClass::kIllegalArgument,
                          name + " is not a recognised statistic.");
}

Analyzed statistics_table(Analyzer& analyzer, const Analyzed& input,
                          const std::vector<std::string>& names,
                          const std::vector<Attribute>& columns) {
  // One row holding every statistic of every column, then one row for each statistic.
  std::vector<NamedExpression> cells;
  std::vector<std::vector<Attribute>> by_statistic;
  for (const auto& name : names) {
    std::vector<Attribute> row;
    for (const auto& attribute : columns) {
      auto cell = analyzer.name_expression(statistic(analyzer, name, attribute), attribute.name);
      row.push_back(cell.attribute);
      cells.push_back(std::move(cell));
    }
    by_statistic.push_back(std::move(row));
  }
  std::vector<Attribute> wide;
  for (const auto& cell : cells) wide.push_back(cell.attribute);
  auto totals = columns.empty()
                    ? resolved::make_relation(resolved::OneRow{}, {})
                    : resolved::make_relation(
                          resolved::Aggregate{input.relation, {}, std::nullopt, cells}, wide);
  std::vector<Attribute> output;
  output.push_back(analyzer.new_attribute("summary", DataType::string(), true));
  for (const auto& attribute : columns) {
    output.push_back(analyzer.new_attribute(attribute.name, DataType::string(), true));
  }
  std::vector<std::vector<ExpressionPtr>> projections;
  for (size_t i = 0; i < names.size(); ++i) {
    std::vector<ExpressionPtr> row{Analyzer::string_literal(names[i])};
    for (const auto& cell : by_statistic[i]) row.push_back(reference(cell));
    projections.push_back(std::move(row));
  }
  Analyzed out;
  out.relation =
      resolved::make_relation(resolved::Expand{totals, std::move(projections), output}, output);
  out.scope.attributes = std::move(output);
  return out;
}

/// A column of numbers, as doubles, for the `calculation` of a statistic.
ExpressionPtr numeric_column(Analyzer& analyzer, const Attribute& attribute,
                             const std::string& calculation) {
  if (!attribute.type.is_numeric()) {
    throw core::plain_error(core::ErrorClass::kIllegalArgument,
                            "requirement failed: Currently " + calculation +
                                " calculation for columns with dataType " +
                                attribute.type.simple_string() + " not supported.");
  }
  return analyzer.cast(reference(attribute), DataType::double_type());
}

bool has_statistics(const Attribute& attribute) {
  return attribute.type.is_numeric() || attribute.type.is_string_like();
}

}  // namespace

Analyzed Analyzer::stat_describe(const plan::StatDescribe& node, const Context& context) {
  auto input = relation(node.input, context);
  std::vector<Attribute> columns;
  for (const auto& name : node.columns) {
    auto attribute = column_by_name(input, name);
    if (has_statistics(attribute)) columns.push_back(std::move(attribute));
  }
  if (node.columns.empty()) {
    for (const auto& attribute : input.scope.attributes) {
      if (has_statistics(attribute)) columns.push_back(attribute);
    }
  }
  return statistics_table(*this, input, {"count", "mean", "stddev", "min", "max"}, columns);
}

Analyzed Analyzer::stat_summary(const plan::StatSummary& node, const Context& context) {
  auto input = relation(node.input, context);
  std::vector<Attribute> columns;
  for (const auto& attribute : input.scope.attributes) {
    if (has_statistics(attribute)) columns.push_back(attribute);
  }
  auto names = node.statistics;
  if (names.empty()) names = {"count", "mean", "stddev", "min", "25%", "50%", "75%", "max"};
  return statistics_table(*this, input, names, columns);
}

Analyzed Analyzer::stat_crosstab(const plan::StatCrosstab& node, const Context& context) {
  // Counts per pair, pivoted by the second column; absent pairs count 0.
  const std::string corner = node.column1 + "_" + node.column2;
  const auto text_of = [](const std::string& name) {
    return plan::make_call(
        "coalesce",
        {plan::make_expression(plan::Cast{.child = column(name), .type = DataType::string()}),
         plan::make_expression(plan::Literal{DataType::string(), Value{std::string("null")}})});
  };
  auto texts =
      plan::make_relation(plan::Project{.input = node.input,
                                        .expressions = {named(text_of(node.column1), corner),
                                                        named(text_of(node.column2), "pivot")}});
  plan::Aggregate pivoted;
  pivoted.input = texts;
  pivoted.kind = plan::GroupKind::kPivot;
  pivoted.groups = {column(corner)};
  pivoted.prepend_groups = true;
  pivoted.pivot_column = column("pivot");
  pivoted.aggregates = {plan::make_call(
      "count", {plan::make_expression(plan::Literal{DataType::integer(), Value{int64_t{1}}})})};
  const auto key = column_by_name(relation(node.input, context), node.column1);
  auto counts = relation(plan::make_relation(std::move(pivoted)), context);
  std::vector<NamedExpression> items;
  for (size_t i = 0; i < counts.scope.attributes.size(); ++i) {
    const auto& attribute = counts.scope.attributes[i];
    if (i == 0) {
      items.push_back(pass_through(attribute));
      items.back().attribute.nullable = key.nullable;
      continue;
    }
    auto zero = literal(DataType::long_type(), Value{int64_t{0}});
    items.push_back(
        name_expression(call("coalesce", {reference(attribute), zero}), attribute.name));
  }
  return project_items(std::move(counts), std::move(items));
}

Analyzed Analyzer::stat_cov(const plan::StatCov& node, const Context& context) {
  auto input = relation(node.input, context);
  auto left = numeric_column(*this, column_by_name(input, node.column1), "covariance");
  auto right = numeric_column(*this, column_by_name(input, node.column2), "covariance");
  auto item = name_expression(call("covar_samp", {left, right}), "cov");
  Analyzed out;
  out.relation = resolved::make_relation(
      resolved::Aggregate{input.relation, {}, std::nullopt, {item}}, {item.attribute});
  out.scope.attributes = {item.attribute};
  return out;
}

Analyzed Analyzer::stat_corr(const plan::StatCorr& node, const Context& context) {
  if (!node.method.empty() && node.method != "pearson") {
    throw core::plain_error(core::ErrorClass::kIllegalArgument,
                            "requirement failed: Currently only the calculation of the Pearson "
                            "Correlation coefficient is supported.");
  }
  auto input = relation(node.input, context);
  auto left = numeric_column(*this, column_by_name(input, node.column1), "correlation");
  auto right = numeric_column(*this, column_by_name(input, node.column2), "correlation");
  auto item = name_expression(call("corr", {left, right}), "corr");
  Analyzed out;
  out.relation = resolved::make_relation(
      resolved::Aggregate{input.relation, {}, std::nullopt, {item}}, {item.attribute});
  out.scope.attributes = {item.attribute};
  return out;
}

Analyzed Analyzer::stat_approx_quantile(const plan::StatApproxQuantile& node,
                                        const Context& context) {
  auto input = relation(node.input, context);
  std::vector<ExpressionPtr> probabilities;
  for (const double probability : node.probabilities) {
    probabilities.push_back(literal(DataType::double_type(), Value{probability}));
  }
  // The accuracy argument is 1 / relative error; an exact answer satisfies every error.
  std::vector<ExpressionPtr> columns;
  for (const auto& name : node.columns) {
    const auto attribute = column_by_name(input, name);
    if (!attribute.type.is_numeric()) {
      std::string kind = attribute.type.type_name() + "Type";
      kind.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(kind.front())));
      throw core::plain_error(core::ErrorClass::kIllegalArgument,
                              "requirement failed: Quantile calculation for column " + name +
                                  " with data type " + kind + " is not supported.");
    }
    auto value = cast(reference(attribute), DataType::double_type());
    columns.push_back(
        call("approx_percentile", {value, call("array", probabilities), integer_literal(1000000)}));
  }
  auto item = name_expression(call("array", columns), "approx_quantile");
  Analyzed out;
  out.relation = resolved::make_relation(
      resolved::Aggregate{input.relation, {}, std::nullopt, {item}}, {item.attribute});
  out.scope.attributes = {item.attribute};
  return out;
}

}  // namespace grebe::analyze
