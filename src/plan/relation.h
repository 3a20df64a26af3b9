// The unresolved relation tree: DataFrame operators and SQL clauses alike, before analysis.
// Long: the protocol has this many relations; a node is a few lines.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "plan/expression.h"

namespace grebe::plan {

struct Command;
using CommandPtr = std::shared_ptr<const Command>;

/// Reader and writer options as given; keys are compared case-insensitively.
using Options = std::vector<std::pair<std::string, std::string>>;

/// A table or view by name. `options` are WITH/`option()` values.
struct ReadTable {
  std::vector<std::string> name_parts;
  Options options;
  /// VERSION AS OF / TIMESTAMP AS OF of SQL.
  std::string version_as_of;
  ExpressionPtr timestamp_as_of;
  bool is_streaming = false;
  /// IDENTIFIER(expression) in place of a name; null otherwise.
  ExpressionPtr name_expression;
};

/// spark.read.format(…).load(paths). `schema` is DDL or JSON text, empty for none.
struct ReadDataSource {
  std::string format;
  std::vector<std::string> paths;
  std::string schema;
  Options options;
  std::vector<std::string> predicates;
  bool is_streaming = false;
};

/// Rows the client sent: an Arrow IPC stream and/or a DDL or JSON schema text.
struct LocalRelation {
  /// Null when only the schema was sent (an empty relation).
  std::shared_ptr<const std::string> arrow_stream;
  std::string schema;
};

/// A relation too large for one message, sent as an artifact; `hash` names it (`cache/<hash>`).
struct CachedLocalRelation {
  std::string hash;
  /// The chunked form (4.1+), `hash` empty: Arrow streams by their hashes, in order, and the hash
  /// of the schema text (empty: none).
  std::vector<std::string> data_hashes = {};
  std::string schema_hash = {};
};

/// A frame kept by the server (checkpoint) by its id.
struct CachedRemoteRelation {
  std::string relation_id;
};

/// VALUES (…), (…) AS t(a, b): inline table of SQL.
struct InlineTable {
  std::vector<std::vector<ExpressionPtr>> rows;
  /// Empty for col1, col2 ….
  std::vector<std::string> column_names;
};

/// SELECT without FROM.
struct OneRow {};

/// spark.range(start, end, step, partitions).
struct Range {
  int64_t start = 0;
  int64_t end = 0;
  int64_t step = 1;
  std::optional<int32_t> partitions;
};

/// spark.sql(text) with parameters, parsed during analysis so that a frame can wrap it.
struct SqlQuery {
  std::string text;
  std::map<std::string, ExpressionPtr> named_arguments;
  std::vector<ExpressionPtr> positional_arguments;
};

struct Project {
  RelationPtr input;
  std::vector<ExpressionPtr> expressions;
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

/// Exactly one of condition, using_columns, natural is given, or none (cross/inner).
struct Join {
  RelationPtr left;
  RelationPtr right;
  JoinType type = JoinType::kInner;
  ExpressionPtr condition;
  std::vector<std::string> using_columns;
  bool natural = false;
  /// The right side sees the left side's columns.
  bool lateral = false;
};

enum class SetOpType : uint8_t { kUnion, kIntersect, kExcept };

struct SetOperation {
  RelationPtr left;
  RelationPtr right;
  SetOpType type = SetOpType::kUnion;
  bool all = false;
  bool by_name = false;
  bool allow_missing_columns = false;
};

struct Sort {
  RelationPtr input;
  std::vector<SortOrder> order;
  /// False for SORT BY / sortWithinPartitions.
  bool global = true;
};

struct Limit {
  RelationPtr input;
  ExpressionPtr limit;
};

struct Offset {
  RelationPtr input;
  ExpressionPtr offset;
};

struct Tail {
  RelationPtr input;
  ExpressionPtr limit;
};

enum class GroupKind : uint8_t { kGroupBy, kRollup, kCube, kGroupingSets, kPivot };

/// groupBy/rollup/cube/pivot of either API. `aggregates` is the whole output for SQL's SELECT
/// (grouping columns included as written); for a DataFrame, grouping columns come first by
/// themselves, which `prepend_groups` says.
struct Aggregate {
  RelationPtr input;
  GroupKind kind = GroupKind::kGroupBy;
  std::vector<ExpressionPtr> groups;
  /// kGroupingSets: each set's members. With kGroupBy and several analytics (GROUP BY a, CUBE(b)),
  /// the parser expands them to sets.
  std::vector<std::vector<ExpressionPtr>> grouping_sets;
  std::vector<ExpressionPtr> aggregates;
  bool prepend_groups = false;
  /// SQL's HAVING, which may name aggregates and output columns.
  ExpressionPtr having;
  /// Where SQL says GROUP BY, as far as its keys go.
  core::Origin group_by = {};
  /// kPivot: the column and its values (empty: found by a query). SQL may name values.
  ExpressionPtr pivot_column;
  std::vector<ExpressionPtr> pivot_values;
};

struct Deduplicate {
  RelationPtr input;
  /// Empty: all columns (DISTINCT).
  std::vector<std::string> columns;
  bool within_watermark = false;
};

/// `(…) AS alias(columns)`.
struct SubqueryAlias {
  RelationPtr input;
  std::string alias;
  std::vector<std::string> qualifier;
  std::vector<std::string> column_names;
};

/// One WITH list and the query below it.
struct WithCte {
  struct Item {
    std::string name;
    std::vector<std::string> column_names;
    RelationPtr relation;
  };
  RelationPtr input;
  std::vector<Item> items;
};

/// Named windows (WINDOW w AS …) for the query below.
struct WithWindows {
  RelationPtr input;
  std::vector<std::pair<std::string, Window>> windows;
};

/// LATERAL VIEW [OUTER] generator(args) alias AS columns.
struct LateralView {
  RelationPtr input;
  ExpressionPtr generator;
  bool outer = false;
  std::string table_alias;
  std::vector<std::string> column_names;
};

/// SELECT TRANSFORM(…) USING 'script' (Spark: ScriptTransformation without serde).
struct ScriptTransform {
  /// How rows are lines of text.
  struct Format {
    std::string separator = "\t";
    std::string null_text = "\\N";
  };
  RelationPtr input;
  std::string script;
  Format input_format;
  Format output_format;
  /// Empty: `key` and `value`.
  types::Schema columns;
};

/// A table-valued function: range(…), explode(…) in FROM.
struct TableFunction {
  std::vector<std::string> name_parts;
  std::vector<ExpressionPtr> arguments;
};

/// UNPIVOT / melt. In SQL, value groups may hold several columns and aliases.
struct Unpivot {
  RelationPtr input;
  /// Absent: all columns that are not values.
  std::optional<std::vector<ExpressionPtr>> ids;
  /// Absent: all columns that are not ids. Each group has as many members as value_column_names.
  std::optional<std::vector<std::vector<ExpressionPtr>>> values;
  std::vector<std::string> value_aliases;
  std::string variable_column_name;
  std::vector<std::string> value_column_names;
  bool include_nulls = true;
};

enum class SampleMethod : uint8_t { kFraction, kRows, kBucket };

/// sample(…) or TABLESAMPLE.
struct Sample {
  RelationPtr input;
  SampleMethod method = SampleMethod::kFraction;
  double lower_bound = 0;
  double upper_bound = 1;
  bool with_replacement = false;
  std::optional<int64_t> seed;
  bool deterministic_order = false;
  /// kRows: the number of rows.
  ExpressionPtr row_count;
};

struct Repartition {
  RelationPtr input;
  std::optional<int32_t> partitions;
  bool shuffle = true;
  /// Keys of repartition(cols) / DISTRIBUTE BY / repartitionByRange.
  std::vector<ExpressionPtr> expressions;
};

struct ToDf {
  RelationPtr input;
  std::vector<std::string> column_names;
};

/// withColumns: each expression is an Alias with one name.
struct WithColumns {
  RelationPtr input;
  std::vector<ExpressionPtr> aliases;
};

struct WithColumnsRenamed {
  RelationPtr input;
  std::vector<std::pair<std::string, std::string>> renames;
};

struct Drop {
  RelationPtr input;
  std::vector<ExpressionPtr> columns;
  std::vector<std::string> column_names;
};

/// df.to(schema).
struct ToSchema {
  RelationPtr input;
  types::DataType schema;
};

/// df.show() → one string column `show_string`.
struct ShowString {
  RelationPtr input;
  int32_t rows = 20;
  int32_t truncate = 20;
  bool vertical = false;
};

/// df._repr_html_() → one string column `html_string`.
struct HtmlString {
  RelationPtr input;
  int32_t rows = 20;
  int32_t truncate = 20;
};

struct Hint {
  RelationPtr input;
  std::string name;
  std::vector<ExpressionPtr> parameters;
};

/// fillna: one value for all columns of its kind, or one per listed column.
struct NaFill {
  RelationPtr input;
  std::vector<std::string> columns;
  std::vector<Literal> values;
};

struct NaDrop {
  RelationPtr input;
  std::vector<std::string> columns;
  /// Rows with fewer non-null values are dropped; absent: any null.
  std::optional<int32_t> min_non_nulls;
};

struct NaReplace {
  RelationPtr input;
  std::vector<std::string> columns;
  std::vector<std::pair<Literal, Literal>> replacements;
};

/// df.describe(columns).
struct StatDescribe {
  RelationPtr input;
  std::vector<std::string> columns;
};

/// df.summary(statistics).
struct StatSummary {
  RelationPtr input;
  std::vector<std::string> statistics;
};

/// The df.stat functions.
struct StatCrosstab {
  RelationPtr input;
  std::string column1;
  std::string column2;
};
struct StatCov {
  RelationPtr input;
  std::string column1;
  std::string column2;
};
struct StatCorr {
  RelationPtr input;
  std::string column1;
  std::string column2;
  std::string method;
};
struct StatApproxQuantile {
  RelationPtr input;
  std::vector<std::string> columns;
  std::vector<double> probabilities;
  double relative_error = 0;
};
struct StatFreqItems {
  RelationPtr input;
  std::vector<std::string> columns;
  std::optional<double> support;
};
struct StatSampleBy {
  RelationPtr input;
  ExpressionPtr column;
  std::vector<std::pair<Literal, double>> fractions;
  std::optional<int64_t> seed;
};

/// df.observe(name, metrics…).
struct CollectMetrics {
  RelationPtr input;
  std::string name;
  std::vector<ExpressionPtr> metrics;
};

/// spark.read.json(df)/csv(df): text rows parsed with a reader's options.
struct ParseText {
  RelationPtr input;
  std::string format;
  std::string schema;
  Options options;
};

/// A command whose result rows are used as a relation (SHOW TABLES, spark.catalog.*).
struct CommandResult {
  CommandPtr command;
};

/// A relation of the protocol that has no room yet; analysis answers with a typed error.
struct UnsupportedRelation {
  std::string name;
};

/// Families are kept small so that total visits compile fast: leaves, unary operators of the
/// language, and DataFrame conveniences that analysis rewrites.
struct Relation {
  using Node = std::variant<
      // Leaves
      ReadTable, ReadDataSource, LocalRelation, CachedLocalRelation, CachedRemoteRelation,
      InlineTable, OneRow, Range, SqlQuery, TableFunction, CommandResult, UnsupportedRelation,
      // Operators
      Project, Filter, Join, SetOperation, Sort, Limit, Offset, Tail, Aggregate, Deduplicate,
      SubqueryAlias, WithCte, WithWindows, LateralView, ScriptTransform, Unpivot, Sample,
      Repartition, Hint,
      // DataFrame conveniences
      ToDf, WithColumns, WithColumnsRenamed, Drop, ToSchema, ShowString, HtmlString, NaFill, NaDrop,
      NaReplace, StatDescribe, StatSummary, StatCrosstab, StatCov, StatCorr, StatApproxQuantile,
      StatFreqItems, StatSampleBy, CollectMetrics, ParseText>;
  Node node;
  /// The frame's id, given by the client; columns refer to it.
  std::optional<int64_t> plan_id;
  core::Origin origin;
};

/// Wraps a node.
RelationPtr make_relation(Relation::Node node, std::optional<int64_t> plan_id = {},
                          core::Origin origin = {});

}  // namespace grebe::plan
