// Date and time functions: the statement's clock, EXTRACT's fields, optional formats.
#include <algorithm>
#include <cctype>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/parser_policy.h"
#include "functions/rules/rules.h"
#include "types/time_zone.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

namespace {

ExpressionPtr with_lowered(const BindInput& input, std::vector<ExpressionPtr> arguments,
                           const ExpressionPtr& lowered) {
  return resolved::make_expression(resolved::Call{.function = input.name,
                                                  .arguments = std::move(arguments),
                                                  .ansi = input.context.ansi,
                                                  .lowered = lowered},
                                   lowered->type, lowered->nullable, input.request.origin);
}

ExpressionPtr constant(types::Value value, DataType type) {
  return resolved::make_expression(resolved::Literal{std::move(value)}, std::move(type), false);
}

/// What the clock functions give, by name.
struct Clock {
  std::string_view name;
  enum class Reading : unsigned char { kDate, kInstant, kLocal, kZone } reading;
};

constexpr Clock kClocks[] = {
    {"curdate", Clock::Reading::kDate},
    {"current_date", Clock::Reading::kDate},
    {"current_timestamp", Clock::Reading::kInstant},
    {"current_timezone", Clock::Reading::kZone},
    {"localtimestamp", Clock::Reading::kLocal},
    {"now", Clock::Reading::kInstant},
};

}  // namespace

ExpressionPtr bind_now(const BindInput& input) {
  require_count(input, {0});
  const auto* clock = std::find_if(std::begin(kClocks), std::end(kClocks),
                                   [&](const Clock& each) { return each.name == input.name; });
  const int64_t now = input.context.statement_time;
  const auto zone = types::require_time_zone(input.context.time_zone);
  const int64_t local = now + zone->offset_at(now);
  switch (clock->reading) {
    case Clock::Reading::kDate:
      return with_lowered(
          input, {}, constant({types::floor_div(local, types::kMicrosPerDay)}, DataType::date()));
    case Clock::Reading::kInstant:
      return with_lowered(input, {}, constant({now}, DataType::timestamp()));
    case Clock::Reading::kLocal:
      return with_lowered(input, {}, constant({local}, DataType::timestamp_ntz()));
    case Clock::Reading::kZone:
      return with_lowered(input, {}, string_literal(input.context.time_zone));
  }
  throw core::internal_error("no clock named " + input.name);
}

namespace {

/// EXTRACT's fields over dates and timestamps: the function that reads each.
struct Field {
  std::string_view name;
  std::string_view rewrite;
};

constexpr Field kFields[] = {
    {"D", "dayofmonth($1)"},
    {"DAY", "dayofmonth($1)"},
    {"DAYOFWEEK", "dayofweek($1)"},
    {"DAYOFWEEK_ISO", "+(weekday($1), 1)"},
    {"DAYS", "dayofmonth($1)"},
    {"DOW", "dayofweek($1)"},
    {"DOW_ISO", "+(weekday($1), 1)"},
    {"DOY", "dayofyear($1)"},
    {"H", "hour($1)"},
    {"HOUR", "hour($1)"},
    {"HOURS", "hour($1)"},
    {"HR", "hour($1)"},
    {"HRS", "hour($1)"},
    {"M", "minute($1)"},
    {"MIN", "minute($1)"},
    {"MINS", "minute($1)"},
    {"MINUTE", "minute($1)"},
    {"MINUTES", "minute($1)"},
    {"MON", "month($1)"},
    {"MONS", "month($1)"},
    {"MONTH", "month($1)"},
    {"MONTHS", "month($1)"},
    {"QTR", "quarter($1)"},
    {"QUARTER", "quarter($1)"},
    {"S", "#second_fraction($1)"},
    {"SEC", "#second_fraction($1)"},
    {"SECOND", "#second_fraction($1)"},
    {"SECONDS", "#second_fraction($1)"},
    {"SECS", "#second_fraction($1)"},
    {"W", "weekofyear($1)"},
    {"WEEK", "weekofyear($1)"},
    {"WEEKS", "weekofyear($1)"},
    {"Y", "year($1)"},
    {"YEAR", "year($1)"},
    {"YEARNO", "year($1)"},
    {"YEAROFWEEK", "#year_of_week($1)"},
    {"YEARS", "year($1)"},
    {"YR", "year($1)"},
    {"YRS", "year($1)"},
};

/// An interval has the fields between its first and its last; a calendar interval those of both
/// kinds.
bool has_interval_field(const DataType& type, std::string_view part) {
  constexpr std::string_view kMonths[] = {"#interval_year", "#interval_month"};
  constexpr std::string_view kDays[] = {"#interval_dayofmonth", "#interval_hour",
                                        "#interval_minute", "#interval_second"};
  const auto within = [&](const auto& parts) {
    const auto found = std::find(std::begin(parts), std::end(parts), part);
    if (found == std::end(parts)) return false;
    if (!type.is_ansi_interval()) return true;
    const auto field = found - std::begin(parts);
    return field >= type.start_field() && field <= type.end_field();
  };
  return (!type.is(TypeKind::kDayTimeInterval) && within(kMonths)) ||
         (!type.is(TypeKind::kYearMonthInterval) && within(kDays));
}

}  // namespace

