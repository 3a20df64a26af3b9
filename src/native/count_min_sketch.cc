// Count-min sketches; see count_min_sketch.h.
#include "native/count_min_sketch.h"

#include <cmath>
#include <cstdlib>
#include <limits>

#include "native/hash_functions.h"

namespace grebe::native {

namespace {

constexpr int32_t kVersion = 1;

/// java.util.Random, as far as nextInt(Integer.MAX_VALUE) needs it.
class JavaRandom {
 public:
  explicit JavaRandom(int64_t seed) : state_((static_cast<uint64_t>(seed) ^ kMultiplier) & kMask) {}

  int32_t next_below_max() {
    constexpr int32_t kBound = std::numeric_limits<int32_t>::max();
    for (;;) {
      state_ = (state_ * kMultiplier + 11) & kMask;
      const auto bits = static_cast<int32_t>(state_ >> 17);
      const int32_t value = bits % kBound;
      // Java asks again when the last, incomplete range was hit.
      if (static_cast<int64_t>(bits) - value + (kBound - 1) <= kBound) return value;
    }
  }

 private:
  static constexpr uint64_t kMultiplier = 0x5DEECE66Dull;
  static constexpr uint64_t kMask = (1ull << 48) - 1;
  uint64_t state_;
};

template <class T>
void put(std::string* bytes, T value) {
  for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8) {
    *bytes += static_cast<char>((static_cast<uint64_t>(value) >> shift) & 0xFF);
  }
}

template <class T>
bool take(std::string_view* bytes, T* value) {
  if (bytes->size() < sizeof(T)) return false;
  uint64_t read = 0;
  for (size_t i = 0; i < sizeof(T); ++i) {
    read = (read << 8) | static_cast<unsigned char>((*bytes)[i]);
  }
  *value = static_cast<T>(read);
  bytes->remove_prefix(sizeof(T));
  return true;
}

}  // namespace

CountMinSketch::CountMinSketch(const CountMinOptions& options)
    : depth_(static_cast<int32_t>(std::ceil(-std::log1p(-options.confidence) / std::log(2.0)))),
      width_(static_cast<int32_t>(std::ceil(2.0 / options.epsilon))),
      multipliers_(static_cast<size_t>(depth_)),
      counts_(static_cast<size_t>(depth_) * static_cast<size_t>(width_)) {
  JavaRandom random(options.seed);
  for (int64_t& each : multipliers_) each = random.next_below_max();
}

void CountMinSketch::add_long(int64_t value) {
  for (size_t row = 0; row < multipliers_.size(); ++row) {
    auto hash = static_cast<int64_t>(static_cast<uint64_t>(multipliers_[row]) *
                                     static_cast<uint64_t>(value));
    hash += hash >> 32;
    hash &= std::numeric_limits<int32_t>::max();
    ++counts_[row * static_cast<size_t>(width_) +
              static_cast<size_t>(static_cast<int32_t>(hash) % width_)];
  }
  ++total_;
}

void CountMinSketch::add_bytes(std::string_view bytes) {
  const auto first = static_cast<uint32_t>(murmur3_bytes(bytes, 0));
  const auto second = static_cast<uint32_t>(murmur3_bytes(bytes, static_cast<int32_t>(first)));
  for (uint32_t row = 0; row < static_cast<uint32_t>(depth_); ++row) {
    const auto hash = static_cast<int32_t>(first + row * second);
    ++counts_[row * static_cast<size_t>(width_) + static_cast<size_t>(std::abs(hash % width_))];
  }
  ++total_;
}

void CountMinSketch::merge(const CountMinSketch& other) {
  for (size_t i = 0; i < counts_.size() && i < other.counts_.size(); ++i) {
    counts_[i] += other.counts_[i];
  }
  total_ += other.total_;
}

std::string CountMinSketch::serialize() const {
  std::string bytes;
  put(&bytes, kVersion);
  put(&bytes, total_);
  put(&bytes, depth_);
  put(&bytes, width_);
  for (const int64_t each : multipliers_) put(&bytes, each);
  for (const int64_t each : counts_) put(&bytes, each);
  return bytes;
}

std::optional<CountMinSketch> CountMinSketch::parse(std::string_view bytes) {
  CountMinSketch sketch;
  int32_t version = 0;
  const bool has_head = take(&bytes, &version) && version == kVersion &&
                        take(&bytes, &sketch.total_) && take(&bytes, &sketch.depth_) &&
                        take(&bytes, &sketch.width_) && sketch.depth_ > 0 && sketch.width_ > 0;
  if (!has_head) return std::nullopt;
  const auto depth = static_cast<uint64_t>(sketch.depth_);
  const uint64_t cells = depth * static_cast<uint64_t>(sketch.width_);
  if (bytes.size() != 8 * (depth + cells)) return std::nullopt;
  sketch.multipliers_.resize(depth);
  sketch.counts_.resize(cells);
  for (int64_t& each : sketch.multipliers_) take(&bytes, &each);
  for (int64_t& each : sketch.counts_) take(&bytes, &each);
  return sketch;
}

}  // namespace grebe::native
