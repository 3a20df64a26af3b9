// Texts of days and instants by a reader's options; see day_formats.h.
#include "sources/day_formats.h"

#include "sources/record_options.h"
#include "sources/text_values.h"

namespace grebe::sources {

namespace {

/// The option's pattern; one that cannot be compiled is reported where values are read.
std::shared_ptr<const native::DatetimePattern> pattern_of(const Options& options,
                                                          const std::string& key) {
  const std::string text = option_or(options, key, "");
  std::string fault;
  return text.empty() ? nullptr : native::DatetimePattern::compile(text, &fault);
}

bool fits(const native::DatetimePattern& pattern, const std::string& text) {
  const auto parsed = pattern.parse(text);
  return parsed && !parsed->is_beyond;
}

}  // namespace

DayFormats::DayFormats(const Options& options, std::string time_zone)
    : date_(pattern_of(options, "dateformat")),
      timestamp_(pattern_of(options, "timestampformat")),
      prefers_dates_(option_is_on(options, "preferdate", true)),
      time_zone_(std::move(time_zone)) {}

bool DayFormats::is_date(const std::string& text) const {
  if (!prefers_dates_) return false;
  return date_ ? fits(*date_, text) : parse_date(text).has_value();
}

bool DayFormats::is_timestamp(const std::string& text) const {
  return timestamp_ ? fits(*timestamp_, text) : parse_timestamp(text, time_zone_).has_value();
}

}  // namespace grebe::sources
