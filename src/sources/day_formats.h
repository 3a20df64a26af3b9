// A reader's dateFormat and timestampFormat → whether a text is a date or a timestamp.
#pragma once

#include <memory>
#include <string>

#include "native/datetime_format.h"
#include "sources/file_table.h"

namespace grebe::sources {

/// How the texts of one reader spell days and instants.
class DayFormats {
 public:
  DayFormats(const Options& options, std::string time_zone);

  bool is_date(const std::string& text) const;
  bool is_timestamp(const std::string& text) const;

 private:
  /// Null for the standard forms.
  std::shared_ptr<const native::DatetimePattern> date_;
  std::shared_ptr<const native::DatetimePattern> timestamp_;
  bool prefers_dates_ = true;
  std::string time_zone_;
};

}  // namespace grebe::sources
