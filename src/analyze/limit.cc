// LIMIT, OFFSET, tail → Limit and Tail with constant, checked counts.
#include "analyze/analyzer.h"
#include "plan/walk.h"

namespace grebe::analyze {
namespace {

/// The first relation below that has no input.
plan::RelationPtr leaf_of(plan::RelationPtr relation) {
  for (;;) {
    plan::RelationPtr below;
    plan::for_each_input(*relation, [&](const plan::RelationPtr& input) {
      if (!below) below = input;
    });
    if (!below) return relation;
    relation = below;
  }
}

}  // namespace

int64_t Analyzer::constant_integer(const plan::ExpressionPtr& expression, const Context& context,
                                   const std::string& name) {
  auto bound = this->expression(
      expression,
      ExpressionScope{.context = &context, .allow_aggregates = true, .allow_windows = true});
  if (!resolved::is_foldable(*bound)) {
    throw core::analysis_error(
        "INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE",
        {{"name", name}, {"expr", core::quote_sql(resolved::pretty_name(*bound))}},
        expression->origin);
  }
  if (!bound->type.is(types::TypeKind::kInteger) && !bound->type.is(types::TypeKind::kShort) &&
      !bound->type.is(types::TypeKind::kByte)) {
    throw core::analysis_error("INVALID_LIMIT_LIKE_EXPRESSION.DATA_TYPE",
                               {{"name", name},
                                {"expr", core::quote_sql(resolved::pretty_name(*bound))},
                                {"dataType", core::quote_sql(bound->type.sql())}},
                               expression->origin);
  }
  const auto* constant = std::get_if<resolved::Literal>(&bound->node);
  const auto value = constant ? constant->value : evaluator_.evaluate(bound);
  if (value.is_null()) {
    throw core::analysis_error(
        "INVALID_LIMIT_LIKE_EXPRESSION.IS_NULL",
        {{"name", name}, {"expr", core::quote_sql(resolved::pretty_name(*bound))}},
        expression->origin);
  }
  const auto number = std::get<int64_t>(value.data);
  if (number < 0) {
    throw core::analysis_error("INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE",
                               {{"name", name},
                                {"expr", core::quote_sql(resolved::pretty_name(*bound))},
                                {"v", std::to_string(number)}},
                               expression->origin);
  }
  return number;
}

Analyzed Analyzer::limit(const plan::RelationPtr& input, const plan::ExpressionPtr& limit,
                         const plan::ExpressionPtr& offset, const Context& context) {
  auto analyzed = relation(input, context);
  resolved::Limit node;
  node.input = analyzed.relation;
  const auto count = [&](const plan::ExpressionPtr& written, const char* name) {
    try {
      return constant_integer(written, context, name);
    } catch (const core::SparkError& error) {
      if (error.condition().rfind("UNRESOLVED_COLUMN", 0) != 0) throw;
    }
    // A column of the rows is no constant; Spark points at the relation that it comes from.
    const auto bound =
        expression(written, ExpressionScope{.input = &analyzed.scope, .context = &context});
    throw core::analysis_error(
        "INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE",
        {{"name", name}, {"expr", core::quote_sql(resolved::pretty_name(*bound))}},
        leaf_of(input)->origin);
  };
  if (limit) node.limit = count(limit, "limit");
  if (offset) node.offset = count(offset, "offset");
  auto output = analyzed.relation->output;
  analyzed.relation = resolved::make_relation(std::move(node), std::move(output));
  analyzed.open = nullptr;
  return analyzed;
}

Analyzed Analyzer::tail(const plan::Tail& node, const Context& context) {
  auto analyzed = relation(node.input, context);
  const auto count = constant_integer(node.limit, context, "tail");
  auto output = analyzed.relation->output;
  analyzed.relation =
      resolved::make_relation(resolved::Tail{analyzed.relation, count}, std::move(output));
  analyzed.open = nullptr;
  return analyzed;
}

}  // namespace grebe::analyze
