// Integer operators as Java computes them: wrapping, raising (_ansi) or giving null (_try).
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "native/kernel.h"
#include "native/kernel_errors.h"
#include "native/kernel_groups.h"
#include "native/wide_integer.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;

enum class Overflow : unsigned char { kWrap, kRaise, kNull };

template <class T>
LogicalType logical_type();
template <>
LogicalType logical_type<int8_t>() {
  return LogicalType::TINYINT;
}
template <>
LogicalType logical_type<int16_t>() {
  return LogicalType::SMALLINT;
}
template <>
LogicalType logical_type<int32_t>() {
  return LogicalType::INTEGER;
}
template <>
LogicalType logical_type<int64_t>() {
  return LogicalType::BIGINT;
}
template <>
LogicalType logical_type<float>() {
  return LogicalType::FLOAT;
}
template <>
LogicalType logical_type<double>() {
  return LogicalType::DOUBLE;
}

/// Operators give the exact answer's low bits and tell whether they are all of it.
struct Add {
  static constexpr std::string_view kName = "add";
  static constexpr std::string_view kSymbol = "+";
  template <class T>
  static bool overflows(T a, T b, T* answer) {
    return __builtin_add_overflow(a, b, answer);
  }
};
struct Subtract {
  static constexpr std::string_view kName = "subtract";
  static constexpr std::string_view kSymbol = "-";
  template <class T>
  static bool overflows(T a, T b, T* answer) {
    return __builtin_sub_overflow(a, b, answer);
  }
};
struct Multiply {
  static constexpr std::string_view kName = "multiply";
  static constexpr std::string_view kSymbol = "*";
  template <class T>
  static bool overflows(T a, T b, T* answer) {
    return __builtin_mul_overflow(a, b, answer);
  }
};

template <class T>
std::string_view overflow_message() {
  return sizeof(T) == 8 ? "long overflow" : "integer overflow";
}

template <class T>
std::string literal(T value) {
  const std::string_view suffix = sizeof(T) == 1 ? "Y" : sizeof(T) == 2 ? "S" : "";
  return fmt::format("{}{}", static_cast<int64_t>(value), suffix);
}

core::SparkError interval_overflow(std::string_view message, std::string_view alternative) {
  return core::make_error(
      core::ErrorClass::kArithmetic, "INTERVAL_ARITHMETIC_OVERFLOW",
      {{"message", std::string(message)},
       {"alternative", alternative.empty()
                           ? std::string()
                           : fmt::format(" Use '{}' to tolerate overflow and return NULL instead.",
                                         alternative)}});
}

template <class Op, class T>
[[noreturn]] void raise_overflow(const KernelContext& context, T a, T b) {
  if constexpr (sizeof(T) < 4) {
    // Spark prints bytes as the shorts that it computes with.
    const auto text = [](T value) { return literal(static_cast<int16_t>(value)); };
    context.raise(small_overflow(text(a), Op::kSymbol, text(b)));
  }
  context.raise(arithmetic_overflow(overflow_message<T>(), fmt::format("try_{}", Op::kName)));
}

template <class Op, class T>
void add_operator(KernelRegistry& registry) {
  const LogicalType type = logical_type<T>();
  const std::string name = fmt::format("grebe_{}", Op::kName);
  // The wrapping form is the hot one: a plain loop without a null path.
  registry.add(duckdb::ScalarFunction(
      name, {type, type}, type,
      [](duckdb::DataChunk& input, duckdb::ExpressionState&, duckdb::Vector& result) {
        duckdb::BinaryExecutor::Execute<T, T, T>(input.data[0], input.data[1], result, input.size(),
                                                 [](T a, T b) {
                                                   T answer;
                                                   Op::overflows(a, b, &answer);
                                                   return answer;
                                                 });
      }));
  registry.add(binary_kernel<T, T>(name + "_ansi", type, type, type,
                                   [](const KernelContext& context, T a, T b) {
                                     T answer;
                                     if (Op::overflows(a, b, &answer)) {
                                       raise_overflow<Op>(context, a, b);
                                     }
                                     return answer;
                                   }));
  registry.add(binary_kernel<T, T>(
      name + "_interval", type, type, type, [](const KernelContext& context, T a, T b) {
        T answer;
        if (Op::overflows(a, b, &answer)) {
          context.raise(interval_overflow(overflow_message<T>(), fmt::format("try_{}", Op::kName)));
        }
        return answer;
      }));
  registry.add(binary_kernel<T, T>(name + "_try", type, type, type,
                                   [](const KernelContext&, T a, T b) -> std::optional<T> {
                                     T answer;
                                     if (Op::overflows(a, b, &answer)) return std::nullopt;
                                     return answer;
                                   }));
}

template <class T>
T remainder_of(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    return std::fmod(a, b);
  } else {
    return b == -1 ? T(0) : static_cast<T>(a % b);
  }
}

/// Spark's pmod: ((a % n) + n) % n when the remainder is negative.
template <class T>
T pmod_of(T a, T n) {
  const T r = remainder_of(a, n);
  if (r < 0) return remainder_of(static_cast<T>(r + n), n);
  return r;
}

