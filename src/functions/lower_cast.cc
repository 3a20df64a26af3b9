// A cast between Spark types over the child's SQL → DuckDB SQL, through kernels where they differ.
// Long: one short branch for each pair of types.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/bind_once.h"
#include "functions/binding.h"
#include "types/carrier.h"
#include "types/coercion.h"
#include "types/decimal_rules.h"

namespace grebe::functions {

using resolved::CastMode;
using types::DataType;
using types::TypeKind;

namespace {

/// Intervals never wrap, whatever the mode.
CastMode refuse_overflow(CastMode mode) {
  return mode == CastMode::kTry ? CastMode::kTry : CastMode::kAnsi;
}

std::string native_cast(const std::string& child, const DataType& to) {
  return fmt::format("CAST({} AS {})", child, carrier_type(to));
}

/// Name of a kernel that raises under ANSI and gives null otherwise.
std::string kernel(std::string_view name, CastMode mode) {
  return fmt::format("grebe_{}{}", name, mode == CastMode::kAnsi ? "_ansi" : "");
}

std::string_view suffix_of(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kBoolean:
      return "boolean";
    case TypeKind::kByte:
      return "byte";
    case TypeKind::kShort:
      return "short";
    case TypeKind::kInteger:
      return "int";
    case TypeKind::kLong:
      return "long";
    case TypeKind::kFloat:
      return "float";
    case TypeKind::kDouble:
      return "double";
    case TypeKind::kDecimal:
      return "decimal";
    case TypeKind::kDate:
      return "date";
    case TypeKind::kTimestamp:
      return "timestamp";
    case TypeKind::kTimestampNtz:
      return "timestamp_ntz";
    case TypeKind::kYearMonthInterval:
      return "year_month";
    case TypeKind::kDayTimeInterval:
      return "day_time";
    case TypeKind::kCalendarInterval:
      return "interval";
    default:
      return "";
  }
}

[[noreturn]] void no_lowering(const DataType& from, const DataType& to) {
  throw core::unsupported(fmt::format("the cast from {} to {}", from.sql(), to.sql()));
}

int integral_rank(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kByte:
      return 0;
    case TypeKind::kShort:
      return 1;
    case TypeKind::kInteger:
      return 2;
    default:
      return 3;
  }
}

std::string decimal_to_text(const std::string& child, const DataType& from, CastMode mode) {
  // Up to six digits after the point BigDecimal never turns to exponents; without a digit before
  // it DuckDB leaves out the zero.
  const bool is_plain = from.scale() <= 6 || mode == CastMode::kAnsi;
  if (is_plain && from.precision() > from.scale()) return native_cast(child, DataType::string());
  return fmt::format("grebe_decimal_{}text(CAST({} AS DECIMAL(38,{})))", is_plain ? "plain_" : "",
                     child, from.scale());
}

std::string nested_to_text(const std::string& child, const DataType& from, CastMode mode) {
  const auto part = [&](const std::string& sql, const DataType& type) {
    return fmt::format("coalesce({}, 'null')", lower_cast(sql, type, DataType::string(), mode));
  };
  switch (from.kind()) {
    case TypeKind::kArray:
      return fmt::format(
          "CAST('[' || array_to_string(list_transform({}, lambda e{}: {}), ', ') || ']' AS "
          "VARCHAR)",
          child, child.size(), part(fmt::format("e{}", child.size()), from.element()));
    case TypeKind::kMap: {
      const std::string entry = fmt::format("e{}", child.size());
      return fmt::format(
          "CAST('{{' || array_to_string(list_transform(map_entries({}), lambda {}: {} || ' -> ' || "
          "{}), "
          "', ') || '}}' AS VARCHAR)",
          child, entry, part(entry + ".key", from.key()), part(entry + ".value", from.value()));
    }
    default: {
      std::string body = "CASE WHEN $x IS NULL THEN NULL ELSE '{'";
      for (size_t i = 0; i < from.fields().size(); ++i) {
        if (i > 0) body += " || ', '";
        body += " || " + part(fmt::format("($x).f{}", i), from.fields()[i].type);
      }
      return bind_once(child, body + " || '}' END");
    }
  }
}

