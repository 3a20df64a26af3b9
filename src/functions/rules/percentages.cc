// The percentages of percentile functions; see percentages.h.
#include "functions/rules/percentages.h"

#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "types/value_text.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

void check_percentages(const BindInput& input, const ExpressionPtr& argument) {
  const bool is_array = argument->type.is(TypeKind::kArray);
  const DataType number = DataType::double_type();
  if (is_array && argument->type.contains_null() && !argument->type.element().same_type(number)) {
    // No implicit cast leads from elements that may be null to percentages, which may not.
    throw unexpected_input_type(input.name, input.expressions(), 1, "\"ARRAY<DOUBLE>\"",
                                input.request.origin);
  }
  const types::Value value = input.context.evaluate(
      cast_to(argument, is_array ? DataType::array(number, true) : number, input.context));
  const auto* list = std::get_if<std::shared_ptr<const types::ValueList>>(&value.data);
  const std::vector<types::Value> all = list ? (*list)->items : std::vector<types::Value>{value};
  std::string texts;
  bool is_outside = false;
  for (const types::Value& each : all) {
    const auto* percentage = std::get_if<double>(&each.data);
    if (percentage == nullptr) {
      throw type_mismatch("UNEXPECTED_NULL", input.name, input.expressions(),
                          {{"exprName", "percentage"}}, input.request.origin);
    }
    is_outside = is_outside || !(*percentage >= 0 && *percentage <= 1);
    texts += (texts.empty() ? "" : ",") + types::value_text(each, number) + "D";
  }
  if (!is_outside) return;
  throw type_mismatch(
      "VALUE_OUT_OF_RANGE", input.name, input.expressions(),
      {{"exprName", "percentage"}, {"valueRange", "[0.0, 1.0]"}, {"currentValue", texts}},
      input.request.origin);
}

}  // namespace grebe::functions
