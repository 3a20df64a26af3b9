// window(time, '10 minutes') and window_time: the tumbling window that an instant falls into.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/bind_once.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

namespace {

/// Microseconds of a constant interval text (TimeWindow.getIntervalInMicroSeconds).
int64_t duration(const BindInput& input, size_t index, const std::string& name) {
  const auto text = constant_text(input, index, name);
  if (!text || !input.context.evaluate) {
    throw type_mismatch("PARAMETER_CONSTRAINT_VIOLATION", input.name, input.expressions(), {},
                        input.request.origin);
  }
  const types::Value value = input.context.evaluate(bind_cast(
      string_literal(*text), DataType::calendar_interval(), resolved::CastMode::kTry, true));
  const auto* interval = std::get_if<types::CalendarInterval>(&value.data);
  if (interval == nullptr) {
    throw core::analysis_error("CANNOT_PARSE_INTERVAL", {{"intervalString", "'" + *text + "'"}},
                               input.request.origin);
  }
  if (interval->months != 0) {
    throw core::plain_error(core::ErrorClass::kIllegalArgument,
                            "Intervals greater than a month is not supported (" + *text + ").");
  }
  return interval->days * int64_t{86'400'000'000} + interval->micros;
}

ExpressionPtr long_literal(int64_t value) {
  return resolved::make_expression(resolved::Literal{{value}}, DataType::long_type(), false);
}

}  // namespace

ExpressionPtr bind_time_window(const BindInput& input) {
  require_count(input, {2, 3, 4});
  ExpressionPtr time = input.argument(0);
  if (!time->type.is(TypeKind::kTimestampNtz)) {
    time = cast_to(time, DataType::timestamp(), input.context);
  }
  const int64_t length = duration(input, 1, "windowDuration");
  const int64_t slide = input.arguments.size() > 2 ? duration(input, 2, "slideDuration") : length;
  const int64_t start = input.arguments.size() > 3 ? duration(input, 3, "startTime") : 0;
  const auto refuse = [&](const char* name, int64_t value) {
    return type_mismatch("VALUE_OUT_OF_RANGE", input.name, input.expressions(),
                         {{"exprName", name},
                          {"valueRange", "(0, 9223372036854775807]"},
                          {"currentValue", std::to_string(value) + "L"}},
                         input.request.origin);
  };
  if (length <= 0) throw refuse("window_duration", length);
  if (slide <= 0) throw refuse("slide_duration", slide);
  if (slide != length && input.name == "window") {
    throw core::unsupported("a sliding time window (each row would be in several)",
                            input.request.origin);
  }
  const DataType type = DataType::struct_type(
      {{.name = "start", .type = time->type, .nullable = true, .metadata_json = {}},
       {.name = "end", .type = time->type, .nullable = true, .metadata_json = {}}});
  std::vector<ExpressionPtr> arguments = {time, long_literal(length), long_literal(start)};
  if (input.name == "window") return make_call(input, arguments, type, time->nullable);
  arguments.push_back(long_literal(slide));
  return make_call(input, arguments, DataType::array(type, false), time->nullable);
}

std::string lower_time_window(const LowerInput& input) {
  const std::string& length = input.sql[1];
  const std::string& offset = input.sql[2];
  const std::string start = fmt::format("($x - ((($x - {1}) % {0}) + {0}) % {0})", length, offset);
  return bind_once(fmt::format("epoch_us({})", input.sql[0]),
                   "CASE WHEN $x IS NOT NULL THEN {'f0': make_timestamp(" + start +
                       "), 'f1': make_timestamp(" + start + " + " + length + ")} END");
}

std::string lower_time_windows(const LowerInput& input) {
  const std::string& length = input.sql[1];
  const std::string& offset = input.sql[2];
  const std::string& slide = input.sql[3];
  const std::string last = fmt::format("($x - ((($x - {1}) % {0}) + {0}) % {0})", slide, offset);
  return bind_once(
      fmt::format("epoch_us({})", input.sql[0]),
      fmt::format("list_transform(list_filter(list_transform(range(0, CAST(ceil({0} / {1}) AS "
                  "BIGINT)), lambda i: {2} - i * {1}), lambda s: s <= $x AND $x < s + {0}), lambda "
                  "s: ",
                  length, slide, last) +
          "{'f0': make_timestamp(s), 'f1': make_timestamp(s + " + length + ")})");
}

ExpressionPtr bind_session_window(const BindInput& input) {
  require_count(input, {2});
  ExpressionPtr time = input.argument(0);
  if (!time->type.is(TypeKind::kTimestampNtz)) {
    time = cast_to(time, DataType::timestamp(), input.context);
  }
  ExpressionPtr gap = input.argument(1);
  if (gap->type.is_string_like()) {
    // A constant that is no interval is refused, a computed one gives no session.
    const bool is_constant = resolved::is_foldable(*gap);
    const auto text = is_constant ? constant_text(input, 1, "gapDuration") : std::nullopt;
    gap = bind_cast(gap, DataType::calendar_interval(), resolved::CastMode::kTry, true);
    if (text && input.context.evaluate && input.context.evaluate(gap).is_null()) {
      throw core::analysis_error("CANNOT_PARSE_INTERVAL", {{"intervalString", "'" + *text + "'"}},
                                 input.request.origin);
    }
  }
  if (!gap->type.is(TypeKind::kCalendarInterval)) {
    throw core::plain_error(
        core::ErrorClass::kIllegalArgument,
        "Gap duration expression used in session window must be CalendarIntervalType, but got " +
            gap->type.sql());
  }
  const ExpressionPtr end = cast_to(call("+", {time, gap}, input.context, input.request.origin),
                                    time->type, input.context);
  const ExpressionPtr lowered =
      call("named_struct", {string_literal("start"), time, string_literal("end"), end},
           input.context, input.request.origin);
  return resolved::make_expression(resolved::Call{.function = input.name,
                                                  .arguments = input.expressions(),
                                                  .ansi = input.context.ansi,
                                                  .lowered = lowered},
                                   lowered->type, lowered->nullable, input.request.origin);
}

ExpressionPtr bind_window_time(const BindInput& input) {
  require_count(input, {1});
  const ExpressionPtr& window = input.argument(0);
  const bool is_window = window->type.is(TypeKind::kStruct) && window->type.fields().size() == 2 &&
                         window->type.fields()[1].name == "end" &&
                         window->type.fields()[1].type.is_datetime();
  if (!is_window) {
    throw unexpected_input_type(input.name, {window}, 0,
                                "\"STRUCT<start: TIMESTAMP, end: TIMESTAMP>\"",
                                input.request.origin);
  }
  return make_call(input, {window}, window->type.fields()[1].type, true);
}

}  // namespace grebe::functions
