// double → decimal text by the digit generation of JDK ≤ 18 (jdk.internal.math.FloatingDecimal).
// Long: one algorithm in three integer widths.
//
// The algorithm (Steele and White's) develops digits of d = B / S · 10^e while the rest B is
// larger than half the distance M to the neighbouring numbers. Its output differs from the shortest
// digits for some values (2.0E-3 is fine, 2.2250738585072014E-308 too, 2^-44 has a digit more), and
// it differs slightly by the width of the integers in use; both are reproduced.
#include "types/java_number_text.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace grebe::types {
namespace {

using uint128 = unsigned __int128;

constexpr int kMantissaBits = 52;

/// Bits of 5^n, as the JDK's table N_5_BITS has them (27 entries).
int bits_of_power_of_five(int n) {
  static constexpr int kBits[] = {0,  3,  5,  7,  10, 12, 14, 17, 19, 21, 24, 26, 28, 31,
                                  33, 35, 38, 40, 42, 45, 47, 49, 52, 54, 56, 59, 61};
  return n < 27 ? kBits[n] : 3 * n;
}

/// Unsigned integer of any length, little-endian words.
class BigInteger {
 public:
  explicit BigInteger(uint64_t value) {
    while (value != 0) {
      words_.push_back(static_cast<uint32_t>(value));
      value >>= 32;
    }
  }

  /// value · 5^fives · 2^twos.
  static BigInteger scaled(uint64_t value, int fives, int twos) {
    BigInteger out(value);
    for (; fives >= 13; fives -= 13) out.multiply(1220703125U);
    for (; fives > 0; --fives) out.multiply(5);
    out.shift_left(twos);
    return out;
  }

  void multiply(uint32_t factor) {
    uint64_t carry = 0;
    for (auto& word : words_) {
      carry += static_cast<uint64_t>(word) * factor;
      word = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) words_.push_back(static_cast<uint32_t>(carry));
  }

  void shift_left(int bits) {
    if (words_.empty() || bits == 0) return;
    const int rest = bits % 32;
    if (rest != 0) {
      uint32_t carry = 0;
      for (auto& word : words_) {
        const uint32_t next = word >> (32 - rest);
        word = (word << rest) | carry;
        carry = next;
      }
      if (carry != 0) words_.push_back(carry);
    }
    words_.insert(words_.begin(), static_cast<size_t>(bits / 32), 0U);
  }

  void add(const BigInteger& other) {
    if (words_.size() < other.words_.size()) words_.resize(other.words_.size(), 0);
    uint64_t carry = 0;
    for (size_t i = 0; i < words_.size(); ++i) {
      carry += words_[i];
      if (i < other.words_.size()) carry += other.words_[i];
      words_[i] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) words_.push_back(static_cast<uint32_t>(carry));
  }

  int compare(const BigInteger& other) const {
    if (words_.size() != other.words_.size()) return words_.size() < other.words_.size() ? -1 : 1;
    for (size_t i = words_.size(); i-- > 0;) {
      if (words_[i] != other.words_[i]) return words_[i] < other.words_[i] ? -1 : 1;
    }
    return 0;
  }

  /// Divides by `divisor` (quotient below 10) and keeps ten times the remainder.
  int divide_step(const BigInteger& divisor) {
    int quotient = 0;
    while (compare(divisor) >= 0) {
      subtract(divisor);
      ++quotient;
    }
    multiply(10);
    return quotient;
  }

 private:
  void subtract(const BigInteger& other) {
    int64_t borrow = 0;
    for (size_t i = 0; i < words_.size(); ++i) {
      int64_t difference = static_cast<int64_t>(words_[i]) - borrow;
      if (i < other.words_.size()) difference -= other.words_[i];
      borrow = difference < 0 ? 1 : 0;
      words_[i] = static_cast<uint32_t>(difference + (borrow << 32));
    }
    while (!words_.empty() && words_.back() == 0) words_.pop_back();
  }

