// ROUND, BROUND, CEIL, FLOOR: the result type follows the constant scale.
#include <fmt/format.h>

#include <algorithm>

#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"
#include "types/decimal_rules.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

namespace {

ExpressionPtr numeric_argument(const BindInput& input) {
  ExpressionPtr child = input.argument(0);
  if (child->type.is_string_like() || child->type.is(TypeKind::kVoid)) {
    child = cast_to(child, DataType::double_type(), input.context);
  }
  if (!child->type.is_numeric()) {
    throw unexpected_input_type(input.name, input.expressions(), 0, "\"NUMERIC\"",
                                input.request.origin);
  }
  return child;
}

/// Type of a decimal rounded to `scale` digits (RoundBase.dataType).
DataType rounded_decimal(const DataType& type, int64_t scale) {
  const int integral = type.precision() - type.scale() + 1;
  if (scale < 0) {
    const auto digits = static_cast<int>(-scale) + 1;
    return DataType::decimal(std::min(std::max(integral, digits), 38), 0);
  }
  const int kept = std::min(type.scale(), static_cast<int>(std::min<int64_t>(scale, 38)));
  return DataType::decimal(std::min(integral + kept, 38), kept);
}

}  // namespace

ExpressionPtr bind_round(const BindInput& input) {
  require_count(input, {1, 2});
  const ExpressionPtr child = numeric_argument(input);
  ExpressionPtr scale = int_literal(0);
  int64_t digits = 0;
  if (input.arguments.size() == 2) {
    const ExpressionPtr& written = input.argument(1);
    const bool is_count = written->type.is_numeric() || written->type.is_string_like() ||
                          written->type.is(TypeKind::kVoid);
    if (!is_count) {
      throw unexpected_input_type(input.name, input.expressions(), 1, "\"INT\"",
                                  input.request.origin);
    }
    if (!resolved::is_foldable(*written)) constant_integer(input, 1, "scale");  // which raises
    scale = cast_to(written, DataType::integer(), input.context);
    if (input.context.evaluate) {
      const types::Value value = input.context.evaluate(scale);
      if (const auto* number = std::get_if<int64_t>(&value.data)) digits = *number;
    }
  }
  DataType type = child->type;
  if (type.is(TypeKind::kDecimal)) type = rounded_decimal(type, digits);
  // RoundBase says that it may give null.
  return make_call(input, {child, scale}, type, true);
}

std::string lower_round(const LowerInput& input) {
  const bool is_even = input.function == "bround";
  const std::string_view mode = is_even ? "half_even" : "half_up";
  const DataType& from = input.type_of(0);
  const std::string& digits = input.sql[1];
  if (from.is(TypeKind::kDecimal)) {
    return fmt::format("grebe_decimal_round({}, '{}', {}, {}, {})", input.sql[0], mode, digits,
                       input.type.precision(), input.type.scale());
  }
  const std::string_view suffix = input.ansi && from.is_integral() ? "_ansi" : "";
  return fmt::format("grebe_round_{}{}({}, {})", mode, suffix, input.sql[0], digits);
}

ExpressionPtr bind_ceil_floor(const BindInput& input) {
  require_count(input, {1, 2});
  ExpressionPtr child = numeric_argument(input);
  if (input.arguments.size() == 2) {
    const int64_t digits = constant_integer(input, 1, "scale").value_or(0);
    if (!child->type.is(TypeKind::kDecimal)) {
      child = cast_to(child, types::decimal_for(child->type), input.context);
    }
    return make_call(input, {child, input.argument(1)}, rounded_decimal(child->type, digits), true);
  }
  DataType type = DataType::long_type();
  if (child->type.is(TypeKind::kDecimal)) {
    const DataType& decimal = child->type;
    type = decimal.scale() == 0
               ? decimal
               : types::bounded_decimal(decimal.precision() - decimal.scale() + 1, 0);
  } else if (child->type.is_integral()) {
    child = cast_to(child, DataType::long_type(), input.context);
  } else {
    child = cast_to(child, DataType::double_type(), input.context);
  }
  return make_call(input, {child}, type, true);
}

std::string lower_ceil_floor(const LowerInput& input) {
  const bool is_floor = input.function == "floor";
  const DataType& from = input.type_of(0);
  if (from.is(TypeKind::kDecimal)) {
    return fmt::format("grebe_decimal_round({}, '{}', {}, {}, {})", input.sql[0],
                       is_floor ? "floor" : "ceiling", input.sql.size() > 1 ? input.sql[1] : "0",
                       input.type.precision(), input.type.scale());
  }
  if (from.is_integral()) return input.sql[0];
  return fmt::format("grebe_to_long({}({}))", is_floor ? "floor" : "ceil", input.sql[0]);
}

ExpressionPtr bind_width_bucket(const BindInput& input) {
  require_count(input, {4});
  // Texts, nulls and numbers count as doubles; the three bounds must then be of one kind.
  std::string joined;
  bool is_mixed = false;
  std::optional<TypeKind> first;
  for (size_t i = 0; i < 3; ++i) {
    const DataType& type = input.argument(i)->type;
    const bool is_real = type.is_numeric() || type.is_string_like() || type.is(TypeKind::kVoid);
    if (!is_real && !type.is_ansi_interval()) return bind_overloads(input, input.expressions());
    const DataType counted = is_real ? DataType::double_type() : type;
    joined += (joined.empty() ? "" : " or ") + quote_type(counted);
    is_mixed = is_mixed || (first && *first != counted.kind());
    first = counted.kind();
  }
  if (is_mixed) {
    throw type_mismatch("DATA_DIFF_TYPES", input.name, input.expressions(),
                        {{"functionName", "`width_bucket`"}, {"dataType", "(" + joined + ")"}},
                        input.request.origin);
  }
  return bind_overloads(input, input.expressions());
}

}  // namespace grebe::functions
