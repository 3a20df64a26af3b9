// PERCENTILE_CONT and PERCENTILE_DISC … WITHIN GROUP (ORDER BY …): types and SQL.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/percentages.h"
#include "functions/rules/rules.h"
#include "types/carrier.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

namespace {

/// PercentileBase.dataType: intervals keep their kind, numbers become doubles.
DataType percentile_type(const DataType& type) {
  if (type.is(TypeKind::kYearMonthInterval)) return DataType::year_month_interval();
  if (type.is(TypeKind::kDayTimeInterval)) return DataType::day_time_interval();
  return DataType::double_type();
}

std::string placed(const LowerInput& input, const std::string& call) {
  const std::string whole = call + input.suffix;
  return input.type.is_ansi_interval()
             ? fmt::format("CAST({} AS {})", whole, types::carrier_type(input.type))
             : whole;
}

}  // namespace

ExpressionPtr bind_percentile_within(const BindInput& input) {
  require_count(input, {1});
  const auto& order = input.request.within_group;
  if (order.size() != 1) {
    throw core::analysis_error("UNRESOLVED_ROUTINE",
                               {{"routineName", core::quote_identifier(input.name)},
                                {"searchPath", "[`system`.`builtin`, `system`.`session`, `" +
                                                   input.context.current_catalog + "`.`" +
                                                   input.context.current_database + "`]"}},
                               input.request.origin);
  }
  constexpr const char* kLegacy = "spark.sql.legacy.percentileDiscCalculation";
  if (input.name == "percentile_disc" && input.context.flag(kLegacy)) {
    throw core::unsupported(std::string(kLegacy) + " = true", input.request.origin);
  }
  const ExpressionPtr& written = input.argument(0);
  if (!resolved::is_foldable(*written)) {
    throw type_mismatch("NON_FOLDABLE_INPUT", input.name, {written},
                        {{"inputName", "percentage"},
                         {"inputType", quote_type(written->type)},
                         {"inputExpr", core::quote_sql(resolved::pretty_name(*written))}},
                        input.request.origin);
  }
  check_percentages(input, written);
  const bool is_array = written->type.is(TypeKind::kArray);
  const ExpressionPtr fraction = cast_to(
      written, is_array ? DataType::array(DataType::double_type(), false) : DataType::double_type(),
      input.context);
  resolved::SortKey key = order.front();
  const DataType value = percentile_type(key.child->type);
  if (!key.child->type.is_ansi_interval()) {
    key.child = cast_to(key.child, DataType::double_type(), input.context);
  }
  const ExpressionPtr bound =
      make_aggregate(input, {fraction}, is_array ? DataType::array(value, false) : value, true,
                     key.ascending ? 0 : 1);
  resolved::AggregateCall call = std::get<resolved::AggregateCall>(bound->node);
  call.within_group = {key};
  return resolved::make_expression(std::move(call), bound->type, true, bound->origin);
}

std::string lower_percentile_cont(const LowerInput& input) {
  return placed(input, fmt::format("quantile_cont({}, {})", input.sql[1], input.sql[0]));
}

std::string lower_percentile_cont_descending(const LowerInput& input) {
  const bool is_array = input.type_of(0).is(TypeKind::kArray);
  const std::string fraction =
      is_array ? fmt::format("list_transform({}, lambda p: 1.0 - p)", input.sql[0])
               : fmt::format("(1.0 - {})", input.sql[0]);
  return placed(input, fmt::format("quantile_cont({}, {})", input.sql[1], fraction));
}

std::string lower_percentile_disc(const LowerInput& input) {
  return placed(input, fmt::format("quantile_disc({}, {})", input.sql[1], input.sql[0]));
}

std::string lower_percentile_disc_descending(const LowerInput& input) {
  // The values' order turns when their signs do, and that keeps which side a tie falls on.
  const std::string call =
      fmt::format("quantile_disc(-({}), {}){}", input.sql[1], input.sql[0], input.suffix);
  if (input.type.is(TypeKind::kArray)) return fmt::format("list_transform({}, lambda v: -v)", call);
  const std::string turned = fmt::format("(-({}))", call);
  return input.type.is_ansi_interval()
             ? fmt::format("CAST({} AS {})", turned, types::carrier_type(input.type))
             : turned;
}

}  // namespace grebe::functions
