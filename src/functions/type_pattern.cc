// The signature language; see type_pattern.h.
// Long: lexing, matching and instantiating share one small grammar.
#include "functions/type_pattern.h"

#include <cctype>
#include <mutex>

#include "core/spark_error.h"
#include "types/decimal_rules.h"
#include "types/ordering.h"

namespace grebe::functions {

using types::CoercionRules;
using types::DataType;
using types::TypeKind;

namespace {

struct ExactName {
  std::string_view name;
  DataType (*make)();
};

constexpr ExactName kExactNames[] = {
    {"binary", &DataType::binary},
    {"boolean", &DataType::boolean},
    {"byte", &DataType::byte},
    {"calendar_interval", &DataType::calendar_interval},
    {"date", &DataType::date},
    {"double", &DataType::double_type},
    {"float", &DataType::float_type},
    {"int", &DataType::integer},
    {"interval_day", [] { return DataType::day_time_interval(0, 0); }},
    {"long", &DataType::long_type},
    {"short", &DataType::short_type},
    {"string", &DataType::string},
    {"timestamp", &DataType::timestamp},
    {"timestamp_ntz", &DataType::timestamp_ntz},
    {"void", &DataType::void_type},
};

struct ClassName {
  std::string_view name;
  TypePattern::Class type_class;
  std::string_view description;
};

constexpr ClassName kClassNames[] = {
    {"any", TypePattern::Class::kAny, "ANY"},
    {"any_timestamp", TypePattern::Class::kTimestamp, "(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)"},
    {"atomic", TypePattern::Class::kAtomic, "ATOMIC"},
    {"day_time_interval", TypePattern::Class::kDayTime, "INTERVAL DAY TO SECOND"},
    {"decimal", TypePattern::Class::kDecimal, "DECIMAL"},
    {"fractional", TypePattern::Class::kFractional, "FRACTIONAL"},
    {"integral", TypePattern::Class::kIntegral, "INTEGRAL"},
    {"numeric", TypePattern::Class::kNumeric, "NUMERIC"},
    {"orderable", TypePattern::Class::kOrderable, "ANY"},
    {"struct", TypePattern::Class::kStruct, "STRUCT"},
    {"year_month_interval", TypePattern::Class::kYearMonth, "INTERVAL YEAR TO MONTH"},
};

/// Recursive descent over one signature.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Signature parse() {
    Signature signature;
    expect('(');
    if (!take(')')) {
      do {
        signature.parameters.push_back(parse_alternatives());
        if (take_word("...")) signature.last_repeats = true;
      } while (take(','));
      expect(')');
    }
    if (!take_word("->")) fail();
    signature.result = parse_type();
    if (signature.result.is_nullable) {
      signature.nulls = *signature.result.is_nullable ? ResultNulls::kAlways : ResultNulls::kNever;
    }
    skip_spaces();
    if (position_ != text_.size()) fail();
    return signature;
  }

 private:
  [[noreturn]] void fail() const {
    throw core::internal_error("malformed function signature: " + std::string(text_));
  }

  void skip_spaces() {
    while (position_ < text_.size() && text_[position_] == ' ') ++position_;
  }

  bool take(char c) {
    skip_spaces();
    if (position_ >= text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }

  bool take_word(std::string_view word) {
    skip_spaces();
    if (text_.substr(position_, word.size()) != word) return false;
    position_ += word.size();
    return true;
  }

  void expect(char c) {
    if (!take(c)) fail();
  }

  int parse_number() {
    skip_spaces();
    int value = 0;
    while (position_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[position_]))) {
      value = value * 10 + (text_[position_++] - '0');
    }
    return value;
  }

  std::string_view parse_name() {
    skip_spaces();
    const size_t start = position_;
    while (
        position_ < text_.size() &&
        (std::isalnum(static_cast<unsigned char>(text_[position_])) || text_[position_] == '_')) {
      ++position_;
    }
    if (position_ == start) fail();
    return text_.substr(start, position_ - start);
  }

  TypePattern parse_alternatives() {
    TypePattern first = parse_type();
    while (take('|')) first.others.push_back(parse_type());
    return first;
  }

  TypePattern parse_type() {
    TypePattern pattern = parse_plain_type();
    if (take('!')) pattern.is_nullable = false;
    if (take('?')) pattern.is_nullable = true;
    return pattern;
  }

  TypePattern parse_plain_type() {
    if (take('$')) return {.kind = TypePattern::Kind::kArgument, .argument = parse_number()};
    const std::string_view name = parse_name();
    if (name.size() == 1 && std::isupper(static_cast<unsigned char>(name[0]))) {
      return {.kind = TypePattern::Kind::kVariable, .variable = name[0]};
    }
    if (name == "array" || name == "map") {
      TypePattern pattern{.kind =
                              name == "map" ? TypePattern::Kind::kMap : TypePattern::Kind::kArray};
      expect('<');
      pattern.parts.push_back(parse_type());
      if (name == "map") {
        expect(',');
        pattern.parts.push_back(parse_type());
      }
      expect('>');
      return pattern;
    }
    if (name == "decimal" && take('(')) {
      const int precision = parse_number();
      expect(',');
      const int scale = parse_number();
      expect(')');
      return {.exact = DataType::decimal(precision, scale)};
    }
    for (const ExactName& exact : kExactNames) {
      if (exact.name == name) return {.exact = exact.make()};
    }
    for (const ClassName& known : kClassNames) {
      if (known.name == name) {
        return {.kind = TypePattern::Kind::kClass, .type_class = known.type_class};
      }
    }
    fail();
  }

  std::string_view text_;
  size_t position_ = 0;
};

