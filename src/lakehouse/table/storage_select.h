// Rows in carrier types → a DuckDB SELECT with the names and types that a table's files hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "types/data_type.h"

namespace grebe::lakehouse {

/// How a format wants Spark's types in its Parquet files.
struct StorageTypes {
  /// True widens BYTE and SHORT to INT (Iceberg has no smaller ones).
  enum class SmallIntegers : uint8_t { kKeep, kWiden };
  SmallIntegers small_integers = SmallIntegers::kKeep;
  /// kFixedLength gives decimals of up to 18 digits with 38, see DataFileOptions::fixed_decimals.
  enum class Decimals : uint8_t { kKeep, kFixedLength };
  Decimals decimals = Decimals::kKeep;
  /// Columns that keep their carrier type (partition columns that files do not hold).
  std::vector<std::string> carriers_kept = {};
};

/// The expression that turns `expression`, the carrier of `type`, into what files hold: structs
/// with their field names, TIMESTAMP as instants adjusted to UTC.
std::string storage_expression(const types::DataType& type, const std::string& expression,
                               const StorageTypes& storage);

/// `query` gives the carriers of `given` by position. The result has the columns of `target` in
/// order, taken from `given` by name (case-insensitively), cast to the target's type, null where
/// `given` lacks them.
std::string storage_select(const std::string& query, const types::Schema& given,
                           const types::Schema& target, const StorageTypes& storage);

/// True for decimals that DuckDB's Parquet files hold as integers.
bool is_short_decimal(const types::DataType& type);

/// Throws for types that no lakehouse format stores (intervals, VOID) and for names that collide
/// when case is ignored.
void check_storable(const types::Schema& schema, std::string_view format);

/// Index of the column called `name` in any case.
std::optional<size_t> find_column(const types::Schema& schema, std::string_view name);

/// True when both names are equal but for case (ASCII).
bool same_name(std::string_view a, std::string_view b);

}  // namespace grebe::lakehouse
