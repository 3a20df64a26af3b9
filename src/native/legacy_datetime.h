// java.text.SimpleDateFormat patterns, as Spark 2 used them (spark.sql.legacy.timeParserPolicy).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "types/time_zone.h"

namespace grebe::native {

/// Whether fields beyond their range are refused or carried over (Calendar.setLenient).
enum class Leniency : unsigned char { kStrict, kLenient };

class LegacyPattern {
 public:
  /// Null when SimpleDateFormat refuses the pattern; `fault` then says why.
  static std::shared_ptr<const LegacyPattern> compile(std::string_view pattern, std::string* fault);

  std::string format(int64_t utc_micros, const types::TimeZone& zone,
                     std::string_view zone_id) const;

  /// The instant that a text names; what follows the pattern's end is ignored. Nothing when the
  /// text does not match.
  std::optional<int64_t> parse(std::string_view text, const types::TimeZone& zone,
                               Leniency leniency) const;

 private:
  struct Part {
    char letter = 0;  // 0: literal
    int count = 0;
    std::string literal = {};
    /// A number before another number takes exactly `count` digits.
    bool is_adjacent = false;
  };
  std::vector<Part> parts_;
};

}  // namespace grebe::native
