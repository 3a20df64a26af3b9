// Text of a partition value or statistic ↔ Spark values and the forms that formats want.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "types/data_type.h"
#include "types/value.h"

namespace grebe::lakehouse {

/// The value that `text` stands for in a column of `type`; text as Spark or DuckDB writes it
/// (timestamps with or without zone mean UTC). Throws when it is none.
types::Value parse_partition_value(const types::DataType& type, const std::string& text);

/// Days since the epoch of `2024-01-31`; nothing for other text (years outside 0000…9999).
std::optional<int64_t> parse_date(std::string_view text);

/// µs since the epoch of `2024-01-31 10:00:00[.123456][Z|±hh[:mm]]` (also with T); nothing for
/// other text.
std::optional<int64_t> parse_timestamp(std::string_view text);

/// `2024-01-31`.
std::string format_date(int64_t days);

/// `2024-01-31T10:00:00.123456` with `digits` (3 or 6) decimals.
std::string format_timestamp(int64_t micros, int digits, char separator = 'T');

}  // namespace grebe::lakehouse
