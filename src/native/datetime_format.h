// java.time.format.DateTimeFormatter patterns over local times: formatting and parsing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "types/time_zone.h"

namespace grebe::native {

/// A compiled pattern such as `yyyy-MM-dd HH:mm:ss.SSS`. English texts, proleptic Gregorian dates.
class DatetimePattern {
 public:
  /// Null when the pattern holds letters that Spark refuses; `fault` then says why.
  static std::shared_ptr<const DatetimePattern> compile(std::string_view pattern,
                                                        std::string* fault);
  /// A letter that only formatting knows, 0 when there is none.
  char letter_against_parsing() const;

  /// Text of an instant in a zone; `zone_id` prints for the letters V and z.
  std::string format(int64_t utc_micros, const types::TimeZone& zone,
                     std::string_view zone_id) const;

  struct Parsed {
    int64_t local_micros = 0;
    /// The time lies beyond what a timestamp holds.
    bool is_beyond = false;
    /// Offset from UTC when the text carried one.
    std::optional<int64_t> offset_micros;
    /// Zone id when the text carried one.
    std::string zone;
  };
  /// Reads a whole text; nothing when it does not match.
  std::optional<Parsed> parse(std::string_view text) const;

 private:
  struct Part {
    char letter = 0;  // 0: literal
    int count = 0;
    std::string literal = {};
    /// A number next to another number takes exactly `count` digits.
    bool is_adjacent = false;
    /// Inside [ ]: may be absent.
    int optional_depth = 0;
  };
  std::vector<Part> parts_;
};

}  // namespace grebe::native
