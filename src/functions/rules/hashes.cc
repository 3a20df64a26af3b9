// hash and xxhash64: one kernel call a column, each seeded by the one before.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

using types::DataType;
using types::TypeKind;

resolved::ExpressionPtr bind_hash(const BindInput& input) {
  std::vector<resolved::ExpressionPtr> arguments = input.expressions();
  if (arguments.empty()) {
    throw wrong_number_of_arguments(input.name, "> 0", 0);
  }
  for (const resolved::ExpressionPtr& argument : arguments) {
    if (argument->type.is(TypeKind::kMap)) {
      throw type_mismatch("HASH_MAP_TYPE", input.name, arguments,
                          {{"functionName", core::quote_identifier(input.name)}},
                          input.request.origin);
    }
  }
  return make_call(input, std::move(arguments),
                   input.name == "hash" ? DataType::integer() : DataType::long_type(), false);
}

namespace {

/// The hash of one value over a seed; nested values hash their parts in order.
std::string hash_value(const std::string& kernel, const std::string& value, const DataType& type,
                       const std::string& seed, const std::string& seed_type) {
  switch (type.kind()) {
    case TypeKind::kVoid:
      return seed;
    case TypeKind::kArray: {
      const std::string e = fmt::format("h{}", value.size() + seed.size());
      return fmt::format(
          "coalesce(struct_extract(list_reduce(list_transform({0}, lambda {1}: {{'s': CAST(NULL AS "
          "{2}), 'e': {1}}}), lambda a, b: {{'s': {3}, 'e': b.e}}, {{'s': {4}, 'e': NULL}}), 's'), "
          "{4})",
          value, e, seed_type, hash_value(kernel, "b.e", type.element(), "a.s", seed_type), seed);
    }
    case TypeKind::kStruct: {
      std::string hashed = seed;
      for (size_t i = 0; i < type.fields().size(); ++i) {
        hashed = hash_value(kernel, fmt::format("({}).f{}", value, i), type.fields()[i].type,
                            hashed, seed_type);
      }
      return hashed;
    }
    case TypeKind::kFloat:
    case TypeKind::kDouble:
    case TypeKind::kDecimal:
    default:
      return fmt::format("{}({}, {})", kernel, value, seed);
  }
}

}  // namespace

std::string lower_hash(const LowerInput& input) {
  const bool is_murmur = input.function == "hash";
  std::string seed = is_murmur ? "42::INTEGER" : "42::BIGINT";
  for (size_t i = 0; i < input.sql.size(); ++i) {
    seed = hash_value(is_murmur ? "grebe_murmur3" : "grebe_xxhash64", input.sql[i],
                      input.type_of(i), seed, is_murmur ? "INTEGER" : "BIGINT");
  }
  return seed;
}

}  // namespace grebe::functions
