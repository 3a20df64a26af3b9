// Partition transforms: Spark's text → Iceberg's spec → DuckDB expressions and Avro values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lakehouse/iceberg/avro.h"
#include "lakehouse/iceberg/schema.h"

namespace grebe::lakehouse::iceberg {

/// One field of a partition spec, with what is needed to write it.
struct PartitionField {
  int field_id = 0;
  int source_id = 0;
  /// As in the spec: `identity`, `year`, `month`, `day`, `hour`, `truncate[4]`, `void`.
  std::string transform;
  std::string name;
  std::string source_name;
  types::DataType source_type;
  /// Type of the partition value.
  types::DataType result_type;
};

/// The fields of the spec object. Throws for transforms that we cannot compute (bucket).
std::vector<PartitionField> parse_spec(const Json& spec, const Json& schema);

/// A new spec object of id 0 from Spark's partitioning: column names or `days(ts)`,
/// `truncate(4, s)` …
Json make_spec(const std::vector<std::string>& partitioning, const Json& schema, int spec_id,
               int last_partition_id);

/// DuckDB expression of the partition value over stored columns.
std::string partition_expression(const PartitionField& field);

/// Avro type of the value and its encoding from DuckDB's text (nullopt is NULL).
Json partition_avro_type(const PartitionField& field);
void encode_partition_value(AvroEncoder& encoder, const PartitionField& field,
                            const std::optional<std::string>& text);

}  // namespace grebe::lakehouse::iceberg
