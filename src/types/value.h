// One value of any Spark type, as literals and single results hold it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "types/data_type.h"

namespace grebe::types {

using int128 = __int128;

/// Unscaled value of a decimal; precision and scale stand in its type.
struct Decimal {
  int128 unscaled = 0;
  bool operator==(const Decimal&) const = default;
};

/// Spark's legacy CALENDAR INTERVAL.
struct CalendarInterval {
  int32_t months = 0;
  int32_t days = 0;
  int64_t micros = 0;
  bool operator==(const CalendarInterval&) const = default;
};

struct Value;

/// Elements of an array, or fields of a struct in order.
struct ValueList {
  std::vector<Value> items;
};

/// Entries of a map in order.
struct ValueMap {
  std::vector<std::pair<Value, Value>> entries;
};

/// A value without its type. Carriers: BYTE…LONG int64; DATE int64 days; TIMESTAMP(_NTZ) int64 µs
/// (UTC); YEAR-MONTH INTERVAL int64 months; DAY-TIME INTERVAL int64 µs; FLOAT and DOUBLE double;
/// STRING/CHAR/VARCHAR/BINARY std::string; std::monostate is NULL.
struct Value {
  std::variant<std::monostate, bool, int64_t, double, Decimal, std::string, CalendarInterval,
               std::shared_ptr<const ValueList>, std::shared_ptr<const ValueMap>>
      data;

  bool is_null() const { return std::holds_alternative<std::monostate>(data); }
};

}  // namespace grebe::types
