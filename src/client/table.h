// Arrow columns of any engine → rows of plain values that can be compared.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace grebe::client {

/// An exact decimal: unscaled × 10^-scale.
struct Decimal {
  __int128 unscaled = 0;
  int32_t scale = 0;
};

/// Days since 1970-01-01.
struct Date {
  int32_t days = 0;
  bool operator==(const Date&) const = default;
};

/// Microseconds since 1970-01-01; `is_instant` tells UTC instants from local times.
struct Timestamp {
  int64_t micros = 0;
  bool is_instant = false;
  bool operator==(const Timestamp&) const = default;
};

/// Bytes that are not text.
struct Binary {
  std::string bytes;
  bool operator==(const Binary&) const = default;
};

/// One cell; monostate is NULL.
using Value = std::variant<std::monostate, bool, int64_t, double, Decimal, std::string, Date,
                           Timestamp, Binary>;

/// A whole result in memory, row by row.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;
};

/// Prints one cell for messages, for example `1.50`, `1995-03-15`, `'text'`, `NULL`.
std::string print_value(const Value& value);

}  // namespace grebe::client
