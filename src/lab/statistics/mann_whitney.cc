// Two samples → the probability that their difference is chance (Mann & Whitney 1947).
#include <algorithm>
#include <cmath>

#include "lab/statistics/summary.h"

namespace grebe::lab::statistics {
namespace {

constexpr size_t kExactLimit = 20;

/// counts[u] = number of orderings of m and n values whose statistic is u.
std::vector<double> count_orderings(size_t m, size_t n) {
  // f(m, n, u) = f(m - 1, n, u - n) + f(m, n - 1, u), kept for all sizes up to m and n.
  std::vector<std::vector<std::vector<double>>> f(
      m + 1, std::vector<std::vector<double>>(n + 1, std::vector<double>(m * n + 1, 0)));
  for (size_t i = 0; i <= m; ++i) {
    for (size_t j = 0; j <= n; ++j) {
      if (i == 0 || j == 0) {
        f[i][j][0] = 1;
        continue;
      }
      for (size_t u = 0; u <= i * j; ++u) {
        f[i][j][u] = (u >= j ? f[i - 1][j][u - j] : 0) + f[i][j - 1][u];
      }
    }
  }
  return f[m][n];
}

double exact_p(double u, size_t m, size_t n) {
  std::vector<double> counts = count_orderings(m, n);
  double all = 0;
  double tail = 0;
  for (size_t i = 0; i < counts.size(); ++i) {
    all += counts[i];
    if (static_cast<double>(i) <= u) tail += counts[i];
  }
  return std::min(1.0, 2 * tail / all);
}

}  // namespace

double mann_whitney_p(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.empty() || b.empty()) return 1;
  double wins = 0;
  for (double x : a) {
    for (double y : b) wins += x > y ? 1 : x == y ? 0.5 : 0;
  }
  double m = static_cast<double>(a.size());
  double n = static_cast<double>(b.size());
  double u = std::min(wins, m * n - wins);

  std::vector<double> all = a;
  all.insert(all.end(), b.begin(), b.end());
  std::sort(all.begin(), all.end());
  double ties = 0;
  for (size_t i = 0; i < all.size();) {
    size_t next = i;
    while (next < all.size() && all[next] == all[i]) ++next;
    double size = static_cast<double>(next - i);
    ties += size * size * size - size;
    i = next;
  }
  if (ties == 0 && a.size() <= kExactLimit && b.size() <= kExactLimit) {
    return exact_p(u, a.size(), b.size());
  }
  double total = m + n;
  double variance = m * n / 12 * (total + 1 - ties / (total * (total - 1)));
  if (variance <= 0) return 1;
  double z = (std::abs(u - m * n / 2) - 0.5) / std::sqrt(variance);
  return std::min(1.0, std::erfc(std::max(z, 0.0) / std::sqrt(2.0)));
}

double smallest_mann_whitney_p(size_t a_count, size_t b_count) {
  if (a_count == 0 || b_count == 0) return 1;
  double orderings = 1;
  for (size_t i = 1; i <= b_count; ++i) {
    orderings *= static_cast<double>(a_count + i) / static_cast<double>(i);
  }
  return std::min(1.0, 2 / orderings);
}

}  // namespace grebe::lab::statistics
