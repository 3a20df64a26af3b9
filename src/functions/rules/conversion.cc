// int(x), date(x) and the like → a cast that generated names do not show.
#include <array>

#include "core/spark_error.h"
#include "functions/calls.h"
#include "functions/rules/rules.h"

namespace grebe::functions {

using types::DataType;

namespace {

struct Conversion {
  std::string_view name;
  DataType (*type)();
};

constexpr Conversion kConversions[] = {
    {"bigint", &DataType::long_type},
    {"binary", &DataType::binary},
    {"boolean", &DataType::boolean},
    {"date", &DataType::date},
    {"decimal", [] { return DataType::decimal(10, 0); }},
    {"double", &DataType::double_type},
    {"float", &DataType::float_type},
    {"int", &DataType::integer},
    {"smallint", &DataType::short_type},
    {"string", &DataType::string},
    {"timestamp", &DataType::timestamp},
    {"tinyint", &DataType::byte},
};

}  // namespace

resolved::ExpressionPtr bind_conversion(const BindInput& input) {
  require_count(input, {1});
  for (const Conversion& conversion : kConversions) {
    if (conversion.name != input.name) continue;
    const auto mode = input.context.ansi ? resolved::CastMode::kAnsi : resolved::CastMode::kLegacy;
    const resolved::ExpressionPtr& child = input.argument(0);
    const DataType type = conversion.type();
    if (child->type == type || child->type.is(types::TypeKind::kVoid)) {
      // Kept although it does nothing: a cast around it is not one of a column by itself.
      return resolved::make_expression(
          resolved::Cast{.child = child, .mode = mode, .is_implicit = true}, type, child->nullable,
          input.request.origin);
    }
    return bind_cast(child, type, mode, true, input.request.origin);
  }
  throw core::internal_error("no conversion named " + input.name);
}

}  // namespace grebe::functions
