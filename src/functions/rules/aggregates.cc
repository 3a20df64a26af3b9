// Aggregates whose types or SQL depend on their arguments.
// Long: one short rule for each function of the group.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/percentages.h"
#include "functions/rules/rules.h"
#include "types/carrier.h"
#include "types/decimal_rules.h"
#include "types/ordering.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

namespace {

/// The argument as a number or an interval: strings and nulls become doubles.
ExpressionPtr summable(const BindInput& input) {
  require_count(input, {1});
  ExpressionPtr child = input.argument(0);
  const bool is_instant = child->type.is(TypeKind::kTimestamp);
  if (child->type.is_string_like() || child->type.is(TypeKind::kVoid) || is_instant) {
    child = cast_to(child, DataType::double_type(), input.context);
  }
  if (!child->type.is_numeric() && !child->type.is_ansi_interval()) {
    throw unexpected_input_type(input.name, {child}, 0, "\"NUMERIC\" or \"ANSI INTERVAL\"",
                                input.request.origin);
  }
  return child;
}

/// The longest decimals whose sum of 10^10 is surely within 38 digits (Spark: sum is 10 longer).
constexpr int kSafeSumPrecision = 28;

std::string placed(const LowerInput& input, std::string_view function,
                   const std::string& argument) {
  return fmt::format("{}({}{}){}", function, input.distinct_prefix, argument, input.suffix);
}

/// The suffix with one more condition in its FILTER.
std::string with_condition(const std::string& suffix, const std::string& condition) {
  constexpr std::string_view kFilter = "FILTER (WHERE ";
  const size_t at = suffix.find(kFilter);
  if (at == std::string::npos) return fmt::format(" FILTER (WHERE {}){}", condition, suffix);
  std::string joined = suffix;
  joined.insert(at + kFilter.size(), condition + " AND ");
  return joined;
}

}  // namespace

ExpressionPtr bind_count(const BindInput& input) {
  if (input.arguments.empty()) {
    throw wrong_number_of_arguments(input.name, "> 0", 0);
  }
  return make_aggregate(input, input.expressions(), DataType::long_type(), false);
}

std::string lower_count(const LowerInput& input) {
  if (input.sql.size() == 1) {
    const bool is_constant = std::holds_alternative<resolved::Literal>(input.arguments[0]->node) &&
                             !input.arguments[0]->nullable;
    if (is_constant && input.distinct_prefix.empty()) return "count(*)" + input.suffix;
    return placed(input, "count", input.sql[0]);
  }
  std::string condition;
  std::string fields;
  for (const std::string& argument : input.sql) {
    condition += (condition.empty() ? "" : " AND ") + fmt::format("({}) IS NOT NULL", argument);
    fields += (fields.empty() ? "" : ", ") + argument;
  }
  return placed(input, "count",
                fmt::format("CASE WHEN {} THEN {} END", condition,
                            input.distinct_prefix.empty() ? "1" : fmt::format("row({})", fields)));
}

ExpressionPtr bind_sum(const BindInput& input) {
  const ExpressionPtr child = summable(input);
  const DataType& type = child->type;
  DataType result = type.is_integral() ? DataType::long_type() : DataType::double_type();
  if (type.is_ansi_interval()) result = type;
  if (type.is(TypeKind::kDecimal)) {
    result = types::bounded_decimal(type.precision() + 10, type.scale());
  }
  return make_aggregate(input, {child}, result, true);
}

namespace {

/// The total itself may have more than 38 digits.
bool may_exceed(const DataType& summed) {
  return summed.is(TypeKind::kDecimal) && summed.precision() > kSafeSumPrecision;
}

/// DuckDB's sum where it holds every total, else one that tells.
std::string sum_of(const LowerInput& input) {
  const DataType& type = input.type_of(0);
  if (!may_exceed(type)) return placed(input, "sum", input.sql[0]);
  // A null constant comes without its type.
  return placed(input, "grebe_decimal_sum",
                fmt::format("CAST({} AS {})", input.sql[0], types::carrier_type(type)));
}

}  // namespace

