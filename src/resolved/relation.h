// The resolved relation tree: validated, typed, ready to be optimized and emitted.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "resolved/expression.h"

namespace grebe::resolved {

enum class ScanFormat : uint8_t { kParquet, kCsv, kJson, kText };

/// One data file and the values of the partition columns that its path or log entry gives.
struct ScanFile {
  std::string path;
  std::vector<types::Value> partition_values;
  /// Bytes; -1 when unknown.
  int64_t size = -1;
  /// µs since the epoch; 0 when unknown.
  int64_t modified = 0;
};

/// A column of a file, by its name there.
struct ScanColumn {
  Attribute attribute;
  std::string source_name;
};

/// A pinned list of files in a plain format.
struct FileScan {
  ScanFormat format = ScanFormat::kParquet;
  std::vector<ScanFile> files;
  std::vector<ScanColumn> columns;
  /// Partition columns, in the order of ScanFile::partition_values.
  std::vector<Attribute> partition_columns;
  /// The struct `_metadata` about each row's file, in a query that asks for it.
  std::optional<Attribute> file_metadata;
  /// Reader options, keys in lower case.
  std::map<std::string, std::string> options;
  /// For messages and explain: the table or path that was asked for.
  std::string description;
};

/// A table that DuckDB's own extension scans, pinned to one snapshot.
struct ExtensionScan {
  /// "delta" or "iceberg".
  std::string extension;
  /// Table directory, or metadata.json for Iceberg.
  std::string location;
  /// Version or snapshot id; absent only where the format has none.
  std::optional<int64_t> snapshot;
  std::vector<ScanColumn> columns;
  std::string description;
};

/// Rows sent by a client as an Arrow stream.
struct LocalData {
  std::shared_ptr<const std::string> arrow_stream;
  std::vector<Attribute> output;
};

/// Constant rows.
struct Values {
  std::vector<std::vector<ExpressionPtr>> rows;
  std::vector<Attribute> output;
};

/// One row without columns.
struct OneRow {};

struct Range {
  int64_t start = 0;
  int64_t end = 0;
  int64_t step = 1;
  Attribute output;
};

/// A use of a WithCte definition.
struct CteRef {
  int64_t cte_id = 0;
  /// Fresh attributes, position by position those of the definition.
  std::vector<Attribute> output;
};

/// Data kept by cache()/checkpoint(): a DuckDB table owned by the session.
struct StoredData {
  std::string table;
  std::vector<Attribute> output;
};

struct Project {
  RelationPtr input;
  std::vector<NamedExpression> items;
};

struct Filter {
  RelationPtr input;
  ExpressionPtr condition;
};

enum class JoinType : uint8_t {
  kInner,
  kLeftOuter,
  kRightOuter,
  kFullOuter,
  kLeftSemi,
  kLeftAnti,
  kCross
};

/// `output` holds left then right columns with their nullability after the join (left only for
/// semi and anti joins).
struct Join {
  RelationPtr left;
  RelationPtr right;
  JoinType type = JoinType::kInner;
  ExpressionPtr condition;
  bool lateral = false;
  std::vector<Attribute> output;
};

/// Group keys, then output items over keys and aggregate calls.
struct Aggregate {
  RelationPtr input;
  /// Keys with the attribute under which items refer to them.
  std::vector<NamedExpression> groups;
  /// Present for ROLLUP/CUBE/GROUPING SETS: indexes into groups.
  std::optional<std::vector<std::vector<int32_t>>> grouping_sets;
  std::vector<NamedExpression> items;
};

struct Sort {
  RelationPtr input;
  std::vector<SortKey> keys;
};

struct Limit {
  RelationPtr input;
  std::optional<int64_t> limit;
  int64_t offset = 0;
};

/// The last `limit` rows in order.
struct Tail {
  RelationPtr input;
  int64_t limit = 0;
};

enum class SetOpType : uint8_t { kUnion, kIntersect, kExcept };

/// Inputs have equal types by position; output attributes are fresh.
struct SetOperation {
  std::vector<RelationPtr> inputs;
  SetOpType type = SetOpType::kUnion;
  bool all = false;
  std::vector<Attribute> output;
};

struct Distinct {
  RelationPtr input;
};

/// dropDuplicates on some columns: the first row met of each key.
struct DeduplicateOn {
  RelationPtr input;
  std::vector<AttributeId> keys;
};

/// A generator joined to its input.
struct Generate {
  RelationPtr input;
  ExpressionPtr generator;
  bool outer = false;
  /// The generator's columns.
  std::vector<Attribute> generated;
  /// False when the input's columns are not asked for.
  bool keep_input = true;
};

/// Each input row once per projection (UNPIVOT, describe).
struct Expand {
  RelationPtr input;
  std::vector<std::vector<ExpressionPtr>> projections;
  std::vector<Attribute> output;
};

struct Sample {
  RelationPtr input;
  double lower_bound = 0;
  double upper_bound = 1;
  bool with_replacement = false;
  int64_t seed = 0;
};

struct WithCte {
  struct Definition {
    int64_t cte_id = 0;
    std::string name;
    RelationPtr relation;
  };
  std::vector<Definition> definitions;
  RelationPtr input;
};

/// df.show()/_repr_html_: rows become one text; only at the root of a plan.
struct ShowRows {
  RelationPtr input;
  int32_t rows = 20;
  int32_t truncate = 20;
  bool vertical = false;
  bool html = false;
  Attribute output;
};

/// df.observe: metrics over the rows that pass.
struct Observe {
  RelationPtr input;
  std::string name;
  std::vector<NamedExpression> metrics;
};

struct Relation {
  using Node =
      std::variant<FileScan, ExtensionScan, LocalData, Values, OneRow, Range, CteRef, StoredData,
                   Project, Filter, Join, Aggregate, Sort, Limit, Tail, SetOperation, Distinct,
                   DeduplicateOn, Generate, Expand, Sample, WithCte, ShowRows, Observe>;
  Node node;
  /// Columns in order, hidden ones excluded.
  std::vector<Attribute> output;
};

/// Wraps a node with its output.
RelationPtr make_relation(Relation::Node node, std::vector<Attribute> output);

}  // namespace grebe::resolved
