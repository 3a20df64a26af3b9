// Signature text → parameter patterns and a result; types → the casts that make them fit.
//
//   (string, int) -> string          exact types, implicit casts allowed
//   (numeric) -> double              classes: numeric integral fractional atomic orderable any
//   (decimal) -> long                any decimal; decimal(10,2) is that one
//   (array<T>, T) -> array<T>        variables T K V U: all their arguments meet in one type
//   (string|binary) -> int           alternatives, the first that takes the argument
//   (string, any...) -> string       the last parameter repeats, zero or more times
//   -> string!   never null          -> string?   always nullable
//   -> $1        the type of the first argument after casts
// A result is nullable when any argument is, unless it says `!` or `?`. Elements and values that
// come from a variable keep their nullability.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "resolved/expression.h"
#include "types/coercion.h"
#include "types/data_type.h"

namespace grebe::functions {

struct TypePattern {
  enum class Kind : unsigned char { kExact, kClass, kVariable, kArray, kMap, kArgument };
  enum class Class : unsigned char {
    kAny,
    kNumeric,
    kIntegral,
    kFractional,
    kDecimal,
    kAtomic,
    kOrderable,
    kStruct,
    kTimestamp,  // with or without time zone
    kDayTime,
    kYearMonth,
  };
  Kind kind = Kind::kExact;
  types::DataType exact = {};
  Class type_class = Class::kAny;
  char variable = 0;
  int argument = 0;
  /// Element of an array; key and value of a map.
  std::vector<TypePattern> parts = {};
  /// `!` or `?` after an element or value: false or true.
  std::optional<bool> is_nullable = {};
  /// Alternatives after this one.
  std::vector<TypePattern> others = {};
};

enum class ResultNulls : unsigned char { kLikeArguments, kNever, kAlways };

struct Signature {
  std::vector<TypePattern> parameters;
  bool last_repeats = false;
  TypePattern result;
  ResultNulls nulls = ResultNulls::kLikeArguments;

  bool accepts_count(size_t count) const;
};

/// Parses once per text and keeps the result; a malformed text is an internal error.
const Signature& parse_signature(std::string_view text);

/// Which casts are tried.
enum class Matching : unsigned char { kExact, kImplicit };

struct SignatureMatch {
  /// Types of the arguments after casts.
  std::vector<types::DataType> arguments;
  types::DataType result;
  bool nullable = true;
};

/// The first parameter that does not fit, 0-based.
struct Mismatch {
  size_t parameter = 0;
};

/// Fits arguments to a signature of the right arity.
std::optional<SignatureMatch> match_signature(const Signature& signature,
                                              const std::vector<resolved::ExpressionPtr>& arguments,
                                              Matching matching, types::CoercionRules rules,
                                              Mismatch* mismatch);

/// `"STRING"` or `("STRING" or "BINARY")` as DATATYPE_MISMATCH prints a requirement.
std::string describe_pattern(const TypePattern& pattern);

/// Parts of describe_pattern without quotes around the whole.
std::vector<std::string> describe_alternatives(const TypePattern& pattern);

}  // namespace grebe::functions
