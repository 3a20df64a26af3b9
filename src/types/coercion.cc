// Spark's type coercion lattice; see coercion.h.
#include "types/coercion.h"

#include <algorithm>

#include "types/decimal_rules.h"

namespace grebe::types {

namespace {

using Widen = std::optional<DataType> (*)(const DataType&, const DataType&, CoercionRules);

int numeric_rank(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kByte:
      return 0;
    case TypeKind::kShort:
      return 1;
    case TypeKind::kInteger:
      return 2;
    case TypeKind::kLong:
      return 3;
    case TypeKind::kFloat:
      return 4;
    case TypeKind::kDouble:
      return 5;
    default:
      return -1;
  }
}

bool is_timestamp(const DataType& type) {
  return type.is(TypeKind::kTimestamp) || type.is(TypeKind::kTimestampNtz);
}

/// Arrays, maps and structs meet part by part (`findTypeForComplex`).
std::optional<DataType> meet_nested(const DataType& left, const DataType& right,
                                    CoercionRules rules, Widen widen) {
  if (left.kind() != right.kind()) return std::nullopt;
  switch (left.kind()) {
    case TypeKind::kArray: {
      auto element = widen(left.element(), right.element(), rules);
      if (!element) return std::nullopt;
      return DataType::array(*element, left.contains_null() || right.contains_null() ||
                                           cast_forces_nullable(left.element(), *element) ||
                                           cast_forces_nullable(right.element(), *element));
    }
    case TypeKind::kMap: {
      auto key = widen(left.key(), right.key(), rules);
      auto value = widen(left.value(), right.value(), rules);
      if (!key || !value || cast_forces_nullable(left.key(), *key) ||
          cast_forces_nullable(right.key(), *key)) {
        return std::nullopt;
      }
      return DataType::map(*key, *value,
                           left.value_contains_null() || right.value_contains_null() ||
                               cast_forces_nullable(left.value(), *value) ||
                               cast_forces_nullable(right.value(), *value));
    }
    case TypeKind::kStruct: {
      if (left.fields().size() != right.fields().size()) return std::nullopt;
      std::vector<StructField> fields;
      for (size_t i = 0; i < left.fields().size(); ++i) {
        const StructField& a = left.fields()[i];
        const StructField& b = right.fields()[i];
        const bool same_name =
            a.name.size() == b.name.size() &&
            std::equal(a.name.begin(), a.name.end(), b.name.begin(), [](char x, char y) {
              return std::tolower(static_cast<unsigned char>(x)) ==
                     std::tolower(static_cast<unsigned char>(y));
            });
        if (!same_name) return std::nullopt;
        auto type = widen(a.type, b.type, rules);
        if (!type) return std::nullopt;
        fields.push_back({.name = a.name,
                          .type = *type,
                          .nullable = a.nullable || b.nullable ||
                                      cast_forces_nullable(a.type, *type) ||
                                      cast_forces_nullable(b.type, *type),
                          .metadata_json = {}});
      }
      return DataType::struct_type(std::move(fields));
    }
    default:
      return std::nullopt;
  }
}

std::optional<DataType> meet_decimals(const DataType& left, const DataType& right) {
  if (left.is(TypeKind::kDecimal) && right.is(TypeKind::kDecimal)) {
    return wider_decimal(left, right);
  }
  if (!left.is(TypeKind::kDecimal) && !right.is(TypeKind::kDecimal)) return std::nullopt;
  const DataType& other = left.is(TypeKind::kDecimal) ? right : left;
  const DataType& decimal = left.is(TypeKind::kDecimal) ? left : right;
  if (other.is_integral()) return wider_decimal(decimal_for(other), decimal);
  if (other.is(TypeKind::kFloat) || other.is(TypeKind::kDouble)) return DataType::double_type();
  return std::nullopt;
}

std::optional<DataType> meet_intervals(const DataType& left, const DataType& right) {
  if (left.kind() != right.kind()) return std::nullopt;
  const IntervalField start = std::min(left.start_field(), right.start_field());
  const IntervalField end = std::max(left.end_field(), right.end_field());
  return left.is(TypeKind::kYearMonthInterval) ? DataType::year_month_interval(start, end)
                                               : DataType::day_time_interval(start, end);
}

std::optional<DataType> promote_string(const DataType& left, const DataType& right,
                                       CoercionRules rules) {
  if (left.is_string_like() == right.is_string_like()) return std::nullopt;
  const DataType& other = left.is_string_like() ? right : left;
  if (rules == CoercionRules::kDefault) {
    if (!other.is_atomic() || other.is(TypeKind::kBinary) || other.is(TypeKind::kBoolean)) {
      return std::nullopt;
    }
    return DataType::string();
  }
  return string_comparison_type(left, right, rules);
}

bool has_string(const DataType& type) {
  return type.is_string_like() || (type.is(TypeKind::kArray) && has_string(type.element()));
}

}  // namespace

