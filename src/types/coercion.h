// Two or more Spark types → the type they meet in, as the default or the ANSI rules decide.
#pragma once

#include <optional>
#include <vector>

#include "types/data_type.h"

namespace grebe::types {

/// Which of Spark's two rule sets decides (spark.sql.ansi.enabled).
enum class CoercionRules : unsigned char { kDefault, kAnsi };

inline CoercionRules coercion_rules(bool ansi) {
  return ansi ? CoercionRules::kAnsi : CoercionRules::kDefault;
}

/// The type both widen to without losing digits (`findTightestCommonType`).
std::optional<DataType> tightest_common_type(const DataType& left, const DataType& right,
                                             CoercionRules rules);

/// As above, then decimals meet, then strings win (default) or give way (ANSI)
/// (`findWiderTypeForTwo`); used by set operations, CASE, COALESCE, IN, arrays …
std::optional<DataType> wider_type(const DataType& left, const DataType& right,
                                   CoercionRules rules);

/// `wider_type` folded over a list (`findWiderCommonType`); VOID for an empty list.
std::optional<DataType> wider_type(const std::vector<DataType>& types, CoercionRules rules);

/// As `wider_type`, but a string and another type do not meet (`…WithoutStringPromotion`).
std::optional<DataType> wider_type_without_strings(const DataType& left, const DataType& right,
                                                   CoercionRules rules);

/// What the operands of = < > … become when one is a string and the other is not, or nothing
/// (`findCommonTypeForBinaryComparison`, `findWiderTypeForString`).
std::optional<DataType> string_comparison_type(const DataType& left, const DataType& right,
                                               CoercionRules rules);

/// The type an argument of type `from` takes where exactly `to` is expected, or nothing
/// (`implicitCast` to a concrete type).
std::optional<DataType> implicit_cast_type(const DataType& from, const DataType& to,
                                           CoercionRules rules);

/// Tells whether CAST accepts the pair (`Cast.canCast` and `Cast.canAnsiCast`).
bool can_cast(const DataType& from, const DataType& to, CoercionRules rules);

/// Tells whether a cast of a non-null value can give null (`Cast.forceNullable`).
bool cast_forces_nullable(const DataType& from, const DataType& to);

/// True when CAST keeps every value (`Cast.canUpCast`).
bool can_up_cast(const DataType& from, const DataType& to);

/// True when ANSI store assignment accepts the pair (`Cast.canANSIStoreAssign`).
bool can_store_assign(const DataType& from, const DataType& to);

}  // namespace grebe::types
