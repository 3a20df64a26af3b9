// What df.stat.freqItems is made of: keys as text for the kernel, and its answer as values again.
#include <fmt/format.h>

#include "core/spark_error.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"
#include "types/carrier.h"

namespace grebe::functions {

using resolved::ExpressionPtr;
using types::DataType;

namespace {

/// Which of the kernel's kinds of keys a type has.
char kind_of_key(const types::DataType& type) {
  switch (type.kind()) {
    case types::TypeKind::kByte:
    case types::TypeKind::kShort:
    case types::TypeKind::kInteger:
    case types::TypeKind::kLong:
      return 'i';
    case types::TypeKind::kFloat:
    case types::TypeKind::kDouble:
      return 'd';
    case types::TypeKind::kBoolean:
      return 'b';
    case types::TypeKind::kString:
      return 's';
    case types::TypeKind::kArray:
    case types::TypeKind::kMap:
    case types::TypeKind::kStruct:
    case types::TypeKind::kBinary:
      throw core::unsupported("freqItems over " + type.sql());
    default:
      return 'o';
  }
}

}  // namespace

ExpressionPtr bind_frequent_items(const BindInput& input) {
  require_count(input, {2});
  const ExpressionPtr& child = input.argument(0);
  return make_aggregate(input, input.expressions(), DataType::array(child->type, child->nullable),
                        false);
}

std::string lower_frequent_items(const LowerInput& input) {
  return fmt::format(
      "CAST(coalesce(grebe_frequent_items(coalesce('{}' || CAST({} AS VARCHAR), 'n'), {}){}, "
      "[]) AS {})",
      kind_of_key(input.type_of(0)), input.sql[0], input.sql[1], input.suffix,
      types::carrier_type(input.type));
}

}  // namespace grebe::functions
