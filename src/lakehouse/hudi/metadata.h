// Spark's schema ↔ the Avro schema in which Hudi keeps it.
#pragma once

#include <string>
#include <string_view>

#include "types/data_type.h"

namespace grebe::lakehouse::hudi {

/// The five columns that Hudi puts before a table's own.
inline constexpr const char* kCommitTime = "_hoodie_commit_time";
inline constexpr const char* kSequence = "_hoodie_commit_seqno";
inline constexpr const char* kRecordKey = "_hoodie_record_key";
inline constexpr const char* kPartitionPath = "_hoodie_partition_path";
inline constexpr const char* kFileName = "_hoodie_file_name";

/// Those five as Spark columns.
types::Schema meta_columns();
bool is_meta_column(std::string_view name);

/// The schema as Hudi can store it: Avro has no integers below 32 bits, CHAR and VARCHAR are
/// strings.
types::Schema avro_storable(const types::Schema& schema);

/// Avro record schema, JSON. Names must be Avro names. Throws for types that Avro lacks.
std::string print_avro_schema(const types::Schema& schema, const std::string& table_name);

/// Meta columns are left out. Throws on malformed text or on what Spark has no type for.
types::Schema parse_avro_schema(std::string_view json);

}  // namespace grebe::lakehouse::hudi