std::string to_text(const std::string& child, const DataType& from, CastMode mode) {
  switch (from.kind()) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return child;
    case TypeKind::kVoid:
    case TypeKind::kBoolean:
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
      return native_cast(child, DataType::string());
    case TypeKind::kDecimal:
      return decimal_to_text(child, from, mode);
    case TypeKind::kFloat:
      return fmt::format("grebe_float_text({})", child);
    case TypeKind::kDouble:
      return fmt::format("grebe_double_text({})", child);
    case TypeKind::kBinary:
      return fmt::format("grebe_binary_text({})", child);
    case TypeKind::kDate:
      return fmt::format("grebe_date_text({})", child);
    case TypeKind::kTimestamp:
      return fmt::format("grebe_timestamp_text({})", child);
    case TypeKind::kTimestampNtz:
      return fmt::format("grebe_timestamp_ntz_text({})", child);
    case TypeKind::kCalendarInterval:
      return fmt::format("grebe_interval_text({})", child);
    case TypeKind::kYearMonthInterval:
      return fmt::format("grebe_year_month_text({}, {}, {})", child, from.start_field(),
                         from.end_field());
    case TypeKind::kDayTimeInterval:
      return fmt::format("grebe_day_time_text({}, {}, {})", child, from.start_field(),
                         from.end_field());
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      return nested_to_text(child, from, mode);
  }
  no_lowering(from, DataType::string());
}

std::string text_to(const std::string& child, const DataType& to, CastMode mode) {
  switch (to.kind()) {
    case TypeKind::kBinary:
      return fmt::format("grebe_text_binary({})", child);
    case TypeKind::kDecimal:
      return fmt::format("{}({}, {}, {})", kernel("text_to_decimal", mode), child, to.precision(),
                         to.scale());
    case TypeKind::kCalendarInterval:
      // Malformed text is null in every mode (IntervalUtils.safeStringToInterval).
      return fmt::format("{}({})", kernel("text_to_interval", CastMode::kLegacy), child);
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return fmt::format("{}({}, {}, {})",
                         kernel(fmt::format("text_to_{}", suffix_of(to)), refuse_overflow(mode)),
                         child, to.start_field(), to.end_field());
    default: {
      const std::string name = kernel(fmt::format("text_to_{}", suffix_of(to)), mode);
      // TRY_CAST reads whole numbers as ANSI does: a fraction is malformed, not cut off.
      if (mode == CastMode::kTry && to.is_integral()) {
        return bind_once(
            child, fmt::format("CASE WHEN contains($x, '.') THEN NULL ELSE {}($x) END", name));
      }
      return fmt::format("{}({})", name, child);
    }
  }
}

/// `units` where the target holds it, else the error that names the value as `text` does.
std::string raise_beyond(const std::string& units, const std::string& text, const DataType& from,
                         const DataType& to) {
  return fmt::format(
      "CASE WHEN TRY_CAST({0} AS {1}) IS NOT NULL THEN TRY_CAST({0} AS {1}) ELSE "
      "CAST(grebe_raise_cast_overflow({2}, '{3}', '{4}') AS {1}) END",
      units, carrier_type(to), text, from.sql(), to.sql());
}

/// Intervals raise in every mode but TRY_CAST, and name themselves.
std::string narrow_interval(const std::string& child, const std::string& units,
                            const DataType& from, const DataType& to, CastMode mode) {
  const std::string carrier = carrier_type(to);
  if (mode == CastMode::kTry) return fmt::format("TRY_CAST({} AS {})", units, carrier);
  if (to.is(TypeKind::kLong) ||
      (to.is(TypeKind::kInteger) && from.is(TypeKind::kYearMonthInterval))) {
    return fmt::format("CAST({} AS {})", units, carrier);
  }
  return raise_beyond(units, lower_cast(child, from, DataType::string(), mode), from, to);
}

std::string to_integral(const std::string& child, const DataType& from, const DataType& to,
                        CastMode mode) {
  // TRY_CAST reports overflow as null where the default mode wraps.
  const bool is_try = mode == CastMode::kTry;
  switch (from.kind()) {
    case TypeKind::kBoolean:
      return native_cast(child, to);
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
      if (integral_rank(from) <= integral_rank(to)) return native_cast(child, to);
      if (is_try) return fmt::format("TRY_CAST({} AS {})", child, carrier_type(to));
      return fmt::format("{}({})", kernel(fmt::format("to_{}", suffix_of(to)), mode), child);
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return fmt::format("grebe_to_{}{}({})", suffix_of(to),
                         mode == CastMode::kAnsi ? "_ansi"
                         : is_try                ? "_try"
                                                 : "",
                         child);
    case TypeKind::kDecimal:
      return fmt::format("grebe_decimal_to_{}{}(CAST({} AS DECIMAL(38,{})))", suffix_of(to),
                         mode == CastMode::kAnsi ? "_ansi"
                         : is_try                ? "_try"
                                                 : "",
                         child, from.scale());
    case TypeKind::kTimestamp: {
      const std::string seconds = fmt::format("grebe_timestamp_seconds({})", child);
      if (mode != CastMode::kAnsi) return lower_cast(seconds, DataType::long_type(), to, mode);
      if (to.is(TypeKind::kLong)) return seconds;
      return bind_once(
          child, raise_beyond("grebe_timestamp_seconds($x)",
                              "'TIMESTAMP ''' || " +
                                  lower_cast("$x", from, DataType::string(), mode) + " || ''''",
                              from, to));
    }
    case TypeKind::kDate:
      return native_cast("NULL", to);
    case TypeKind::kYearMonthInterval: {
      const std::string value = from.end_field() == 0 ? fmt::format("({} // 12)", child) : child;
      return narrow_interval(child, value, from, to, mode);
    }
    case TypeKind::kDayTimeInterval: {
      constexpr int64_t kUnits[] = {86'400'000'000, 3'600'000'000, 60'000'000, 1'000'000};
      return narrow_interval(child, fmt::format("({} // {})", child, kUnits[from.end_field()]),
                             from, to, mode);
    }
    default:
      no_lowering(from, to);
  }
}

