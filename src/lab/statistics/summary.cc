// Repeated measurements → medians, geometric means and bootstrap intervals.
#include "lab/statistics/summary.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

namespace grebe::lab::statistics {
namespace {

std::vector<double> draw(const std::vector<double>& values, std::mt19937_64& random) {
  std::uniform_int_distribution<size_t> index(0, values.size() - 1);
  std::vector<double> drawn;
  drawn.reserve(values.size());
  for (size_t i = 0; i < values.size(); ++i) drawn.push_back(values[index(random)]);
  return drawn;
}

/// The 2.5 % and 97.5 % quantiles of what `estimate` gives over many draws.
Interval bootstrap(const std::function<double(std::mt19937_64&)>& estimate) {
  std::mt19937_64 random(20240229);
  std::vector<double> estimates;
  estimates.reserve(kResamples);
  for (int i = 0; i < kResamples; ++i) estimates.push_back(estimate(random));
  std::sort(estimates.begin(), estimates.end());
  auto quantile = [&](double p) { return estimates[static_cast<size_t>(p * (kResamples - 1))]; };
  return {quantile(0.025), quantile(0.975)};
}

}  // namespace

double median(std::vector<double> values) {
  auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

std::optional<double> geometric_mean(const std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  double sum = 0;
  for (double value : values) {
    if (!(value > 0)) return std::nullopt;
    sum += std::log(value);
  }
  return std::exp(sum / static_cast<double>(values.size()));
}

Interval bootstrap_median(const std::vector<double>& values) {
  return bootstrap([&](std::mt19937_64& random) { return median(draw(values, random)); });
}

Interval bootstrap_ratio(const std::vector<double>& base, const std::vector<double>& changed) {
  return bootstrap([&](std::mt19937_64& random) {
    return median(draw(changed, random)) / median(draw(base, random));
  });
}

Interval bootstrap_geometric_mean(const std::vector<double>& ratios) {
  return bootstrap([&](std::mt19937_64& random) {
    return geometric_mean(draw(ratios, random)).value_or(std::nan(""));
  });
}

Interval bootstrap_geometric_mean_of_medians(const std::vector<std::vector<double>>& repetitions) {
  return bootstrap([&](std::mt19937_64& random) {
    std::vector<double> medians;
    medians.reserve(repetitions.size());
    for (const auto& values : repetitions) medians.push_back(median(draw(values, random)));
    return geometric_mean(medians).value_or(std::nan(""));
  });
}

std::optional<Summary> summarize(const std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  auto [low, high] = std::minmax_element(values.begin(), values.end());
  Summary summary{values.size(), median(values), *low, *high, {*low, *high}};
  if (values.size() >= 5) summary.interval = bootstrap_median(values);
  return summary;
}

}  // namespace grebe::lab::statistics
