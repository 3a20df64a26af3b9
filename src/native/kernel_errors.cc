// Spark's run-time errors; see kernel_errors.h.
#include "native/kernel_errors.h"

#include <fmt/format.h>

#include "types/value_text.h"

namespace grebe::native {

using core::ErrorClass;

namespace {
constexpr std::string_view kAnsiConfig = "\"spark.sql.ansi.enabled\"";
}

core::SparkError arithmetic_overflow(std::string_view message, std::string_view alternative) {
  const std::string advice =
      alternative.empty()
          ? std::string()
          : fmt::format(" Use '{}' to tolerate overflow and return NULL instead.", alternative);
  return core::make_error(ErrorClass::kArithmetic, "ARITHMETIC_OVERFLOW",
                          {{"message", std::string(message)},
                           {"alternative", advice},
                           {"config", std::string(kAnsiConfig)}});
}

core::SparkError small_overflow(std::string_view left, std::string_view symbol,
                                std::string_view right) {
  return core::make_error(ErrorClass::kArithmetic, "BINARY_ARITHMETIC_OVERFLOW",
                          {{"value1", std::string(left)},
                           {"symbol", std::string(symbol)},
                           {"value2", std::string(right)}});
}

core::SparkError divide_by_zero() {
  return core::make_error(ErrorClass::kArithmetic, "DIVIDE_BY_ZERO",
                          {{"config", std::string(kAnsiConfig)}});
}

core::SparkError cast_overflow(std::string_view value, std::string_view from, std::string_view to) {
  return core::make_error(ErrorClass::kArithmetic, "CAST_OVERFLOW",
                          {{"value", std::string(value)},
                           {"sourceType", fmt::format("\"{}\"", from)},
                           {"targetType", fmt::format("\"{}\"", to)},
                           {"ansiConfig", std::string(kAnsiConfig)}});
}

core::SparkError cast_invalid_input(std::string_view text, std::string_view to, ErrorClass family) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\\' || c == '\'') quoted += '\\';
    quoted += c;
  }
  return core::make_error(family, "CAST_INVALID_INPUT",
                          {{"expression", quoted + "'"},
                           {"sourceType", "\"STRING\""},
                           {"targetType", fmt::format("\"{}\"", to)},
                           {"ansiConfig", std::string(kAnsiConfig)}});
}

core::SparkError decimal_out_of_range(types::int128 unscaled, int value_scale, int precision,
                                      int scale) {
  return core::make_error(ErrorClass::kArithmetic, "NUMERIC_VALUE_OUT_OF_RANGE",
                          {{"value", types::decimal_text({unscaled}, value_scale, true)},
                           {"precision", std::to_string(precision)},
                           {"scale", std::to_string(scale)},
                           {"config", std::string(kAnsiConfig)}});
}

}  // namespace grebe::native
