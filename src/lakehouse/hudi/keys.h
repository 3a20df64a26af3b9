// Record key and partition fields → the DuckDB expressions that give Hudi's key and path texts.
#pragma once

#include <string>
#include <vector>

#include "types/data_type.h"

namespace grebe::lakehouse::hudi {

/// How partition folders are named.
struct PartitionStyle {
  /// `field=value` instead of `value`.
  enum class Naming : uint8_t { kHive, kPlain };
  enum class Escaping : uint8_t { kUrl, kNone };
  Naming naming = Naming::kHive;
  Escaping escaping = Escaping::kUrl;
};

/// Text of the record key over columns named as in `schema`. One field is its value, several are
/// `a:1,b:2`. A null or empty key raises an error in the query.
std::string record_key_expression(const types::Schema& schema,
                                  const std::vector<std::string>& fields);

/// Text of the relative partition path, empty for no fields.
std::string partition_path_expression(const types::Schema& schema,
                                      const std::vector<std::string>& fields,
                                      const PartitionStyle& style);

}  // namespace grebe::lakehouse::hudi
