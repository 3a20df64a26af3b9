// StrictMath's logarithms, expm1 and pow by fdlibm's published algorithms; see java_math.h.
#include <cmath>
#include <limits>

#include "native/double_words.h"
#include "native/java_math.h"

namespace grebe::native {

namespace {

constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;
constexpr double kTwo54 = 18014398509481984.0;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
/// The minimax polynomial of (log(1+s) - log(1-s) - 2s) / s in s².
constexpr double kLog[] = {6.666666666666735130e-01, 3.999999999940941908e-01,
                           2.857142874366239149e-01, 2.222219843214978396e-01,
                           1.818357216161805012e-01, 1.531383769920937332e-01,
                           1.479819860511658591e-01};

/// A positive finite number as its high word and exponent, subnormals scaled up.
struct Normalized {
  double x;
  int32_t high;
  int32_t exponent;
};

Normalized normalized(double x) {
  int32_t k = 0;
  if (high_word(x) < 0x00100000) {
    k = -54;
    x *= kTwo54;
  }
  return {x, high_word(x), k + (high_word(x) >> 20) - 1023};
}

}  // namespace

double java_log(double x) {
  if (std::isnan(x) || x == kInfinity) return x + x;
  if (x == 0) return -kInfinity;
  if (x < 0) return kNan;
  const Normalized n = normalized(x);
  const int32_t fraction = n.high & 0x000FFFFF;
  const int32_t carry = (fraction + 0x95F64) & 0x100000;
  const double f = with_high_word(n.x, fraction | (carry ^ 0x3FF00000)) - 1.0;
  const int32_t k = n.exponent + (carry >> 20);
  const double dk = k;
  if ((0x000FFFFF & (2 + fraction)) < 3) {
    if (f == 0) return k == 0 ? 0.0 : dk * kLn2High + dk * kLn2Low;
    const double r = f * f * (0.5 - 0.33333333333333333 * f);
    return k == 0 ? f - r : dk * kLn2High - ((r - dk * kLn2Low) - f);
  }
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  const double t1 = w * (kLog[1] + w * (kLog[3] + w * kLog[5]));
  const double t2 = z * (kLog[0] + w * (kLog[2] + w * (kLog[4] + w * kLog[6])));
  const double r = t2 + t1;
  if (((fraction - 0x6147A) | (0x6B851 - fraction)) > 0) {
    const double half = 0.5 * f * f;
    return k == 0 ? f - (half - s * (half + r))
                  : dk * kLn2High - ((half - (s * (half + r) + dk * kLn2Low)) - f);
  }
  return k == 0 ? f - s * (f - r) : dk * kLn2High - ((s * (f - r) - dk * kLn2Low) - f);
}

double java_log10(double x) {
  constexpr double kInverseLn10 = 4.34294481903251816668e-01;
  constexpr double kLog2High = 3.01029995663611771306e-01;
  constexpr double kLog2Low = 3.69423907715893078616e-13;
  if (std::isnan(x) || x == kInfinity) return x + x;
  if (x == 0) return -kInfinity;
  if (x < 0) return kNan;
  const Normalized n = normalized(x);
  const int32_t is_negative = n.exponent < 0 ? 1 : 0;
  const double y = n.exponent + is_negative;
  const double reduced = with_high_word(n.x, (n.high & 0x000FFFFF) | ((0x3FF - is_negative) << 20));
  const double z = y * kLog2Low + kInverseLn10 * java_log(reduced);
  return z + y * kLog2High;
}

double java_log1p(double x) {
  if (std::isnan(x) || x == kInfinity) return x + x;
  if (x == -1.0) return -kInfinity;
  if (x < -1.0) return kNan;
  const int32_t hx = high_word(x);
  const int32_t ax = hx & 0x7FFFFFFF;
  double f = 0;
  double c = 0;
  int32_t k = 1;
  int32_t hu = 1;
  if (hx < 0x3FDA827A) {
    if (ax < 0x3C900000) return x;
    if (ax < 0x3E200000) return x - x * x * 0.5;
    if (hx > 0 || hx <= static_cast<int32_t>(0xBFD2BEC3)) {
      k = 0;
      f = x;
    }
  }
  if (k != 0) {
    double u = x;
    if (hx < 0x43400000) {
      u = 1.0 + x;
      hu = high_word(u);
      k = (hu >> 20) - 1023;
      c = (k > 0 ? 1.0 - (u - x) : x - (u - 1.0)) / u;
    } else {
      hu = high_word(u);
      k = (hu >> 20) - 1023;
    }
    hu &= 0x000FFFFF;
    if (hu < 0x6A09E) {
      u = with_high_word(u, hu | 0x3FF00000);
    } else {
      ++k;
      u = with_high_word(u, hu | 0x3FE00000);
      hu = (0x00100000 - hu) >> 2;
    }
    f = u - 1.0;
  }
  const double half = 0.5 * f * f;
  if (hu == 0) {
    if (f == 0) return k == 0 ? 0.0 : k * kLn2High + (c + k * kLn2Low);
    const double r = half * (1.0 - 0.66666666666666666 * f);
    return k == 0 ? f - r : k * kLn2High - ((r - (k * kLn2Low + c)) - f);
  }
  const double s = f / (2.0 + f);
  const double z = s * s;
  double r = 0;
  for (int i = 6; i >= 0; --i) r = z * (kLog[i] + r);
  return k == 0 ? f - (half - s * (half + r))
                : k * kLn2High - ((half - (s * (half + r) + (k * kLn2Low + c))) - f);
}

double java_expm1(double x) {
  constexpr double kThreshold = 7.09782712893383973096e+02;
  constexpr double kInverseLn2 = 1.44269504088896338700e+00;
  constexpr double kQ[] = {-3.33333333333331316428e-02, 1.58730158725481460165e-03,
                           -7.93650757867487942473e-05, 4.00821782732936239552e-06,
                           -2.01099218183624371326e-07};
  const bool is_negative = std::signbit(x);
  const int32_t hx = high_word(x) & 0x7FFFFFFF;
  if (std::isnan(x)) return x + x;
  if (hx >= 0x4043687A) {
    if (is_negative) return -1.0;
    if (x > kThreshold) return kInfinity;
  }
  double c = 0;
  int32_t k = 0;
  if (hx > 0x3FD62E42) {
    double high;
    double low;
    if (hx < 0x3FF0A2B2) {
      high = is_negative ? x + kLn2High : x - kLn2High;
      low = is_negative ? -kLn2Low : kLn2Low;
      k = is_negative ? -1 : 1;
    } else {
      k = static_cast<int32_t>(kInverseLn2 * x + (is_negative ? -0.5 : 0.5));
      high = x - k * kLn2High;
      low = k * kLn2Low;
    }
    x = high - low;
    c = (high - x) - low;
  } else if (hx < 0x3C900000) {
    return x;
  }
  const double half = 0.5 * x;
  const double square = x * half;
  const double r =
      1.0 +
      square * (kQ[0] + square * (kQ[1] + square * (kQ[2] + square * (kQ[3] + square * kQ[4]))));
  double t = 3.0 - r * half;
  double e = square * ((r - t) / (6.0 - x * t));
  if (k == 0) return x - (x * e - square);
  e = x * (e - c) - c;
  e -= square;
  if (k == -1) return 0.5 * (x - e) - 0.5;
  if (k == 1) return x < -0.25 ? -2.0 * (e - (x + 0.5)) : 1.0 + 2.0 * (x - e);
  if (k <= -2 || k > 56) return scaled_by(1.0 - (e - x), k) - 1.0;
  if (k < 20) {
    t = with_high_word(1.0, 0x3FF00000 - (0x200000 >> k));
    return scaled_by(t - (e - x), k);
  }
  t = with_high_word(1.0, (0x3FF - k) << 20);
  return scaled_by(x - (e + t) + 1.0, k);
}

namespace {

enum class Parity : unsigned char { kFraction, kOdd, kEven };

/// What a power of a negative number depends on.
Parity parity(double y) {
  const double size = std::fabs(y);
  if (size >= 9007199254740992.0) return Parity::kEven;
  if (std::floor(size) != size) return Parity::kFraction;
  return std::fmod(size, 2.0) == 1.0 ? Parity::kOdd : Parity::kEven;
}

/// A sum of two doubles, the first with an empty low word.
struct Split {
  double high;
  double low;
};

/// log2 of a number near one, for exponents beyond 2^31.
Split log2_near_one(double x) {
  constexpr double kInverseLn2 = 1.44269504088896338700e+00;
  constexpr double kInverseLn2High = 1.44269502162933349609e+00;
  constexpr double kInverseLn2Low = 1.92596299112661746887e-08;
  const double t = x - 1.0;
  const double w = (t * t) * (0.5 - t * (0.3333333333333333333333 - t * 0.25));
  const double u = kInverseLn2High * t;
  const double v = t * kInverseLn2Low - w * kInverseLn2;
  const double high = without_low_word(u + v);
  return {high, v - (high - u)};
}

/// log2 of a positive number to some 70 bits.
Split log2_split(double x) {
  constexpr double kBase[] = {1.0, 1.5};
  constexpr double kDpHigh[] = {0.0, 5.84962487220764160156e-01};
  constexpr double kDpLow[] = {0.0, 1.35003920212974897128e-08};
  constexpr double kL[] = {5.99999999999994648725e-01, 4.28571428578550184252e-01,
                           3.33333329818377432918e-01, 2.72728123808534006489e-01,
                           2.30660745775561754067e-01, 2.06975017800338417784e-01};
  constexpr double kCp = 9.61796693925975554329e-01;
  constexpr double kCpHigh = 9.61796700954437255859e-01;
  constexpr double kCpLow = -7.02846165095275826516e-09;
  int32_t n = 0;
  if (high_word(x) < 0x00100000) {
    x *= 9007199254740992.0;
    n = -53;
  }
  const int32_t hx = high_word(x);
  n += (hx >> 20) - 0x3FF;
  const int32_t j = hx & 0x000FFFFF;
  int32_t ix = j | 0x3FF00000;
  int k = 0;
  if (j > 0x3988E && j < 0xBB67A) {
    k = 1;
  } else if (j >= 0xBB67A) {
    ++n;
    ix -= 0x00100000;
  }
  const double a = with_high_word(x, ix);
  const double u = a - kBase[k];
  const double v = 1.0 / (a + kBase[k]);
  const double s = u * v;
  const double s_high = without_low_word(s);
  double t_high = with_high_word(0.0, ((ix >> 1) | 0x20000000) + 0x00080000 + (k << 18));
  double t_low = a - (t_high - kBase[k]);
  const double s_low = v * ((u - s_high * t_high) - s_high * t_low);
  const double s2 = s * s;
  double r =
      s2 * s2 * (kL[0] + s2 * (kL[1] + s2 * (kL[2] + s2 * (kL[3] + s2 * (kL[4] + s2 * kL[5])))));
  r += s_low * (s_high + s);
  const double high2 = s_high * s_high;
  t_high = without_low_word(3.0 + high2 + r);
  t_low = r - ((t_high - 3.0) - high2);
  const double p = s_high * t_high;
  const double q = s_low * t_high + t_low * s;
  const double p_high = without_low_word(p + q);
  const double p_low = q - (p_high - p);
  const double z_high = kCpHigh * p_high;
  const double z_low = kCpLow * p_high + p_low * kCp + kDpLow[k];
  const double t = n;
  const double high = without_low_word(((z_high + z_low) + kDpHigh[k]) + t);
  return {high, z_low - (((high - t) - kDpHigh[k]) - z_high)};
}

/// 2^(high + low), of this sign.
double exp2_split(double high, double low, double sign) {
  constexpr double kLg2 = 6.93147180559945286227e-01;
  constexpr double kLg2High = 6.93147182464599609375e-01;
  constexpr double kLg2Low = -1.90465429995776804525e-09;
  constexpr double kP[] = {1.66666666666666019037e-01, -2.77777777770155933842e-03,
                           6.61375632143793436117e-05, -1.65339022054652515390e-06,
                           4.13813679705723846039e-08};
  constexpr double kOverflowRest = 8.0085662595372944372e-17;
  double z = low + high;
  const int32_t j = high_word(z);
  const auto rest = static_cast<int32_t>(low_word(z));
  if (j >= 0x40900000) {
    if (((j - 0x40900000) | rest) != 0) return sign * kInfinity;
    if (low + kOverflowRest > z - high) return sign * kInfinity;
  } else if ((j & 0x7FFFFFFF) >= 0x4090CC00) {
    if (((j - static_cast<int32_t>(0xC090CC00)) | rest) != 0) return sign * 0.0;
    if (low <= z - high) return sign * 0.0;
  }
  const int32_t i = j & 0x7FFFFFFF;
  int32_t k = (i >> 20) - 0x3FF;
  int32_t n = 0;
  if (i > 0x3FE00000) {
    n = j + (0x00100000 >> (k + 1));
    k = ((n & 0x7FFFFFFF) >> 20) - 0x3FF;
    const double t = with_high_word(0.0, n & ~(0x000FFFFF >> k));
    n = ((n & 0x000FFFFF) | 0x00100000) >> (20 - k);
    if (j < 0) n = -n;
    high -= t;
  }
  double t = without_low_word(low + high);
  const double u = t * kLg2High;
  const double v = (low - (t - high)) * kLg2 + t * kLg2Low;
  z = u + v;
  const double w = v - (z - u);
  t = z * z;
  const double t1 = z - t * (kP[0] + t * (kP[1] + t * (kP[2] + t * (kP[3] + t * kP[4]))));
  const double r = (z * t1) / (t1 - 2.0) - (w + z * w);
  z = 1.0 - (r - z);
  const int32_t scaled = high_word(z) + static_cast<int32_t>(static_cast<uint32_t>(n) << 20);
  return sign * ((scaled >> 20) <= 0 ? std::scalbn(z, n) : with_high_word(z, scaled));
}

}  // namespace

double java_pow(double x, double y) {
  if (y == 0) return 1.0;
  if (std::isnan(x) || std::isnan(y)) return x + y;
  const double size = std::fabs(x);
  if (std::isinf(y)) {
    if (size == 1.0) return kNan;
    return (size > 1.0) == (y > 0) ? kInfinity : 0.0;
  }
  if (y == 1.0) return x;
  if (y == -1.0) return 1.0 / x;
  if (y == 2.0) return x * x;
  if (y == 0.5 && high_word(x) >= 0) return std::sqrt(x);
  const Parity kind = std::signbit(x) ? parity(y) : Parity::kFraction;
  if (std::isinf(x) || x == 0 || size == 1.0) {
    double z = y < 0 ? 1.0 / size : size;
    if (std::signbit(x)) {
      if (size == 1.0 && kind == Parity::kFraction) return kNan;
      if (kind == Parity::kOdd) z = -z;
    }
    return z;
  }
  if (std::signbit(x) && kind == Parity::kFraction) return kNan;
  const double sign = kind == Parity::kOdd ? -1.0 : 1.0;
  const int32_t ix = high_word(x) & 0x7FFFFFFF;
  const int32_t iy = high_word(y) & 0x7FFFFFFF;
  Split logarithm;
  if (iy > 0x41E00000) {
    if (iy > 0x43F00000) {
      if (ix <= 0x3FEFFFFF) return y < 0 ? kInfinity : 0.0;
      if (ix >= 0x3FF00000) return y > 0 ? kInfinity : 0.0;
    }
    if (ix < 0x3FEFFFFF) return sign * (y < 0 ? kInfinity : 0.0);
    if (ix > 0x3FF00000) return sign * (y > 0 ? kInfinity : 0.0);
    logarithm = log2_near_one(size);
  } else {
    logarithm = log2_split(size);
  }
  const double y1 = without_low_word(y);
  const double low = (y - y1) * logarithm.high + y * logarithm.low;
  return exp2_split(y1 * logarithm.high, low, sign);
}

}  // namespace grebe::native
