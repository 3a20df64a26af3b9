// Frequent keys and the order of Scala's hash map; see frequent_items.h.
#include "native/frequent_items.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>

#include "native/hash_functions.h"

namespace grebe::native {
namespace {

constexpr size_t kLoadFactor = 750;  // thousandths

uint32_t hash_of_long(int64_t value) {
  if (value == static_cast<int32_t>(value)) return static_cast<uint32_t>(value);
  return static_cast<uint32_t>(value ^ (static_cast<uint64_t>(value) >> 32));
}

/// scala.runtime.Statics.doubleHash: a whole number hashes as an integer, a float as a float.
uint32_t hash_of_double(double value) {
  constexpr double kLongLimit = 9223372036854775808.0;
  if (value >= -kLongLimit && value < kLongLimit && std::trunc(value) == value) {
    return hash_of_long(static_cast<int64_t>(value));
  }
  const auto narrow = static_cast<float>(value);
  if (static_cast<double>(narrow) == value) return std::bit_cast<uint32_t>(narrow);
  const auto bits =
      std::bit_cast<uint64_t>(std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value);
  return static_cast<uint32_t>(bits ^ (bits >> 32));
}

/// Scala's `##` of the value that the key stands for.
uint32_t hash_of_key(const std::string& key) {
  const std::string_view text = std::string_view(key).substr(1);
  switch (key[0]) {
    case 'i': {
      int64_t value = 0;
      std::from_chars(text.data(), text.data() + text.size(), value);
      return hash_of_long(value);
    }
    case 'd': {
      double value = std::numeric_limits<double>::quiet_NaN();
      std::from_chars(text.data(), text.data() + text.size(), value);
      return hash_of_double(value);
    }
    case 'b':
      return text == "true" ? 1231 : 1237;  // Boolean.hashCode
    case 's':
      return static_cast<uint32_t>(murmur3_bytes(text, 42));  // UTF8String.hashCode
    default:
      return 0;
  }
}

/// scala.collection.mutable.HashMap of 2.12: chains with the newest first, read from the end.
class ScalaTable {
 public:
  void insert(const std::string& key) {
    place(key);
    if (++size_ <= buckets_.size() * kLoadFactor / 1000) return;
    const auto old = std::move(buckets_);
    buckets_.assign(old.size() * 2, {});
    for (auto bucket = old.rbegin(); bucket != old.rend(); ++bucket) {
      for (const auto& moved : *bucket) place(moved);
    }
  }

  std::vector<std::string> keys() const {
    std::vector<std::string> out;
    out.reserve(size_);
    for (auto bucket = buckets_.rbegin(); bucket != buckets_.rend(); ++bucket) {
      out.insert(out.end(), bucket->begin(), bucket->end());
    }
    return out;
  }

 private:
  void place(const std::string& key) {
    auto& bucket = buckets_[index(hash_of_key(key))];
    bucket.insert(bucket.begin(), key);
  }
  size_t index(uint32_t hash) const {
    constexpr uint32_t kFactor = 0x9e3775cd;
    constexpr int kSeed = 4;  // the bits of the initial table's mask, kept when it grows
    const auto ones = static_cast<uint32_t>(buckets_.size() - 1);
    if (ones == 0) return 0;
    const uint32_t improved = std::rotr(__builtin_bswap32(hash * kFactor) * kFactor, kSeed);
    return (improved >> std::countl_zero(ones)) & ones;
  }

  std::vector<std::vector<std::string>> buckets_ = std::vector<std::vector<std::string>>(16);
  size_t size_ = 0;
};

std::vector<std::string> in_table_order(const std::vector<std::string>& keys) {
  ScalaTable table;
  for (const auto& key : keys) table.insert(key);
  return table.keys();
}

}  // namespace

void FrequentItems::add(const std::string& key, int64_t count) {
  if (const auto found = counts_.find(key); found != counts_.end()) {
    found->second.count += count;
    return;
  }
  if (counts_.size() < capacity_) {
    counts_[key] = {count, arrivals_++};
    return;
  }
  int64_t least = std::numeric_limits<int64_t>::max();
  for (const auto& [kept, held] : counts_) least = std::min(least, held.count);
  if (count >= least) {  // something will go, so the key can come in
    counts_[key] = {count, arrivals_++};
    std::erase_if(counts_, [&](const auto& each) { return each.second.count <= least; });
    for (auto& each : counts_) each.second.count -= least;
  } else {
    for (auto& each : counts_) each.second.count -= count;
  }
}

void FrequentItems::merge(const FrequentItems& other) {
  for (const auto& key : other.keys()) add(key, other.counts_.at(key).count);
}

std::vector<std::string> FrequentItems::keys() const {
  std::vector<std::pair<uint64_t, std::string>> arrived;
  arrived.reserve(counts_.size());
  for (const auto& [key, held] : counts_) arrived.emplace_back(held.arrival, key);
  std::sort(arrived.begin(), arrived.end());
  std::vector<std::string> keys;
  keys.reserve(arrived.size());
  for (auto& [arrival, key] : arrived) keys.push_back(std::move(key));
  // The partial aggregate's table, its copy beyond the exchange, and the final aggregate's.
  for (int table = 0; table < 3; ++table) keys = in_table_order(keys);
  return keys;
}

}  // namespace grebe::native
