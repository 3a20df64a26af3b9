// Pairs of types → whether CAST accepts them, by the default and the ANSI rules; see coercion.h.
#include <algorithm>

#include "types/coercion.h"

namespace grebe::types {

namespace {

bool is_timestamp(const DataType& type) {
  return type.is(TypeKind::kTimestamp) || type.is(TypeKind::kTimestampNtz);
}

bool can_cast_nested(const DataType& from, const DataType& to, CoercionRules rules) {
  const auto keeps_nulls = [&](const DataType& a, const DataType& b, bool from_null, bool to_null) {
    const bool forced = rules == CoercionRules::kDefault ? cast_forces_nullable(a, b) : false;
    return to_null || !(from_null || forced);
  };
  switch (from.kind()) {
    case TypeKind::kArray:
      return can_cast(from.element(), to.element(), rules) &&
             keeps_nulls(from.element(), to.element(), from.contains_null(), to.contains_null());
    case TypeKind::kMap:
      return can_cast(from.key(), to.key(), rules) &&
             (rules == CoercionRules::kAnsi || !cast_forces_nullable(from.key(), to.key())) &&
             can_cast(from.value(), to.value(), rules) &&
             keeps_nulls(from.value(), to.value(), from.value_contains_null(),
                         to.value_contains_null());
    case TypeKind::kStruct:
      return from.fields().size() == to.fields().size() &&
             std::equal(from.fields().begin(), from.fields().end(), to.fields().begin(),
                        [&](const StructField& a, const StructField& b) {
                          return can_cast(a.type, b.type, rules) &&
                                 keeps_nulls(a.type, b.type, a.nullable, b.nullable);
                        });
    default:
      return false;
  }
}

/// Pairs of atomic types that both rule sets judge alike.
bool can_cast_atomic(const DataType& from, const DataType& to, CoercionRules rules) {
  const bool ansi = rules == CoercionRules::kAnsi;
  switch (to.kind()) {
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      return true;
    case TypeKind::kBinary:
      return from.is_string_like() || (!ansi && from.is_integral());
    case TypeKind::kBoolean:
      return from.is_string_like() || from.is_numeric() ||
             (!ansi && (from.is(TypeKind::kDate) || from.is(TypeKind::kTimestamp)));
    case TypeKind::kTimestamp:
      return from.is_string_like() || from.is_datetime() || from.is_numeric() ||
             (!ansi && from.is(TypeKind::kBoolean));
    case TypeKind::kTimestampNtz:
      return from.is_string_like() || from.is_datetime();
    case TypeKind::kDate:
      return from.is_string_like() || is_timestamp(from);
    case TypeKind::kCalendarInterval:
      return from.is_string_like();
    case TypeKind::kDayTimeInterval:
      return from.is_string_like() || from.is_integral() || from.is(TypeKind::kDecimal) ||
             from.is(TypeKind::kDayTimeInterval);
    case TypeKind::kYearMonthInterval:
      return from.is_string_like() || from.is_integral() || from.is(TypeKind::kDecimal) ||
             from.is(TypeKind::kYearMonthInterval);
    default:
      break;
  }
  if (!to.is_numeric()) return false;
  if (from.is_string_like() || from.is_numeric() || from.is(TypeKind::kBoolean)) return true;
  if (from.is(TypeKind::kTimestamp)) return true;
  if (from.is(TypeKind::kDate)) return !ansi;
  if (from.is_ansi_interval()) {
    return (to.is_integral() || to.is(TypeKind::kDecimal));
  }
  return false;
}

}  // namespace

bool can_cast(const DataType& from, const DataType& to, CoercionRules rules) {
  if (from.same_type(to) && !from.is_nested()) return true;
  if (from.is(TypeKind::kVoid)) return true;
  if (to.is(TypeKind::kVoid)) return false;
  if (to.is_string_like()) return true;
  if (from.is_nested() || to.is_nested()) {
    return from.kind() == to.kind() && can_cast_nested(from, to, rules);
  }
  return can_cast_atomic(from, to, rules);
}

}  // namespace grebe::types
