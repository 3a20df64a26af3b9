// The English names of months and weekdays, as Java's formatters write them.
#pragma once

#include <string_view>

namespace grebe::native {

inline constexpr std::string_view kMonthNames[] = {"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

/// Monday first, as ISO counts.
inline constexpr std::string_view kWeekdayNames[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                     "Friday", "Saturday", "Sunday"};

}  // namespace grebe::native
