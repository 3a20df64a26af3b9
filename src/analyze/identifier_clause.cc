// IDENTIFIER(expression) → the dotted name that the constant text spells.
#include "analyze/analyzer.h"

namespace grebe::analyze {

plan::Name Analyzer::identifier_clause(const plan::ExpressionPtr& expression,
                                       const Context& context) {
  auto bound = this->expression(expression, ExpressionScope{.context = &context});
  const auto wrong = [&](const char* kind) {
    core::ErrorParameters parameters{{"name", "IDENTIFIER"},
                                     {"expr", core::quote_sql(resolved::pretty_name(*bound))}};
    if (std::string(kind) == "WRONG_TYPE") {
      parameters["dataType"] = core::quote_sql(bound->type.sql());
    }
    return core::analysis_error(std::string("NOT_A_CONSTANT_STRING.") + kind, std::move(parameters),
                                expression->origin);
  };
  if (!resolved::is_foldable(*bound)) throw wrong("NOT_CONSTANT");
  if (!bound->type.is_string_like()) throw wrong("WRONG_TYPE");
  const auto* constant = std::get_if<resolved::Literal>(&bound->node);
  const auto value = constant ? constant->value : evaluator_.evaluate(bound);
  if (value.is_null()) throw wrong("NULL");
  return tables_.parse_name(std::get<std::string>(value.data));
}

}  // namespace grebe::analyze
