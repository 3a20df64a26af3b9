// Texts from paths and files → values of a Spark type, or nothing when they do not fit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "types/data_type.h"
#include "types/value.h"

namespace grebe::sources {

/// `-12` → -12; nothing for anything but an optional sign and digits within 64 bits.
std::optional<int64_t> parse_integer(std::string_view text);
/// Java's Double.parseDouble, without hexadecimal forms.
std::optional<double> parse_double(std::string_view text);
/// `2020-01-02` (one-digit months and days allowed) → days.
std::optional<int64_t> parse_date(std::string_view text);
/// `2020-01-02[ T]03:04[:05[.678901]]` with an optional zone → µs; without zone the text is local
/// time in `time_zone`. A date alone is midnight.
std::optional<int64_t> parse_timestamp(std::string_view text, const std::string& time_zone);

/// The value of a text as the type; nothing when it does not fit.
std::optional<types::Value> parse_text_value(std::string_view text, const types::DataType& type,
                                             const std::string& time_zone);

}  // namespace grebe::sources