std::optional<DataType> tightest_common_type(const DataType& left, const DataType& right,
                                             CoercionRules rules) {
  if (left == right) return left;
  if (left.is(TypeKind::kVoid)) return right;
  if (right.is(TypeKind::kVoid)) return left;
  if (left.is_string_like() && right.is_string_like()) return DataType::string();
  if (left.is_integral() && right.is(TypeKind::kDecimal) && is_wider_decimal(right, left)) {
    return right;
  }
  if (left.is(TypeKind::kDecimal) && right.is_integral() && is_wider_decimal(left, right)) {
    return left;
  }
  const int rank = std::max(numeric_rank(left), numeric_rank(right));
  if (numeric_rank(left) >= 0 && numeric_rank(right) >= 0) {
    const DataType& wider = numeric_rank(left) == rank ? left : right;
    if (rules == CoercionRules::kAnsi && wider.is(TypeKind::kFloat)) return DataType::double_type();
    return wider;
  }
  if (left.is_datetime() && right.is_datetime()) {
    if (left.is(TypeKind::kDate)) return right;
    if (right.is(TypeKind::kDate)) return left;
    return DataType::timestamp();
  }
  if (left.is_ansi_interval() && right.is_ansi_interval()) return meet_intervals(left, right);
  return meet_nested(left, right, rules, &tightest_common_type);
}

std::optional<DataType> wider_type(const DataType& left, const DataType& right,
                                   CoercionRules rules) {
  if (auto type = tightest_common_type(left, right, rules)) return type;
  if (auto type = meet_decimals(left, right)) return type;
  if (auto type = promote_string(left, right, rules)) return type;
  return meet_nested(left, right, rules, [](const DataType& a, const DataType& b, CoercionRules r) {
    return wider_type(a, b, r);
  });
}

std::optional<DataType> wider_type(const std::vector<DataType>& types, CoercionRules rules) {
  std::vector<DataType> ordered = types;
  // Strings first: meeting is not associative once they are involved.
  if (rules == CoercionRules::kDefault) {
    std::stable_partition(ordered.begin(), ordered.end(), has_string);
  }
  std::optional<DataType> common = DataType::void_type();
  for (const DataType& type : ordered) {
    common = wider_type(*common, type, rules);
    if (!common) return std::nullopt;
  }
  return common;
}

std::optional<DataType> wider_type_without_strings(const DataType& left, const DataType& right,
                                                   CoercionRules rules) {
  if (auto type = tightest_common_type(left, right, rules)) return type;
  if (auto type = meet_decimals(left, right)) return type;
  return meet_nested(left, right, rules, &wider_type_without_strings);
}

std::optional<DataType> string_comparison_type(const DataType& left, const DataType& right,
                                               CoercionRules rules) {
  if (rules == CoercionRules::kDefault && left.is_datetime() && right.is_datetime() &&
      left.kind() != right.kind()) {
    return tightest_common_type(left, right, rules);
  }
  if (left.is_string_like() == right.is_string_like()) return std::nullopt;
  const DataType& other = left.is_string_like() ? right : left;
  if (other.is(TypeKind::kVoid)) return DataType::string();
  if (!other.is_atomic() || other.is_ansi_interval()) return std::nullopt;
  if (rules == CoercionRules::kAnsi) {
    if (other.is_integral()) return DataType::long_type();
    if (other.is_fractional()) return DataType::double_type();
    return other;
  }
  if (other.is(TypeKind::kDecimal)) return DataType::double_type();
  return other;
}

std::optional<DataType> implicit_cast_type(const DataType& from, const DataType& to,
                                           CoercionRules rules) {
  if (from.same_type(to)) return from;
  if (from.is(TypeKind::kVoid)) return to;
  if (from.is_string_like() && to.is(TypeKind::kString)) return from;
  if (rules == CoercionRules::kAnsi) {
    if (from.is_string_like() && to.is_atomic()) return to;
    return can_store_assign(from, to) ? std::optional(to) : std::nullopt;
  }
  if (from.is_numeric() && to.is_numeric()) return to;
  if (from.is(TypeKind::kDate) && is_timestamp(to)) return to;
  if (is_timestamp(from) && (is_timestamp(to) || to.is(TypeKind::kDate))) return to;
  if (from.is_string_like() &&
      (to.is_numeric() || to.is(TypeKind::kDate) || is_timestamp(to) || to.is(TypeKind::kBinary))) {
    return to;
  }
  if (from.is_atomic() && to.is(TypeKind::kString)) return to;
  if (from.is_ansi_interval() && from.kind() == to.kind()) return to;
  if (from.is(TypeKind::kArray) && to.is(TypeKind::kArray)) {
    auto element = implicit_cast_type(from.element(), to.element(), rules);
    if (!element || (from.contains_null() && !to.contains_null())) return std::nullopt;
    return DataType::array(*element, to.contains_null());
  }
  if (from.is(TypeKind::kMap) && to.is(TypeKind::kMap)) {
    auto key = implicit_cast_type(from.key(), to.key(), rules);
    auto value = implicit_cast_type(from.value(), to.value(), rules);
    if (!key || !value || cast_forces_nullable(from.key(), to.key())) return std::nullopt;
    return DataType::map(*key, *value, to.value_contains_null());
  }
  return std::nullopt;
}

