// Medians, intervals and tests against values worked out by hand or taken from tables.
#include "lab/statistics/summary.h"

#include <gtest/gtest.h>

#include <cmath>

namespace grebe::lab::statistics {
namespace {

TEST(Summary, MedianOfOddAndEvenCounts) {
  EXPECT_DOUBLE_EQ(median({3, 1, 2}), 2);
  EXPECT_DOUBLE_EQ(median({4, 1, 3, 2}), 2.5);
}

TEST(Summary, FewValuesGiveTheirRangeAsInterval) {
  auto summary = summarize({2, 1, 3});
  ASSERT_TRUE(summary);
  EXPECT_DOUBLE_EQ(summary->interval.low, 1);
  EXPECT_DOUBLE_EQ(summary->interval.high, 3);
  EXPECT_FALSE(summarize({}));
}

TEST(Summary, GeometricMeanRefusesZero) {
  EXPECT_NEAR(*geometric_mean({1, 4}), 2, 1e-12);
  EXPECT_FALSE(geometric_mean({1, 0}));
  EXPECT_FALSE(geometric_mean({}));
}

TEST(Summary, BootstrapIsRepeatableAndHoldsTheMedian) {
  std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  Interval first = bootstrap_median(values);
  Interval second = bootstrap_median(values);
  EXPECT_DOUBLE_EQ(first.low, second.low);
  EXPECT_LT(first.low, 5.5);
  EXPECT_GT(first.high, 5.5);
}

TEST(Summary, GeometricMeanOfSteadyMediansIsSure) {
  Interval steady = bootstrap_geometric_mean_of_medians({{1, 1, 1}, {4, 4, 4}});
  EXPECT_DOUBLE_EQ(steady.low, 2);
  EXPECT_DOUBLE_EQ(steady.high, 2);
  Interval loose = bootstrap_geometric_mean_of_medians({{1, 2, 3}, {4, 4, 4}});
  EXPECT_NEAR(loose.low, 2, 1e-12);
  EXPECT_NEAR(loose.high, std::sqrt(12), 1e-12);
}

TEST(MannWhitney, ExactValuesOfSmallSamples) {
  // Complete separation of 3 and 3: 2 of the 20 orderings are as extreme.
  EXPECT_NEAR(mann_whitney_p({1, 2, 3}, {4, 5, 6}), 0.1, 1e-12);
  EXPECT_NEAR(mann_whitney_p({1, 2, 3, 4, 5}, {6, 7, 8, 9, 10}), 2.0 / 252, 1e-12);
  EXPECT_NEAR(smallest_mann_whitney_p(3, 3), 0.1, 1e-12);
  EXPECT_NEAR(smallest_mann_whitney_p(5, 5), 2.0 / 252, 1e-12);
}

TEST(MannWhitney, SameSamplesAreNoDifference) {
  EXPECT_DOUBLE_EQ(mann_whitney_p({1, 1, 1}, {1, 1, 1}), 1);
  EXPECT_GT(mann_whitney_p({1, 3, 5, 7}, {2, 4, 6, 8}), 0.5);
  EXPECT_DOUBLE_EQ(mann_whitney_p({}, {1}), 1);
}

}  // namespace
}  // namespace grebe::lab::statistics
