// A value and its type → the text that Spark's cast to STRING or show() gives.
#pragma once

#include <cstdint>
#include <string>

#include "types/data_type.h"
#include "types/value.h"

namespace grebe::types {

/// Which of Spark's two ways of printing is wanted.
enum class TextStyle : uint8_t {
  /// CAST(x AS STRING): decimals as BigDecimal.toString, nested nulls as "null", bytes as they are.
  kCast,
  /// Dataset.show: plain decimals, nulls as "NULL", bytes as [01 02].
  kPretty,
};

struct TextOptions {
  /// Session time zone, for TIMESTAMP.
  std::string time_zone = "UTC";
  TextStyle style = TextStyle::kCast;
  /// True under ANSI: cast prints decimals without exponent.
  bool plain_decimals = false;
};

/// Text of a value; a null gives "null" or "NULL" by style.
std::string value_text(const Value& value, const DataType& type, const TextOptions& options = {});

/// Text of the parts, for callers that have no Value.
std::string decimal_text(Decimal value, int scale, bool plain);
std::string date_text(int64_t days);
/// `local_micros`: already in local time. Fraction without trailing zeros.
std::string local_timestamp_text(int64_t local_micros);
std::string year_month_interval_text(int64_t months, IntervalField start, IntervalField end);
std::string day_time_interval_text(int64_t micros, IntervalField start, IntervalField end);
std::string calendar_interval_text(const CalendarInterval& interval);

}  // namespace grebe::types
