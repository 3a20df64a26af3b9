// Mathematical functions as java.lang.Math has them, rounding, base conversion, bit shifts.
// Long: one short kernel for each function of the group.
#include <cmath>
#include <limits>
#include <random>

#include "native/java_math.h"
#include "native/kernel.h"
#include "native/kernel_errors.h"
#include "native/kernel_groups.h"
#include "native/sample_kernels.h"
#include "native/text_parsing.h"
#include "native/value_kernel.h"
#include "native/wide_integer.h"
#include "native/xor_shift.h"
#include "types/decimal_rules.h"
#include "types/java_number_text.h"

namespace grebe::native {

namespace {

using duckdb::LogicalType;

struct RealFunction {
  const char* name;
  double (*apply)(double);
};

constexpr RealFunction kRealFunctions[] = {
    {"grebe_acos", [](double x) { return java_acos(x); }},
    {"grebe_acosh", [](double x) { return java_log(x + std::sqrt(x * x - 1.0)); }},
    {"grebe_asin", [](double x) { return java_asin(x); }},
    {"grebe_asinh",
     [](double x) {
       if (x == -std::numeric_limits<double>::infinity()) return x;
       return java_log(x + std::sqrt(x * x + 1.0));
     }},
    {"grebe_atan", [](double x) { return java_atan(x); }},
    {"grebe_atanh", [](double x) { return 0.5 * (java_log1p(x) - java_log1p(-x)); }},
    {"grebe_cbrt", [](double x) { return java_cbrt(x); }},
    {"grebe_cos", [](double x) { return std::cos(x); }},
    {"grebe_cosh", [](double x) { return java_cosh(x); }},
    {"grebe_cot", [](double x) { return 1.0 / std::tan(x); }},
    {"grebe_csc", [](double x) { return 1.0 / std::sin(x); }},
    {"grebe_exp", [](double x) { return java_exp(x); }},
    {"grebe_expm1", [](double x) { return java_expm1(x); }},
    {"grebe_rint", [](double x) { return std::nearbyint(x); }},
    {"grebe_sec", [](double x) { return 1.0 / std::cos(x); }},
    {"grebe_signum", [](double x) { return x > 0   ? 1.0
                                           : x < 0 ? -1.0
                                                   : x; }},
    {"grebe_sin", [](double x) { return std::sin(x); }},
    {"grebe_sinh", [](double x) { return java_sinh(x); }},
    {"grebe_sqrt", [](double x) { return std::sqrt(x); }},
    {"grebe_tan", [](double x) { return std::tan(x); }},
    {"grebe_tanh", [](double x) { return java_tanh(x); }},
};

/// Logarithms give null at and below their asymptote.
struct Logarithm {
  const char* name;
  double (*apply)(double);
  double asymptote;
};

constexpr Logarithm kLogarithms[] = {
    {"grebe_ln", [](double x) { return java_log(x); }, 0.0},
    {"grebe_log10", [](double x) { return java_log10(x); }, 0.0},
    {"grebe_log1p", [](double x) { return java_log1p(x); }, -1.0},
    {"grebe_log2", [](double x) { return java_log(x) / java_log(2.0); }, 0.0},
};

enum class Rounding : unsigned char { kHalfUp, kHalfEven, kFloor, kCeiling };

/// value / 10^digits, rounded.
int128 divide_rounded(int128 value, int digits, Rounding rounding) {
  if (digits > 38) {
    if (rounding == Rounding::kFloor) return value < 0 ? -1 : 0;
    if (rounding == Rounding::kCeiling) return value > 0 ? 1 : 0;
    return 0;
  }
  const int128 divisor = types::power_of_ten(digits);
  int128 quotient = value / divisor;
  const int128 rest = value % divisor;
  if (rest == 0) return quotient;
  const int128 size = rest < 0 ? -rest : rest;
  const int128 step = value < 0 ? -1 : 1;
  switch (rounding) {
    case Rounding::kHalfUp:
      return size >= divisor - size ? quotient + step : quotient;
    case Rounding::kHalfEven:
      if (size == divisor - size) return quotient % 2 == 0 ? quotient : quotient + step;
      return size > divisor - size ? quotient + step : quotient;
    case Rounding::kFloor:
      return value < 0 ? quotient - 1 : quotient;
    case Rounding::kCeiling:
      return value > 0 ? quotient + 1 : quotient;
  }
  return quotient;
}

/// Rounds the shortest decimal text of a double, as Spark does by BigDecimal.
double round_real(const std::string& text, double value, int digits, Rounding rounding) {
  if (!std::isfinite(value)) return value;
  const auto parsed = parse_decimal(text);
  if (!parsed || parsed->scale <= digits) return value == 0.0 ? 0.0 : value;  // no −0.0
  const int128 rounded = divide_rounded(parsed->unscaled, parsed->scale - digits, rounding);
  const std::string digits_text = duckdb::Hugeint::ToString(to_hugeint(rounded));
  return std::strtod((digits_text + "e" + std::to_string(-digits)).c_str(), nullptr);
}

template <class T>
T round_integer(T value, int digits, Rounding rounding) {
  if (digits >= 0) return value;
  if (digits < -38) return 0;
  const int128 rounded =
      divide_rounded(value, -digits, rounding) * types::power_of_ten(std::min(-digits, 20));
  return static_cast<T>(rounded);
}

template <class T>
void add_integer_rounding(KernelRegistry& registry, const std::string& name,
                          const LogicalType& type, Rounding rounding) {
  // A step away from zero may leave the type: Spark wraps, and refuses under ANSI.
  registry.add(binary_kernel<T, int32_t>(
      name + "_ansi", type, LogicalType::INTEGER, type,
      [rounding](const KernelContext& context, T value, int32_t digits) {
        const T rounded = round_integer<T>(value, digits, rounding);
        const bool wrapped = value > 0 ? rounded < 0 : value < 0 && rounded > 0;
        if (wrapped) context.raise(arithmetic_overflow("Overflow", ""));
        return rounded;
      }));
  registry.add(binary_kernel<T, int32_t>(name, type, LogicalType::INTEGER, type,
                                         [rounding](const KernelContext&, T value, int32_t digits) {
                                           return round_integer<T>(value, digits, rounding);
                                         }));
}

void add_rounding(KernelRegistry& registry, const std::string& name, Rounding rounding) {
  add_integer_rounding<int8_t>(registry, name, LogicalType::TINYINT, rounding);
  add_integer_rounding<int16_t>(registry, name, LogicalType::SMALLINT, rounding);
  add_integer_rounding<int32_t>(registry, name, LogicalType::INTEGER, rounding);
  add_integer_rounding<int64_t>(registry, name, LogicalType::BIGINT, rounding);
  registry.add(binary_kernel<double, int32_t>(
      name, LogicalType::DOUBLE, LogicalType::INTEGER, LogicalType::DOUBLE,
      [rounding](const KernelContext&, double value, int32_t digits) {
        return round_real(types::java_double_text(value), value, digits, rounding);
      }));
  registry.add(binary_kernel<float, int32_t>(
      name, LogicalType::FLOAT, LogicalType::INTEGER, LogicalType::FLOAT,
      [rounding](const KernelContext&, float value, int32_t digits) {
        return static_cast<float>(
            round_real(types::java_float_text(value), value, digits, rounding));
      }));
}

/// The number of the bucket that holds a value (Spark: WidthBucket.computeBucketNumber).
std::optional<int64_t> bucket_number(double value, double low, double high, double buckets) {
  if (buckets <= 0 || std::isnan(value) || low == high || !std::isfinite(low) ||
      !std::isfinite(high)) {
    return std::nullopt;
  }
  const double lower = std::min(low, high);
  const double upper = std::max(low, high);
  const auto last = static_cast<int64_t>(buckets) + 1;
  if (low < high) {
    if (value < lower) return 0;
    if (value >= upper) return last;
    return static_cast<int64_t>(buckets * (value - lower) / (upper - lower)) + 1;
  }
  if (value > upper) return 0;
  if (value <= lower) return last;
  return static_cast<int64_t>(buckets * (upper - value) / (upper - lower)) + 1;
}

void run_width_bucket(duckdb::DataChunk& input, duckdb::ExpressionState&, duckdb::Vector& result) {
  const bool is_constant = input.AllConstant();
  const duckdb::idx_t count = is_constant ? 1 : input.size();
  duckdb::UnifiedVectorFormat columns[4];
  for (size_t i = 0; i < 4; ++i) input.data[i].ToUnifiedFormat(count, columns[i]);
  result.SetVectorType(duckdb::VectorType::FLAT_VECTOR);
  auto* buckets = duckdb::FlatVector::GetData<int64_t>(result);
  for (duckdb::idx_t row = 0; row < count; ++row) {
    double v[4];
    bool has_null = false;
    for (size_t i = 0; i < 4; ++i) {
      const auto at = columns[i].sel->get_index(row);
      has_null = has_null || !columns[i].validity.RowIsValid(at);
      v[i] = duckdb::UnifiedVectorFormat::GetData<double>(columns[i])[at];
    }
    const auto bucket = has_null ? std::nullopt : bucket_number(v[0], v[1], v[2], v[3]);
    buckets[row] = bucket.value_or(0);
    if (!bucket) duckdb::FlatVector::SetNull(result, row, true);
  }
  if (is_constant) result.SetVectorType(duckdb::VectorType::CONSTANT_VECTOR);
}

/// What grebe_decimal_round(x, mode, digits, p, s) is bound to.
struct RoundBindData : public duckdb::FunctionData {
  int from_scale = 0;
  int digits = 0;
  int precision = 38;
  int scale = 0;
  Rounding rounding = Rounding::kHalfUp;
  duckdb::unique_ptr<FunctionData> Copy() const override {
    return duckdb::make_uniq<RoundBindData>(*this);
  }
  bool Equals(const FunctionData& other_p) const override {
    const auto& other = other_p.Cast<RoundBindData>();
    return from_scale == other.from_scale && digits == other.digits &&
           precision == other.precision && scale == other.scale && rounding == other.rounding;
  }
};

duckdb::unique_ptr<duckdb::FunctionData> bind_round(
    duckdb::ClientContext& context, duckdb::ScalarFunction& function,
    duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& arguments) {
  auto bind = duckdb::make_uniq<RoundBindData>();
  const auto constant = [&](size_t i) {
    return duckdb::ExpressionExecutor::EvaluateScalar(context, *arguments[i]);
  };
  uint8_t width = 0;
  uint8_t scale = 0;
  arguments[0]->return_type.GetDecimalProperties(width, scale);
  function.arguments[0] = LogicalType::DECIMAL(38, scale);
  bind->from_scale = scale;
  const std::string mode = constant(1).ToString();
  bind->rounding = mode == "half_up"     ? Rounding::kHalfUp
                   : mode == "half_even" ? Rounding::kHalfEven
                   : mode == "floor"     ? Rounding::kFloor
                                         : Rounding::kCeiling;
  bind->digits = constant(2).GetValue<int32_t>();
  bind->precision = constant(3).GetValue<int32_t>();
  bind->scale = constant(4).GetValue<int32_t>();
  function.return_type = LogicalType::DECIMAL(static_cast<uint8_t>(bind->precision),
                                              static_cast<uint8_t>(bind->scale));
  for (size_t i = 4; i >= 1; --i) duckdb::Function::EraseArgument(function, arguments, i);
  return bind;
}

void run_round(duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
  const auto& bind =
      state.expr.Cast<duckdb::BoundFunctionExpression>().bind_info->Cast<RoundBindData>();
  duckdb::Vector wide(LogicalType::DECIMAL(38, static_cast<uint8_t>(bind.scale)), input.size());
  duckdb::UnaryExecutor::ExecuteWithNulls<duckdb::hugeint_t, duckdb::hugeint_t>(
      input.data[0], wide, input.size(),
      [&](duckdb::hugeint_t value, duckdb::ValidityMask& mask, duckdb::idx_t row) {
        int128 unscaled = widen(value);
        const int drop = bind.from_scale - bind.digits;
        if (drop > 0) {
          unscaled = divide_rounded(unscaled, drop, bind.rounding);
          if (bind.digits < bind.scale) {
            unscaled *= types::power_of_ten(std::min(bind.scale - bind.digits, 38));
          }
        } else if (bind.from_scale < bind.scale) {
          unscaled *= types::power_of_ten(bind.scale - bind.from_scale);
        }
        const int128 bound = types::power_of_ten(bind.precision);
        if (unscaled >= bound || unscaled <= -bound) mask.SetInvalid(row);
        return to_hugeint(unscaled);
      });
  if (result.GetType() == wide.GetType()) {
    result.Reference(wide);
  } else {
    duckdb::VectorOperations::DefaultCast(wide, result, input.size());
  }
}

/// Digits of `text` in one base written in another (Spark: NumberConverter.convert).
std::optional<std::string> convert_base(std::string_view text, int from, int to) {
  const bool is_base = to >= -36 && to <= 36 && (to >= 2 || to <= -2);
  if (from < 2 || from > 36 || !is_base) {
    return std::nullopt;
  }
  text = trim_all(text);
  if (text.empty()) return std::nullopt;
  const bool is_negative = text.front() == '-';
  if (is_negative) text.remove_prefix(1);
  uint64_t value = 0;
  bool overflows = false;
  for (const char c : text) {
    int digit = -1;
    if (c >= '0' && c <= '9') digit = c - '0';
    if (c >= 'a' && c <= 'z') digit = c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') digit = c - 'A' + 10;
    if (digit < 0 || digit >= from) break;
    const auto base = static_cast<uint64_t>(from);
    overflows =
        overflows ||
        value > (std::numeric_limits<uint64_t>::max() - static_cast<uint64_t>(digit)) / base;
    value = value * base + static_cast<uint64_t>(digit);
  }
  if (overflows) value = std::numeric_limits<uint64_t>::max();
  bool shows_sign = false;
  if (is_negative && to > 0) {
    value = static_cast<int64_t>(value) < 0 ? std::numeric_limits<uint64_t>::max() : -value;
  } else if (is_negative) {
    shows_sign = true;
  }
  if (to < 0 && !is_negative && static_cast<int64_t>(value) < 0) {
    value = -value;
    shows_sign = true;
  }
  std::string digits;
  const auto base = static_cast<uint64_t>(std::abs(to));
  do {
    digits.insert(digits.begin(), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[value % base]);
    value /= base;
  } while (value > 0);
  return (shows_sign ? "-" : "") + digits;
}

template <class T>
void add_getbit(KernelRegistry& registry, const LogicalType& type) {
  registry.add(binary_kernel<T, int32_t>(
      "grebe_getbit", type, LogicalType::INTEGER, LogicalType::TINYINT,
      [](const KernelContext& context, T value, int32_t position) {
        const bool is_negative = position < 0;
        if (is_negative || position >= static_cast<int32_t>(sizeof(T) * 8)) {
          context.raise(core::plain_error(
              core::ErrorClass::kIllegalArgument,
              "Invalid bit position: " + std::to_string(position) +
                  (is_negative ? " is less than zero" : " exceeds the bit upper limit")));
        }
        return static_cast<int8_t>((value >> position) & 1);
      }));
}

template <class T>
void add_shifts(KernelRegistry& registry, const LogicalType& type) {
  constexpr int kMask = sizeof(T) * 8 - 1;
  using U = std::make_unsigned_t<T>;
  registry.add(binary_kernel<T, int32_t>("grebe_shiftleft", type, LogicalType::INTEGER, type,
                                         [](const KernelContext&, T value, int32_t by) {
                                           return static_cast<T>(static_cast<U>(value)
                                                                 << (by & kMask));
                                         }));
  registry.add(binary_kernel<T, int32_t>("grebe_shiftright", type, LogicalType::INTEGER, type,
                                         [](const KernelContext&, T value, int32_t by) {
                                           return static_cast<T>(value >> (by & kMask));
                                         }));
  registry.add(binary_kernel<T, int32_t>("grebe_shiftrightunsigned", type, LogicalType::INTEGER,
                                         type, [](const KernelContext&, T value, int32_t by) {
                                           return static_cast<T>(static_cast<U>(value) >>
                                                                 (by & kMask));
                                         }));
}

/// One generator for each thread that runs the call; DuckDB's threads play Spark's partitions.
struct RandomState : public duckdb::FunctionLocalState {
  std::optional<XorShift> generator;
};

duckdb::unique_ptr<duckdb::FunctionLocalState> init_random(duckdb::ExpressionState&,
                                                           const duckdb::BoundFunctionExpression&,
                                                           duckdb::FunctionData*) {
  return duckdb::make_uniq<RandomState>();
}

template <class F>
void add_random(KernelRegistry& registry, const std::string& name, F draw) {
  duckdb::ScalarFunction function(
      name, {LogicalType::BIGINT}, LogicalType::DOUBLE,
      [draw](duckdb::DataChunk& input, duckdb::ExpressionState& state, duckdb::Vector& result) {
        auto& local = duckdb::ExecuteFunctionState::GetFunctionState(state)->Cast<RandomState>();
        if (!local.generator) {
          const duckdb::Value seed = input.data[0].GetValue(0);
          local.generator.emplace(seed.IsNull() ? 0 : seed.GetValue<int64_t>());
        }
        auto* values = duckdb::FlatVector::GetData<double>(result);
        for (duckdb::idx_t i = 0; i < input.size(); ++i) values[i] = draw(*local.generator);
      });
  function.init_local_state = &init_random;
  function.SetVolatile();
  registry.add(std::move(function));
}

}  // namespace

void add_math_kernels(KernelRegistry& registry) {
  const LogicalType real = LogicalType::DOUBLE;
  for (const RealFunction& each : kRealFunctions) {
    registry.add(unary_kernel<double>(
        each.name, real, real, [f = each.apply](const KernelContext&, double x) { return f(x); }));
  }
  for (const Logarithm& each : kLogarithms) {
    registry.add(unary_kernel<double>(each.name, real, real,
                                      [f = each.apply, bound = each.asymptote](
                                          const KernelContext&, double x) -> std::optional<double> {
                                        if (x <= bound) return std::nullopt;
                                        return f(x);
                                      }));
  }
  struct BinaryFunction {
    const char* name;
    double (*apply)(double, double);
  };
  for (const BinaryFunction& each :
       {BinaryFunction{"grebe_atan2", &java_atan2}, BinaryFunction{"grebe_hypot", &java_hypot},
        BinaryFunction{"grebe_pow", &java_pow}}) {
    registry.add(binary_kernel<double, double>(
        each.name, real, real, real,
        [f = each.apply](const KernelContext&, double x, double y) { return f(x, y); }));
  }
  registry.add(unary_kernel<int32_t>("grebe_factorial", LogicalType::INTEGER, LogicalType::BIGINT,
                                     [](const KernelContext&, int32_t n) -> std::optional<int64_t> {
                                       if (n < 0 || n > 20) return std::nullopt;
                                       int64_t product = 1;
                                       for (int i = 2; i <= n; ++i) product *= i;
                                       return product;
                                     }));
  registry.add(ternary_kernel<std::string_view, int32_t, int32_t>(
      "grebe_conv", LogicalType::VARCHAR, LogicalType::INTEGER, LogicalType::INTEGER,
      LogicalType::VARCHAR,
      [](const KernelContext&, std::string_view text, int32_t from, int32_t to) {
        return convert_base(text, from, to);
      }));
  registry.add(duckdb::ScalarFunction("grebe_width_bucket", {real, real, real, real},
                                      LogicalType::BIGINT, &run_width_bucket));
  add_rounding(registry, "grebe_round_half_up", Rounding::kHalfUp);
  add_rounding(registry, "grebe_round_half_even", Rounding::kHalfEven);
  const LogicalType decimal(duckdb::LogicalTypeId::DECIMAL);
  registry.add(duckdb::ScalarFunction("grebe_decimal_round",
                                      {decimal, LogicalType::VARCHAR, LogicalType::INTEGER,
                                       LogicalType::INTEGER, LogicalType::INTEGER},
                                      decimal, &run_round, &bind_round));
  add_getbit<int8_t>(registry, LogicalType::TINYINT);
  add_getbit<int16_t>(registry, LogicalType::SMALLINT);
  add_getbit<int32_t>(registry, LogicalType::INTEGER);
  add_getbit<int64_t>(registry, LogicalType::BIGINT);
  add_shifts<int32_t>(registry, LogicalType::INTEGER);
  add_shifts<int64_t>(registry, LogicalType::BIGINT);
  add_random(registry, "grebe_rand", [](XorShift& random) { return random.next_double(); });
  add_random(registry, "grebe_randn", [](XorShift& random) { return random.next_gaussian(); });
  add_sample_kernels(registry);
}

}  // namespace grebe::native
