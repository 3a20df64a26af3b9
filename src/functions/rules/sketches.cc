// Sketches: hll_… and count_min_sketch, whose parameters are constants.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/named_arguments.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;

namespace {

/// A double parameter of count_min_sketch and the range that it must lie in.
struct Bounded {
  std::string_view name;
  size_t index;
  std::string_view range;
  bool (*fits)(double);
};

void check_bounded(const BindInput& input, const std::vector<ExpressionPtr>& arguments,
                   const Bounded& bounded) {
  const types::Value value = input.context.evaluate(arguments[bounded.index]);
  if (value.is_null()) {
    throw type_mismatch("UNEXPECTED_NULL", input.name, arguments,
                        {{"exprName", std::string(bounded.name)}}, input.request.origin);
  }
  const double number = std::get<double>(value.data);
  if (bounded.fits(number)) return;
  throw type_mismatch("VALUE_OUT_OF_RANGE", input.name, arguments,
                      {{"exprName", std::string(bounded.name)},
                       {"valueRange", std::string(bounded.range)},
                       {"currentValue", fmt::format("{:.1f}D", number)}},
                      input.request.origin);
}

/// What a sketch counts is never cast.
void check_counted(const BindInput& input, const std::vector<ExpressionPtr>& arguments,
                   const char* required, bool takes_small) {
  if (arguments.empty()) return;
  const types::DataType& type = arguments[0]->type;
  const bool is_wide = type.is(types::TypeKind::kInteger) || type.is(types::TypeKind::kLong);
  if (is_wide || (takes_small && type.is_integral()) || type.is_string_like() ||
      type.is(types::TypeKind::kBinary) || type.is(types::TypeKind::kVoid)) {
    return;
  }
  throw unexpected_input_type(input.name, arguments, 0, required, input.request.origin);
}

}  // namespace

ExpressionPtr bind_count_min_sketch(const BindInput& input) {
  const std::vector<ExpressionPtr> arranged = arrange_arguments(
      input, {{.name = "column"}, {.name = "epsilon"}, {.name = "confidence"}, {.name = "seed"}});
  check_counted(input, arranged, "(\"INTEGRAL\" or \"STRING\" or \"BINARY\")", true);
  const ExpressionPtr bound = bind_overloads(input, arranged);
  const auto& arguments = std::get<resolved::AggregateCall>(bound->node).arguments;
  constexpr std::string_view kNames[] = {"column", "eps", "confidence", "seed"};
  constexpr std::string_view kTypes[] = {"", "\"DOUBLE\"", "\"DOUBLE\"", "\"INT\""};
  for (size_t i = 1; i < arguments.size(); ++i) {
    if (resolved::is_foldable(*arguments[i])) continue;
    throw type_mismatch("NON_FOLDABLE_INPUT", input.name, arguments,
                        {{"inputName", std::string(kNames[i])},
                         {"inputType", std::string(kTypes[i])},
                         {"inputExpr", core::quote_sql(resolved::pretty_name(*arguments[i]))}},
                        input.request.origin);
  }
  if (!input.context.evaluate) return bound;
  check_bounded(
      input, arguments,
      {.name = "eps", .index = 1, .range = "(0.0, 1.7976931348623157E308]", .fits = [](double x) {
         return x > 0;
       }});
  check_bounded(input, arguments,
                {.name = "confidence", .index = 2, .range = "(0.0, 1.0]", .fits = [](double x) {
                   return x > 0 && x < 1;
                 }});
  if (input.context.evaluate(arguments[3]).is_null()) {
    throw type_mismatch("UNEXPECTED_NULL", input.name, arguments, {{"exprName", "seed"}},
                        input.request.origin);
  }
  return bound;
}

std::string lower_count_min_sketch(const LowerInput& input) {
  const std::string empty =
      fmt::format("grebe_count_min_empty({}, {}, {})", input.sql[1], input.sql[2], input.sql[3]);
  return fmt::format("coalesce(grebe_count_min_add({}{}, {}){}, {})", input.distinct_prefix,
                     input.sql[0], empty, input.suffix, empty);
}

ExpressionPtr bind_hll_sketch_agg(const BindInput& input) {
  const std::vector<ExpressionPtr> written = with_defaults(input.entry, input.expressions());
  check_counted(input, written, "(\"INT\" or \"BIGINT\" or \"STRING\" or \"BINARY\")", false);
  const ExpressionPtr bound = bind_overloads(input, written);
  const auto& arguments = std::get<resolved::AggregateCall>(bound->node).arguments;
  if (!resolved::is_foldable(*arguments[1])) {
    throw type_mismatch("NON_FOLDABLE_INPUT", input.name, arguments,
                        {{"inputName", "lgConfigK"},
                         {"inputType", "\"INT\""},
                         {"inputExpr", core::quote_sql(resolved::pretty_name(*arguments[1]))}},
                        input.request.origin);
  }
  return bound;
}

std::string lower_hll_sketch_agg(const LowerInput& input) {
  const std::string empty = fmt::format("grebe_hll_empty({})", input.sql[1]);
  return fmt::format("coalesce(grebe_hll_add({}{}, {}){}, {})", input.distinct_prefix, input.sql[0],
                     empty, input.suffix, empty);
}

}  // namespace grebe::functions
