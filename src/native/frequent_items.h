// Values of a column → those that may be frequent, as Spark's CollectFrequentItems keeps them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace grebe::native {

/// Counts of at most `capacity` keys (Karp, Papadimitriou, Shenker): every key that makes up more
/// than 1/capacity of the values is kept, others may be. A key's first letter tells its kind, which
/// Scala's hash depends on: `i` integer, `d` double, `b` boolean, `s` string, `n` null, `o` other.
class FrequentItems {
 public:
  explicit FrequentItems(size_t capacity) : capacity_(capacity) {}

  void add(const std::string& key, int64_t count = 1);
  void merge(const FrequentItems& other);
  /// The keys in the order of Spark's answer, which is that of Scala 2.12's mutable hash map.
  std::vector<std::string> keys() const;

 private:
  struct Count {
    int64_t count = 0;
    /// When the key came in, in which order the hash map would hold it.
    uint64_t arrival = 0;
  };

  size_t capacity_;
  uint64_t arrivals_ = 0;
  std::unordered_map<std::string, Count> counts_;
};

}  // namespace grebe::native