template <class T, class F>
void add_division(KernelRegistry& registry, const std::string& name, LogicalType result, F f) {
  const LogicalType type = logical_type<T>();
  using R = std::invoke_result_t<F, const KernelContext&, T, T>;
  registry.add(binary_kernel<T, T>(name, type, type, result,
                                   [f](const KernelContext& context, T a, T b) -> std::optional<R> {
                                     if (b == 0) return std::nullopt;
                                     return f(context, a, b);
                                   }));
  registry.add(binary_kernel<T, T>(name + "_ansi", type, type, result,
                                   [f](const KernelContext& context, T a, T b) -> R {
                                     if (b == 0) context.raise(divide_by_zero());
                                     return f(context, a, b);
                                   }));
}

template <class T>
void add_integer_kernels(KernelRegistry& registry) {
  const LogicalType type = logical_type<T>();
  add_operator<Add, T>(registry);
  add_operator<Subtract, T>(registry);
  add_operator<Multiply, T>(registry);
  registry.add(unary_kernel<T>("grebe_negate", type, type, [](const KernelContext&, T a) {
    return static_cast<T>(-static_cast<std::make_unsigned_t<T>>(a));
  }));
  registry.add(
      unary_kernel<T>("grebe_negate_ansi", type, type, [](const KernelContext& context, T a) {
        if (a == std::numeric_limits<T>::min()) {
          context.raise(arithmetic_overflow(overflow_message<T>(), ""));
        }
        return static_cast<T>(-a);
      }));
  registry.add(
      unary_kernel<T>("grebe_negate_interval", type, type, [](const KernelContext& context, T a) {
        if (a == std::numeric_limits<T>::min()) {
          context.raise(interval_overflow(overflow_message<T>(), ""));
        }
        return static_cast<T>(-a);
      }));
  registry.add(
      unary_kernel<T>("grebe_abs_interval", type, type, [](const KernelContext& context, T a) {
        if (a == std::numeric_limits<T>::min()) {
          context.raise(interval_overflow(overflow_message<T>(), ""));
        }
        return static_cast<T>(a < 0 ? -a : a);
      }));
  registry.add(unary_kernel<T>("grebe_abs", type, type, [](const KernelContext&, T a) {
    return a < 0 ? static_cast<T>(-static_cast<std::make_unsigned_t<T>>(a)) : a;
  }));
  registry.add(unary_kernel<T>("grebe_abs_ansi", type, type, [](const KernelContext& context, T a) {
    if (a == std::numeric_limits<T>::min()) {
      context.raise(arithmetic_overflow(overflow_message<T>(), ""));
    }
    return static_cast<T>(a < 0 ? -a : a);
  }));
}

template <class T>
void add_remainder_kernels(KernelRegistry& registry) {
  const LogicalType type = logical_type<T>();
  add_division<T>(registry, "grebe_remainder", type,
                  [](const KernelContext&, T a, T b) { return remainder_of(a, b); });
  add_division<T>(registry, "grebe_pmod", type,
                  [](const KernelContext&, T a, T b) { return pmod_of(a, b); });
}

template <class T>
void add_divisor_check(KernelRegistry& registry) {
  const LogicalType type = logical_type<T>();
  registry.add(
      unary_kernel<T>("grebe_check_divisor", type, type, [](const KernelContext& context, T a) {
        if (a == 0) context.raise(divide_by_zero());
        return a;
      }));
}

/// How an interval is scaled: `m` months or `t` µs, `*` or `/`, then `d` for a decimal factor and
/// `?` for null instead of an error.
struct Scaling {
  bool is_months;
  bool divides;
  bool by_decimal;
  bool is_try;

  explicit Scaling(std::string_view mode)
      : is_months(mode[0] == 'm'),
        divides(mode[1] == '/'),
        by_decimal(mode.find('d') != std::string_view::npos),
        is_try(mode.find('?') != std::string_view::npos) {}

  bool fits(int128 value) const {
    return is_months ? value >= std::numeric_limits<int32_t>::min() &&
                           value <= std::numeric_limits<int32_t>::max()
                     : value >= std::numeric_limits<int64_t>::min() &&
                           value <= std::numeric_limits<int64_t>::max();
  }
  bool fits(double value) const {
    return is_months ? value > -2147483649.0 && value < 2147483648.0
                     : value >= -9223372036854775808.0 && value < 9223372036854775808.0;
  }
};

std::optional<int64_t> divided_by_zero(const KernelContext& context, const Scaling& scaling) {
  if (scaling.is_try) return std::nullopt;
  context.raise(core::make_error(core::ErrorClass::kArithmetic, "INTERVAL_DIVIDED_BY_ZERO", {}));
}

