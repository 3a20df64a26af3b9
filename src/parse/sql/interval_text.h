// Text of intervals, in Spark's three notations → interval values.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "types/value.h"

namespace grebe::parse::sql {

/// Says why a text is no interval, in the words of Spark's IllegalArgumentException.
class IntervalTextError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// `[interval] 1 year 2 days -3.5 seconds …` (SparkIntervalUtils.stringToInterval).
types::CalendarInterval parse_units_interval(std::string_view text);

/// `[+-]y-m` (IntervalUtils.fromYearMonthString).
types::CalendarInterval parse_year_month_interval(std::string_view text);

/// `[+-]d h:m:s.n` from one field to another: day=0, hour=1, minute=2, second=3
/// (IntervalUtils.fromDayTimeString).
types::CalendarInterval parse_day_time_interval(std::string_view text, types::IntervalField from,
                                                types::IntervalField to);

}  // namespace grebe::parse::sql
