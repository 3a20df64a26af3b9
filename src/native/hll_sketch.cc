// HyperLogLog sketches; see hll_sketch.h (Apache DataSketches: HllSketch, CouponList, Hll4Array).
// Long: the three representations of one sketch and the ways between them.
#include "native/hll_sketch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace grebe::native {

namespace {

constexpr int32_t kAddressMask = (1 << 26) - 1;
constexpr int32_t kListPlaces = 8;
constexpr int32_t kFirstSetLg = 5;
constexpr int kEmptyFlag = 4;
constexpr int kCompactFlag = 8;
constexpr int kOutOfOrderFlag = 16;
constexpr unsigned char kFamily = 7;
constexpr size_t kRegistersStart = 40;
/// The kind of registers that Spark writes, as the mode byte says it.
constexpr int kEightBits = 2 << 2;

uint64_t rotate(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

uint64_t finish(uint64_t h) {
  h ^= h >> 33;
  h *= 0xFF51AFD7ED558CCDull;
  h ^= h >> 33;
  h *= 0xC4CEB9FE1A85EC53ull;
  return h ^ (h >> 33);
}

/// MurmurHash3 of 128 bits under DataSketches' seed.
std::array<uint64_t, 2> murmur128(std::string_view bytes) {
  constexpr uint64_t kSeed = 9001;
  constexpr uint64_t kC1 = 0x87C37B91114253D5ull;
  constexpr uint64_t kC2 = 0x4CF5AD432745937Full;
  uint64_t h1 = kSeed;
  uint64_t h2 = kSeed;
  size_t i = 0;
  const auto load = [&](size_t at) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    return word;
  };
  for (; i + 16 <= bytes.size(); i += 16) {
    h1 ^= rotate(load(i) * kC1, 31) * kC2;
    h1 = (rotate(h1, 27) + h2) * 5 + 0x52DCE729;
    h2 ^= rotate(load(i + 8) * kC2, 33) * kC1;
    h2 = (rotate(h2, 31) + h1) * 5 + 0x38495AB5;
  }
  uint64_t tail[2] = {0, 0};
  for (size_t k = 0; i + k < bytes.size(); ++k) {
    tail[k / 8] |= uint64_t{static_cast<unsigned char>(bytes[i + k])} << (8 * (k % 8));
  }
  h2 ^= rotate(tail[1] * kC2, 33) * kC1;
  h1 ^= rotate(tail[0] * kC1, 31) * kC2;
  h1 ^= bytes.size();
  h2 ^= bytes.size();
  h1 += h2;
  h2 += h1;
  h1 = finish(h1);
  h2 = finish(h2);
  h1 += h2;
  h2 += h1;
  return {h1, h2};
}

int32_t coupon_of(std::string_view bytes) {
  const auto hash = murmur128(bytes);
  const int zeros = hash[1] == 0 ? 64 : __builtin_clzll(hash[1]);
  const uint32_t value = static_cast<uint32_t>(std::min(zeros, 62) + 1);
  return static_cast<int32_t>((value << 26) | (static_cast<uint32_t>(hash[0]) & kAddressMask));
}

uint32_t value_of(int32_t coupon) { return static_cast<uint32_t>(coupon) >> 26; }

double power_of_half(uint32_t exponent) { return std::ldexp(1.0, -static_cast<int>(exponent)); }

/// Where a coupon stands in the hash set, or the empty place for it.
size_t place_of(const std::vector<int32_t>& table, int32_t lg_table, int32_t coupon) {
  const uint32_t mask = (1u << lg_table) - 1;
  uint32_t probe = static_cast<uint32_t>(coupon) & mask;
  const uint32_t stride = ((static_cast<uint32_t>(coupon) & kAddressMask) >> lg_table) | 1;
  while (table[probe] != 0 && table[probe] != coupon) {
    probe = (probe + stride) & mask;
  }
  return probe;
}

template <class T>
void put(std::string* bytes, size_t at, T value) {
  std::memcpy(bytes->data() + at, &value, sizeof value);
}

template <class T>
T get(std::string_view bytes, size_t at) {
  if (at + sizeof(T) > bytes.size()) throw HllFormatError{};
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// How many values so many different coupons stand for: few share one. Lagrange's cubic through the
/// four nearest nodes of DataSketches' table.
double values_behind_coupons(double coupons) {
  constexpr std::array<double, 8> kCoupons = {0, 1, 20, 400, 8000, 160000, 300000, 600000};
  constexpr std::array<double, 8> kValues = {0.0,
                                             1.0,
                                             20.0000009437402611,
                                             400.0003963713384110,
                                             8000.1589294602090376,
                                             160063.6067763759638183,
                                             300223.7071597663452849,
                                             600895.5933856170158833};
  size_t below = 0;
  while (below + 2 < kCoupons.size() && coupons >= kCoupons[below + 1]) ++below;
  const size_t first = std::min(below == 0 ? 0 : below - 1, kCoupons.size() - 4);
  double sum = 0;
  for (size_t i = first; i < first + 4; ++i) {
    double numerator = 1;
    double denominator = 1;
    for (size_t j = first; j < first + 4; ++j) {
      if (j == i) continue;
      numerator *= coupons - kCoupons[j];
      denominator *= kCoupons[i] - kCoupons[j];
    }
    sum += kValues[i] * numerator / denominator;
  }
  return sum;
}

/// Sums of the improved estimator over registers that are 0 and that are full (Ertl 2017).
double sigma(double x) {
  if (x == 1.0) return std::numeric_limits<double>::infinity();
  double y = 1;
  double z = x;
  for (double before = -1; z != before;) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

double tau(double x) {
  if (x == 0.0 || x == 1.0) return 0;
  double y = 1;
  double z = 1 - x;
  for (double before = -1; z != before;) {
    x = std::sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) * (1 - x) * y;
  }
  return z / 3;
}

}  // namespace

void HllSketch::add_long(int64_t value) {
  add_coupon(coupon_of({reinterpret_cast<const char*>(&value), sizeof value}));
}

void HllSketch::add_bytes(std::string_view bytes) {
  if (!bytes.empty()) add_coupon(coupon_of(bytes));
}

void HllSketch::add_coupon(int32_t coupon) {
  switch (mode_) {
    case Mode::kList:
      return add_to_list(coupon);
    case Mode::kSet:
      return add_to_set(coupon);
    case Mode::kRegisters:
      return add_to_registers(coupon);
  }
}

void HllSketch::add_to_list(int32_t coupon) {
  if (std::find(coupons_.begin(), coupons_.end(), coupon) != coupons_.end()) return;
  coupons_.push_back(coupon);
  coupon_count_ = coupons_.size();
  if (coupon_count_ < static_cast<size_t>(kListPlaces)) return;
  if (lg_k_ < 8) {
    become_registers();
  } else {
    become_set();
  }
}

void HllSketch::become_set() {
  const std::vector<int32_t> list = std::move(coupons_);
  mode_ = Mode::kSet;
  lg_table_ = kFirstSetLg;
  coupons_.assign(size_t{1} << lg_table_, 0);
  coupon_count_ = 0;
  for (const int32_t coupon : list) add_to_set(coupon);
}

void HllSketch::add_to_set(int32_t coupon) {
  const size_t place = place_of(coupons_, lg_table_, coupon);
  if (coupons_[place] != 0) return;
  coupons_[place] = coupon;
  ++coupon_count_;
  if (4 * coupon_count_ <= 3 * coupons_.size()) return;
  if (lg_table_ == lg_k_ - 3) return become_registers();
  const std::vector<int32_t> old = std::move(coupons_);
  ++lg_table_;
  coupons_.assign(size_t{1} << lg_table_, 0);
  for (const int32_t each : old) {
    if (each != 0) coupons_[place_of(coupons_, lg_table_, each)] = each;
  }
}

void HllSketch::become_registers() {
  const double counted = estimate();
  const std::vector<int32_t> seen = std::move(coupons_);
  coupons_.clear();
  mode_ = Mode::kRegisters;
  registers_.assign(size_t{1} << lg_k_, 0);
  low_sum_ = static_cast<double>(registers_.size());
  high_sum_ = 0;
  for (const int32_t coupon : seen) {
    if (coupon != 0) add_to_registers(coupon);
  }
  running_estimate_ = counted;
}

void HllSketch::add_to_registers(int32_t coupon) {
  const uint32_t value = value_of(coupon);
  uint8_t& held = registers_[static_cast<uint32_t>(coupon) & (registers_.size() - 1)];
  if (value <= held) return;
  running_estimate_ += static_cast<double>(registers_.size()) / (low_sum_ + high_sum_);
  (held < 32 ? low_sum_ : high_sum_) -= power_of_half(held);
  (value < 32 ? low_sum_ : high_sum_) += power_of_half(value);
  held = static_cast<uint8_t>(value);
}

void HllSketch::recount() {
  low_sum_ = high_sum_ = 0;
  for (const uint8_t held : registers_) (held < 32 ? low_sum_ : high_sum_) += power_of_half(held);
}

void HllSketch::coarsen(int32_t lg_k) {
  if (lg_k >= lg_k_) return;
  if (mode_ == Mode::kRegisters) {
    std::vector<uint8_t> fewer(size_t{1} << lg_k, 0);
    for (size_t i = 0; i < registers_.size(); ++i) {
      uint8_t& held = fewer[i & (fewer.size() - 1)];
      held = std::max(held, registers_[i]);
    }
    registers_ = std::move(fewer);
    is_out_of_order_ = true;
    lg_k_ = lg_k;
    recount();
    return;
  }
  HllSketch coarse(lg_k);
  for (const int32_t coupon : coupons_) {
    if (coupon != 0) coarse.add_coupon(coupon);
  }
  *this = std::move(coarse);
}

void HllSketch::merge(const HllSketch& other) {
  if (other.lg_k_ < lg_k_) coarsen(other.lg_k_);
  if (other.mode_ != Mode::kRegisters) {
    const bool had_registers = mode_ == Mode::kRegisters;
    for (const int32_t coupon : other.coupons_) {
      if (coupon != 0) add_coupon(coupon);
    }
    if (had_registers && other.coupon_count_ > 0) is_out_of_order_ = true;
    return;
  }
  HllSketch coarse = other;
  coarse.coarsen(lg_k_);
  if (mode_ != Mode::kRegisters) {
    const std::vector<int32_t> seen = std::move(coupons_);
    *this = std::move(coarse);
    if (seen.empty()) return;
    for (const int32_t coupon : seen) {
      if (coupon != 0) add_to_registers(coupon);
    }
  } else {
    for (size_t i = 0; i < registers_.size(); ++i) {
      registers_[i] = std::max(registers_[i], coarse.registers_[i]);
    }
    recount();
  }
  is_out_of_order_ = true;
}

double HllSketch::estimate() const {
  if (mode_ == Mode::kRegisters) {
    return is_out_of_order_ ? ordered_free_estimate() : running_estimate_;
  }
  const auto count = static_cast<double>(coupon_count_);
  return std::max(values_behind_coupons(count), count);
}

double HllSketch::ordered_free_estimate() const {
  constexpr int kHighest = 62;
  std::array<double, kHighest + 2> counts{};
  for (const uint8_t held : registers_) counts[std::min<int>(held, kHighest + 1)] += 1;
  const auto m = static_cast<double>(registers_.size());
  double z = m * tau(1 - counts[kHighest + 1] / m);
  for (int k = kHighest; k >= 1; --k) z = (z + counts[static_cast<size_t>(k)]) * 0.5;
  z += m * sigma(counts[0] / m);
  return m * m / (2 * std::log(2.0) * z);
}

std::string HllSketch::serialize() const {
  if (mode_ == Mode::kRegisters) return serialize_registers();
  const bool is_list = mode_ == Mode::kList;
  const size_t start = is_list ? 8 : 12;
  const size_t places = is_list ? kListPlaces : coupons_.size();
  std::string bytes(start + 4 * places, '\0');
  bytes[0] = is_list ? 2 : 3;
  bytes[1] = 1;
  bytes[2] = static_cast<char>(kFamily);
  bytes[3] = static_cast<char>(lg_k_);
  bytes[4] = static_cast<char>(is_list ? 3 : lg_table_);
  bytes[5] = static_cast<char>(coupon_count_ == 0 ? kEmptyFlag : 0);
  bytes[6] = static_cast<char>(is_list ? coupon_count_ : 0);
  bytes[7] = static_cast<char>(kEightBits | static_cast<int>(mode_));
  if (!is_list) put(&bytes, 8, static_cast<int32_t>(coupon_count_));
  for (size_t i = 0; i < coupons_.size(); ++i) put(&bytes, start + 4 * i, coupons_[i]);
  return bytes;
}

std::string HllSketch::serialize_registers() const {
  // Only merging looks for the least register again.
  const uint8_t least =
      is_out_of_order_ ? *std::min_element(registers_.begin(), registers_.end()) : 0;
  std::string bytes(kRegistersStart, '\0');
  bytes[0] = 10;
  bytes[1] = 1;
  bytes[2] = static_cast<char>(kFamily);
  bytes[3] = static_cast<char>(lg_k_);
  bytes[5] = static_cast<char>(is_out_of_order_ ? kOutOfOrderFlag : 0);
  bytes[6] = static_cast<char>(least);
  bytes[7] = static_cast<char>(kEightBits | static_cast<int>(mode_));
  put(&bytes, 8, is_out_of_order_ ? 0.0 : running_estimate_);
  put(&bytes, 16, low_sum_);
  put(&bytes, 24, high_sum_);
  put(&bytes, 32, static_cast<int32_t>(std::count(registers_.begin(), registers_.end(), least)));
  bytes.append(registers_.begin(), registers_.end());
  return bytes;
}

HllSketch HllSketch::parse(std::string_view bytes) {
  // DataSketches looks at this byte before it knows the length.
  const auto family = bytes.size() > 2 ? get<unsigned char>(bytes, 2) : 0;
  if (family != kFamily) {
    throw HllFormatError{"Possible Corruption: Illegal Family ID: " + std::to_string(family)};
  }
  if (get<unsigned char>(bytes, 1) != 1) {
    throw HllFormatError{"Possible Corruption: Serialization Version: " +
                         std::to_string(static_cast<unsigned char>(bytes[1]))};
  }
  const int flags = get<unsigned char>(bytes, 5);
  const int mode = get<unsigned char>(bytes, 7) & 3;
  const int32_t lg_k = get<unsigned char>(bytes, 3);
  if (lg_k < kMinLgK || lg_k > kMaxLgK || mode > 2) throw HllFormatError{};
  HllSketch sketch(lg_k);
  const bool is_compact = (flags & kCompactFlag) != 0;
  if (mode == 2) {
    sketch.parse_registers(bytes, (static_cast<unsigned char>(bytes[7]) >> 2) & 3);
    sketch.is_out_of_order_ = (flags & kOutOfOrderFlag) != 0;
    return sketch;
  }
  const size_t start = mode == 0 ? 8 : 12;
  const size_t count = mode == 0 ? static_cast<unsigned char>(bytes[6])
                                 : static_cast<size_t>(get<int32_t>(bytes, 8));
  if (mode == 1 && !is_compact) {
    // The hash set as it is.
    sketch.mode_ = Mode::kSet;
    sketch.lg_table_ = get<unsigned char>(bytes, 4) & 31;
    sketch.coupon_count_ = count;
    const size_t places = size_t{1} << sketch.lg_table_;
    if (bytes.size() < start + 4 * places || count >= places) throw HllFormatError{};
    for (size_t i = 0; i < places; ++i) {
      sketch.coupons_.push_back(get<int32_t>(bytes, start + 4 * i));
    }
    return sketch;
  }
  for (size_t i = 0; i < count; ++i) sketch.add_coupon(get<int32_t>(bytes, start + 4 * i));
  return sketch;
}

void HllSketch::parse_registers(std::string_view bytes, int type) {
  mode_ = Mode::kRegisters;
  registers_.assign(size_t{1} << lg_k_, 0);
  const size_t k = registers_.size();
  const auto least = get<unsigned char>(bytes, 6);
  if (type == 2) {
    for (size_t i = 0; i < k; ++i) {
      registers_[i] = get<unsigned char>(bytes, kRegistersStart + i) & 63;
    }
  } else if (type == 1) {
    for (size_t i = 0; i < k; ++i) {
      const size_t bit = i * 6;
      const uint32_t low = get<unsigned char>(bytes, kRegistersStart + bit / 8);
      const uint32_t high = get<unsigned char>(bytes, kRegistersStart + bit / 8 + 1);
      registers_[i] = static_cast<uint8_t>(((low | (high << 8)) >> (bit % 8)) & 63);
    }
  } else {
    for (size_t i = 0; i < k; ++i) {
      const auto pair = get<unsigned char>(bytes, kRegistersStart + i / 2);
      registers_[i] = static_cast<uint8_t>((i % 2 == 0 ? pair & 15 : pair >> 4) + least);
    }
    const auto exceptions = get<int32_t>(bytes, 36);
    size_t found = 0;
    for (size_t at = kRegistersStart + k / 2; found < static_cast<size_t>(exceptions); at += 4) {
      const auto pair = get<int32_t>(bytes, at);
      if (pair == 0) continue;
      registers_[static_cast<uint32_t>(pair) & (k - 1)] = static_cast<uint8_t>(value_of(pair));
      ++found;
    }
  }
  running_estimate_ = get<double>(bytes, 8);
  low_sum_ = get<double>(bytes, 16);
  high_sum_ = get<double>(bytes, 24);
}

}  // namespace grebe::native
