// LAG, LEAD, NTH_VALUE: null treatment chooses the overload, defaults take the value's type.
#include "functions/binding_errors.h"
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
  // The default prints as it was written; its type is the value's.
  arguments[2] = cast_to(arguments[2], type, input.context);
  const bool nullable = arguments[0]->nullable || arguments[2]->nullable;
  return make_call(input, std::move(arguments), type, nullable, input.request.ignore_nulls ? 1 : 0);
}

ExpressionPtr bind_window_function(const BindInput& input) {
  require_count(input, {2, 3});
  std::vector<ExpressionPtr> arguments = input.expressions();
  bool ignores_nulls = input.request.ignore_nulls;
  if (arguments.size() == 3) {
    // The DataFrame function's third argument.
    const types::Value* value = literal_value(*arguments[2]);
    const bool* flag = value != nullptr ? std::get_if<bool>(&value->data) : nullptr;
    if (flag == nullptr) {
      throw unexpected_input_type(input.name, arguments, 2, "\"BOOLEAN\"", input.request.origin);
    }
    ignores_nulls = *flag;
    arguments.pop_back();
  }
  const auto offset = constant_integer(input, 1, "offset");
  if (offset && *offset <= 0) {
    throw type_mismatch("VALUE_OUT_OF_RANGE", input.name, {arguments[0], arguments[1]},
                        {{"exprName", "offset"},
                         {"valueRange", "(0, 9223372036854775807]"},
                         {"currentValue", std::to_string(*offset) + "L"}},
                        input.request.origin);
  }
  arguments[1] = cast_to(arguments[1], types::DataType::integer(), input.context);
  const types::DataType type = arguments[0]->type;
  return make_call(input, std::move(arguments), type, true, ignores_nulls ? 1 : 0);
}

ExpressionPtr bind_ntile(const BindInput& input) {
  if (input.arguments.empty())
    return call("ntile", {int_literal(1)}, input.context, input.request.origin);
  require_count(input, {1});
  const ExpressionPtr buckets = input.argument(0);
  if (!resolved::is_foldable(*buckets)) {
    throw type_mismatch("NON_FOLDABLE_INPUT", input.name, {buckets},
                        {{"inputName", "buckets"},
                         {"inputType", "\"INT\""},
                         {"inputExpr", core::quote_sql(resolved::pretty_name(*buckets))}},
                        input.request.origin);
  }
  if (!buckets->type.is(types::TypeKind::kInteger)) {
    throw unexpected_input_type(input.name, {buckets}, 0, "\"INT\"", input.request.origin);
  }
  if (input.context.evaluate) {
    const types::Value value = input.context.evaluate(buckets);
    const auto* number = std::get_if<int64_t>(&value.data);
    if (number == nullptr || *number <= 0) {
      throw type_mismatch("VALUE_OUT_OF_RANGE", input.name, {buckets},
                          {{"exprName", "buckets"},
                           {"valueRange", "(0, 2147483647]"},
                           {"currentValue", std::to_string(number == nullptr ? 0 : *number)}},
                          input.request.origin);
    }
  }
  return make_call(input, {buckets}, types::DataType::integer(), false);
}

}  // namespace grebe::functions
