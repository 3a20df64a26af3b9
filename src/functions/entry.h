// One built-in function as data: its name, its overloads and how each runs in DuckDB.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "functions/binding.h"

namespace grebe::functions {

struct Entry;

/// What a bind rule sees: the entry, the name as called, and the request with named arguments put
/// into place.
struct BindInput {
  const Entry& entry;
  /// Lower-case name as called.
  std::string name;
  const std::vector<Argument>& arguments;
  const CallRequest& request;
  const BindContext& context;

  /// The i-th argument as an expression. Throws when it is a lambda.
  const resolved::ExpressionPtr& argument(size_t i) const;
  /// All arguments as expressions.
  std::vector<resolved::ExpressionPtr> expressions() const;
};

/// Binds calls whose types no signature can describe.
using BindRule = resolved::ExpressionPtr (*)(const BindInput&);

/// What a lowering sees: the bound call and its arguments' SQL.
struct LowerInput {
  const std::string& function;
  const types::DataType& type;
  const std::vector<resolved::ExpressionPtr>& arguments;
  const std::vector<std::string>& sql;
  bool ansi = false;
  bool nullable = true;
  /// Aggregates only: `DISTINCT ` or empty, and the text after the argument list.
  std::string distinct_prefix = {};
  std::string suffix = {};

  const types::DataType& type_of(size_t i) const { return arguments[i]->type; }
};

/// Makes SQL where a template is not enough.
using LowerRule = std::string (*)(const LowerInput&);

/// One accepted shape of the arguments.
struct Overload {
  /// `(string, int) -> string`; the language is described in type_pattern.h.
  std::string_view signature;
  /// DuckDB SQL with $1 $2 … $* (all, comma separated), $2* (from the second), $R (carrier of the
  /// result), $T1 (carrier of the first argument), $O1 (what orders the first argument); empty when
  /// `lower` is set.
  std::string_view sql = {};
  /// Used instead of `sql` when the call was bound under ANSI.
  std::string_view ansi_sql = {};
  LowerRule lower = nullptr;
};

/// Names Spark's groups as DESCRIBE FUNCTION and SHOW FUNCTIONS know them.
enum class Group : unsigned char {
  kAggregate,
  kArray,
  kBitwise,
  kCollection,
  kConditional,
  kConversion,
  kCsv,
  kDatetime,
  kGenerator,
  kHash,
  kJson,
  kLambda,
  kMap,
  kMath,
  kMisc,
  kPredicate,
  kString,
  kStruct,
  kUrl,
  kWindow,
  kXml,
};

struct Entry {
  std::string_view name;
  Group group;
  std::string_view since;
  FunctionKind kind = FunctionKind::kScalar;
  /// Tried in order: first without, then with implicit casts. May be empty when `bind` is set.
  Overload overloads[8] = {};
  BindRule bind = nullptr;
  /// Written over $1 $2 …; the call is bound as that expression and keeps its own name.
  std::string_view rewrite = {};
  /// What Spark fills in (and prints) for arguments left out at the end, from the last one back:
  /// `1`, `'x'`, `true`, each after a comma.
  std::string_view defaults = {};
  /// Why the function does not run yet; empty for functions that do.
  std::string_view unsupported = {};
  /// Gives another value for each row or run, so it is never folded.
  bool is_volatile = false;
};

/// One sorted table of the folder scalar/ or aggregate/.
using EntryTable = std::span<const Entry>;

/// Number of overloads set.
constexpr size_t overload_count(const Entry& entry) {
  size_t count = 0;
  while (count < std::size(entry.overloads) && !entry.overloads[count].signature.empty()) ++count;
  return count;
}

/// Tables are checked by this at compile time.
constexpr bool is_sorted_table(EntryTable table) {
  for (size_t i = 1; i < table.size(); ++i) {
    if (!(table[i - 1].name < table[i].name)) return false;
  }
  return true;
}

}  // namespace grebe::functions
