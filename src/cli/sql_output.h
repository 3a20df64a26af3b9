// A statement's rows → a table, JSON lines or CSV on stdout.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "engine/database.h"
#include "types/value.h"

namespace grebe::cli {

enum class RowFormat : uint8_t { kTable, kJsonLines, kCsv };

struct RowOutputOptions {
  RowFormat format = RowFormat::kTable;
  /// Of a table, which must be held to find its widths; it says when there were more. The other
  /// forms stream everything.
  int32_t table_rows = 1000;
  std::string time_zone = "UTC";
};

/// Writes all rows; returns how many there were (at most table_rows + 1 are read for a table).
/// A result without columns writes nothing. Throws SparkError of the rows' making.
int64_t write_rows(engine::ResultStream& rows, const RowOutputOptions& options, std::ostream& out);

/// JSON text of a value: numbers and decimals with all their digits, NaN and infinities as text,
/// dates, times and intervals as CAST(… AS STRING) gives them, binary in base64, structs and maps
/// as objects.
std::string json_text(const types::Value& value, const types::DataType& type,
                      const std::string& time_zone);

/// Quoted where RFC 4180 asks for it; null is nothing and empty text is "".
std::string csv_text(const types::Value& value, const types::DataType& type,
                     const std::string& time_zone);

}  // namespace grebe::cli
