// LAG, LEAD, NTH_VALUE: null treatment chooses the overload, defaults take the value's type.
#include "functions/calls.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

using resolved::ExpressionPtr;

ExpressionPtr bind_lag_lead(const BindInput& input) {
  require_count(input, {1, 2, 3});
  std::vector<ExpressionPtr> arguments = input.expressions();
  if (arguments.size() < 2) arguments.push_back(int_literal(1));
  arguments[1] = cast_to(arguments[1], types::DataType::integer(), input.context);
  if (arguments.size() < 3) arguments.push_back(null_literal(types::DataType()));
  const types::DataType type = arguments[0]->type;
  const bool nullable = arguments[0]->nullable || arguments[2]->nullable;
  // The default prints as it was written; its type is the value's.
  arguments[2] = cast_to(arguments[2], type, input.context);
  return make_call(input, std::move(arguments), type, nullable, input.request.ignore_nulls ? 1 : 0);
}

ExpressionPtr bind_window_function(const BindInput& input) {
  require_count(input, {2});
  std::vector<ExpressionPtr> arguments = input.expressions();
  arguments[1] = cast_to(arguments[1], types::DataType::integer(), input.context);
  const types::DataType type = arguments[0]->type;
  return make_call(input, std::move(arguments), type, true, input.request.ignore_nulls ? 1 : 0);
}

}  // namespace grebe::functions
