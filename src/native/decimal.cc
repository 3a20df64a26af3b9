// Decimal operators of any width, exact, with Spark's rounding (HALF_UP) and overflow to null or
// error. Arguments come in 64 or 128 bits; results leave in the width of their precision.
// Long: six operators in two widths.
#include <limits>

#include "duckdb/common/types/decimal.hpp"
#include "native/decimal_sum.h"
#include "native/kernel.h"
#include "native/kernel_errors.h"
#include "native/kernel_groups.h"
#include "native/wide_integer.h"
#include "types/decimal_rules.h"

namespace grebe::native {

namespace {

using duckdb::hugeint_t;
using duckdb::LogicalType;
using types::power_of_ten;

using native::widen;
int128 widen(int64_t value) { return value; }

template <class T>
T narrow(int128 value);
template <>
int64_t narrow<int64_t>(int128 value) {
  return static_cast<int64_t>(value);
}
template <>
hugeint_t narrow<hugeint_t>(int128 value) {
  return to_hugeint(value);
}

int128 magnitude(int128 value) { return value < 0 ? -value : value; }

/// Scales of the arguments and the wanted result, read once when the call is bound.
struct DecimalBindData : public duckdb::FunctionData {
  int left_scale = 0;
  int right_scale = 0;
  int precision = 38;
  int scale = 0;

