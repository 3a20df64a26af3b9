// The unresolved expression tree: what a client or a SQL text said, before any name is looked up.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/origin.h"
#include "types/data_type.h"
#include "types/value.h"

namespace grebe::plan {

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;
struct Relation;
using RelationPtr = std::shared_ptr<const Relation>;

/// A constant with its Spark type.
struct Literal {
  types::DataType type;
  types::Value value;
};

/// `a.b.c` or a DataFrame column; `plan_id` ties it to the frame it was taken from.
struct UnresolvedAttribute {
  std::vector<std::string> name_parts;
  std::optional<int64_t> plan_id;
  /// True for `df._metadata`-like columns asked for by the client.
  bool is_metadata_column = false;
};

/// `*`, `t.*` or `s.*`; `except` holds SQL's EXCEPT list.
struct UnresolvedStar {
  std::vector<std::string> target;
  std::vector<std::vector<std::string>> except;
  std::optional<int64_t> plan_id;
};

/// df.colRegex, or a quoted regex column name in SQL.
struct UnresolvedRegex {
  std::string pattern;
  std::vector<std::string> qualifier;
  std::optional<int64_t> plan_id;
};

/// Sort direction and null order of one key.
struct SortOrder {
  ExpressionPtr child;
  bool ascending = true;
  /// NULLS FIRST; Spark's default is first when ascending, last when descending.
  bool nulls_first = true;
};

/// A call by name. Operators are calls too, under Spark's registry names: `+ - * / % div = == <=>
/// < <= > >= <> ! not and or & | ^ ~ || in between like ilike rlike isnull isnotnull when case if
/// negative positive coalesce named_struct struct array map`. `when` takes (cond, value)… [else].
struct UnresolvedFunction {
  std::vector<std::string> name_parts;
  std::vector<ExpressionPtr> arguments;
  bool is_distinct = false;
  /// FILTER (WHERE …).
  ExpressionPtr filter;
  /// True for IGNORE NULLS.
  bool ignore_nulls = false;
  /// WITHIN GROUP (ORDER BY …).
  std::vector<SortOrder> within_group;
  /// True when the client asks for an internal function that SQL cannot name.
  bool is_internal = false;
};

/// `expr AS name` or `expr AS (a, b)`; metadata is JSON text.
struct Alias {
  ExpressionPtr child;
  std::vector<std::string> names;
  std::string metadata_json;
};

enum class CastMode : uint8_t { kDefault, kAnsi, kTry };

/// CAST/TRY_CAST/`::`; a user-written cast. kDefault follows spark.sql.ansi.enabled.
struct Cast {
  ExpressionPtr child;
  types::DataType type;
  CastMode mode = CastMode::kDefault;
};

enum class FrameUnit : uint8_t { kRows, kRange };

/// One end of a window frame. `offset` is set for value PRECEDING/FOLLOWING, its sign for which.
struct FrameBound {
  enum class Kind : uint8_t {
    kUnboundedPreceding,
    kPreceding,
    kCurrentRow,
    kFollowing,
    kUnboundedFollowing
  };
  Kind kind = Kind::kCurrentRow;
  /// For kPreceding/kFollowing: the (positive or signed) distance as written.
  ExpressionPtr offset;
};

struct WindowFrame {
  FrameUnit unit = FrameUnit::kRange;
  FrameBound lower;
  FrameBound upper;
};

/// `f(…) OVER (…)`; `window_name` refers to the WINDOW clause and excludes the other parts.
struct Window {
  ExpressionPtr function;
  std::vector<ExpressionPtr> partition_by;
  std::vector<SortOrder> order_by;
  std::optional<WindowFrame> frame;
  std::string window_name;
  /// The parentheses of OVER, for errors about the frame.
  core::Origin definition_origin;
};

/// `x -> …`, `(x, y) -> …`.
struct Lambda {
  std::vector<std::string> parameters;
  ExpressionPtr body;
};

/// A lambda's own variable as the DataFrame API names it.
struct LambdaVariable {
  std::string name;
};

/// `child[key]` or `child.key`: array element, map value or struct field.
struct ExtractValue {
  ExpressionPtr child;
  ExpressionPtr key;
};

/// Column.withField (value set) or dropFields (value null).
struct UpdateFields {
  ExpressionPtr child;
  std::vector<std::string> field_path;
  ExpressionPtr value;
};

enum class SubqueryKind : uint8_t { kScalar, kExists, kIn, kLateralTable };

/// `(SELECT …)`, `EXISTS (…)`, `(a, b) IN (…)`.
struct Subquery {
  SubqueryKind kind = SubqueryKind::kScalar;
  RelationPtr relation;
  /// Left side of IN.
  std::vector<ExpressionPtr> values;
};

/// `:name` or, with an empty name, the positional `?` at `position` (0-based, in text order).
struct ParameterMarker {
  std::string name;
  int32_t position = 0;
};

/// `name => value` in a call.
struct NamedArgument {
  std::string name;
  ExpressionPtr value;
};

/// IDENTIFIER(expr) used as a column or function name.
struct IdentifierClause {
  ExpressionPtr name;
  /// Arguments when it names a function.
  std::optional<std::vector<ExpressionPtr>> call_arguments;
};

/// A sort key where an expression is expected (DataFrame `orderBy(col.desc())` in calls).
struct SortKey {
  SortOrder order;
};

/// A Python/Scala function of the client: answered by a typed error until it has a room.
struct UserFunction {
  std::string name;
  std::string kind;
};

/// Free of schema and tables; made only by parse, consumed only by analyze.
struct Expression {
  using Node = std::variant<Literal, UnresolvedAttribute, UnresolvedStar, UnresolvedRegex,
                            UnresolvedFunction, Alias, Cast, Window, Lambda, LambdaVariable,
                            ExtractValue, UpdateFields, Subquery, ParameterMarker, NamedArgument,
                            IdentifierClause, SortKey, UserFunction>;
  Node node;
  core::Origin origin;
};

/// Wraps a node.
ExpressionPtr make_expression(Expression::Node node, core::Origin origin = {});

/// A call of a built-in by its simple name.
ExpressionPtr make_call(std::string name, std::vector<ExpressionPtr> arguments,
                        core::Origin origin = {});

}  // namespace grebe::plan
