// A source of files → the same source with `_metadata`, the struct about each row's file.
#pragma once

#include "core/origin.h"
#include "resolved/relation.h"

namespace grebe::analyze {

class Analyzer;
struct Scope;

inline constexpr const char* kFileMetadata = "_metadata";

/// Tells whether a name that nothing else explains may mean the column or a field of it.
bool mentions_file_metadata(const std::vector<std::string>& name_parts);

/// Spark's fields: file_path, file_name, file_size, file_block_start, file_block_length,
/// file_modification_time; Parquet has row_index as well. None is nullable.
types::DataType file_metadata_type(const resolved::Relation& file_scan);

/// The FileScan with the column `metadata` after its others.
resolved::RelationPtr carry_file_metadata(const resolved::Relation& file_scan,
                                          const resolved::Attribute& metadata);

/// True when size and time of each file are known, so that `_metadata` can be asked for.
bool knows_its_files(const resolved::Relation& file_scan);

/// Tells whether a call is input_file_name(), input_file_block_start() or
/// input_file_block_length().
bool is_file_function(const std::string& name);

/// What such a call gives for the rows in sight; null when they come from no file. Throws
/// MULTI_SOURCES_UNSUPPORTED_FOR_EXPRESSION when they come from several sources.
resolved::ExpressionPtr file_function(Analyzer& analyzer, const std::string& name,
                                      const Scope& scope, const core::Origin& origin);

}  // namespace grebe::analyze