std::string to_fractional(const std::string& child, const DataType& from, const DataType& to) {
  if (from.is(TypeKind::kTimestamp)) {
    return native_cast(fmt::format("(epoch_us({}) / 1000000.0::DOUBLE)", child), to);
  }
  if (from.is(TypeKind::kDate)) return native_cast("NULL", to);
  if (from.is(TypeKind::kDecimal) && from.precision() > 15) {
    return fmt::format("grebe_decimal_to_{}(CAST({} AS DECIMAL(38,{})))", suffix_of(to), child,
                       from.scale());
  }
  // Beyond a float's range lies infinity, for DuckDB an error.
  if (from.is(TypeKind::kDouble) && to.is(TypeKind::kFloat)) {
    return fmt::format("grebe_to_float({})", child);
  }
  return native_cast(child, to);
}

std::string to_decimal(const std::string& child, const DataType& from, const DataType& to,
                       CastMode mode) {
  switch (from.kind()) {
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      // Spark goes through the double and its text, for a float too.
      return fmt::format("{}(grebe_double_text(CAST({} AS DOUBLE)), {}, {})",
                         kernel("double_to_decimal", mode), child, to.precision(), to.scale());
    case TypeKind::kTimestamp:
      return to_decimal(to_fractional(child, from, DataType::double_type()),
                        DataType::double_type(), to, mode);
    case TypeKind::kBoolean:
      return to_decimal(native_cast(child, DataType::integer()), DataType::integer(), to, mode);
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      if (from.is(TypeKind::kDayTimeInterval) && from.end_field() == 3) {
        // Spark reads the microseconds as a decimal of 18 digits.
        const std::string micros =
            fmt::format("{}({})", kernel("eighteen_digits", refuse_overflow(mode)), child);
        return to_decimal(fmt::format("CAST({} AS DECIMAL(38,0)) * 0.000001", micros),
                          DataType::decimal(38, 6), to, refuse_overflow(mode));
      }
      return to_decimal(to_integral(child, from, DataType::long_type(), mode),
                        DataType::long_type(), to, refuse_overflow(mode));
    case TypeKind::kDate:
      return native_cast("NULL", to);
    default:
      break;
  }
  if (!from.is_numeric()) no_lowering(from, to);
  if (types::is_wider_decimal(to, from)) return native_cast(child, to);
  if (mode != CastMode::kAnsi) return fmt::format("TRY_CAST({} AS {})", child, carrier_type(to));
  const DataType wide = types::decimal_for(from);
  return fmt::format("grebe_decimal_rescale_ansi(CAST({} AS DECIMAL(38,{})), {}, {})", child,
                     wide.scale(), to.precision(), to.scale());
}

std::string to_timestamp(const std::string& child, const DataType& from, const DataType& to,
                         CastMode mode) {
  switch (from.kind()) {
    case TypeKind::kDate:
      return to.is(TypeKind::kTimestamp)
                 ? fmt::format("grebe_local_to_utc(CAST({} AS TIMESTAMP))", child)
                 : native_cast(child, to);
    case TypeKind::kTimestamp:
      return to.is(TypeKind::kTimestamp) ? child : fmt::format("grebe_utc_to_local({})", child);
    case TypeKind::kTimestampNtz:
      return to.is(TypeKind::kTimestampNtz) ? child : fmt::format("grebe_local_to_utc({})", child);
    case TypeKind::kBoolean:
      return fmt::format("grebe_micros_to_timestamp(CAST({} AS BIGINT))", child);
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
      return fmt::format("grebe_seconds_to_timestamp(CAST({} AS BIGINT))", child);
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return fmt::format("{}(CAST({} AS DOUBLE))",
                         mode == CastMode::kTry ? "grebe_double_to_timestamp_try"
                                                : kernel("double_to_timestamp", mode),
                         child);
    case TypeKind::kDecimal:
      return fmt::format(
          "grebe_micros_to_timestamp(grebe_decimal_to_micros(CAST({} AS DECIMAL(38,{}))))", child,
          from.scale());
    default:
      no_lowering(from, to);
  }
}

