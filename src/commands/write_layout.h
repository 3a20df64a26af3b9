// Options of a writer → codec, file suffix and the text lines of CSV, JSON and text files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "commands/host.h"

namespace grebe::commands {

using WriterOptions = std::map<std::string, std::string>;

/// How DuckDB's COPY is called for a format and its options.
struct CopyLayout {
  /// `FORMAT parquet, COMPRESSION zstd, …`.
  std::string copy_options;
  /// `.snappy.parquet`, `.csv.gz`.
  std::string suffix;
};

/// Throws for unknown codecs and options without a room.
CopyLayout copy_layout(CommandHost& host, const std::string& format, const WriterOptions& options,
                       const types::Schema& schema);

/// Wraps the input so that its only column, besides partition columns, is a line of text; Parquet's
/// input comes back as it is. `schema` is the input's.
plan::RelationPtr line_relation(const std::string& format, const plan::RelationPtr& input,
                                const types::Schema& schema,
                                const std::vector<std::string>& partition_by,
                                const WriterOptions& options);

/// Throws UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE for columns that the format cannot hold.
void check_types(const std::string& format, const types::Schema& schema);

}  // namespace grebe::commands
