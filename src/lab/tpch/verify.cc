// A result and the reference result → equal by value, or the first difference in words.
#include "lab/tpch/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace grebe::lab::tpch {
namespace {

using client::Decimal;
using client::Table;
using client::Value;
using Row = std::vector<Value>;

constexpr double kRelative = 1e-9;

double to_double(const Decimal& decimal) {
  return static_cast<double>(static_cast<long double>(decimal.unscaled) /
                             std::pow(10.0L, decimal.scale));
}

/// Drops trailing zeros, so that equal numbers have equal parts.
Decimal normalize(Decimal decimal) {
  while (decimal.scale > 0 && decimal.unscaled % 10 == 0) {
    decimal.unscaled /= 10;
    --decimal.scale;
  }
  return decimal;
}

bool equal_decimals(const Decimal& a, const Decimal& b) {
  Decimal x = normalize(a);
  Decimal y = normalize(b);
  return x.scale == y.scale && x.unscaled == y.unscaled;
}

bool equal_doubles(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (a == b) return true;
  if (std::isinf(a) || std::isinf(b)) return false;
  return std::abs(a - b) <= kRelative * std::max(std::abs(a), std::abs(b));
}

bool equal_decimal_and_double(const Decimal& decimal, double number) {
  double exact = to_double(decimal);
  // One unit, and what the double itself cannot tell at this magnitude.
  double unit = std::pow(10.0, -decimal.scale) * (1 + 1e-6);
  return equal_doubles(exact, number) || std::abs(exact - number) <= unit;
}

struct CellComparison {
  bool operator()(const Decimal& a, const Decimal& b) const { return equal_decimals(a, b); }
  bool operator()(const Decimal& a, int64_t b) const { return equal_decimals(a, {b, 0}); }
  bool operator()(int64_t a, const Decimal& b) const { return equal_decimals({a, 0}, b); }
  bool operator()(const Decimal& a, double b) const { return equal_decimal_and_double(a, b); }
  bool operator()(double a, const Decimal& b) const { return equal_decimal_and_double(b, a); }
  bool operator()(double a, double b) const { return equal_doubles(a, b); }
  template <typename A, typename B>
  bool operator()(const A& a, const B& b) const {
    if constexpr (std::is_same_v<A, B>) {
      return a == b;
    } else {
      return false;  // values of different kinds are never the same answer
    }
  }
};

bool equal_rows(const Row& a, const Row& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_equal);
}

std::string print_row(const Row& row) {
  std::string text;
  for (const Value& value : row) text += (text.empty() ? "" : " | ") + client::print_value(value);
  return text;
}

/// Text of the cells whose equality is exact: rows that are equal have the same key.
std::string exact_key(const Row& row) {
  std::string key;
  for (const Value& value : row) {
    bool is_exact = std::holds_alternative<std::string>(value) ||
                    std::holds_alternative<client::Date>(value) ||
                    std::holds_alternative<client::Timestamp>(value);
    if (is_exact) key += client::print_value(value);
    key += '\x1f';
  }
  return key;
}

struct KeyedRow {
  std::string key;
  const Row* row;
  bool is_matched = false;
};

/// Matches rows [begin, end) of both sides in any order; returns an unmatched row of the result.
const Row* find_unmatched(const Table& result, const Table& reference, size_t begin, size_t end) {
  std::vector<KeyedRow> candidates;
  for (size_t i = begin; i < end; ++i) {
    candidates.push_back({exact_key(reference.rows[i]), &reference.rows[i]});
  }
  auto by_key = [](const KeyedRow& a, const KeyedRow& b) { return a.key < b.key; };
  std::stable_sort(candidates.begin(), candidates.end(), by_key);
  for (size_t i = begin; i < end; ++i) {
    KeyedRow wanted{exact_key(result.rows[i]), nullptr};
    auto [first, last] = std::equal_range(candidates.begin(), candidates.end(), wanted, by_key);
    auto found = std::find_if(first, last, [&](const KeyedRow& candidate) {
      return !candidate.is_matched && equal_rows(result.rows[i], *candidate.row);
    });
    if (found == last) return &result.rows[i];
    found->is_matched = true;
  }
  return nullptr;
}

std::optional<size_t> find_column(const Table& table, const std::string& name) {
  auto found = std::find(table.columns.begin(), table.columns.end(), name);
  if (found == table.columns.end()) return std::nullopt;
  return static_cast<size_t>(found - table.columns.begin());
}

bool equal_in(const Row& a, const Row& b, const std::vector<size_t>& columns) {
  return std::all_of(columns.begin(), columns.end(),
                     [&](size_t column) { return is_equal(a[column], b[column]); });
}

}  // namespace

bool is_equal(const Value& result, const Value& reference) {
  return std::visit(CellComparison{}, result, reference);
}

std::optional<std::string> find_difference(const Table& result, const Table& reference,
                                           const std::vector<std::string>& order) {
  if (result.columns.size() != reference.columns.size()) {
    return fmt::format("{} columns, expected {}", result.columns.size(), reference.columns.size());
  }
  if (result.rows.size() != reference.rows.size()) {
    return fmt::format("{} rows, expected {}", result.rows.size(), reference.rows.size());
  }
  std::vector<size_t> order_columns;
  for (const std::string& name : order) {
    auto column = find_column(reference, name);
    if (!column) return fmt::format("the order column {} is not in the reference", name);
    order_columns.push_back(*column);
  }
  for (size_t i = 0; i < result.rows.size(); ++i) {
    if (!equal_in(result.rows[i], reference.rows[i], order_columns)) {
      return fmt::format("row {} is [{}], expected [{}]", i + 1, print_row(result.rows[i]),
                         print_row(reference.rows[i]));
    }
  }
  // The sequence of the order columns is right, so ties lie in the same place on both sides.
  for (size_t begin = 0; begin < reference.rows.size();) {
    size_t end = begin + 1;
    while (end < reference.rows.size() &&
           equal_in(reference.rows[begin], reference.rows[end], order_columns)) {
      ++end;
    }
    if (const Row* row = find_unmatched(result, reference, begin, end)) {
      return end == begin + 1
                 ? fmt::format("row {} is [{}], expected [{}]", begin + 1, print_row(*row),
                               print_row(reference.rows[begin]))
                 : fmt::format("row [{}] is not among the expected ones", print_row(*row));
    }
    begin = end;
  }
  return std::nullopt;
}

}  // namespace grebe::lab::tpch
