// CAST(text AS …): parsing kernels that give null, and their `_ansi` forms that raise.
#include <fmt/format.h>

#include <limits>

#include "native/kernel.h"
#include "native/kernel_errors.h"
#include "native/kernel_groups.h"
#include "native/text_parsing.h"
#include "native/wide_integer.h"
#include "native/zones.h"
#include "types/time_zone.h"

namespace grebe::native {

namespace {

using core::ErrorClass;
using duckdb::LogicalType;

/// Adds `name` and `name_ansi` over one parser `parse(context, text)` → optional.
template <class F, class G>
void add_pair(KernelRegistry& registry, const std::string& name, const LogicalType& type,
              const std::string& sql_name, ErrorClass family, F parse, G parse_ansi) {
  registry.add(unary_kernel<std::string_view>(name, LogicalType::VARCHAR, type, parse));
  registry.add(
      unary_kernel<std::string_view>(name + "_ansi", LogicalType::VARCHAR, type,
                                     [=](const KernelContext& context, std::string_view text) {
                                       const auto value = parse_ansi(context, text);
                                       if (!value)
                                         context.raise(cast_invalid_input(text, sql_name, family));
                                       return *value;
                                     }));
}

template <class T>
std::optional<T> parse_as(std::string_view text, Fraction fraction) {
  const auto value = parse_integer(text, fraction);
  if (!value || *value > std::numeric_limits<T>::max() || *value < std::numeric_limits<T>::min()) {
    return std::nullopt;
  }
  return static_cast<T>(*value);
}

template <class T>
void add_integer(KernelRegistry& registry, const std::string& name, const LogicalType& type,
                 const std::string& sql_name) {
  add_pair(
      registry, "grebe_text_to_" + name, type, sql_name, ErrorClass::kNumberFormat,
      [](const KernelContext&, std::string_view text) {
        return parse_as<T>(text, Fraction::kTruncate);
      },
      [](const KernelContext&, std::string_view text) {
        return parse_as<T>(text, Fraction::kReject);
      });
}

template <class F>
void add_same(KernelRegistry& registry, const std::string& name, const LogicalType& type,
              const std::string& sql_name, ErrorClass family, F parse) {
  add_pair(registry, "grebe_text_to_" + name, type, sql_name, family, parse, parse);
}

std::optional<duckdb::timestamp_t> to_instant(const KernelContext& context, std::string_view text) {
  auto parsed = parse_timestamp(text);
  if (!parsed) return std::nullopt;
  const auto zone = parsed->zone.empty() ? types::require_time_zone(context.settings().time_zone)
                                         : types::TimeZone::find(parsed->zone);
  if (!zone) return std::nullopt;
  int64_t local = parsed->micros;
  if (!parsed->has_date) local += local_midnight_now(*zone);
  return duckdb::timestamp_t(zone->to_utc(local));
}

std::optional<duckdb::timestamp_t> to_local(const KernelContext&, std::string_view text) {
  const auto parsed = parse_timestamp(text);
  if (!parsed || !parsed->has_date) return std::nullopt;
  if (!parsed->zone.empty() && !types::TimeZone::find(parsed->zone)) return std::nullopt;
  return duckdb::timestamp_t(parsed->micros);
}

/// Words for a date: `today`, `now`, `epoch` … only as constants in Spark 3; not here.
std::optional<duckdb::date_t> to_date(const KernelContext&, std::string_view text) {
  const auto days = parse_date(text);
  if (!days) return std::nullopt;
  return duckdb::date_t(*days);
}

/// Precision and scale of the wanted decimal, read when the call is bound.
struct DecimalTarget : public duckdb::FunctionData {
  int precision = 38;
  int scale = 0;
  duckdb::unique_ptr<FunctionData> Copy() const override {
    return duckdb::make_uniq<DecimalTarget>(*this);
  }
  bool Equals(const FunctionData& other_p) const override {
    const auto& other = other_p.Cast<DecimalTarget>();
    return precision == other.precision && scale == other.scale;
  }
};

duckdb::unique_ptr<duckdb::FunctionData> bind_target(
    duckdb::ClientContext& context, duckdb::ScalarFunction& function,
    duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
  auto bind = duckdb::make_uniq<DecimalTarget>();
  const auto read = [&](size_t i) {
    return duckdb::ExpressionExecutor::EvaluateScalar(context, *arguments[i]).GetValue<int32_t>();
  };
  bind->precision = read(1);
  bind->scale = read(2);
  function.return_type = LogicalType::DECIMAL(static_cast<uint8_t>(bind->precision),
                                              static_cast<uint8_t>(bind->scale));
  duckdb::Function::EraseArgument(function, arguments, 2);
  duckdb::Function::EraseArgument(function, arguments, 1);
  return bind;
}

enum class Invalid : unsigned char { kNull, kRaise };
/// What the text is: a user's, or a double's, which gives null where it is no number.
enum class TextOf : unsigned char { kUser, kDouble };

void run_text_to_decimal(duckdb::DataChunk& input, duckdb::ExpressionState& state,
                         duckdb::Vector& result, Invalid invalid, TextOf text_of) {
  const KernelContext context(state);
  const auto& target =
      state.expr.Cast<duckdb::BoundFunctionExpression>().bind_info->Cast<DecimalTarget>();
  duckdb::Vector wide(LogicalType::DECIMAL(38, static_cast<uint8_t>(target.scale)), input.size());
  duckdb::UnaryExecutor::ExecuteWithNulls<duckdb::string_t, duckdb::hugeint_t>(
      input.data[0], wide, input.size(),
      [&](duckdb::string_t stored, duckdb::ValidityMask& mask, duckdb::idx_t row) {
        const std::string_view text(stored.GetData(), stored.GetSize());
        const auto parsed = parse_decimal(text);
        const auto value =
            parsed ? fit_decimal(*parsed, target.precision, target.scale) : std::nullopt;
        if (value) return to_hugeint(*value);
        if (invalid == Invalid::kRaise && (parsed || text_of == TextOf::kUser)) {
          if (parsed) {
            context.raise(decimal_out_of_range(parsed->unscaled, parsed->scale, target.precision,
                                               target.scale));
          }
          context.raise(cast_invalid_input(
              text, fmt::format("DECIMAL({},{})", target.precision, target.scale),
              ErrorClass::kNumberFormat));
        }
        mask.SetInvalid(row);
        return duckdb::hugeint_t{};
      });
  if (result.GetType() == wide.GetType()) {
    result.Reference(wide);
  } else {
    duckdb::VectorOperations::DefaultCast(wide, result, input.size());
  }
}

void add_text_to_decimal(KernelRegistry& registry, const std::string& name, Invalid invalid,
                         TextOf text_of) {
  duckdb::ScalarFunction function(
      name, {LogicalType::VARCHAR, LogicalType::INTEGER, LogicalType::INTEGER},
      LogicalType(duckdb::LogicalTypeId::DECIMAL),
      [invalid, text_of](duckdb::DataChunk& input, duckdb::ExpressionState& state,
                         duckdb::Vector& result) {
        run_text_to_decimal(input, state, result, invalid, text_of);
      },
      &bind_target);
  function.SetFallible();
  registry.add(std::move(function));
}

}  // namespace

void add_text_parse_kernels(KernelRegistry& registry) {
  add_integer<int8_t>(registry, "byte", LogicalType::TINYINT, "TINYINT");
  add_integer<int16_t>(registry, "short", LogicalType::SMALLINT, "SMALLINT");
  add_integer<int32_t>(registry, "int", LogicalType::INTEGER, "INT");
  add_integer<int64_t>(registry, "long", LogicalType::BIGINT, "BIGINT");
  add_same(registry, "double", LogicalType::DOUBLE, "DOUBLE", ErrorClass::kNumberFormat,
           [](const KernelContext&, std::string_view text) { return parse_double(text); });
  add_same(registry, "float", LogicalType::FLOAT, "FLOAT", ErrorClass::kNumberFormat,
           [](const KernelContext&, std::string_view text) { return parse_float(text); });
  add_same(registry, "boolean", LogicalType::BOOLEAN, "BOOLEAN", ErrorClass::kRuntime,
           [](const KernelContext&, std::string_view text) { return parse_boolean(text); });
  add_same(registry, "date", LogicalType::DATE, "DATE", ErrorClass::kDateTime, &to_date);
  add_same(registry, "timestamp", LogicalType::TIMESTAMP, "TIMESTAMP", ErrorClass::kDateTime,
           &to_instant);
  add_same(registry, "timestamp_ntz", LogicalType::TIMESTAMP, "TIMESTAMP_NTZ",
           ErrorClass::kDateTime, &to_local);
  add_same(registry, "interval", LogicalType::INTERVAL, "INTERVAL", ErrorClass::kRuntime,
           [](const KernelContext&, std::string_view text) -> std::optional<duckdb::interval_t> {
             const auto parsed = parse_calendar_interval(text);
             if (!parsed) return std::nullopt;
             duckdb::interval_t value;
             value.months = parsed->months;
             value.days = parsed->days;
             value.micros = parsed->micros;
             return value;
           });
  add_text_to_decimal(registry, "grebe_text_to_decimal", Invalid::kNull, TextOf::kUser);
  add_text_to_decimal(registry, "grebe_text_to_decimal_ansi", Invalid::kRaise, TextOf::kUser);
  add_text_to_decimal(registry, "grebe_double_to_decimal", Invalid::kNull, TextOf::kDouble);
  add_text_to_decimal(registry, "grebe_double_to_decimal_ansi", Invalid::kRaise, TextOf::kDouble);
}

}  // namespace grebe::native