std::string lower_sum(const LowerInput& input) {
  const DataType& type = input.type;
  const bool is_try = input.function == "try_sum";
  const std::string sum = sum_of(input);
  switch (type.kind()) {
    case TypeKind::kLong:
      if (is_try) return fmt::format("TRY_CAST({} AS BIGINT)", sum);
      return fmt::format("grebe_sum_to_long{}({})", input.ansi ? "_ansi" : "", sum);
    case TypeKind::kDayTimeInterval:
      if (is_try) return fmt::format("TRY_CAST({} AS BIGINT)", sum);
      return fmt::format("grebe_sum_to_long_ansi({})", sum);
    case TypeKind::kYearMonthInterval:
      if (is_try) return fmt::format("TRY_CAST({} AS INTEGER)", sum);
      return fmt::format("grebe_to_int_ansi(grebe_sum_to_long_ansi({}))", sum);
    case TypeKind::kDecimal:
      if (type.precision() == 38) {
        return fmt::format("grebe_decimal_rescale{}({}, 38, {})",
                           input.ansi && !is_try ? "_ansi" : "", sum, type.scale());
      }
      return fmt::format("CAST({} AS {})", sum, types::carrier_type(type));
    default:
      return sum;
  }
}

ExpressionPtr bind_avg(const BindInput& input) {
  ExpressionPtr child = summable(input);
  DataType result = DataType::double_type();
  if (child->type.is(TypeKind::kDecimal)) {
    result = types::bounded_decimal(child->type.precision() + 4, child->type.scale() + 4);
  } else if (child->type.is_ansi_interval()) {
    result = child->type.is(TypeKind::kDayTimeInterval) ? DataType::day_time_interval()
                                                        : DataType::year_month_interval();
  } else {
    child = cast_to(child, DataType::double_type(), input.context);
  }
  return make_aggregate(input, {child}, result, true);
}

std::string lower_avg(const LowerInput& input) {
  const DataType& type = input.type;
  std::string sum = sum_of(input);
  const std::string count = placed(input, "count", input.sql[0]);
  if (type.is(TypeKind::kDecimal)) {
    const char* suffix = input.ansi && input.function != "try_avg" ? "_ansi" : "";
    if (may_exceed(input.type_of(0))) {
      sum =
          fmt::format("grebe_decimal_rescale{}({}, 38, {})", suffix, sum, input.type_of(0).scale());
    }
    return fmt::format("grebe_decimal_divide{}({}, CAST({} AS DECIMAL(18,0)), {}, {})", suffix, sum,
                       count, type.precision(), type.scale());
  }
  if (type.is_ansi_interval()) {
    // Months are summed as an INT, microseconds as a BIGINT.
    const bool is_months = type.is(TypeKind::kYearMonthInterval);
    std::string total;
    if (input.function == "try_avg") {
      total = fmt::format("TRY_CAST({} AS {})", sum, is_months ? "INTEGER" : "BIGINT");
    } else {
      total = fmt::format("grebe_sum_to_long_ansi({})", sum);
      if (is_months) total = fmt::format("grebe_to_int_ansi({})", total);
    }
    return fmt::format("CAST(grebe_interval_scale({}, nullif({}, 0), '{}') AS {})", total, count,
                       is_months ? "m/" : "t/", types::carrier_type(type));
  }
  return placed(input, "avg", input.sql[0]);
}

namespace {

/// Reads the optional constant `ignoreNulls` argument of first, last, any_value.
bool reads_ignore_nulls(const BindInput& input) {
  if (input.request.ignore_nulls) return true;
  if (input.arguments.size() < 2) return false;
  const types::Value* value = literal_value(*input.argument(1));
  const bool* flag = value != nullptr ? std::get_if<bool>(&value->data) : nullptr;
  if (flag == nullptr) {
    throw unexpected_input_type(input.name, input.expressions(), 1, "\"BOOLEAN\"",
                                input.request.origin);
  }
  return *flag;
}

}  // namespace

ExpressionPtr bind_first(const BindInput& input) {
  require_count(input, {1, 2});
  const ExpressionPtr& child = input.argument(0);
  const bool ignores_nulls = reads_ignore_nulls(input);
  const ExpressionPtr bound =
      make_aggregate(input, {child}, child->type, true, ignores_nulls ? 1 : 0);
  if (!input.request.ignore_nulls || !input.name.ends_with("_value") || input.name == "any_value") {
    return bound;
  }
  // IGNORE NULLS makes a new First or Last, which forgets the alias that it was called by.
  resolved::AggregateCall renamed = std::get<resolved::AggregateCall>(bound->node);
  renamed.function = input.name == "first_value" ? "first" : "last";
  return resolved::make_expression(std::move(renamed), bound->type, true, bound->origin);
}

std::string lower_ignoring_nulls(const LowerInput& input) {
  const std::string_view name =
      input.function == "last" || input.function == "last_value" ? "last" : "first";
  if (input.suffix.find(" OVER (") != std::string::npos) {
    return fmt::format("{}({} IGNORE NULLS){}", name == "first" ? "first_value" : "last_value",
                       input.sql[0], input.suffix);
  }
  return fmt::format("{}({}){}", name, input.sql[0],
                     with_condition(input.suffix, fmt::format("({}) IS NOT NULL", input.sql[0])));
}

