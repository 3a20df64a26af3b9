// LIMIT, OFFSET, tail → Limit and Tail with constant, checked counts.
#include "analyze/analyzer.h"

namespace grebe::analyze {

int64_t Analyzer::constant_integer(const plan::ExpressionPtr& expression, const Context& context,
                                   const std::string& name) {
  auto bound = this->expression(expression, ExpressionScope{.context = &context});
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
  if (limit) node.limit = constant_integer(limit, context, "limit");
  if (offset) node.offset = constant_integer(offset, context, "offset");
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
