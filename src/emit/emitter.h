// Resolved tree → blocks and text: the class that the files of this folder share.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "emit/block.h"
#include "emit/emit.h"

namespace grebe::emit {

/// A value as GROUP BY, DISTINCT and set operations give it out: −0.0 as 0.0
/// (NormalizeFloatingNumbers).
std::string grouped_value(const std::string& sql, const types::DataType& type);

/// DuckDB's lambdas see no column of the query around a LATERAL, so that one without a FROM of its
/// own gets them as a row: `(VALUES (c3)) AS t7(c3)`; empty without columns.
std::string outer_row(const std::set<resolved::AttributeId>& ids, const std::string& alias);

/// Ends the name of a column that keeps the rows' value of a key.
inline constexpr const char* kRowsValue = "_row";

/// Emits one query. Not thread-safe; made anew for each.
class Emitter {
 public:
  explicit Emitter(EmitOptions options) : options_(options) {}

  Block relation(const resolved::Relation& relation);

  // One member per relation kind.
  Block file_scan(const resolved::FileScan& node);
  Block extension_scan(const resolved::ExtensionScan& node);
  Block local_data(const resolved::LocalData& node);
  Block values(const resolved::Values& node);
  Block range(const resolved::Range& node);
  Block cte_ref(const resolved::CteRef& node);
  Block stored_data(const resolved::StoredData& node);
  Block project(const resolved::Project& node);
  Block filter(const resolved::Filter& node);
  Block join(const resolved::Join& node);
  Block aggregate(const resolved::Aggregate& node);
  Block sort(const resolved::Sort& node);
  Block limit(const resolved::Limit& node);
  Block tail(const resolved::Tail& node);
  Block set_operation(const resolved::SetOperation& node);
  Block distinct(const resolved::Distinct& node);
  Block deduplicate_on(const resolved::DeduplicateOn& node);
  Block generate(const resolved::Generate& node);
  Block expand(const resolved::Expand& node);
  Block sample(const resolved::Sample& node);
  Block with_cte(const resolved::WithCte& node);

  std::string expression(const resolved::Expression& expression);
  /// What reads a column here: in an aggregate's arguments a key keeps the sign of its −0.0.
  std::string column(resolved::AttributeId id) const;
  /// Arguments of an aggregate, its sort keys and at last its filter, which see rows and not keys.
  std::vector<std::string> aggregate_arguments(const resolved::AggregateCall& call);
  /// A whole condition, of which only what is true counts.
  std::string condition(const resolved::Expression& expression);
  std::string sort_key(const resolved::SortKey& key);
  /// The block as a table expression: `(SELECT …) AS t3`.
  std::string as_table(const Block& block, const std::vector<resolved::Attribute>& columns);
  /// A fresh block over the finished one.
  Block wrap(const Block& block, const std::vector<resolved::Attribute>& columns);
  std::string next_alias() { return "t" + std::to_string(++last_alias_); }

  std::vector<LocalTable> take_local_tables() { return std::move(local_tables_); }
  std::set<std::string> take_extensions() { return std::move(extensions_); }

 private:
  /// A computed key's value; Spark does not group by constants and so leaves them as they are.
  std::string key_value(const resolved::Expression& key);

  EmitOptions options_;
  int64_t last_alias_ = 0;
  std::vector<LocalTable> local_tables_;
  std::set<std::string> extensions_;
  /// While an aggregate's list is emitted: keys whose groups hold another value than the rows: the
  /// rows' is in a column of its own.
  std::set<resolved::AttributeId> changed_keys_;
  bool in_arguments_ = false;
  std::map<int64_t, int64_t> cte_uses_;
  std::map<int64_t, std::vector<resolved::Attribute>> cte_columns_;
};

/// A constant as DuckDB SQL in its carrier type.
std::string emit_literal(const types::Value& value, const types::DataType& type);

/// Turns a file's own column into the carrier form: structs by position, timestamps in UTC. Gives
/// `sql` back where nothing has to change.
std::string to_carrier(const std::string& sql, const types::DataType& type);

/// CSV, JSON and text files as a table expression with columns c<id>.
std::string emit_text_scan(const resolved::FileScan& node);

/// The same text for files that one SELECT can read: their partition values are the same.
std::string partition_key(const resolved::ScanFile& file, const resolved::FileScan& node);

/// The struct `_metadata` of one file; `row_index` is SQL for Parquet's last field.
std::string file_metadata_value(const resolved::ScanFile& file, const resolved::Attribute& metadata,
                                const std::string& row_index);

}  // namespace grebe::emit
