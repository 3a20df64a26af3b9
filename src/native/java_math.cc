// StrictMath's exp, cbrt and hyperbolic functions by fdlibm's published algorithms; see
// java_math.h.
#include "native/java_math.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace grebe::native {

namespace {

uint32_t high_word(double x) { return static_cast<uint32_t>(std::bit_cast<uint64_t>(x) >> 32); }

double with_high_word(double x, uint32_t high) {
  const uint64_t low = std::bit_cast<uint64_t>(x) & 0xFFFFFFFFU;
  return std::bit_cast<double>((static_cast<uint64_t>(high) << 32) | low);
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

double java_exp(double x) {
  constexpr double kLn2High = 6.93147180369123816490e-01;
  constexpr double kLn2Low = 1.90821492927058770002e-10;
  constexpr double kInverseLn2 = 1.44269504088896338700e+00;
  constexpr double kP1 = 1.66666666666666019037e-01;
  constexpr double kP2 = -2.77777777770155933842e-03;
  constexpr double kP3 = 6.61375632143793436117e-05;
  constexpr double kP4 = -1.65339022054652515390e-06;
  constexpr double kP5 = 4.13813679705723846039e-08;
  if (std::isnan(x)) return x;
  if (x > 7.09782712893383973096e+02) return kInfinity;
  if (x < -7.45133219101941108420e+02) return 0.0;
  const bool negative = std::signbit(x);
  const uint32_t size = high_word(x) & 0x7FFFFFFFU;
  double high = 0;
  double low = 0;
  int k = 0;
  if (size > 0x3FD62E42U) {
    if (size < 0x3FF0A2B2U) {
      high = x - (negative ? -kLn2High : kLn2High);
      low = negative ? -kLn2Low : kLn2Low;
      k = negative ? -1 : 1;
    } else {
      k = static_cast<int>(kInverseLn2 * x + (negative ? -0.5 : 0.5));
      high = x - k * kLn2High;
      low = k * kLn2Low;
    }
    x = high - low;
  } else if (size < 0x3E300000U) {
    return 1.0 + x;
  }
  const double t = x * x;
  const double c = x - t * (kP1 + t * (kP2 + t * (kP3 + t * (kP4 + t * kP5))));
  if (k == 0) return 1.0 - ((x * c) / (c - 2.0) - x);
  double y = 1.0 - ((low - (x * c) / (2.0 - c)) - high);
  const uint32_t word = high_word(y);
  if (k >= -1021) return with_high_word(y, word + (static_cast<uint32_t>(k) << 20));
  y = with_high_word(y, word + (static_cast<uint32_t>(k + 1000) << 20));
  return y * 9.33263618503218878990e-302;
}

double java_cbrt(double x) {
  constexpr double kC = 5.42857142857142815906e-01;
  constexpr double kD = -7.05306122448979611050e-01;
  constexpr double kE = 1.41428571428571436819e+00;
  constexpr double kF = 1.60714285714285720630e+00;
  constexpr double kG = 3.57142857142857150787e-01;
  if (!std::isfinite(x) || x == 0.0) return x;
  const bool negative = std::signbit(x);
  x = std::fabs(x);
  double t = 0.0;
  const uint32_t word = high_word(x);
  if (word < 0x00100000U) {
    t = 18014398509481984.0 * x;  // 2^54
    t = with_high_word(t, high_word(t) / 3 + 696219795U);
  } else {
    t = with_high_word(0.0, word / 3 + 715094163U);
  }
  double r = t * t / x;
  double s = kC + r * t;
  t *= kG + kF / (s + kE + kD / s);
  t = with_high_word(0.0, high_word(t) + 1);
  s = t * t;
  r = x / s;
  const double w = t + t;
  r = (r - t) / (w + r);
  t = t + t * r;
  return negative ? -t : t;
}

double java_cosh(double x) {
  if (!std::isfinite(x)) return x * x;
  const double size = std::fabs(x);
  const uint32_t word = high_word(size);
  if (word < 0x3FD62E43U) {
    const double t = java_expm1(size);
    const double w = 1.0 + t;
    return word < 0x3C800000U ? w : 1.0 + (t * t) / (w + w);
  }
  if (word < 0x40360000U) {
    const double t = java_exp(size);
    return 0.5 * t + 0.5 / t;
  }
  if (word < 0x40862E42U) return 0.5 * java_exp(size);
  const double w = java_exp(0.5 * size);
  return (0.5 * w) * w;
}

double java_sinh(double x) {
  if (!std::isfinite(x)) return x + x;
  const double half = std::signbit(x) ? -0.5 : 0.5;
  const double size = std::fabs(x);
  const uint32_t word = high_word(size);
  if (word < 0x40360000U) {
    if (word < 0x3E300000U) return x;
    const double t = java_expm1(size);
    if (word < 0x3FF00000U) return half * (2.0 * t - t * t / (t + 1.0));
    return half * (t + t / (t + 1.0));
  }
  if (word < 0x40862E42U) return half * java_exp(size);
  const double w = java_exp(0.5 * size);
  return (half * w) * w;
}

double java_tanh(double x) {
  if (std::isnan(x)) return x;
  const double size = std::fabs(x);
  const uint32_t word = high_word(size);
  double z = 1.0;
  if (word < 0x40360000U) {
    if (word < 0x3C800000U) return x * (1.0 + x);
    if (word >= 0x3FF00000U) {
      z = 1.0 - 2.0 / (java_expm1(2.0 * size) + 2.0);
    } else {
      const double t = java_expm1(-2.0 * size);
      z = -t / (t + 2.0);
    }
  }
  return std::signbit(x) ? -z : z;
}

}  // namespace grebe::native