bool cast_forces_nullable(const DataType& from, const DataType& to) {
  if (from.is(TypeKind::kVoid)) return false;  // the elements of an empty array or map
  if (from.same_type(to)) return false;
  if (from.is_string_like()) return !to.is_string_like() && !to.is(TypeKind::kBinary);
  if (to.is_string_like()) return false;
  if ((from.is(TypeKind::kFloat) || from.is(TypeKind::kDouble)) && to.is(TypeKind::kTimestamp)) {
    return true;
  }
  if (from.is(TypeKind::kTimestamp) && to.is(TypeKind::kDate)) return false;
  if (to.is(TypeKind::kDate)) return true;
  if (from.is(TypeKind::kDate) && to.is(TypeKind::kTimestamp)) return false;
  if (from.is(TypeKind::kDate)) return true;
  if (to.is(TypeKind::kCalendarInterval)) return true;
  if (to.is(TypeKind::kDecimal)) {
    if (from.is(TypeKind::kBoolean)) return to.precision() - to.scale() < 1;
    if (from.is(TypeKind::kDecimal) &&
        to.precision() - to.scale() > from.precision() - from.scale()) {
      return false;
    }
    const bool is_exact = from.is_integral() || from.is(TypeKind::kDecimal);
    return !is_exact || !is_wider_decimal(to, from);
  }
  return from.is_fractional() && to.is_integral();
}

bool can_up_cast(const DataType& from, const DataType& to) {
  if (from == to || from.same_type(to)) return true;
  if (from.is(TypeKind::kVoid)) return true;
  if (to.is(TypeKind::kDecimal) && from.is_numeric() && !from.is(TypeKind::kFloat) &&
      !from.is(TypeKind::kDouble)) {
    return is_wider_decimal(to, from);
  }
  if (from.is(TypeKind::kDecimal) && to.is_integral()) {
    return is_wider_decimal(decimal_for(to), from) &&
           from.precision() < decimal_for(to).precision();
  }
  if (numeric_rank(from) >= 0 && numeric_rank(to) >= 0)
    return numeric_rank(from) <= numeric_rank(to);
  if (from.is(TypeKind::kDate) && is_timestamp(to)) return true;
  if (is_timestamp(from) && is_timestamp(to)) return true;
  if (from.is_atomic() && to.is_string_like()) return true;
  if (from.is_ansi_interval() && from.kind() == to.kind()) return true;
  if (from.kind() != to.kind()) return false;
  switch (from.kind()) {
    case TypeKind::kArray:
      return (!from.contains_null() || to.contains_null()) &&
             can_up_cast(from.element(), to.element());
    case TypeKind::kMap:
      return (!from.value_contains_null() || to.value_contains_null()) &&
             can_up_cast(from.key(), to.key()) && can_up_cast(from.value(), to.value());
    case TypeKind::kStruct:
      return from.fields().size() == to.fields().size() &&
             std::equal(from.fields().begin(), from.fields().end(), to.fields().begin(),
                        [](const StructField& a, const StructField& b) {
                          return (!a.nullable || b.nullable) && can_up_cast(a.type, b.type);
                        });
    default:
      return false;
  }
}

bool can_store_assign(const DataType& from, const DataType& to) {
  if (from == to || from.same_type(to)) return true;
  if (from.is(TypeKind::kVoid)) return true;
  if (from.is_numeric() && to.is_numeric()) return true;
  if (from.is_atomic() && to.is_string_like()) return true;
  if (from.is_datetime() && to.is_datetime()) return true;
  if (from.is_ansi_interval() && from.kind() == to.kind()) return true;
  if (from.kind() != to.kind()) return false;
  switch (from.kind()) {
    case TypeKind::kArray:
      return (!from.contains_null() || to.contains_null()) &&
             can_store_assign(from.element(), to.element());
    case TypeKind::kMap:
      return (!from.value_contains_null() || to.value_contains_null()) &&
             can_store_assign(from.key(), to.key()) && can_store_assign(from.value(), to.value());
    case TypeKind::kStruct:
      return from.fields().size() == to.fields().size() &&
             std::equal(from.fields().begin(), from.fields().end(), to.fields().begin(),
                        [](const StructField& a, const StructField& b) {
                          return (!a.nullable || b.nullable) && can_store_assign(a.type, b.type);
                        });
    default:
      return false;
  }
}

}  // namespace grebe::types