ExpressionPtr bind_extract(const BindInput& input) {
  require_count(input, {2});
  const auto given = constant_text(input, 0, "field");
  if (!given)
    return with_lowered(input, input.expressions(), null_literal(DataType::double_type()));
  std::string field = *given;
  const std::string& written = *given;
  std::transform(field.begin(), field.end(), field.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  ExpressionPtr source = input.argument(1);
  const auto invalid_field = [&] {
    return core::analysis_error("INVALID_EXTRACT_FIELD",
                                {{"field", core::quote_identifier(written)},
                                 {"expr", core::quote_sql(resolved::pretty_name(*source))}},
                                input.request.origin);
  };
  const auto* known = std::find_if(std::begin(kFields), std::end(kFields),
                                   [&](const Field& each) { return each.name == field; });
  if (known == std::end(kFields)) {
    throw invalid_field();
  }
  std::string name(known->rewrite.substr(0, known->rewrite.find('(')));
  if (source->type.is_ansi_interval() || source->type.is(TypeKind::kCalendarInterval)) {
    if (name[0] != '#') name = "#interval_" + name;
    if (name == "#second_fraction") name = "#interval_second";
    if (!has_interval_field(source->type, name)) throw invalid_field();
    return with_lowered(input, input.expressions(),
                        call(name, {source}, input.context, input.request.origin));
  }
  ExpressionPtr value;
  if (name == "+") {
    value =
        call("+", {call("weekday", {source}, input.context, input.request.origin), int_literal(1)},
             input.context, input.request.origin);
  } else {
    value = call(name, {source}, input.context, input.request.origin);
  }
  return with_lowered(input, input.expressions(), value);
}

namespace {

/// spark.sql.timestampType: TIMESTAMP without a word about zones means the one without.
bool is_local_by_default(const BindInput& input) {
  return input.context.config && input.context.config("spark.sql.timestampType") == "TIMESTAMP_NTZ";
}

}  // namespace

ExpressionPtr bind_make_timestamp(const BindInput& input) {
  if (!is_local_by_default(input)) return bind_overloads(input, input.expressions());
  require_count(input, {6, 7});
  // The zone plays no part in a local time.
  std::vector<ExpressionPtr> fields = input.expressions();
  fields.resize(6);
  return with_lowered(input, input.expressions(),
                      call("make_timestamp_ntz", fields, input.context, input.request.origin));
}

ExpressionPtr bind_timestamp_parse(const BindInput& input) {
  require_count(input, {1, 2});
  const ExpressionPtr& source = input.argument(0);
  const bool is_try = input.name == "try_to_timestamp";
  if (is_local_by_default(input) &&
      (input.name == "to_timestamp" || input.name == "try_to_timestamp")) {
    BindContext context = input.context;
    context.ansi = context.ansi && !is_try;
    return with_lowered(
        input, input.expressions(),
        call("to_timestamp_ntz", input.expressions(), context, input.request.origin));
  }
  const DataType type = input.name == "to_date"            ? DataType::date()
                        : input.name == "to_timestamp_ntz" ? DataType::timestamp_ntz()
                                                           : DataType::timestamp();
  if (type.is(TypeKind::kTimestampNtz) && input.arguments.size() == 1 &&
      source->type.is_numeric()) {
    // A number is taken for its text: only TIMESTAMP counts seconds.
    return with_lowered(input, input.expressions(),
                        call(input.name, {cast_to(source, DataType::string(), input.context)},
                             input.context, input.request.origin));
  }
  if (source->type.is_nested()) {
    const std::string numbers = type.is(TypeKind::kTimestamp) ? " or \"NUMERIC\"" : "";
    throw unexpected_input_type(
        input.name, input.expressions(), 0,
        "(\"STRING\" or \"DATE\" or \"TIMESTAMP\" or \"TIMESTAMP_NTZ\"" + numbers + ")",
        input.request.origin);
  }
  if (input.arguments.size() == 1 || !source->type.is_string_like()) {
    const auto mode = is_try               ? resolved::CastMode::kTry
                      : input.context.ansi ? resolved::CastMode::kAnsi
                                           : resolved::CastMode::kLegacy;
    return with_lowered(input, input.expressions(),
                        bind_cast(source, type, mode, true, input.request.origin));
  }
  const ExpressionPtr format = cast_to(input.argument(1), DataType::string(), input.context);
  const bool raises = input.context.ansi && !is_try;
  const bool nullable = !raises || source->nullable || format->nullable;
  const ExpressionPtr bound = make_call(input, {source, format}, type, nullable);
  if (!is_try) return with_parser_policy(input, bound, 1);
  resolved::Call lenient = std::get<resolved::Call>(bound->node);
  lenient.ansi = false;
  return with_parser_policy(
      input, resolved::make_expression(lenient, type, true, input.request.origin), 1);
}

ExpressionPtr bind_unix_timestamp(const BindInput& input) {
  if (!input.arguments.empty() || input.name == "to_unix_timestamp") {
    // Null for a text that is no time, and said so of times too; under ANSI such a text raises.
    auto bound = std::make_shared<resolved::Expression>(*bind_with_pattern(input));
    bound->nullable = !input.context.ansi || any_nullable(input.expressions());
    return bound;
  }
  return with_lowered(
      input, {},
      constant({types::floor_div(input.context.statement_time, types::kMicrosPerSecond)},
               DataType::long_type()));
}

ExpressionPtr bind_make_interval(const BindInput& input) {
  const ExpressionPtr bound =
      bind_overloads(input, with_defaults(input.entry, input.expressions()));
  if (input.context.ansi || bound->nullable) return bound;
  return resolved::make_expression(bound->node, bound->type, true, bound->origin);
}

ExpressionPtr bind_date_add(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr start = cast_to(input.argument(0), DataType::date(), input.context);
  ExpressionPtr days = input.argument(1);
  const DataType& type = days->type;
  const bool is_day_count = type.is(TypeKind::kByte) || type.is(TypeKind::kShort) ||
                            type.is(TypeKind::kInteger) || type.is(TypeKind::kVoid) ||
                            type.is_string_like();
  if (!is_day_count) {
    throw unexpected_input_type(input.name, input.expressions(), 1,
                                "(\"INT\" or \"SMALLINT\" or \"TINYINT\")", input.request.origin);
  }
  if (type.is_string_like() && !input.context.ansi) {
    // StringLiteralCoercion: only a constant text may stand for a number of days.
    if (!resolved::is_foldable(*days)) {
      throw unexpected_input_type(input.name, input.expressions(), 1,
                                  "(\"INT\" or \"SMALLINT\" or \"TINYINT\")", input.request.origin);
    }
    const ExpressionPtr number =
        bind_cast(days, DataType::integer(), resolved::CastMode::kTry, true);
    if (!days->nullable && input.context.evaluate && input.context.evaluate(number).is_null()) {
      // dateadd is another name of date_add, which is what Spark prints.
      throw core::analysis_error(
          "SECOND_FUNCTION_ARGUMENT_NOT_INTEGER",
          {{"functionName", input.name == "dateadd" ? "date_add" : input.name}});
    }
  }
  days = cast_to(days, DataType::integer(), input.context);
  return make_call(input, {start, days}, DataType::date(), start->nullable || days->nullable);
}

}  // namespace grebe::functions