bool belongs(const DataType& type, TypePattern::Class type_class) {
  switch (type_class) {
    case TypePattern::Class::kAny:
      return true;
    case TypePattern::Class::kNumeric:
      return type.is_numeric();
    case TypePattern::Class::kIntegral:
      return type.is_integral();
    case TypePattern::Class::kFractional:
      return type.is_fractional();
    case TypePattern::Class::kDecimal:
      return type.is(TypeKind::kDecimal);
    case TypePattern::Class::kAtomic:
      return type.is_atomic();
    case TypePattern::Class::kOrderable:
      return types::is_orderable(type);
    case TypePattern::Class::kStruct:
      return type.is(TypeKind::kStruct);
    case TypePattern::Class::kTimestamp:
      return type.is(TypeKind::kTimestamp) || type.is(TypeKind::kTimestampNtz);
    case TypePattern::Class::kDayTime:
      return type.is(TypeKind::kDayTimeInterval);
    case TypePattern::Class::kYearMonth:
      return type.is(TypeKind::kYearMonthInterval);
  }
  return false;
}

/// What a class takes an argument of another type as.
std::optional<DataType> cast_to_class(const DataType& from, TypePattern::Class type_class,
                                      CoercionRules rules) {
  const bool is_void = from.is(TypeKind::kVoid);
  switch (type_class) {
    case TypePattern::Class::kNumeric:
    case TypePattern::Class::kFractional:
      if (is_void || from.is_string_like()) return DataType::double_type();
      return std::nullopt;
    case TypePattern::Class::kIntegral:
      return is_void ? std::optional(DataType::integer()) : std::nullopt;
    case TypePattern::Class::kDecimal:
      if (is_void) return DataType::decimal(10, 0);
      if (from.is_string_like()) return DataType::decimal(38, 18);
      if (from.is_numeric()) return types::decimal_for(from);
      return std::nullopt;
    case TypePattern::Class::kTimestamp:
      if (is_void || from.is_string_like() || from.is(TypeKind::kDate)) {
        return DataType::timestamp();
      }
      return std::nullopt;
    case TypePattern::Class::kDayTime:
      if (is_void || (from.is_string_like() && rules == CoercionRules::kAnsi)) {
        return DataType::day_time_interval();
      }
      return std::nullopt;
    case TypePattern::Class::kYearMonth:
      if (is_void || (from.is_string_like() && rules == CoercionRules::kAnsi)) {
        return DataType::year_month_interval();
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

/// The types that variables stand for, with the nullability of the elements they came from.
struct Assignment {
  std::map<char, DataType> types;
  std::map<char, bool> element_nulls;
};

/// Collects what an argument says about variables. False when the shape does not fit.
bool collect(const TypePattern& pattern, const DataType& type, Matching matching,
             CoercionRules rules, Assignment* assignment) {
  switch (pattern.kind) {
    case TypePattern::Kind::kVariable: {
      const auto [found, is_new] = assignment->types.emplace(pattern.variable, type);
      if (is_new) return true;
      const auto common = matching == Matching::kExact
                              ? types::tightest_common_type(found->second, type, rules)
                              : types::wider_type_without_strings(found->second, type, rules);
      if (!common) return false;
      if (matching == Matching::kExact && !found->second.is(TypeKind::kVoid) &&
          !type.is(TypeKind::kVoid) && !found->second.same_type(type)) {
        return false;
      }
      found->second = *common;
      return true;
    }
    case TypePattern::Kind::kArray: {
      if (type.is(TypeKind::kVoid)) {
        return collect(pattern.parts[0], DataType::void_type(), matching, rules, assignment);
      }
      if (!type.is(TypeKind::kArray)) return false;
      if (pattern.parts[0].kind == TypePattern::Kind::kVariable) {
        assignment->element_nulls[pattern.parts[0].variable] |= type.contains_null();
      }
      return collect(pattern.parts[0], type.element(), matching, rules, assignment);
    }
    case TypePattern::Kind::kMap: {
      if (type.is(TypeKind::kVoid)) {
        return collect(pattern.parts[0], type, matching, rules, assignment) &&
               collect(pattern.parts[1], type, matching, rules, assignment);
      }
      if (!type.is(TypeKind::kMap)) return false;
      if (pattern.parts[1].kind == TypePattern::Kind::kVariable) {
        assignment->element_nulls[pattern.parts[1].variable] |= type.value_contains_null();
      }
      return collect(pattern.parts[0], type.key(), matching, rules, assignment) &&
             collect(pattern.parts[1], type.value(), matching, rules, assignment);
    }
    default:
      return true;
  }
}

/// The type an argument takes under one alternative, variables being known.
std::optional<DataType> fit(const TypePattern& pattern, const DataType& type, Matching matching,
                            CoercionRules rules, const Assignment& assignment);

std::optional<DataType> fit_one(const TypePattern& pattern, const DataType& type, Matching matching,
                                CoercionRules rules, const Assignment& assignment) {
  switch (pattern.kind) {
    case TypePattern::Kind::kExact:
      if (pattern.exact.same_type(type)) return type;
      if (pattern.exact.is(TypeKind::kString) && type.is_string_like()) return type;
      if (type.is(TypeKind::kVoid)) return pattern.exact;
      if (matching == Matching::kExact) return std::nullopt;
      return types::implicit_cast_type(type, pattern.exact, rules);
    case TypePattern::Kind::kClass:
      if (pattern.type_class == TypePattern::Class::kAny) return type;
      if (!type.is(TypeKind::kVoid) && belongs(type, pattern.type_class)) return type;
      if (pattern.type_class == TypePattern::Class::kOrderable && type.is(TypeKind::kVoid)) {
        return type;
      }
      if (matching == Matching::kExact && !type.is(TypeKind::kVoid)) return std::nullopt;
      return cast_to_class(type, pattern.type_class, rules);
    case TypePattern::Kind::kVariable: {
      const auto found = assignment.types.find(pattern.variable);
      return found == assignment.types.end() ? type : found->second;
    }
    case TypePattern::Kind::kArray: {
      const DataType element = type.is(TypeKind::kArray) ? type.element() : DataType::void_type();
      if (!type.is(TypeKind::kArray) && !type.is(TypeKind::kVoid)) return std::nullopt;
      auto fitted = fit(pattern.parts[0], element, matching, rules, assignment);
      if (!fitted) return std::nullopt;
      return DataType::array(*fitted, type.is(TypeKind::kArray) && type.contains_null());
    }
    case TypePattern::Kind::kMap: {
      if (!type.is(TypeKind::kMap) && !type.is(TypeKind::kVoid)) return std::nullopt;
      const bool is_map = type.is(TypeKind::kMap);
      auto key = fit(pattern.parts[0], is_map ? type.key() : DataType::void_type(), matching, rules,
                     assignment);
      auto value = fit(pattern.parts[1], is_map ? type.value() : DataType::void_type(), matching,
                       rules, assignment);
      if (!key || !value) return std::nullopt;
      return DataType::map(*key, *value, is_map && type.value_contains_null());
    }
    case TypePattern::Kind::kArgument:
      return type;
  }
  return std::nullopt;
}

std::optional<DataType> fit(const TypePattern& pattern, const DataType& type, Matching matching,
                            CoercionRules rules, const Assignment& assignment) {
  // An alternative that takes the type as it is comes before one that casts.
  if (auto fitted = fit_one(pattern, type, Matching::kExact, rules, assignment)) return fitted;
  for (const TypePattern& other : pattern.others) {
    if (auto fitted = fit_one(other, type, Matching::kExact, rules, assignment)) return fitted;
  }
  if (matching == Matching::kExact) return std::nullopt;
  if (auto fitted = fit_one(pattern, type, matching, rules, assignment)) return fitted;
  for (const TypePattern& other : pattern.others) {
    if (auto fitted = fit_one(other, type, matching, rules, assignment)) return fitted;
  }
  return std::nullopt;
}

DataType substitute(const TypePattern& pattern, const Assignment& assignment,
                    const std::vector<DataType>& arguments) {
  const auto part_nulls = [&](const TypePattern& part) {
    if (part.is_nullable) return *part.is_nullable;
    if (part.kind != TypePattern::Kind::kVariable) return true;
    const auto found = assignment.element_nulls.find(part.variable);
    return found != assignment.element_nulls.end() && found->second;
  };
  switch (pattern.kind) {
    case TypePattern::Kind::kExact:
      return pattern.exact;
    case TypePattern::Kind::kVariable: {
      const auto found = assignment.types.find(pattern.variable);
      return found == assignment.types.end() ? DataType::void_type() : found->second;
    }
    case TypePattern::Kind::kArray:
      return DataType::array(substitute(pattern.parts[0], assignment, arguments),
                             part_nulls(pattern.parts[0]));
    case TypePattern::Kind::kMap:
      return DataType::map(substitute(pattern.parts[0], assignment, arguments),
                           substitute(pattern.parts[1], assignment, arguments),
                           part_nulls(pattern.parts[1]));
    case TypePattern::Kind::kArgument:
      return arguments.at(static_cast<size_t>(pattern.argument - 1));
    case TypePattern::Kind::kClass:
      if (pattern.type_class == TypePattern::Class::kDayTime) return DataType::day_time_interval();
      if (pattern.type_class == TypePattern::Class::kYearMonth) {
        return DataType::year_month_interval();
      }
      break;
  }
  throw core::internal_error("a function's result type is a class of types");
}

std::string describe_one(const TypePattern& pattern) {
  switch (pattern.kind) {
    case TypePattern::Kind::kExact:
      return pattern.exact.sql();
    case TypePattern::Kind::kClass:
      for (const ClassName& known : kClassNames) {
        if (known.type_class == pattern.type_class) return std::string(known.description);
      }
      return "ANY";
    case TypePattern::Kind::kVariable:
      return "ANY";
    case TypePattern::Kind::kArray:
      return "ARRAY";
    case TypePattern::Kind::kMap:
      return "MAP";
    case TypePattern::Kind::kArgument:
      return "ANY";
  }
  return "ANY";
}

}  // namespace

bool Signature::accepts_count(size_t count) const {
  if (!last_repeats) return count == parameters.size();
  return count + 1 >= parameters.size();
}

const Signature& parse_signature(std::string_view text) {
  static std::mutex mutex;
  static std::map<const void*, Signature> parsed;
  std::lock_guard lock(mutex);
  const auto found = parsed.find(text.data());
  if (found != parsed.end()) return found->second;
  return parsed.emplace(text.data(), Parser(text).parse()).first->second;
}

std::optional<SignatureMatch> match_signature(const Signature& signature,
                                              const std::vector<resolved::ExpressionPtr>& arguments,
                                              Matching matching, CoercionRules rules,
                                              Mismatch* mismatch) {
  const auto pattern_of = [&](size_t i) -> const TypePattern& {
    return signature.parameters[std::min(i, signature.parameters.size() - 1)];
  };
  Assignment assignment;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!collect(pattern_of(i), arguments[i]->type, matching, rules, &assignment)) {
      if (mismatch != nullptr) mismatch->parameter = i;
      return std::nullopt;
    }
  }
  SignatureMatch match;
  bool any_nullable = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    auto fitted = fit(pattern_of(i), arguments[i]->type, matching, rules, assignment);
    if (!fitted) {
      if (mismatch != nullptr) mismatch->parameter = i;
      return std::nullopt;
    }
    any_nullable = any_nullable || arguments[i]->nullable ||
                   types::cast_forces_nullable(arguments[i]->type, *fitted);
    match.arguments.push_back(*std::move(fitted));
  }
  match.result = substitute(signature.result, assignment, match.arguments);
  match.nullable = signature.nulls == ResultNulls::kLikeArguments
                       ? any_nullable
                       : signature.nulls == ResultNulls::kAlways;
  return match;
}

std::vector<std::string> describe_alternatives(const TypePattern& pattern) {
  std::vector<std::string> texts = {describe_one(pattern)};
  for (const TypePattern& other : pattern.others) texts.push_back(describe_one(other));
  return texts;
}

std::string describe_pattern(const TypePattern& pattern) {
  const std::vector<std::string> texts = describe_alternatives(pattern);
  if (texts.size() == 1) return "\"" + texts[0] + "\"";
  std::string joined = "(";
  for (size_t i = 0; i < texts.size(); ++i) {
    joined += (i == 0 ? "\"" : " or \"") + texts[i] + "\"";
  }
  return joined + ")";
}

}  // namespace grebe::functions
