// Patterns of dates and times → the same marked with spark.sql.legacy.timeParserPolicy, for
// kernels.
#pragma once

#include <string>

#include "functions/entry.h"

namespace grebe::functions {

/// Which parser stood in Spark 2's place: it decides what EXCEPTION compares with.
enum class LegacyParser : unsigned char {
  /// SimpleDateFormat, as to_timestamp and date_format had it: strict.
  kSimple,
  /// FastDateFormat, as CSV and JSON had it: it carries days over into the next month.
  kFast,
};

/// The pattern behind a mark that native's datetime patterns read: \1 LEGACY, \2 CORRECTED, \3
/// EXCEPTION beside the lenient parser, \4 LEGACY by it; EXCEPTION itself has none.
std::string marked_pattern(const std::string& pattern, const BindContext& context,
                           LegacyParser parser);

/// A call whose argument `index` is a pattern, lowered with that pattern marked.
resolved::ExpressionPtr with_parser_policy(const BindInput& input,
                                           const resolved::ExpressionPtr& bound, size_t index);

}  // namespace grebe::functions