  duckdb::unique_ptr<FunctionData> Copy() const override {
    return duckdb::make_uniq<DecimalBindData>(*this);
  }
  bool Equals(const FunctionData& other_p) const override {
    const auto& other = other_p.Cast<DecimalBindData>();
    return left_scale == other.left_scale && right_scale == other.right_scale &&
           precision == other.precision && scale == other.scale;
  }
};

/// Value of an exact fraction, or nothing when it does not fit into 128 bits.
using Exact = std::optional<int128>;

Exact checked_multiply(int128 a, int128 b) {
  int128 product;
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}

/// Brings `value` of scale `from` to scale `to`, HALF_UP where digits go.
Exact rescale(int128 value, int from, int to) {
  if (to >= from) {
    if (value == 0) return 0;
    if (to - from > 38) return std::nullopt;
    return checked_multiply(value, power_of_ten(to - from));
  }
  if (from - to > 38) return 0;
  const int128 divisor = power_of_ten(from - to);
  const int128 quotient = value / divisor;
  const int128 rest = magnitude(value % divisor);
  if (rest >= divisor - rest) return quotient + (value < 0 ? -1 : 1);
  return quotient;
}

bool fits(int128 value, int precision) {
  const int128 bound = power_of_ten(precision);
  return value < bound && value > -bound;
}

/// One more decimal digit of rest / divisor without overflow (rest < divisor ≤ 10^38).
int next_digit(int128* rest, int128 divisor) {
  constexpr int128 kSafe = (static_cast<int128>(1) << 123);
  if (*rest < kSafe) {
    const int128 ten_times = *rest * 10;
    *rest = ten_times % divisor;
    return static_cast<int>(ten_times / divisor);
  }
  unsigned __int128 sum = 0;
  const auto limit = static_cast<unsigned __int128>(divisor);
  int digit = 0;
  for (int i = 0; i < 10; ++i) {
    sum += static_cast<unsigned __int128>(*rest);
    if (sum >= limit) {
      sum -= limit;
      ++digit;
    }
  }
  *rest = static_cast<int128>(sum);
  return digit;
}

/// a / b with `digits` decimal digits after the point, HALF_UP.
Exact divide_exact(int128 a, int128 b, int digits) {
  const bool is_negative = (a < 0) != (b < 0);
  const int128 divisor = magnitude(b);
  int128 quotient = magnitude(a) / divisor;
  int128 rest = magnitude(a) % divisor;
  for (int i = 0; i < digits; ++i) {
    const auto shifted = checked_multiply(quotient, 10);
    if (!shifted) return std::nullopt;
    quotient = *shifted + next_digit(&rest, divisor);
  }
  if (rest >= divisor - rest) ++quotient;
  return is_negative ? -quotient : quotient;
}

/// Products of up to 76 digits, rounded to the wanted scale by long multiplication in two halves.
Exact multiply_exact(int128 a, int128 b, int drop) {
  if (const auto product = checked_multiply(a, b)) return rescale(*product, drop, 0);
  if (drop == 0) return std::nullopt;
  // (a·b) / 10^drop = (a / 10^drop)·b + (a mod 10^drop)·b / 10^drop; the low half is small enough
  // when the drop is at most the digits of a.
  const bool is_negative = (a < 0) != (b < 0);
  using u128 = unsigned __int128;
  const u128 x = static_cast<u128>(magnitude(a));
  const u128 y = static_cast<u128>(magnitude(b));
  // 256-bit product in four 64-bit limbs.
  const u128 mask = ~static_cast<uint64_t>(0);
  const u128 low = (x & mask) * (y & mask);
  const u128 mid1 = (x >> 64) * (y & mask);
  const u128 mid2 = (x & mask) * (y >> 64);
  const u128 high = (x >> 64) * (y >> 64);
  const u128 carry = (low >> 64) + (mid1 & mask) + (mid2 & mask);
  uint32_t limbs[8];
  const u128 lower = (carry << 64) | (low & mask);
  const u128 upper = high + (mid1 >> 64) + (mid2 >> 64) + (carry >> 64);
  for (int i = 0; i < 4; ++i) {
    limbs[i] = static_cast<uint32_t>(lower >> (32 * i));
    limbs[4 + i] = static_cast<uint32_t>(upper >> (32 * i));
  }
  // Divides by ten `drop` times; the last digit decides the rounding.
  uint32_t last = 0;
  for (int step = 0; step < drop; ++step) {
    uint64_t rest = 0;
    for (int i = 7; i >= 0; --i) {
      const uint64_t current = (rest << 32) | limbs[i];
      limbs[i] = static_cast<uint32_t>(current / 10);
      rest = current % 10;
    }
    last = static_cast<uint32_t>(rest);
  }
  if (limbs[4] != 0 || limbs[5] != 0 || limbs[6] != 0 || limbs[7] != 0 || limbs[3] >> 31 != 0) {
    return std::nullopt;
  }
  u128 value = 0;
  for (int i = 3; i >= 0; --i) value = (value << 32) | limbs[i];
  if (last >= 5) ++value;
  const auto answer = static_cast<int128>(value);
  return is_negative ? -answer : answer;
}

Exact compute_multiply(int128 a, int128 b, const DecimalBindData& bind) {
  return multiply_exact(a, b, bind.left_scale + bind.right_scale - bind.scale);
}

/// A sum whose digits at the finer scale do not fit into 128 bits: whole parts and fractions are
/// added by themselves.
Exact sum_of_parts(int128 a, int128 b, const DecimalBindData& bind) {
  const int scale = std::max(bind.left_scale, bind.right_scale);
  const int128 one = power_of_ten(scale);
  const int128 left_unit = power_of_ten(bind.left_scale);
  const int128 right_unit = power_of_ten(bind.right_scale);
  const int128 left = a % left_unit * power_of_ten(scale - bind.left_scale);
  const int128 right = b % right_unit * power_of_ten(scale - bind.right_scale);
  int128 whole = a / left_unit + b / right_unit;
  // Two fractions below one are summed unsigned, since 2 · 10^38 has a bit more than int128.
  using u128 = unsigned __int128;
  int128 part;
  if ((left < 0) == (right < 0)) {
    const u128 size = static_cast<u128>(magnitude(left)) + static_cast<u128>(magnitude(right));
    const int sign = left < 0 || right < 0 ? -1 : 1;
    whole += sign * static_cast<int128>(size / static_cast<u128>(one));
    part = sign * static_cast<int128>(size % static_cast<u128>(one));
  } else {
    part = left + right;
  }
  if (whole > 0 && part < 0) {
    --whole;
    part += one;
  } else if (whole < 0 && part > 0) {
    ++whole;
    part -= one;
  }
  const auto scaled = checked_multiply(whole, power_of_ten(bind.scale));
  const auto rounded = rescale(part, scale, bind.scale);
  int128 sum;
  if (!scaled || !rounded || __builtin_add_overflow(*scaled, *rounded, &sum)) return std::nullopt;
  return sum;
}

Exact compute_sum(int128 a, int128 b, const DecimalBindData& bind) {
  const int scale = std::max(bind.left_scale, bind.right_scale);
  const auto left = rescale(a, bind.left_scale, scale);
  const auto right = rescale(b, bind.right_scale, scale);
  int128 sum;
  if (!left || !right || __builtin_add_overflow(*left, *right, &sum)) {
    return sum_of_parts(a, b, bind);
  }
  return rescale(sum, scale, bind.scale);
}

Exact compute_difference(int128 a, int128 b, const DecimalBindData& bind) {
  return compute_sum(a, -b, bind);
}

Exact compute_quotient(int128 a, int128 b, const DecimalBindData& bind) {
  // a/10^s1 ÷ b/10^s2, with `scale` digits: shift by scale − s1 + s2.
  const int shift = bind.scale - bind.left_scale + bind.right_scale;
  if (shift >= 0) return divide_exact(a, b, shift);
  const auto divisor = checked_multiply(b, power_of_ten(-shift));
  if (!divisor) return 0;
  return divide_exact(a, *divisor, 0);
}

/// Quotient and rest of |a| / 10^s1 ÷ |b| / 10^s2, the rest at the finer scale.
struct Division {
  Exact quotient;
  int128 rest;
};

Division divide_whole(int128 a, int128 b, const DecimalBindData& bind) {
  const int128 size = magnitude(a);
  const int shift = bind.right_scale - bind.left_scale;
  if (shift < 0) {
    const auto divisor = checked_multiply(magnitude(b), power_of_ten(-shift));
    if (!divisor) return {.quotient = 0, .rest = size};
    return {.quotient = size / *divisor, .rest = size % *divisor};
  }
  const int128 divisor = magnitude(b);
  Division division{.quotient = size / divisor, .rest = size % divisor};
  for (int i = 0; i < shift; ++i) {
    const int digit = next_digit(&division.rest, divisor);
    if (division.quotient) division.quotient = checked_multiply(*division.quotient, 10);
    if (division.quotient) *division.quotient += digit;
  }
  return division;
}

Exact compute_remainder(int128 a, int128 b, const DecimalBindData& bind) {
  const int128 rest = divide_whole(a, b, bind).rest;
  return rescale(a < 0 ? -rest : rest, std::max(bind.left_scale, bind.right_scale), bind.scale);
}

Exact compute_pmod(int128 a, int128 b, const DecimalBindData& bind) {
  const int scale = std::max(bind.left_scale, bind.right_scale);
  int128 rest = divide_whole(a, b, bind).rest;
  if (a < 0 && rest != 0) {
    // (rest + b) % b, where a negative b leaves the rest as it is.
    rest = -rest;
    const auto divisor = rescale(b, bind.right_scale, scale);
    if (!divisor) return std::nullopt;
    rest = (rest + *divisor) % *divisor;
  }
  return rescale(rest, scale, bind.scale);
}

Exact compute_integral_quotient(int128 a, int128 b, const DecimalBindData& bind) {
  const auto quotient = divide_whole(a, b, bind).quotient;
  if (!quotient) return std::nullopt;
  return (a < 0) != (b < 0) ? -*quotient : *quotient;
}

using Compute = Exact (*)(int128, int128, const DecimalBindData&);

enum class Failure : unsigned char { kNull, kRaise };
enum class Divisor : unsigned char { kAny, kNotZero };

/// 64-bit carriers keep precision up to 18 in DuckDB; narrower ones are widened to that.
LogicalType argument_type(const LogicalType& given) {
  uint8_t width = 0;
  uint8_t scale = 0;
  if (!given.GetDecimalProperties(width, scale)) return LogicalType::DECIMAL(38, 0);
  if (width < 10) return LogicalType::DECIMAL(18, scale);
  return LogicalType::DECIMAL(width, scale);
}

int constant_integer(duckdb::ClientContext& context, duckdb::Expression& expression) {
  return duckdb::ExpressionExecutor::EvaluateScalar(context, expression).GetValue<int32_t>();
}

/// Reads p and s from the last two arguments and drops them.
duckdb::unique_ptr<duckdb::FunctionData> bind_decimal(
    duckdb::ClientContext& context, duckdb::ScalarFunction& function,
    duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
  auto bind = duckdb::make_uniq<DecimalBindData>();
  const bool has_result = arguments.size() == 4;
  for (size_t i = 0; i < 2; ++i) {
    function.arguments[i] = argument_type(arguments[i]->return_type);
  }
  bind->left_scale = duckdb::DecimalType::GetScale(function.arguments[0]);
  bind->right_scale = duckdb::DecimalType::GetScale(function.arguments[1]);
  if (has_result) {
    bind->precision = constant_integer(context, *arguments[2]);
    bind->scale = constant_integer(context, *arguments[3]);
    function.return_type = LogicalType::DECIMAL(static_cast<uint8_t>(bind->precision),
                                                static_cast<uint8_t>(bind->scale));
    duckdb::Function::EraseArgument(function, arguments, 3);
    duckdb::Function::EraseArgument(function, arguments, 2);
  }
  return bind;
}

struct Plan {
  Compute compute;
  Failure failure;
  Divisor divisor;
  /// Nothing is checked when 128 bits hold every product of two 64-bit factors.
  bool is_product;
};

[[noreturn]] void raise_failure(const KernelContext& context, const Exact& value,
                                const DecimalBindData& bind) {
  context.raise(decimal_out_of_range(value.value_or(0), bind.scale, bind.precision, bind.scale));
}

template <class A, class B, class R>
void run_decimal(duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result,
                 const DecimalBindData& bind, const Plan& plan) {
  const KernelContext context(state);
  if constexpr (std::is_same_v<A, int64_t> && std::is_same_v<B, int64_t> &&
                std::is_same_v<R, hugeint_t>) {
    if (plan.is_product && bind.scale == bind.left_scale + bind.right_scale) {
      duckdb::BinaryExecutor::Execute<A, B, R>(
          input.data[0], input.data[1], result, input.size(),
          [](int64_t a, int64_t b) { return narrow<R>(static_cast<int128>(a) * b); });
      return;
    }
  }
  duckdb::BinaryExecutor::ExecuteWithNulls<A, B, R>(
      input.data[0], input.data[1], result, input.size(),
      [&](A a, B b, duckdb::ValidityMask& mask, duckdb::idx_t row) {
        const int128 divisor = widen(b);
        if (plan.divisor == Divisor::kNotZero && divisor == 0) {
          if (plan.failure == Failure::kRaise) context.raise(divide_by_zero());
          mask.SetInvalid(row);
          return R{};
        }
        const Exact value = plan.compute(widen(a), divisor, bind);
        if (!value || !fits(*value, bind.precision)) {
          if (plan.failure == Failure::kRaise) raise_failure(context, value, bind);
          mask.SetInvalid(row);
          return R{};
        }
        return narrow<R>(*value);
      });
}

template <class A, class B>
void run_by_result(duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result,
                   const DecimalBindData& bind, const Plan& plan) {
  switch (result.GetType().InternalType()) {
    case duckdb::PhysicalType::INT64:
      return run_decimal<A, B, int64_t>(input, state, result, bind, plan);
    case duckdb::PhysicalType::INT128:
      return run_decimal<A, B, hugeint_t>(input, state, result, bind, plan);
    default: {
      // Narrow results are computed in 64 bits and cast.
      duckdb::Vector wide(LogicalType::DECIMAL(18, static_cast<uint8_t>(bind.scale)), input.size());
      run_decimal<A, B, int64_t>(input, state, wide, bind, plan);
      duckdb::VectorOperations::DefaultCast(wide, result, input.size());
    }
  }
}

void run_by_arguments(duckdb::DataChunk& input, duckdb::ExpressionState& state,
                      duckdb::Vector& result, const Plan& plan) {
  const auto& bind =
      state.expr.Cast<duckdb::BoundFunctionExpression>().bind_info->Cast<DecimalBindData>();
  const bool left_wide = input.data[0].GetType().InternalType() == duckdb::PhysicalType::INT128;
  const bool right_wide = input.data[1].GetType().InternalType() == duckdb::PhysicalType::INT128;
  if (left_wide && right_wide) {
    return run_by_result<hugeint_t, hugeint_t>(input, state, result, bind, plan);
  }
  if (left_wide) return run_by_result<hugeint_t, int64_t>(input, state, result, bind, plan);
  if (right_wide) return run_by_result<int64_t, hugeint_t>(input, state, result, bind, plan);
  return run_by_result<int64_t, int64_t>(input, state, result, bind, plan);
}

void add_operator(KernelRegistry& registry, const std::string& name, const Plan& plan) {
  const LogicalType any(duckdb::LogicalTypeId::DECIMAL);
  duckdb::ScalarFunction function(
      name, {any, any, LogicalType::INTEGER, LogicalType::INTEGER}, any,
      [plan](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        run_by_arguments(input, state, result, plan);
      },
      &bind_decimal);
  function.SetFallible();
  registry.add(std::move(function));
}

void add_integral_divide(KernelRegistry& registry, const std::string& name, Failure failure) {
  const LogicalType any(duckdb::LogicalTypeId::DECIMAL);
  duckdb::ScalarFunction function(
      name, {any, any}, LogicalType::BIGINT,
      [failure](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        run_by_arguments(input, state, result,
                         {.compute = &compute_integral_quotient,
                          .failure = failure,
                          .divisor = Divisor::kNotZero,
                          .is_product = false});
      },
      &bind_decimal);
  function.SetFallible();
  registry.add(std::move(function));
}

duckdb::unique_ptr<duckdb::FunctionData> bind_rescale(
    duckdb::ClientContext& context, duckdb::ScalarFunction& function,
    duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
  auto bind = duckdb::make_uniq<DecimalBindData>();
  function.arguments[0] = LogicalType::DECIMAL(38, [&] {
    uint8_t width = 0;
    uint8_t scale = 0;
    arguments[0]->return_type.GetDecimalProperties(width, scale);
    return scale;
  }());
  bind->left_scale = duckdb::DecimalType::GetScale(function.arguments[0]);
  bind->precision = constant_integer(context, *arguments[1]);
  bind->scale = constant_integer(context, *arguments[2]);
  function.return_type = LogicalType::DECIMAL(static_cast<uint8_t>(bind->precision),
                                              static_cast<uint8_t>(bind->scale));
  duckdb::Function::EraseArgument(function, arguments, 2);
  duckdb::Function::EraseArgument(function, arguments, 1);
  return bind;
}

void run_rescale(duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result,
                 Failure failure) {
  const KernelContext context(state);
  const auto& bind =
      state.expr.Cast<duckdb::BoundFunctionExpression>().bind_info->Cast<DecimalBindData>();
  duckdb::Vector wide(LogicalType::DECIMAL(38, static_cast<uint8_t>(bind.scale)), input.size());
  duckdb::UnaryExecutor::ExecuteWithNulls<hugeint_t, hugeint_t>(
      input.data[0], wide, input.size(),
      [&](hugeint_t a, duckdb::ValidityMask& mask, duckdb::idx_t row) {
        const Exact value = rescale(widen(a), bind.left_scale, bind.scale);
        if (!value || !fits(*value, bind.precision)) {
          if (failure == Failure::kRaise) {
            if (widen(a) == kSumBeyondDecimal) {
              context.raise(arithmetic_overflow("Overflow in sum of decimals", ""));
            }
            context.raise(
                decimal_out_of_range(widen(a), bind.left_scale, bind.precision, bind.scale));
          }
          mask.SetInvalid(row);
          return hugeint_t{};
        }
        return narrow<hugeint_t>(*value);
      });
  if (result.GetType() == wide.GetType()) {
    result.Reference(wide);
  } else {
    duckdb::VectorOperations::DefaultCast(wide, result, input.size());
  }
}

void add_rescale(KernelRegistry& registry, const std::string& name, Failure failure) {
  const LogicalType any(duckdb::LogicalTypeId::DECIMAL);
  duckdb::ScalarFunction function(
      name, {any, LogicalType::INTEGER, LogicalType::INTEGER}, any,
      [failure](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        run_rescale(input, state, result, failure);
      },
      &bind_rescale);
  function.SetFallible();
  registry.add(std::move(function));
}

}  // namespace

void add_decimal_kernels(KernelRegistry& registry) {
  struct Operator {
    const char* name;
    Compute compute;
    Divisor divisor;
  };
  constexpr Operator kOperators[] = {
      {"grebe_decimal_add", &compute_sum, Divisor::kAny},
      {"grebe_decimal_divide", &compute_quotient, Divisor::kNotZero},
      {"grebe_decimal_multiply", &compute_multiply, Divisor::kAny},
      {"grebe_decimal_pmod", &compute_pmod, Divisor::kNotZero},
      {"grebe_decimal_remainder", &compute_remainder, Divisor::kNotZero},
      {"grebe_decimal_subtract", &compute_difference, Divisor::kAny},
  };
  for (const Operator& op : kOperators) {
    Plan plan{.compute = op.compute,
              .failure = Failure::kNull,
              .divisor = op.divisor,
              .is_product = op.compute == &compute_multiply};
    add_operator(registry, op.name, plan);
    plan.failure = Failure::kRaise;
    add_operator(registry, std::string(op.name) + "_ansi", plan);
  }
  add_integral_divide(registry, "grebe_decimal_integral_divide", Failure::kNull);
  add_integral_divide(registry, "grebe_decimal_integral_divide_ansi", Failure::kRaise);
  add_rescale(registry, "grebe_decimal_rescale", Failure::kNull);
  add_rescale(registry, "grebe_decimal_rescale_ansi", Failure::kRaise);
}

}  // namespace grebe::native