std::string lower_extreme(const LowerInput& input) {
  if (!input.type.is_nested()) {
    return fmt::format("{}({}{}){}", input.function, input.distinct_prefix, input.sql[0],
                       input.suffix);
  }
  // Nulls inside come first in Spark's order, last in DuckDB's.
  return fmt::format("arg_{}({}, {}){}", input.function, input.sql[0],
                     types::ordering_key(input.sql[0], input.type_of(0)), input.suffix);
}

std::string lower_collect_list(const LowerInput& input) {
  return fmt::format("coalesce(list({}{}){}, CAST([] AS {}))", input.distinct_prefix, input.sql[0],
                     with_condition(input.suffix, fmt::format("({}) IS NOT NULL", input.sql[0])),
                     types::carrier_type(input.type));
}

std::string lower_collect_set(const LowerInput& input) {
  return fmt::format("coalesce(list(DISTINCT {}){}, CAST([] AS {}))", input.sql[0],
                     with_condition(input.suffix, fmt::format("({}) IS NOT NULL", input.sql[0])),
                     types::carrier_type(input.type));
}

namespace {

/// Percentages: one number or an array of them, constant; as SQL.
struct Percentages {
  bool is_array = false;
};

Percentages read_percentages(const BindInput& input, const ExpressionPtr& argument) {
  if (!resolved::is_foldable(*argument)) {
    throw type_mismatch("NON_FOLDABLE_INPUT", input.name, input.expressions(),
                        {{"inputName", "percentage"},
                         {"inputType", "\"DOUBLE\""},
                         {"inputExpr", core::quote_sql(resolved::pretty_name(*argument))}},
                        input.request.origin);
  }
  check_percentages(input, argument);
  return {.is_array = argument->type.is(TypeKind::kArray)};
}

}  // namespace

ExpressionPtr bind_percentile(const BindInput& input) {
  std::vector<ExpressionPtr> arguments = input.expressions();
  if (input.name == "median") {
    require_count(input, {1});
    arguments.push_back(
        resolved::make_expression(resolved::Literal{{0.5}}, DataType::double_type(), false));
  } else {
    require_count(input, {2, 3});
  }
  const bool is_weighted = arguments.size() == 3;
  if (is_weighted && !arguments[2]->type.is_integral() && !arguments[2]->type.is(TypeKind::kVoid)) {
    throw unexpected_input_type(input.name, arguments, 2, "\"INTEGRAL\"", input.request.origin);
  }
  const Percentages percentages = read_percentages(input, arguments[1]);
  ExpressionPtr child = arguments[0];
  if (!child->type.is_ansi_interval()) {
    child = cast_to(child, DataType::double_type(), input.context);
  }
  const DataType value = child->type.is(TypeKind::kYearMonthInterval)
                             ? DataType::year_month_interval()
                         : child->type.is_ansi_interval() ? DataType::day_time_interval()
                                                          : DataType::double_type();
  const ExpressionPtr fraction =
      cast_to(arguments[1],
              percentages.is_array ? DataType::array(DataType::double_type(), false)
                                   : DataType::double_type(),
              input.context);
  std::vector<ExpressionPtr> bound = {child};
  if (input.name != "median") bound.push_back(fraction);
  if (is_weighted) {
    if (value.is_ansi_interval()) {
      throw core::unsupported("percentile of intervals with a frequency", input.request.origin);
    }
    bound.push_back(cast_to(arguments[2], DataType::long_type(), input.context));
    return make_aggregate(input, bound,
                          percentages.is_array ? DataType::array(value, false) : value, true, 2);
  }
  return make_aggregate(input, bound, percentages.is_array ? DataType::array(value, false) : value,
                        true, percentages.is_array ? 1 : 0);
}

std::string lower_percentile(const LowerInput& input) {
  const std::string fraction = input.sql.size() > 1 ? input.sql[1] : "0.5";
  const std::string quantile =
      placed(input, "quantile_cont", fmt::format("{}, {}", input.sql[0], fraction));
  return input.type.is_ansi_interval()
             ? fmt::format("CAST({} AS {})", quantile, types::carrier_type(input.type))
             : quantile;
}

std::string lower_weighted_percentile(const LowerInput& input) {
  const bool is_list = input.type.is(TypeKind::kArray);
  const std::string pairs =
      placed(input, "list", fmt::format("{{'f0': {}, 'f1': {}}}", input.sql[0], input.sql[2]));
  return fmt::format("grebe_weighted_percentiles({}, {}){}", pairs,
                     is_list ? input.sql[1] : fmt::format("[{}]", input.sql[1]),
                     is_list ? "" : "[1]");
}