std::string to_boolean(const std::string& child, const DataType& from) {
  if (from.is(TypeKind::kTimestamp)) return fmt::format("(epoch_us({}) <> 0)", child);
  if (from.is(TypeKind::kDate)) return "CAST(NULL AS BOOLEAN)";
  return fmt::format("({} <> 0)", child);
}

std::string to_interval(const std::string& child, const DataType& from, const DataType& to,
                        CastMode mode) {
  if (from.kind() == to.kind()) {
    if (to.is(TypeKind::kYearMonthInterval)) {
      return to.end_field() == 0 ? fmt::format("(({} // 12) * 12)", child) : child;
    }
    constexpr int64_t kUnits[] = {86'400'000'000, 3'600'000'000, 60'000'000, 1};
    const int64_t unit = kUnits[to.end_field()];
    return unit == 1 ? child : fmt::format("(({} // {}) * {})", child, unit, unit);
  }
  constexpr int64_t kUnits[] = {86'400'000'000, 3'600'000'000, 60'000'000, 1'000'000};
  const bool is_months = to.is(TypeKind::kYearMonthInterval);
  const int64_t unit = is_months ? (to.end_field() == 0 ? 12 : 1) : kUnits[to.end_field()];
  if (!from.is(TypeKind::kDecimal)) {
    const std::string counted =
        fmt::format("grebe_interval_of(CAST({} AS BIGINT), {}, '{}{}')", child, unit,
                    mode == CastMode::kTry ? "?" : "", to.sql());
    return is_months ? fmt::format("CAST({} AS INTEGER)", counted) : counted;
  }
  const std::string counted = fmt::format("grebe_decimal_to_interval({}, {}, '{}{}|{}')",
                                          decimal_to_text(child, from, CastMode::kAnsi), unit,
                                          mode == CastMode::kTry ? "?" : "", to.sql(), from.sql());
  return is_months ? fmt::format("CAST({} AS INTEGER)", counted) : counted;
}

std::string nested_cast(const std::string& child, const DataType& from, const DataType& to,
                        CastMode mode) {
  const std::string variable = fmt::format("e{}", child.size());
  switch (to.kind()) {
    case TypeKind::kArray:
      return fmt::format("list_transform({}, lambda {}: {})", child, variable,
                         lower_cast(variable, from.element(), to.element(), mode));
    case TypeKind::kMap:
      return bind_once(
          child,
          fmt::format("CASE WHEN $x IS NULL THEN NULL ELSE map(list_transform(map_keys($x), lambda "
                      "{}: {}), list_transform(map_values($x), lambda {}: {})) END",
                      variable, lower_cast(variable, from.key(), to.key(), mode), variable,
                      lower_cast(variable, from.value(), to.value(), mode)));
    default: {
      std::string body = "CASE WHEN $x IS NULL THEN NULL ELSE {";
      for (size_t i = 0; i < to.fields().size(); ++i) {
        body += fmt::format("{}'f{}': {}", i == 0 ? "" : ", ", i,
                            lower_cast(fmt::format("($x).f{}", i), from.fields()[i].type,
                                       to.fields()[i].type, mode));
      }
      return bind_once(child, body + "} END");
    }
  }
}

}  // namespace

std::string lower_cast(const std::string& child, const DataType& from, const DataType& to,
                       CastMode mode) {
  if (from.same_type(to)) return child;
  if (from.is(TypeKind::kVoid)) return native_cast(child, to);
  if (to.is_string_like()) return to_text(child, from, mode);
  if (from.is_nested()) {
    if (carrier_type(from) == carrier_type(to)) return child;
    return nested_cast(child, from, to, mode);
  }
  if (from.is_string_like()) return text_to(child, to, mode);
  switch (to.kind()) {
    case TypeKind::kBoolean:
      return to_boolean(child, from);
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong:
      return to_integral(child, from, to, mode);
    case TypeKind::kFloat:
    case TypeKind::kDouble:
      return to_fractional(child, from, to);
    case TypeKind::kDecimal:
      return to_decimal(child, from, to, mode);
    case TypeKind::kDate:
      if (from.is(TypeKind::kTimestamp)) {
        return fmt::format("CAST(grebe_utc_to_local({}) AS DATE)", child);
      }
      return native_cast(child, to);
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz:
      return to_timestamp(child, from, to, mode);
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval:
      return to_interval(child, from, to, mode);
    case TypeKind::kBinary:
      return fmt::format("grebe_integral_binary({})", child);
    default:
      no_lowering(from, to);
  }
}

}  // namespace grebe::functions
