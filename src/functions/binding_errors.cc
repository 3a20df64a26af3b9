// Spark's analysis errors for calls; see binding_errors.h.
#include "functions/binding_errors.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace grebe::functions {

using resolved::ExpressionPtr;

std::string quote_type(const types::DataType& type) { return "\"" + type.sql() + "\""; }

core::SparkError unresolved_routine(const std::vector<std::string>& name_parts,
                                    const BindContext& context, const core::Origin& origin) {
  return core::analysis_error(
      "UNRESOLVED_ROUTINE",
      {{"routineName", core::quote_name(name_parts)},
       {"searchPath",
        fmt::format("[`system`.`builtin`, `system`.`session`, {}]",
                    core::quote_name({context.current_catalog, context.current_database}))}},
      origin);
}

namespace {

core::SparkError wrong_number(const std::string& name, const std::string& expected, size_t actual,
                              const core::Origin& origin) {
  return core::analysis_error("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                              {{"functionName", core::quote_identifier(name)},
                               {"expectedNum", expected},
                               {"actualNum", std::to_string(actual)},
                               {"docroot", "https://spark.apache.org/docs/latest"}},
                              origin);
}

}  // namespace

core::SparkError wrong_number_of_arguments(const std::string& name, const std::string& expected,
                                           size_t actual) {
  return wrong_number(name, expected, actual, {});
}

core::SparkError wrong_number_of_arguments(const std::string& name,
                                           const std::vector<size_t>& expected, size_t actual,
                                           const core::Origin& origin) {
  const std::string text = expected.size() == 1 ? std::to_string(expected[0])
                                                : fmt::format("[{}]", fmt::join(expected, ", "));
  return wrong_number(name, text, actual, origin);
}

core::SparkError type_mismatch(const std::string& kind, const std::string& name,
                               const std::vector<ExpressionPtr>& arguments,
                               core::ErrorParameters parameters, const core::Origin& origin) {
  const ExpressionPtr call = resolved::make_expression(
      resolved::Call{.function = name, .arguments = arguments}, types::DataType(), true);
  parameters["sqlExpr"] = core::quote_sql(resolved::message_text(*call));
  return core::analysis_error("DATATYPE_MISMATCH." + kind, std::move(parameters), origin);
}

core::SparkError unexpected_input_type(const std::string& name,
                                       const std::vector<ExpressionPtr>& arguments, size_t index,
                                       const std::string& required, const core::Origin& origin) {
  return type_mismatch("UNEXPECTED_INPUT_TYPE", name, arguments,
                       {{"paramIndex", std::to_string(index + 1)},
                        {"requiredType", required},
                        {"inputSql", core::quote_sql(resolved::message_text(*arguments[index]))},
                        {"inputType", quote_type(arguments[index]->type)}},
                       origin);
}

}  // namespace grebe::functions
