// Repeated measurements → medians with intervals, means of ratios, and whether a difference is
// noise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace grebe::lab::statistics {

/// An interval of confidence around an estimate.
struct Interval {
  double low = 0;
  double high = 0;
};

/// What N repetitions of one operation say.
struct Summary {
  size_t count = 0;
  double median = 0;
  double minimum = 0;
  double maximum = 0;
  /// 95 % bootstrap interval of the median; the range itself below five repetitions.
  Interval interval;
};

/// The middle value, the mean of the two middle ones for an even count. `values` is not empty.
double median(std::vector<double> values);

/// Summarises repetitions; nullopt when there are none.
std::optional<Summary> summarize(const std::vector<double>& values);

/// The geometric mean; nullopt for no values or one that is not positive.
std::optional<double> geometric_mean(const std::vector<double>& values);

/// How often resampling draws; enough for two stable digits of a 95 % bound.
inline constexpr int kResamples = 2000;

/// 95 % percentile bootstrap interval of the median of `values` (Efron & Tibshirani 1993, ch. 13).
/// The generator's seed is fixed, so the same values always give the same interval.
Interval bootstrap_median(const std::vector<double>& values);

/// 95 % bootstrap interval of median(changed) / median(base).
Interval bootstrap_ratio(const std::vector<double>& base, const std::vector<double>& changed);

/// 95 % bootstrap interval of the geometric mean of `ratios`, drawn over the ratios.
Interval bootstrap_geometric_mean(const std::vector<double>& ratios);

/// 95 % bootstrap interval of the geometric mean of the medians of several operations, each drawn
/// from its own repetitions: how sure the mean is of these operations, not of others.
Interval bootstrap_geometric_mean_of_medians(const std::vector<std::vector<double>>& repetitions);

/// Two-sided p of the Mann-Whitney U test: exact without ties up to 20 values a side, else the
/// normal approximation with correction for ties and continuity. 1 when a side is empty.
double mann_whitney_p(const std::vector<double>& a, const std::vector<double>& b);

/// The smallest p that samples of these sizes can reach at all.
double smallest_mann_whitney_p(size_t a_count, size_t b_count);

}  // namespace grebe::lab::statistics
