// Values → a count-min sketch in Spark's binary form (CountMinSketchImpl, version 1), and back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grebe::native {

/// How close counts shall be (`epsilon`), how surely (`confidence`), and which hashes count.
struct CountMinOptions {
  double epsilon = 0;
  double confidence = 0;
  int32_t seed = 0;
};

class CountMinSketch {
 public:
  /// An empty sketch as wide and deep as the options ask.
  explicit CountMinSketch(const CountMinOptions& options);

  /// Nothing when the bytes are no sketch.
  static std::optional<CountMinSketch> parse(std::string_view bytes);
  std::string serialize() const;

  void add_long(int64_t value);
  void add_bytes(std::string_view bytes);
  /// Adds the counts of a sketch of the same shape.
  void merge(const CountMinSketch& other);

 private:
  CountMinSketch() = default;

  int32_t depth_ = 0;
  int32_t width_ = 0;
  int64_t total_ = 0;
  std::vector<int64_t> multipliers_;
  /// Row after row.
  std::vector<int64_t> counts_;
};

}  // namespace grebe::native
