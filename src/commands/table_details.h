// A catalog entry → the named lines of DESCRIBE EXTENDED and SHOW TABLE EXTENDED.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "catalog/partitions.h"
#include "commands/host.h"

namespace grebe::commands {

/// Names and values in Spark's order.
using Details = std::vector<std::pair<std::string, std::string>>;

/// Spark: CatalogTable.toLinkedHashMap without partition columns and schema.
Details table_details(CommandHost& host, const catalog::Table& table);

/// Spark: CatalogTablePartition.toLinkedHashMap.
Details partition_details(const catalog::Table& table, const catalog::Partition& partition);

/// Lines of buckets and storage that follow a partition's own.
Details storage_details(const catalog::Table& table);

/// `Name: value` lines.
std::string details_text(const Details& details);

/// What SHOW TABLE EXTENDED says about a table, its schema as a tree included.
std::string extended_text(CommandHost& host, const catalog::Table& table);

/// The same about a temporary view.
std::string temp_view_text(const std::string& name, const session::TempView& view);

/// Properties and options as they are shown: without those that carry clauses, and with stars for
/// the values of keys that look like secrets.
catalog::Properties shown_properties(const catalog::Properties& properties);

/// Default values by column, as CREATE TABLE wrote them; empty for none.
std::string column_default(const types::StructField& field);

}  // namespace grebe::commands
