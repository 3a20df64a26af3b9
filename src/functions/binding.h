// A call by name with resolved arguments → a typed call, or Spark's error for it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "resolved/expression.h"
#include "types/data_type.h"

namespace grebe::functions {

/// What binding may depend on besides the arguments.
struct BindContext {
  bool ansi = false;
  bool case_sensitive = false;
  std::string time_zone = "UTC";
  std::string current_catalog = "spark_catalog";
  std::string current_database = "default";
  std::string user;
  /// µs since the epoch, the same for the whole statement.
  int64_t statement_time = 0;
  /// Makes ids for lambda variables.
  std::function<resolved::AttributeId()> next_id;
  /// Value of any other configuration key that a function depends on.
  std::function<std::string(const std::string&)> config;
  /// Whether a boolean key is true; `otherwise` where there is no configuration.
  bool flag(const std::string& key, bool otherwise = false) const {
    return config ? config(key) == "true" : otherwise;
  }
  /// Reads a schema text, DDL (`a INT, b STRING`) or JSON, as from_json and from_csv take it.
  std::function<types::DataType(const std::string&)> parse_schema;
  /// Folds a constant expression through the engine (pivot values, formats that must be constant).
  std::function<types::Value(const resolved::ExpressionPtr&)> evaluate;
};

/// A lambda whose parameter types the function decides: `resolve` is called with them, once or
/// more.
struct LambdaArgument {
  std::vector<std::string> parameter_names;
  std::function<resolved::ExpressionPtr(const std::vector<resolved::LambdaParameter>&)> resolve;
  core::Origin origin;
};

struct Argument {
  std::variant<resolved::ExpressionPtr, LambdaArgument> value;
  /// Set for `name => value`.
  std::optional<std::string> name;
};

/// A call as analysis hands it over.
struct CallRequest {
  std::vector<std::string> name_parts;
  std::vector<Argument> arguments;
  bool is_distinct = false;
  resolved::ExpressionPtr filter;
  bool ignore_nulls = false;
  std::vector<resolved::SortKey> within_group;
  core::Origin origin;
};

enum class FunctionKind : uint8_t { kScalar, kAggregate, kWindow, kGenerator, kTable };

/// The kind of a built-in, by name in any case; nothing when Spark has no such function.
std::optional<FunctionKind> find_kind(const std::string& name);

/// Binds a call: Call for scalars, generators and window functions, AggregateCall for aggregates.
/// Throws UNRESOLVED_ROUTINE, WRONG_NUM_ARGS, DATATYPE_MISMATCH… as Spark does.
resolved::ExpressionPtr bind_function(const CallRequest& request, const BindContext& context);

/// A built-in's name, and whether it runs, for SHOW FUNCTIONS and DESCRIBE FUNCTION.
struct FunctionListing {
  std::string name;
  std::string since;
  FunctionKind kind = FunctionKind::kScalar;
  /// Why it does not run yet; empty for those that do.
  std::string unsupported;
};

/// Every built-in that users can name, sorted.
std::vector<FunctionListing> list_functions();

/// Columns (names, types, nullability) that a bound generator produces.
std::vector<types::StructField> generator_output(const resolved::Expression& generator);

/// A user's or an implicit cast, checked: DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION and the like.
/// Returns the child itself when the types are equal and the cast is implicit.
resolved::ExpressionPtr bind_cast(resolved::ExpressionPtr child, const types::DataType& type,
                                  resolved::CastMode mode, bool is_implicit,
                                  const core::Origin& origin = {});

/// DuckDB SQL of a call over its arguments' SQL (`c12`, literals, nested calls): the entry's
/// template with its placeholders filled. Aggregates get their DISTINCT/ORDER/FILTER from emit,
/// which asks for the name-and-arguments part here.
std::string lower_call(const resolved::Call& call, const resolved::Expression& node,
                       const std::vector<std::string>& arguments);
std::string lower_aggregate(const resolved::AggregateCall& call, const resolved::Expression& node,
                            const std::vector<std::string>& arguments,
                            const std::string& distinct_prefix, const std::string& suffix);

/// DuckDB SQL of a window function (`row_number`, `lag` …); `suffix` is its ` OVER (…)`, placed
/// where the template says, so that a cast may stand around it.
std::string lower_window_function(const resolved::Call& call, const resolved::Expression& node,
                                  const std::vector<std::string>& arguments,
                                  const std::string& suffix);

/// DuckDB SQL of a cast between Spark types over the child's SQL.
std::string lower_cast(const std::string& child, const types::DataType& from,
                       const types::DataType& to, resolved::CastMode mode);

}  // namespace grebe::functions
