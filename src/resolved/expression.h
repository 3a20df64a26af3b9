// The resolved expression tree: every name bound to an attribute id, every node with Spark's type.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/origin.h"
#include "types/data_type.h"
#include "types/value.h"

namespace grebe::resolved {

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;
struct Relation;
using RelationPtr = std::shared_ptr<const Relation>;

/// Identifies a column across one analyzed plan; emitted as `c<id>`.
using AttributeId = int64_t;

/// One output column of a relation.
struct Attribute {
  AttributeId id = 0;
  std::string name;
  types::DataType type;
  bool nullable = true;
  /// Table or alias parts, innermost last: {"spark_catalog", "default", "t"} or {"a"}.
  std::vector<std::string> qualifier;
  std::string metadata_json;
  /// Ids of the client's frames whose output this attribute belongs to are found by analyze.
};

/// A constant; its type is the node's.
struct Literal {
  types::Value value;
  /// The session's, in which names and messages write a TIMESTAMP; empty for UTC.
  std::string time_zone = {};
};

/// A column of the input.
struct AttributeRef {
  AttributeId id = 0;
  std::string name;
  std::vector<std::string> qualifier;
};

/// A column of the query around a subquery or lateral join.
struct OuterRef {
  AttributeId id = 0;
  std::string name;
  std::vector<std::string> qualifier;
};

/// A scalar or generator function, operators included, by Spark's registry name.
struct Call {
  std::string function;
  /// Which overload of the function's entry was bound.
  int32_t overload = 0;
  /// Arguments after implicit casts; they also give the call's printed form.
  std::vector<ExpressionPtr> arguments;
  /// spark.sql.ansi.enabled when the call was bound; `try_` functions say false.
  bool ansi = false;
  /// Set when the entry is a rewrite: what is run instead of the call.
  ExpressionPtr lowered;
};

enum class CastMode : uint8_t { kLegacy, kAnsi, kTry };

/// A cast to the node's type; implicit ones do not show in generated names.
struct Cast {
  ExpressionPtr child;
  CastMode mode = CastMode::kLegacy;
  bool is_implicit = false;
};

/// Struct field by position.
struct GetField {
  ExpressionPtr child;
  int32_t ordinal = 0;
  std::string name;
};

/// The same field of each struct in an array.
struct GetArrayStructFields {
  ExpressionPtr child;
  int32_t ordinal = 0;
  std::string name;
};

struct SortKey {
  ExpressionPtr child;
  bool ascending = true;
  bool nulls_first = true;
};

/// An aggregate function with its modifiers.
struct AggregateCall {
  std::string function;
  int32_t overload = 0;
  std::vector<ExpressionPtr> arguments;
  bool is_distinct = false;
  ExpressionPtr filter;
  bool ignore_nulls = false;
  std::vector<SortKey> within_group;
  bool ansi = false;
  /// Set when the entry is a rewrite: an expression over other aggregate calls.
  ExpressionPtr lowered;
};

enum class FrameUnit : uint8_t { kRows, kRange };

struct FrameBound {
  enum class Kind : uint8_t {
    kUnboundedPreceding,
    kPreceding,
    kCurrentRow,
    kFollowing,
    kUnboundedFollowing
  };
  Kind kind = Kind::kCurrentRow;
  /// kPreceding/kFollowing: a non-negative distance, already coerced to the key's type for RANGE.
  ExpressionPtr offset;
};

struct WindowFrame {
  FrameUnit unit = FrameUnit::kRange;
  FrameBound lower;
  FrameBound upper;
  /// False when Spark's default frame applies (names do not print it differently).
  bool is_explicit = false;
};

/// A window function or an aggregate over a window. `function` is a Call or an AggregateCall.
struct WindowCall {
  ExpressionPtr function;
  std::vector<ExpressionPtr> partition_by;
  std::vector<SortKey> order_by;
  WindowFrame frame;
};

/// A lambda parameter inside its body.
struct LambdaVariable {
  AttributeId id = 0;
  std::string name;
};

struct LambdaParameter {
  AttributeId id = 0;
  std::string name;
  types::DataType type;
  bool nullable = true;
};

/// The function argument of a higher-order call; the node's type is the body's.
struct Lambda {
  std::vector<LambdaParameter> parameters;
  ExpressionPtr body;
};

/// Single-column, at most one row; more is a run-time error.
struct ScalarSubquery {
  RelationPtr relation;
};

struct Exists {
  RelationPtr relation;
};

struct InSubquery {
  std::vector<ExpressionPtr> values;
  RelationPtr relation;
};

struct Expression {
  using Node = std::variant<Literal, AttributeRef, OuterRef, Call, Cast, GetField,
                            GetArrayStructFields, AggregateCall, WindowCall, LambdaVariable, Lambda,
                            ScalarSubquery, Exists, InSubquery>;
  Node node;
  types::DataType type;
  bool nullable = true;
  core::Origin origin;
};

/// Wraps a node with its type and nullability.
ExpressionPtr make_expression(Expression::Node node, types::DataType type, bool nullable,
                              core::Origin origin = {});

/// An expression together with the column it becomes.
struct NamedExpression {
  ExpressionPtr expression;
  Attribute attribute;
};

/// Spark's generated column name (`usePrettyExpression(e).sql`): `sum(x)`, `(a + b)`.
std::string pretty_name(const Expression& expression);

/// The same as the parameters of type errors print it: without aliases inside struct().
std::string message_text(const Expression& expression);

/// Spark's `Expression.sql` as error parameters print it: like pretty_name, but strings quoted,
/// attributes qualified and backquoted where needed, casts shown.
std::string sql_text(const Expression& expression);

/// A frame as messages print it: `ROWS BETWEEN 1 PRECEDING AND CURRENT ROW`.
std::string frame_text(const WindowFrame& frame);

/// True when the expression depends on no row and no volatile function.
bool is_foldable(const Expression& expression);

}  // namespace grebe::resolved
