// a.b, a[k], withField, dropFields → struct fields, array elements, map values, rebuilt structs.
#include <functional>

#include "analyze/resolve_expression.h"
#include "functions/binding_errors.h"

namespace grebe::analyze {

using resolved::ExpressionPtr;
using types::DataType;
using types::TypeKind;

namespace {

core::SparkError no_parts(const resolved::Expression& child, const core::Origin& origin) {
  return core::analysis_error("INVALID_EXTRACT_BASE_FIELD_TYPE",
                              {{"base", core::quote_sql(resolved::pretty_name(child))},
                               {"other", core::quote_sql(child.type.sql())}},
                              origin);
}

}  // namespace

ExpressionPtr Resolve::extract(const ExpressionPtr& child, const ExpressionPtr& key,
                               const core::Origin& place) {
  const auto& type = child->type;
  const auto* constant = std::get_if<resolved::Literal>(&key->node);
  const auto* field = constant && key->type.is(TypeKind::kString)
                          ? std::get_if<std::string>(&constant->value.data)
                          : nullptr;
  const auto find_field = [&](const std::vector<types::StructField>& fields) -> int32_t {
    int32_t found = -1;
    for (size_t i = 0; i < fields.size(); ++i) {
      if (!same_identifier(fields[i].name, *field, analyzer.case_sensitive())) continue;
      if (found >= 0) {
        throw core::analysis_error("AMBIGUOUS_REFERENCE_TO_FIELDS",
                                   {{"field", core::quote_identifier(*field)}, {"count", "2"}},
                                   origin);
      }
      found = static_cast<int32_t>(i);
    }
    if (found < 0) {
      std::string names;
      for (const auto& candidate : fields) {
        names += (names.empty() ? "" : ", ") + core::quote_identifier(candidate.name);
      }
      throw core::analysis_error("FIELD_NOT_FOUND",
                                 {{"fieldName", core::quote_identifier(*field)}, {"fields", names}},
                                 place);
    }
    return found;
  };
  if (type.is(TypeKind::kStruct) && field) {
    const auto ordinal = find_field(type.fields());
    const auto& found = type.fields()[static_cast<size_t>(ordinal)];
    return resolved::make_expression(resolved::GetField{child, ordinal, found.name}, found.type,
                                     child->nullable || found.nullable, origin);
  }
  if (type.is(TypeKind::kArray) && type.element().is(TypeKind::kStruct) && field) {
    const auto ordinal = find_field(type.element().fields());
    const auto& found = type.element().fields()[static_cast<size_t>(ordinal)];
    return resolved::make_expression(
        resolved::GetArrayStructFields{child, ordinal, found.name},
        DataType::array(found.type, type.contains_null() || found.nullable), child->nullable,
        origin);
  }
  if (type.is(TypeKind::kArray)) {
    if (!key->type.is_integral() && !key->type.is(TypeKind::kVoid)) {
      throw functions::unexpected_input_type("getarrayitem", {child, key}, 1, "\"INTEGRAL\"",
                                             origin);
    }
    return analyzer.call("getarrayitem", {child, key}, origin);
  }
  if (type.is(TypeKind::kMap)) return analyzer.call("getmapvalue", {child, key}, origin);
  if (type.is(TypeKind::kStruct)) {
    throw core::analysis_error("INVALID_EXTRACT_FIELD",
                               {{"field", core::quote_sql(resolved::pretty_name(*key))},
                                {"expr", core::quote_sql(resolved::pretty_name(*child))}},
                               origin);
  }
  throw no_parts(*child, origin);
}

ExpressionPtr Resolve::operator()(const plan::ExtractValue& n) {
  const auto child = analyzer.expression(n.child, scope);
  const auto key = analyzer.expression(n.key, scope);
  const auto& type = child->type;
  // Spark says where only when a name was taken apart.
  const bool is_nested =
      type.is(TypeKind::kStruct) || type.is(TypeKind::kArray) || type.is(TypeKind::kMap);
  if (!is_nested) throw no_parts(*child, {});
  return extract(child, key);
}

ExpressionPtr Resolve::operator()(const plan::UpdateFields& n) {
  auto base = analyzer.expression(n.child, scope);
  if (!base->type.is(TypeKind::kStruct)) {
    throw core::analysis_error("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                               {{"sqlExpr", core::quote_sql(resolved::pretty_name(*base))},
                                {"paramIndex", "1"},
                                {"requiredType", "\"STRUCT\""},
                                {"inputSql", core::quote_sql(resolved::pretty_name(*base))},
                                {"inputType", core::quote_sql(base->type.sql())}},
                               origin);
  }
  const auto value = n.value ? analyzer.expression(n.value, scope) : nullptr;
  // Rebuilds the struct along the path; a NULL struct stays NULL.
  std::function<ExpressionPtr(const ExpressionPtr&, size_t)> rebuild = [&](const ExpressionPtr&
                                                                               whole,
                                                                           size_t level) {
    std::vector<ExpressionPtr> parts;
    bool replaced = false;
    const auto fields = whole->type.fields();
    for (const auto& field : fields) {
      auto current = extract(whole, Analyzer::string_literal(field.name));
      if (same_identifier(field.name, n.field_path[level], analyzer.case_sensitive())) {
        replaced = true;
        if (level + 1 < n.field_path.size()) {
          current = rebuild(current, level + 1);
        } else if (value) {
          current = value;
        } else {
          continue;
        }
        parts.push_back(Analyzer::string_literal(
            level + 1 < n.field_path.size() || !value ? field.name : n.field_path[level]));
        parts.push_back(std::move(current));
        continue;
      }
      parts.push_back(Analyzer::string_literal(field.name));
      parts.push_back(std::move(current));
    }
    if (!replaced && value) {
      parts.push_back(Analyzer::string_literal(n.field_path[level]));
      parts.push_back(value);
    }
    if (parts.empty())
      throw core::analysis_error("DATATYPE_MISMATCH.CANNOT_DROP_ALL_FIELDS",
                                 {{"sqlExpr", resolved::sql_text(*base)}}, origin);
    auto rebuilt = analyzer.call("named_struct", std::move(parts), origin);
    if (!whole->nullable) return rebuilt;
    auto is_null = analyzer.call("isnull", {whole}, origin);
    return analyzer.call("if", {is_null, Analyzer::literal(rebuilt->type, {}), rebuilt}, origin);
  };
  const auto rebuilt = rebuild(base, 0);
  // The call prints as Spark's; what runs is the rebuilt struct.
  std::vector<ExpressionPtr> shown{base};
  std::vector<ExpressionPtr> operands;
  if (value) operands.push_back(value);
  shown.push_back(resolved::make_expression(
      resolved::Call{.function = value ? "WithField" : "dropfield", .arguments = operands},
      rebuilt->type, true));
  return resolved::make_expression(
      resolved::Call{
          .function = "update_fields", .arguments = std::move(shown), .lowered = rebuilt},
      rebuilt->type, rebuilt->nullable, origin);
}

}  // namespace grebe::analyze