/// MultiplyYMInterval, DivideDTInterval and the like over an integral factor: exact, HALF_UP.
std::optional<int64_t> scale_exactly(const KernelContext& context, int64_t value, int64_t factor,
                                     const Scaling& scaling) {
  int128 answer = 0;
  if (scaling.divides) {
    if (factor == 0) return divided_by_zero(context, scaling);
    answer = static_cast<int128>(value) / factor;
    const int128 rest = static_cast<int128>(value) % factor;
    const int128 twice = 2 * (rest < 0 ? -rest : rest);
    const int128 size = factor < 0 ? -static_cast<int128>(factor) : factor;
    if (twice >= size) answer += (value < 0) == (factor < 0) ? 1 : -1;
  } else {
    answer = static_cast<int128>(value) * factor;
  }
  if (scaling.fits(answer)) return static_cast<int64_t>(answer);
  if (scaling.is_try) return std::nullopt;
  context.raise(interval_overflow(scaling.is_months ? "integer overflow" : "long overflow",
                                  scaling.divides ? "try_divide" : "try_multiply"));
}

/// The same over a fraction.
std::optional<int64_t> scale_by_real(const KernelContext& context, int64_t value, double factor,
                                     const Scaling& scaling) {
  if (scaling.divides && factor == 0) return divided_by_zero(context, scaling);
  const double answer = std::round(scaling.divides ? static_cast<double>(value) / factor
                                                   : static_cast<double>(value) * factor);
  if (scaling.fits(answer)) return static_cast<int64_t>(answer);
  if (scaling.is_try) return std::nullopt;
  context.raise(core::plain_error(core::ErrorClass::kArithmetic,
                                  scaling.by_decimal ? "Overflow" : "not in range"));
}

/// A product of 38 digits as an interval; a null one was even larger unless a factor was null.
duckdb::ScalarFunction interval_fit() {
  duckdb::ScalarFunction function(
      "grebe_interval_fit", {LogicalType::BOOLEAN, LogicalType::HUGEINT, LogicalType::VARCHAR},
      LogicalType::BIGINT,
      [](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        const KernelContext context(state);
        for (duckdb::idx_t row = 0; row < input.size(); ++row) {
          const Scaling scaling(duckdb::StringValue::Get(input.data[2].GetValue(row)));
          const duckdb::Value product = input.data[1].GetValue(row);
          const bool is_null = input.data[0].GetValue(row).GetValue<bool>();
          std::optional<int64_t> amount;
          if (!is_null && !product.IsNull()) {
            const int128 value = widen(product.GetValue<duckdb::hugeint_t>());
            if (scaling.fits(value)) amount = static_cast<int64_t>(value);
          }
          if (!amount && !is_null && !scaling.is_try) {
            context.raise(core::plain_error(core::ErrorClass::kArithmetic, "Overflow"));
          }
          result.SetValue(
              row, amount ? duckdb::Value::BIGINT(*amount) : duckdb::Value(LogicalType::BIGINT));
        }
      });
  function.null_handling = duckdb::FunctionNullHandling::SPECIAL_HANDLING;
  function.SetFallible();
  return function;
}

}  // namespace

void add_arithmetic_kernels(KernelRegistry& registry) {
  registry.add(interval_fit());
  add_integer_kernels<int8_t>(registry);
  add_integer_kernels<int16_t>(registry);
  add_integer_kernels<int32_t>(registry);
  add_integer_kernels<int64_t>(registry);
  add_remainder_kernels<int8_t>(registry);
  add_remainder_kernels<int16_t>(registry);
  add_remainder_kernels<int32_t>(registry);
  add_remainder_kernels<int64_t>(registry);
  add_remainder_kernels<float>(registry);
  add_remainder_kernels<double>(registry);
  add_divisor_check<float>(registry);
  add_divisor_check<double>(registry);
  registry.add(binary_kernel<int64_t, int64_t>(
      "grebe_integral_divide", LogicalType::BIGINT, LogicalType::BIGINT, LogicalType::BIGINT,
      [](const KernelContext&, int64_t a, int64_t b) -> std::optional<int64_t> {
        if (b == 0) return std::nullopt;
        return b == -1 ? static_cast<int64_t>(-static_cast<uint64_t>(a)) : a / b;
      }));
  registry.add(binary_kernel<int64_t, int64_t>(
      "grebe_integral_divide_ansi", LogicalType::BIGINT, LogicalType::BIGINT, LogicalType::BIGINT,
      [](const KernelContext& context, int64_t a, int64_t b) {
        if (b == 0) context.raise(divide_by_zero());
        if (b == -1 && a == std::numeric_limits<int64_t>::min()) {
          context.raise(arithmetic_overflow("Overflow in integral divide", "try_divide"));
        }
        return a / b;
      }));
  registry.add(ternary_kernel<int64_t, int64_t, std::string_view>(
      "grebe_interval_scale", LogicalType::BIGINT, LogicalType::BIGINT, LogicalType::VARCHAR,
      LogicalType::BIGINT,
      [](const KernelContext& context, int64_t value, int64_t factor, std::string_view mode) {
        return scale_exactly(context, value, factor, Scaling(mode));
      }));
  registry.add(ternary_kernel<int64_t, double, std::string_view>(
      "grebe_interval_scale", LogicalType::BIGINT, LogicalType::DOUBLE, LogicalType::VARCHAR,
      LogicalType::BIGINT,
      [](const KernelContext& context, int64_t value, double factor, std::string_view mode) {
        return scale_by_real(context, value, factor, Scaling(mode));
      }));
}

}  // namespace grebe::native
