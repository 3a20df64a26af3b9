// StrictMath's inverse trigonometric functions and hypot by fdlibm's published algorithms; see
// java_math.h.
#include <cmath>
#include <limits>
#include <utility>

#include "native/double_words.h"
#include "native/java_math.h"

namespace grebe::native {

namespace {

constexpr double kHalfPiHigh = 1.57079632679489655800e+00;
constexpr double kHalfPiLow = 6.12323399573676603587e-17;
constexpr double kPi = 3.14159265358979311600e+00;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// (asin(x) - x) / x³ in t = x², times t.
double asin_quotient(double t) {
  constexpr double kP[] = {1.66666666666666657415e-01, -3.25565818622400915405e-01,
                           2.01212532134862925881e-01, -4.00555345006794114027e-02,
                           7.91534994289814532176e-04, 3.47933107596021167570e-05};
  constexpr double kQ[] = {-2.40339491173441421878e+00, 2.02094576023350569471e+00,
                           -6.88283971605453293030e-01, 7.70381505559019352791e-02};
  const double p = t * (kP[0] + t * (kP[1] + t * (kP[2] + t * (kP[3] + t * (kP[4] + t * kP[5])))));
  const double q = 1.0 + t * (kQ[0] + t * (kQ[1] + t * (kQ[2] + t * kQ[3])));
  return p / q;
}

}  // namespace

double java_asin(double x) {
  constexpr double kQuarterPi = 7.85398163397448278999e-01;
  const double size = std::fabs(x);
  if (!(size <= 1.0)) return kNan;
  if (size == 1.0) return x * kHalfPiHigh + x * kHalfPiLow;
  const int32_t ix = high_word(size);
  if (ix < 0x3FE00000) {
    if (ix < 0x3E400000) return x;
    return x + x * asin_quotient(x * x);
  }
  const double t = (1.0 - size) * 0.5;
  const double quotient = asin_quotient(t);
  const double s = std::sqrt(t);
  double angle;
  if (ix >= 0x3FEF3333) {
    angle = kHalfPiHigh - (2.0 * (s + s * quotient) - kHalfPiLow);
  } else {
    const double w = without_low_word(s);
    const double c = (t - w * w) / (s + w);
    const double p = 2.0 * s * quotient - (kHalfPiLow - 2.0 * c);
    const double q = kQuarterPi - 2.0 * w;
    angle = kQuarterPi - (p - q);
  }
  return std::signbit(x) ? -angle : angle;
}

double java_acos(double x) {
  const double size = std::fabs(x);
  if (!(size <= 1.0)) return kNan;
  if (size == 1.0) return x > 0 ? 0.0 : kPi + 2.0 * kHalfPiLow;
  const int32_t ix = high_word(size);
  if (ix < 0x3FE00000) {
    if (ix <= 0x3C600000) return kHalfPiHigh + kHalfPiLow;
    return kHalfPiHigh - (x - (kHalfPiLow - x * asin_quotient(x * x)));
  }
  const double z = (1.0 - size) * 0.5;
  const double s = std::sqrt(z);
  const double r = asin_quotient(z);
  if (std::signbit(x)) return kPi - 2.0 * (s + (r * s - kHalfPiLow));
  const double high = without_low_word(s);
  const double c = (z - high * high) / (s + high);
  return 2.0 * (high + (r * s + c));
}

double java_atan(double x) {
  constexpr double kHigh[] = {4.63647609000806093515e-01, 7.85398163397448278999e-01,
                              9.82793723247329054082e-01, 1.57079632679489655800e+00};
  constexpr double kLow[] = {2.26987774529616870924e-17, 3.06161699786838301793e-17,
                             1.39033110312309984516e-17, 6.12323399573676603587e-17};
  constexpr double kT[] = {
      3.33333333333329318027e-01,  -1.99999999998764832476e-01, 1.42857142725034663711e-01,
      -1.11111104054623557880e-01, 9.09088713343650656196e-02,  -7.69187620504482999495e-02,
      6.66107313738753120669e-02,  -5.83357013379057348645e-02, 4.97687799461593236017e-02,
      -3.65315727442169155270e-02, 1.62858201153657823623e-02};
  if (std::isnan(x)) return x;
  const bool is_negative = std::signbit(x);
  const int32_t ix = high_word(x) & 0x7FFFFFFF;
  if (ix >= 0x44100000) {
    const double limit = kHigh[3] + kLow[3];
    return is_negative ? -limit : limit;
  }
  int part = -1;
  if (ix < 0x3FDC0000) {
    if (ix < 0x3E200000) return x;
  } else {
    x = std::fabs(x);
    if (ix < 0x3FE60000) {
      part = 0;
      x = (2.0 * x - 1.0) / (2.0 + x);
    } else if (ix < 0x3FF30000) {
      part = 1;
      x = (x - 1.0) / (x + 1.0);
    } else if (ix < 0x40038000) {
      part = 2;
      x = (x - 1.5) / (1.0 + 1.5 * x);
    } else {
      part = 3;
      x = -1.0 / x;
    }
  }
  const double z = x * x;
  const double w = z * z;
  const double odd =
      z * (kT[0] + w * (kT[2] + w * (kT[4] + w * (kT[6] + w * (kT[8] + w * kT[10])))));
  const double even = w * (kT[1] + w * (kT[3] + w * (kT[5] + w * (kT[7] + w * kT[9]))));
  if (part < 0) return x - x * (odd + even);
  const double angle = kHigh[part] - ((x * (odd + even) - kLow[part]) - x);
  return is_negative ? -angle : angle;
}

double java_atan2(double y, double x) {
  constexpr double kPiLow = 1.2246467991473531772e-16;
  if (std::isnan(x) || std::isnan(y)) return x + y;
  if (x == 1.0) return java_atan(y);
  const bool is_left = std::signbit(x);
  const double sign = std::signbit(y) ? -1.0 : 1.0;
  if (y == 0) return is_left ? sign * kPi : y;
  if (x == 0) return sign * kHalfPiHigh;
  if (std::isinf(x)) {
    if (std::isinf(y)) return sign * (is_left ? 3.0 * (kPi / 4.0) : kPi / 4.0);
    return sign * (is_left ? kPi : 0.0);
  }
  if (std::isinf(y)) return sign * kHalfPiHigh;
  const int32_t k = ((high_word(y) & 0x7FFFFFFF) - (high_word(x) & 0x7FFFFFFF)) >> 20;
  double z;
  if (k > 60) {
    z = kHalfPiHigh + 0.5 * kPiLow;
  } else if (is_left && k < -60) {
    z = 0.0;
  } else {
    z = java_atan(std::fabs(y / x));
  }
  if (!is_left) return sign * z;
  return std::signbit(y) ? (z - kPiLow) - kPi : kPi - (z - kPiLow);
}

double java_hypot(double x, double y) {
  double a = std::fabs(x);
  double b = std::fabs(y);
  if (std::isinf(a) || std::isinf(b)) return std::numeric_limits<double>::infinity();
  if (std::isnan(a) || std::isnan(b)) return a + b;
  if (high_word(b) > high_word(a)) std::swap(a, b);
  int32_t ha = high_word(a);
  int32_t hb = high_word(b);
  if (ha - hb > 0x3C00000) return a + b;
  int32_t k = 0;
  constexpr int32_t kSixHundred = 0x25800000;
  if (ha > 0x5F300000) {
    ha -= kSixHundred;
    hb -= kSixHundred;
    k += 600;
    a = with_high_word(a, ha);
    b = with_high_word(b, hb);
  }
  if (hb < 0x20B00000) {
    if (hb <= 0x000FFFFF) {
      if (b == 0) return a;
      const double scale = with_high_word(0.0, 0x7FD00000);
      a *= scale;
      b *= scale;
      k -= 1022;
      ha = high_word(a);
      hb = high_word(b);
    } else {
      ha += kSixHundred;
      hb += kSixHundred;
      k -= 600;
      a = with_high_word(a, ha);
      b = with_high_word(b, hb);
    }
  }
  double w = a - b;
  if (w > b) {
    const double t1 = with_high_word(0.0, ha);
    const double t2 = a - t1;
    w = std::sqrt(t1 * t1 - (b * (-b) - t2 * (a + t1)));
  } else {
    a = a + a;
    const double y1 = with_high_word(0.0, hb);
    const double y2 = b - y1;
    const double t1 = with_high_word(0.0, ha + 0x00100000);
    const double t2 = a - t1;
    w = std::sqrt(t1 * y1 - (w * (-w) - (t1 * y2 + t2 * b)));
  }
  return k == 0 ? w : scaled_by(1.0, k) * w;
}

}  // namespace grebe::native