  std::vector<uint32_t> words_;
};

/// Digits and where the decimal point stands: 0.d1d2… · 10^exponent.
struct Digits {
  std::string digits;
  int exponent = 0;
};

/// The number is mantissa · 2^(binary_exponent - 52), its hidden bit set.
struct BinaryNumber {
  uint64_t mantissa = 0;
  int binary_exponent = 0;
  int significant_bits = 0;
};

/// Adds one to the last digit.
void round_up(Digits& number) {
  for (size_t i = number.digits.size(); i-- > 0;) {
    if (number.digits[i] != '9') {
      ++number.digits[i];
      return;
    }
    number.digits[i] = '0';
  }
  number.digits[0] = '1';
  ++number.exponent;
}

/// Integers below 2^63: exact digits, those beyond the precision rounded away.
Digits integer_digits(uint64_t value, int insignificant) {
  int exponent = 0;
  if (insignificant > 0) {
    uint64_t power = 1;
    for (int i = 0; i < insignificant; ++i) power *= 10;
    const uint64_t residue = value % power;
    value /= power;
    exponent += insignificant;
    if (residue >= power / 2) ++value;
  }
  std::string text = std::to_string(value);
  exponent += static_cast<int>(text.size());
  while (text.size() > 1 && text.back() == '0') text.pop_back();
  return {std::move(text), exponent};
}

int estimate_exponent(const BinaryNumber& number) {
  const uint64_t one = 1023ULL << kMantissaBits;
  const double fraction =
      std::bit_cast<double>(one | (number.mantissa & ((1ULL << kMantissaBits) - 1)));
  return static_cast<int>(std::floor((fraction - 1.5) * 0.289529654 + 0.176091259 +
                                     number.binary_exponent * 0.301029995663981));
}

/// How the loop over digits ended.
struct Ending {
  bool low = false;
  bool high = false;
  /// Sign of 2B - 10S: which neighbour is nearer.
  int low_digit_difference = 0;
};

/// E-notation needs at least one digit after the point, so the first check does not count there.
bool needs_more_digits(int exponent) { return exponent < -3 || exponent >= 8; }

/// Integers that wrap as the JVM's int and long do; the JDK computes in them where it thinks that
/// everything fits, and some last digits show that it does not quite.
template <typename Signed>
struct Wrapping {
  using Unsigned = std::make_unsigned_t<Signed>;
  static Signed add(Signed a, Signed b) {
    return static_cast<Signed>(static_cast<Unsigned>(a) + static_cast<Unsigned>(b));
  }
  static Signed multiply(Signed a, Signed b) {
    return static_cast<Signed>(static_cast<Unsigned>(a) * static_cast<Unsigned>(b));
  }
};

template <typename Signed>
Ending develop_wrapping(Signed b, Signed s, Signed m, Digits& out) {
  using W = Wrapping<Signed>;
  const Signed tens = W::multiply(s, 10);
  Signed q = b / s;
  b = W::multiply(10, b % s);
  m = W::multiply(m, 10);
  Ending end{.low = b<m, .high = W::add(b, m)> tens};
  if (q == 0 && !end.high) {
    --out.exponent;
  } else {
    out.digits += static_cast<char>('0' + q);
  }
  if (needs_more_digits(out.exponent)) end.low = end.high = false;
  while (!end.low && !end.high) {
    q = b / s;
    b = W::multiply(10, b % s);
    m = W::multiply(m, 10);
    end.low = m <= 0 || b < m;  // an overflown m is larger than b
    end.high = m <= 0 || W::add(b, m) > tens;
    out.digits += static_cast<char>('0' + q);
  }
  const Signed difference = W::add(W::multiply(b, 2), W::multiply(tens, -1));
  end.low_digit_difference = difference < 0 ? -1 : difference > 0 ? 1 : 0;
  return end;
}

/// The same in 128 bits, for numbers that the JDK develops in integers of any length.
Ending develop_narrow(uint128 b, uint128 s, uint128 m, Digits& out) {
  const uint128 tens = s * 10;
  auto q = static_cast<int>(b / s);
  b = 10 * (b % s);
  m *= 10;
  Ending end{.low = b < m, .high = b + m >= tens};
  if (q == 0 && !end.high) {
    --out.exponent;
  } else {
    out.digits += static_cast<char>('0' + q);
  }
  if (needs_more_digits(out.exponent)) end.low = end.high = false;
  while (!end.low && !end.high) {
    q = static_cast<int>(b / s);
    b = 10 * (b % s);
    m *= 10;
    end.low = b < m;
    end.high = b + m >= tens;
    out.digits += static_cast<char>('0' + q);
  }
  end.low_digit_difference = 2 * b < tens ? -1 : 2 * b > tens ? 1 : 0;
  return end;
}

Ending develop_wide(BigInteger b, const BigInteger& s, BigInteger m, const BigInteger& tens,
                    Digits& out) {
  const auto reaches = [&] {
    BigInteger sum = b;
    sum.add(m);
    return tens.compare(sum) <= 0;
  };
  int q = b.divide_step(s);
  Ending end{.low = b.compare(m) < 0, .high = reaches()};
  if (q == 0 && !end.high) {
    --out.exponent;
  } else {
    out.digits += static_cast<char>('0' + q);
  }
  if (needs_more_digits(out.exponent)) end.low = end.high = false;
  while (!end.low && !end.high) {
    q = b.divide_step(s);
    m.multiply(10);
    end.low = b.compare(m) < 0;
    end.high = reaches();
    out.digits += static_cast<char>('0' + q);
  }
  b.shift_left(1);
  end.low_digit_difference = b.compare(tens);
  return end;
}

uint128 scaled_narrow(uint128 value, int fives, int twos) {
  for (; fives > 0; --fives) value *= 5;
  return value << twos;
}

Digits develop(const BinaryNumber& number) {
  const int trailing = std::countr_zero(number.mantissa);
  const int fraction_bits = kMantissaBits + 1 - trailing;
  const int exponent = number.binary_exponent;
  const int tiny_bits = std::max(0, fraction_bits - exponent - 1);
  if (tiny_bits == 0 && exponent <= 62 && exponent >= -21 && fraction_bits < 64) {
    int insignificant = 0;
    const int excess = exponent - number.significant_bits - 1;
    if (exponent > number.significant_bits && excess > 1) {
      insignificant = static_cast<int>(std::floor(excess * 0.30102999566398120));
    }
    const uint64_t value = exponent >= kMantissaBits
                               ? number.mantissa << (exponent - kMantissaBits)
                               : number.mantissa >> (kMantissaBits - exponent);
    return integer_digits(value, insignificant);
  }

  int decimal_exponent = estimate_exponent(number);
  const int b5 = std::max(0, -decimal_exponent);
  int b2 = b5 + tiny_bits + exponent;
  const int s5 = std::max(0, decimal_exponent);
  int s2 = s5 + tiny_bits;
  const int m5 = b5;
  int m2 = b2 - number.significant_bits;
  const uint64_t bits = number.mantissa >> trailing;
  b2 -= fraction_bits - 1;
  const int common = std::min(b2, s2);
  b2 -= common;
  s2 -= common;
  m2 -= common;
  if (fraction_bits == 1) --m2;  // below a power of two the neighbour is half as far away
  if (m2 < 0) {
    b2 -= m2;
    s2 -= m2;
    m2 = 0;
  }

  Digits out{{}, decimal_exponent};
  const int b_width = fraction_bits + b2 + bits_of_power_of_five(b5);
  const int s_width = s2 + 1 + bits_of_power_of_five(s5 + 1);
  Ending end;
  if (b_width < 122 && s_width < 122) {
    const uint128 b = scaled_narrow(bits, b5, b2);
    const uint128 s = scaled_narrow(1, s5, s2);
    const uint128 m = scaled_narrow(1, m5, m2);
    if (b_width < 32 && s_width < 32) {
      end = develop_wrapping<int32_t>(static_cast<int32_t>(b), static_cast<int32_t>(s),
                                      static_cast<int32_t>(m), out);
    } else if (b_width < 64 && s_width < 64) {
      end = develop_wrapping<int64_t>(static_cast<int64_t>(b), static_cast<int64_t>(s),
                                      static_cast<int64_t>(m), out);
    } else {
      end = develop_narrow(b, s, m, out);
    }
  } else {
    // M is taken ten times from the start, S is not.
    end = develop_wide(BigInteger::scaled(bits, b5, b2), BigInteger::scaled(1, s5, s2),
                       BigInteger::scaled(1, m5 + 1, m2 + 1), BigInteger::scaled(1, s5 + 1, s2 + 1),
                       out);
  }
  ++out.exponent;
  if (end.high) {
    const bool odd = ((out.digits.back() - '0') & 1) != 0;
    if (!end.low || end.low_digit_difference > 0 || (end.low_digit_difference == 0 && odd)) {
      round_up(out);
    }
  }
  return out;
}

std::string layout(bool negative, const Digits& number) {
  std::string out = negative ? "-" : "";
  const std::string& digits = number.digits;
  const int exponent = number.exponent;
  const int count = static_cast<int>(digits.size());
  if (exponent > 0 && exponent < 8) {
    const int whole = std::min(count, exponent);
    out += digits.substr(0, static_cast<size_t>(whole));
    out += std::string(static_cast<size_t>(exponent - whole), '0');
    out += '.';
    out += whole < count ? digits.substr(static_cast<size_t>(whole)) : "0";
  } else if (exponent <= 0 && exponent > -3) {
    out += "0." + std::string(static_cast<size_t>(-exponent), '0') + digits;
  } else {
    out += digits[0];
    out += '.';
    out += count > 1 ? digits.substr(1) : "0";
    out += 'E' + std::to_string(exponent - 1);
  }
  return out;
}

std::string special_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return std::signbit(value) ? "-0.0" : "0.0";
}

}  // namespace

