// DuckDB's text of a column's minimum or maximum → Iceberg's single-value bytes.
#pragma once

#include <optional>
#include <string>

#include "types/data_type.h"
#include "types/value.h"

namespace grebe::lakehouse::iceberg {

enum class Bound { kLower, kUpper };

/// The bytes of a bound (Iceberg specification, Appendix D), long texts cut to 16 characters
/// outwards; nothing where no safe bound can be given.
std::optional<std::string> encode_bound(const types::DataType& type, const std::string& text,
                                        Bound bound);

/// Bytes that hold every unscaled value of a precision.
int decimal_length(int precision);

/// Two's complement, big endian, `length` bytes (0: as few as hold it).
std::string big_endian(types::int128 value, int length);

}  // namespace grebe::lakehouse::iceberg
