// Sketches in the bytes that Spark keeps.
#include <gtest/gtest.h>

#include "native/count_min_sketch.h"
#include "native/hll_sketch.h"

namespace grebe::native {
namespace {

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const char c : bytes) {
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

HllSketch of_range(int32_t lg_k, int64_t end) {
  HllSketch sketch(lg_k);
  for (int64_t i = 0; i < end; ++i) sketch.add_long(i);
  return sketch;
}

TEST(HllSketch, KeepsFewValuesAsCoupons) {
  EXPECT_EQ(hex(of_range(4, 5).serialize()),
            "0201070403000508CBD7C2042BF2FB06862FF90D7581660781BC5D06000000000000000000000000");
}

TEST(HllSketch, KeepsManyValuesAsRegisters) {
  EXPECT_EQ(hex(of_range(4, 12).serialize()),
            "0A0107040000000A72928B91AD0428400000000000A0244000000000000000000800000000000000"
            "04010100030103000000000202000000");
}

TEST(HllSketch, SurvivesBeingWrittenAndRead) {
  for (const int64_t end : {0, 3, 12, 300, 5000}) {
    const HllSketch sketch = of_range(12, end);
    const HllSketch read = HllSketch::parse(sketch.serialize());
    EXPECT_EQ(read.serialize(), sketch.serialize());
    EXPECT_DOUBLE_EQ(read.estimate(), sketch.estimate());
  }
}

TEST(HllSketch, CountsTheUnionOfTwo) {
  HllSketch left = of_range(12, 3000);
  HllSketch right(12);
  for (int64_t i = 1000; i < 4000; ++i) right.add_long(i);
  left.merge(right);
  EXPECT_NEAR(left.estimate(), 4000, 200);
}

TEST(CountMinSketch, CountsByRows) {
  CountMinSketch sketch({.epsilon = 0.5, .confidence = 0.5, .seed = 1});
  EXPECT_EQ(hex(sketch.serialize()),
            "0000000100000000000000000000000100000004000000005D8D6AB90000000000000000"
            "000000000000000000000000000000000000000000000000");
  sketch.add_long(1);
  EXPECT_EQ(CountMinSketch::parse(sketch.serialize())->serialize(), sketch.serialize());
}

}  // namespace
}  // namespace grebe::native
