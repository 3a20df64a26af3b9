// Numbers → narrower numbers as Java does (wrap, saturate, truncate), raising or giving null.
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "duckdb/common/types/decimal.hpp"
#include "native/kernel.h"
#include "native/kernel_errors.h"
#include "native/kernel_groups.h"
#include "native/wide_integer.h"
#include "types/decimal_rules.h"
#include "types/java_number_text.h"
#include "types/value_text.h"

namespace grebe::native {

namespace {

using duckdb::hugeint_t;
using duckdb::LogicalType;

template <class T>
struct Integral;
template <>
struct Integral<int8_t> {
  static constexpr const char* kName = "byte";
  static constexpr const char* kSql = "TINYINT";
  static constexpr const char* kSuffix = "Y";
  static LogicalType type() { return LogicalType::TINYINT; }
};
template <>
struct Integral<int16_t> {
  static constexpr const char* kName = "short";
  static constexpr const char* kSql = "SMALLINT";
  static constexpr const char* kSuffix = "S";
  static LogicalType type() { return LogicalType::SMALLINT; }
};
template <>
struct Integral<int32_t> {
  static constexpr const char* kName = "int";
  static constexpr const char* kSql = "INT";
  static constexpr const char* kSuffix = "";
  static LogicalType type() { return LogicalType::INTEGER; }
};
template <>
struct Integral<int64_t> {
  static constexpr const char* kName = "long";
  static constexpr const char* kSql = "BIGINT";
  static constexpr const char* kSuffix = "L";
  static LogicalType type() { return LogicalType::BIGINT; }
};

template <class From, class To>
void add_narrowing(KernelRegistry& registry) {
  const std::string name = fmt::format("grebe_to_{}", Integral<To>::kName);
  registry.add(
      unary_kernel<From>(name, Integral<From>::type(), Integral<To>::type(),
                         [](const KernelContext&, From value) { return static_cast<To>(value); }));
  registry.add(unary_kernel<From>(
      name + "_ansi", Integral<From>::type(), Integral<To>::type(),
      [](const KernelContext& context, From value) {
        if (value < std::numeric_limits<To>::min() || value > std::numeric_limits<To>::max()) {
          context.raise(cast_overflow(
              fmt::format("{}{}", static_cast<int64_t>(value), Integral<From>::kSuffix),
              Integral<From>::kSql, Integral<To>::kSql));
        }
        return static_cast<To>(value);
      }));
}

/// Java's double → int or long: NaN is 0, too large values saturate. Byte and short go through int.
template <class To>
To saturate(double value) {
  if (std::isnan(value)) return 0;
  const double low = static_cast<double>(std::numeric_limits<To>::min());
  const double high = static_cast<double>(std::numeric_limits<To>::max());
  if (value <= low) return std::numeric_limits<To>::min();
  if (value >= high) return std::numeric_limits<To>::max();
  return static_cast<To>(value);
}

template <class To>
bool holds(double value) {
  const double low = static_cast<double>(std::numeric_limits<To>::min());
  // One past the largest; as a double the largest long itself is that number, so it is let in.
  const double high = -low;
  const bool fits = sizeof(To) == 8 ? std::floor(value) <= high : std::floor(value) < high;
  return fits && std::ceil(value) >= low;
}

template <class From, class To>
void add_from_floating(KernelRegistry& registry, const LogicalType& from, const char* from_sql) {
  const std::string name = fmt::format("grebe_to_{}", Integral<To>::kName);
  const LogicalType to = Integral<To>::type();
  registry.add(unary_kernel<From>(name, from, to, [](const KernelContext&, From value) {
    if constexpr (sizeof(To) < 4) return static_cast<To>(saturate<int32_t>(value));
    return saturate<To>(value);
  }));
  registry.add(unary_kernel<From>(name + "_try", from, to,
                                  [](const KernelContext&, From value) -> std::optional<To> {
                                    if (std::isnan(value) || !holds<To>(value)) return std::nullopt;
                                    return saturate<To>(value);
                                  }));
  registry.add(unary_kernel<From>(
      name + "_ansi", from, to, [from_sql](const KernelContext& context, From value) {
        if (std::isnan(value) || !holds<To>(value)) {
          std::string text = std::is_same_v<From, float>
                                 ? types::java_float_text(static_cast<float>(value))
                                 : types::java_double_text(value);
          if (std::is_same_v<From, double> && std::isfinite(value)) text += "D";
          context.raise(cast_overflow(text, from_sql, Integral<To>::kSql));
        }
        return saturate<To>(value);
      }));
}

/// Scale of the decimal argument, read when the call is bound.
struct ScaleBindData : public duckdb::FunctionData {
  int scale = 0;
  duckdb::unique_ptr<FunctionData> Copy() const override {
    return duckdb::make_uniq<ScaleBindData>(*this);
  }
  bool Equals(const FunctionData& other) const override {
    return scale == other.Cast<ScaleBindData>().scale;
  }
};

duckdb::unique_ptr<duckdb::FunctionData> bind_scale(
    duckdb::ClientContext&, duckdb::ScalarFunction& function,
    duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
  uint8_t width = 0;
  uint8_t scale = 0;
  arguments[0]->return_type.GetDecimalProperties(width, scale);
  function.arguments[0] = LogicalType::DECIMAL(38, scale);
  auto bind = duckdb::make_uniq<ScaleBindData>();
  bind->scale = scale;
  return bind;
}

/// A function of one 128-bit decimal, `f(context, unscaled, scale)`.
template <class R, class F>
duckdb::ScalarFunction decimal_kernel(const std::string& name, const LogicalType& result_type,
                                      F f) {
  duckdb::ScalarFunction function(
      name, {LogicalType(duckdb::LogicalTypeId::DECIMAL)}, result_type,
      [f](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        const KernelContext context(state);
        const int scale = state.expr.Cast<duckdb::BoundFunctionExpression>()
                              .bind_info->Cast<ScaleBindData>()
                              .scale;
        using Out = typename kernel_detail::Stored<R>::type;
        duckdb::UnaryExecutor::ExecuteWithNulls<hugeint_t, Out>(
            input.data[0], result, input.size(),
            [&](hugeint_t value, duckdb::ValidityMask& mask, duckdb::idx_t row) {
              return kernel_detail::finish(result, f(context, widen(value), scale), mask, row);
            });
      },
      &bind_scale);
  function.SetFallible();
  return function;
}

/// The whole part as Decimal.roundToInt gives it: what is wider than a long goes through a double.
template <class To>
int128 whole_part(int128 value, int scale) {
  constexpr int128 kWidest = 999'999'999'999'999'999;
  if (sizeof(To) == 8 || (value <= kWidest && value >= -kWidest)) {
    return value / types::power_of_ten(scale);
  }
  const double rounded = std::strtod(types::decimal_text({value}, scale, true).c_str(), nullptr);
  return std::abs(rounded) < 1e30 ? static_cast<int128>(rounded)
                                  : value / types::power_of_ten(scale);
}

/// Rounded HALF_EVEN to the 34 digits that Scala's BigDecimal keeps of a product.
int128 in_context(int128 value) {
  constexpr int kDigits = 34;
  int drop = 0;
  const int128 size = value < 0 ? -value : value;
  while (drop < 5 && size >= types::power_of_ten(kDigits + drop)) ++drop;
  if (drop == 0) return value;
  const int128 unit = types::power_of_ten(drop);
  int128 kept = size / unit;
  const int128 twice = 2 * (size % unit);
  if (twice > unit || (twice == unit && kept % 2 != 0)) ++kept;
  return (value < 0 ? -kept : kept) * unit;
}

template <class To>
void add_from_decimal(KernelRegistry& registry) {
  const std::string name = fmt::format("grebe_decimal_to_{}", Integral<To>::kName);
  const LogicalType to = Integral<To>::type();
  const auto holds_value = [](int128 value) {
    return value >= std::numeric_limits<To>::min() && value <= std::numeric_limits<To>::max();
  };
  registry.add(decimal_kernel<To>(name, to, [](const KernelContext&, int128 value, int scale) {
    return std::optional<To>(static_cast<To>(value / types::power_of_ten(scale)));
  }));
  registry.add(decimal_kernel<To>(
      name + "_try", to,
      [holds_value](const KernelContext&, int128 value, int scale) -> std::optional<To> {
        const int128 whole = whole_part<To>(value, scale);
        if (!holds_value(whole)) return std::nullopt;
        return static_cast<To>(whole);
      }));
  registry.add(decimal_kernel<To>(
      name + "_ansi", to,
      [holds_value](const KernelContext& context, int128 value, int scale) -> std::optional<To> {
        const int128 whole = whole_part<To>(value, scale);
        if (!holds_value(whole)) {
          const std::string text = types::decimal_text({value}, scale, true);
          const size_t digits =
              text.size() - (text.find('.') != std::string::npos ? 1 : 0) - (value < 0 ? 1 : 0);
          context.raise(cast_overflow(text + "BD", fmt::format("DECIMAL({},{})", digits, scale),
                                      Integral<To>::kSql));
        }
        return static_cast<To>(whole);
      }));
}

}  // namespace

void add_number_cast_kernels(KernelRegistry& registry) {
  add_narrowing<int16_t, int8_t>(registry);
  add_narrowing<int32_t, int8_t>(registry);
  add_narrowing<int64_t, int8_t>(registry);
  add_narrowing<int32_t, int16_t>(registry);
  add_narrowing<int64_t, int16_t>(registry);
  add_narrowing<int64_t, int32_t>(registry);
  add_from_floating<float, int8_t>(registry, LogicalType::FLOAT, "FLOAT");
  add_from_floating<float, int16_t>(registry, LogicalType::FLOAT, "FLOAT");
  add_from_floating<float, int32_t>(registry, LogicalType::FLOAT, "FLOAT");
  add_from_floating<float, int64_t>(registry, LogicalType::FLOAT, "FLOAT");
  add_from_floating<double, int8_t>(registry, LogicalType::DOUBLE, "DOUBLE");
  add_from_floating<double, int16_t>(registry, LogicalType::DOUBLE, "DOUBLE");
  add_from_floating<double, int32_t>(registry, LogicalType::DOUBLE, "DOUBLE");
  add_from_floating<double, int64_t>(registry, LogicalType::DOUBLE, "DOUBLE");
  add_from_decimal<int8_t>(registry);
  add_from_decimal<int16_t>(registry);
  add_from_decimal<int32_t>(registry);
  add_from_decimal<int64_t>(registry);
  registry.add(
      decimal_kernel<double>("grebe_decimal_to_double", LogicalType::DOUBLE,
                             [](const KernelContext&, int128 value, int scale) {
                               return std::optional(std::strtod(
                                   types::decimal_text({value}, scale, true).c_str(), nullptr));
                             }));
  registry.add(
      decimal_kernel<float>("grebe_decimal_to_float", LogicalType::FLOAT,
                            [](const KernelContext&, int128 value, int scale) {
                              return std::optional(std::strtof(
                                  types::decimal_text({value}, scale, true).c_str(), nullptr));
                            }));
  // Seconds → microseconds, cut off and wrapped to 64 bits as BigDecimal.longValue does, after a
  // product of 34 digits.
  registry.add(decimal_kernel<int64_t>(
      "grebe_decimal_to_micros", LogicalType::BIGINT,
      [](const KernelContext&, int128 value, int scale) {
        value = in_context(value);
        if (scale >= 6)
          return std::optional(static_cast<int64_t>(value / types::power_of_ten(scale - 6)));
        const auto factor = static_cast<unsigned __int128>(types::power_of_ten(6 - scale));
        return std::optional(static_cast<int64_t>(static_cast<unsigned __int128>(value) * factor));
      }));
  registry.add(unary_kernel<double>(
      "grebe_to_float", LogicalType::DOUBLE, LogicalType::FLOAT,
      [](const KernelContext&, double value) { return static_cast<float>(value); }));
  duckdb::ScalarFunction overflow =
      ternary_kernel<std::string_view, std::string_view, std::string_view>(
          "grebe_raise_cast_overflow", LogicalType::VARCHAR, LogicalType::VARCHAR,
          LogicalType::VARCHAR, LogicalType::BIGINT,
          [](const KernelContext& context, std::string_view value, std::string_view from,
             std::string_view to) -> std::optional<int64_t> {
            context.raise(cast_overflow(value, from, to));
          });
  overflow.SetVolatile();  // never tried out on constants while a query is planned
  registry.add(std::move(overflow));
  for (const bool is_plain : {false, true}) {
    registry.add(decimal_kernel<std::string>(
        is_plain ? "grebe_decimal_plain_text" : "grebe_decimal_text", LogicalType::VARCHAR,
        [is_plain](const KernelContext&, int128 value, int scale) {
          return std::optional(types::decimal_text({value}, scale, is_plain));
        }));
  }
  // sum() of integers is 128 bits wide in DuckDB and wraps at 64 in Spark.
  registry.add(unary_kernel<hugeint_t>(
      "grebe_sum_to_long", LogicalType::HUGEINT, LogicalType::BIGINT,
      [](const KernelContext&, hugeint_t value) { return static_cast<int64_t>(value.lower); }));
  registry.add(
      unary_kernel<hugeint_t>("grebe_sum_to_long_ansi", LogicalType::HUGEINT, LogicalType::BIGINT,
                              [](const KernelContext& context, hugeint_t value) {
                                const int128 wide = widen(value);
                                if (wide > std::numeric_limits<int64_t>::max() ||
                                    wide < std::numeric_limits<int64_t>::min()) {
                                  context.raise(arithmetic_overflow("long overflow", "try_add"));
                                }
                                return static_cast<int64_t>(wide);
                              }));
}

}  // namespace grebe::native