std::string java_double_text(double value) {
  if (!std::isfinite(value) || value == 0) return special_text(value);
  const auto raw = std::bit_cast<uint64_t>(value);
  BinaryNumber number{.mantissa = raw & ((1ULL << kMantissaBits) - 1)};
  const int biased = static_cast<int>((raw >> kMantissaBits) & 0x7FF);
  if (biased == 0) {
    const int leading = std::countl_zero(number.mantissa);
    const int shift = leading - 11;
    number.mantissa <<= shift;
    number.binary_exponent = 1 - shift - 1023;
    number.significant_bits = 64 - leading;
  } else {
    number.mantissa |= 1ULL << kMantissaBits;
    number.binary_exponent = biased - 1023;
    number.significant_bits = kMantissaBits + 1;
  }
  return layout(std::signbit(value), develop(number));
}

std::string java_float_text(float value) {
  if (!std::isfinite(value) || value == 0) return special_text(value);
  constexpr int kFloatBits = 23;
  const auto raw = std::bit_cast<uint32_t>(value);
  uint32_t mantissa = raw & ((1U << kFloatBits) - 1);
  const int biased = static_cast<int>((raw >> kFloatBits) & 0xFF);
  BinaryNumber number;
  if (biased == 0) {
    const int leading = std::countl_zero(mantissa);
    const int shift = leading - 8;
    mantissa <<= shift;
    number.binary_exponent = 1 - shift - 127;
    number.significant_bits = 32 - leading;
  } else {
    mantissa |= 1U << kFloatBits;
    number.binary_exponent = biased - 127;
    number.significant_bits = kFloatBits + 1;
  }
  number.mantissa = static_cast<uint64_t>(mantissa) << (kMantissaBits - kFloatBits);
  return layout(std::signbit(value), develop(number));
}

}  // namespace grebe::types
