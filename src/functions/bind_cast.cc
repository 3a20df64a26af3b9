// A cast asked for by a user or by coercion → a checked cast.
#include "core/spark_error.h"
#include "functions/binding_errors.h"
#include "functions/calls.h"
#include "types/coercion.h"

namespace grebe::functions {

using resolved::CastMode;
using resolved::ExpressionPtr;
using types::CoercionRules;
using types::DataType;
using types::TypeKind;

namespace {

core::SparkError cast_error(const ExpressionPtr& child, const DataType& type, CastMode mode,
                            bool is_implicit, const core::Origin& origin) {
  // Spark prints a cast without itself when the user did not write it.
  const ExpressionPtr cast = resolved::make_expression(
      resolved::Cast{.child = child, .mode = mode, .is_implicit = is_implicit}, type, true);
  core::ErrorParameters parameters = {{"sqlExpr", core::quote_sql(resolved::message_text(*cast))},
                                      {"srcType", quote_type(child->type)},
                                      {"targetType", quote_type(type)}};
  if (mode != CastMode::kLegacy) {
    const bool from_date = child->type.is(TypeKind::kDate) && type.is_numeric();
    if (from_date || (child->type.is_integral() && type.is(TypeKind::kDate))) {
      parameters["functionNames"] = from_date ? "`UNIX_DATE`" : "`DATE_FROM_UNIX_DATE`";
      return core::analysis_error("DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION", parameters,
                                  origin);
    }
    if (mode == CastMode::kAnsi && types::can_cast(child->type, type, CoercionRules::kDefault)) {
      parameters["config"] = "\"spark.sql.ansi.enabled\"";
      parameters["configVal"] = "'false'";
      return core::analysis_error("DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION", parameters,
                                  origin);
    }
  }
  return core::analysis_error("DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", parameters, origin);
}

bool keeps_every_value(const DataType& from, const DataType& to) {
  return types::can_up_cast(from, to) || (from.is_string_like() && to.is(TypeKind::kBinary));
}

}  // namespace

ExpressionPtr bind_cast(ExpressionPtr child, const DataType& to, CastMode mode, bool is_implicit,
                        const core::Origin& origin) {
  // CharVarcharUtils.replaceCharVarcharWithStringForCast: a length is no part of a cast.
  const bool has_length = to.is(TypeKind::kChar) || to.is(TypeKind::kVarchar);
  const DataType type = has_length ? DataType::string() : to;
  if (is_implicit) {
    if (child->type == type) return child;
    if (child->type.is(TypeKind::kVoid) && literal_value(*child) != nullptr) {
      return resolved::make_expression(resolved::Literal{}, type, true, child->origin);
    }
  }
  const CoercionRules rules =
      mode == CastMode::kLegacy ? CoercionRules::kDefault : CoercionRules::kAnsi;
  if (!types::can_cast(child->type, type, rules)) {
    throw cast_error(child, type, mode, is_implicit, origin);
  }
  const bool may_fail = mode == CastMode::kTry ? !keeps_every_value(child->type, type)
                                               : types::cast_forces_nullable(child->type, type);
  const bool nullable = child->nullable || may_fail;
  return resolved::make_expression(
      resolved::Cast{.child = std::move(child), .mode = mode, .is_implicit = is_implicit}, type,
      nullable, origin);
}

}  // namespace grebe::functions