namespace {

/// The accuracy of approx_percentile: a positive constant.
void check_accuracy(const BindInput& input) {
  const ExpressionPtr& accuracy = input.argument(2);
  if (!accuracy->type.is_integral() && !accuracy->type.is(TypeKind::kVoid)) {
    throw unexpected_input_type(input.name, input.expressions(), 2, "\"INTEGRAL\"",
                                input.request.origin);
  }
  if (!resolved::is_foldable(*accuracy)) {
    throw type_mismatch("NON_FOLDABLE_INPUT", input.name, input.expressions(),
                        {{"inputName", "accuracy"},
                         {"inputType", quote_type(accuracy->type)},
                         {"inputExpr", core::quote_sql(resolved::pretty_name(*accuracy))}},
                        input.request.origin);
  }
  if (!input.context.evaluate) return;
  const types::Value value = input.context.evaluate(accuracy);
  const auto* number = std::get_if<int64_t>(&value.data);
  if (number == nullptr) {
    throw type_mismatch("UNEXPECTED_NULL", input.name, input.expressions(),
                        {{"exprName", "accuracy"}}, input.request.origin);
  }
  if (*number > 0 && *number <= 2147483647) return;
  throw type_mismatch("VALUE_OUT_OF_RANGE", input.name, input.expressions(),
                      {{"exprName", "accuracy"},
                       {"valueRange", "(0, 2147483647]"},
                       {"currentValue", std::to_string(*number) + "L"}},
                      input.request.origin);
}

}  // namespace

ExpressionPtr bind_approx_percentile(const BindInput& input) {
  require_count(input, {2, 3});
  ExpressionPtr child = input.argument(0);
  if (child->type.is_string_like() || child->type.is(TypeKind::kVoid)) {
    child = cast_to(child, DataType::double_type(), input.context);
  }
  if (input.arguments.size() == 3) check_accuracy(input);
  const Percentages percentages = read_percentages(input, input.argument(1));
  const ExpressionPtr fraction =
      cast_to(input.argument(1),
              percentages.is_array ? DataType::array(DataType::double_type(), false)
                                   : DataType::double_type(),
              input.context);
  std::vector<ExpressionPtr> arguments = {child, fraction};
  if (input.arguments.size() == 3) {
    arguments.push_back(input.argument(2));
  } else {
    arguments.push_back(int_literal(10000));
  }
  return make_aggregate(input, arguments,
                        percentages.is_array ? DataType::array(child->type, false) : child->type,
                        true);
}

std::string lower_bitmap_construct(const LowerInput& input) {
  return fmt::format("grebe_bitmap_construct(coalesce({}, CAST([] AS BIGINT[])))",
                     placed(input, "list", input.sql[0]));
}

std::string lower_bitmap_or(const LowerInput& input) {
  return fmt::format("grebe_bitmap_join(coalesce({}, CAST([] AS BLOB[])))",
                     placed(input, "list", input.sql[0]));
}

ExpressionPtr bind_histogram_numeric(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& child = input.argument(0);
  const bool is_plain = child->type.is_numeric() || child->type.is(TypeKind::kVoid);
  if (!is_plain) {
    throw core::unsupported("histogram_numeric over " + child->type.sql(), input.request.origin);
  }
  const auto bins = constant_integer(input, 1, "nb");
  if (!bins || *bins < 2) {
    throw type_mismatch("VALUE_OUT_OF_RANGE", input.name, input.expressions(),
                        {{"exprName", "histogram_numeric"},
                         {"valueRange", "[2, 2147483647]"},
                         {"currentValue", bins ? std::to_string(*bins) : "null"}},
                        input.request.origin);
  }
  const DataType bin = DataType::struct_type(
      {{.name = "x", .type = child->type, .nullable = true, .metadata_json = {}},
       {.name = "y", .type = DataType::double_type(), .nullable = true, .metadata_json = {}}});
  return make_aggregate(input,
                        {child, cast_to(input.argument(1), DataType::integer(), input.context)},
                        DataType::array(bin, true), true);
}

std::string lower_histogram_numeric(const LowerInput& input) {
  const std::string values = placed(input, "list", fmt::format("CAST({} AS DOUBLE)", input.sql[0]));
  return fmt::format("CAST(grebe_numeric_histogram({}, {}) AS {})", values, input.sql[1],
                     types::carrier_type(input.type));
}

ExpressionPtr bind_grouping(const BindInput& input) {
  const bool is_id = input.entry.name == "grouping_id";
  if (!is_id) require_count(input, {1});
  return make_aggregate(input, input.expressions(),
                        is_id ? DataType::long_type() : DataType::byte(), false);
}

}  // namespace grebe::functions
