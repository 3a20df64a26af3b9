// Named arguments; see named_arguments.h (Spark: NamedParametersSupport.defaultRearrange).
#include "functions/rules/named_arguments.h"

#include "core/spark_error.h"
#include "functions/binding_errors.h"

namespace grebe::functions {

using resolved::ExpressionPtr;

namespace {

std::string quoted(std::string_view name) { return core::quote_identifier(std::string(name)); }

core::SparkError doubled(const BindInput& input, const char* kind, std::string_view parameter) {
  return core::analysis_error(
      std::string("DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.") + kind,
      {{"functionName", quoted(input.name)}, {"parameterName", quoted(parameter)}},
      input.request.origin);
}

/// The parameters' names as a proposal.
std::string proposal_of(const std::vector<NamedParameter>& parameters) {
  std::string proposal;
  for (const NamedParameter& parameter : parameters) {
    proposal += (proposal.empty() ? "" : ", ") + quoted(parameter.name);
  }
  return proposal;
}

}  // namespace

std::vector<ExpressionPtr> arrange_arguments(const BindInput& input,
                                             const std::vector<NamedParameter>& parameters) {
  std::vector<ExpressionPtr> arranged(parameters.size());
  std::vector<ExpressionPtr> surplus;
  std::vector<bool> is_named(parameters.size(), false);
  std::string last_name;
  for (size_t i = 0; i < input.arguments.size(); ++i) {
    const auto& name = input.arguments[i].name;
    if (!name) {
      if (!last_name.empty()) {
        throw core::analysis_error(
            "UNEXPECTED_POSITIONAL_ARGUMENT",
            {{"functionName", quoted(input.name)}, {"parameterName", quoted(last_name)}},
            input.request.origin);
      }
      (i < arranged.size() ? arranged[i] : surplus.emplace_back()) = input.argument(i);
      continue;
    }
    last_name = *name;
    size_t at = 0;
    while (at < parameters.size() && parameters[at].name != *name) ++at;
    if (at == parameters.size()) {
      throw core::analysis_error("UNRECOGNIZED_PARAMETER_NAME",
                                 {{"functionName", quoted(input.name)},
                                  {"argumentName", quoted(*name)},
                                  {"proposal", proposal_of(parameters)}},
                                 input.request.origin);
    }
    if (is_named[at]) throw doubled(input, "DOUBLE_NAMED_ARGUMENT_REFERENCE", *name);
    if (arranged[at]) throw doubled(input, "BOTH_POSITIONAL_AND_NAMED", *name);
    is_named[at] = true;
    arranged[at] = input.argument(i);
  }
  if (!surplus.empty()) {
    std::vector<size_t> counts;
    for (size_t i = 0; i < parameters.size(); ++i) {
      if (i + 1 == parameters.size() || parameters[i + 1].fallback) counts.push_back(i + 1);
    }
    throw wrong_number_of_arguments(input.name, counts, input.arguments.size(),
                                    input.request.origin);
  }
  size_t missing = 0;
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (arranged[i]) continue;
    if (!parameters[i].fallback) {
      throw core::analysis_error("REQUIRED_PARAMETER_NOT_FOUND",
                                 {{"functionName", quoted(input.name)},
                                  {"parameterName", quoted(parameters[i].name)},
                                  {"index", std::to_string(missing)}},
                                 input.request.origin);
    }
    arranged[i] = parameters[i].fallback;
    ++missing;
  }
  return arranged;
}

}  // namespace grebe::functions
