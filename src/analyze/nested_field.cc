// a.b, a[k], withField, dropFields → struct fields, array elements, map values, rebuilt structs.
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

namespace {

/// withField and dropFields on a column that already is one: Spark shows one list of changes.
const resolved::Call* update_call(const resolved::Expression& expression) {
  const auto* call = std::get_if<resolved::Call>(&expression.node);
  return call && call->function == "update_fields" ? call : nullptr;
}

}  // namespace

ExpressionPtr Resolve::update_fields(const ExpressionPtr& whole, const plan::UpdateFields& n,
                                     const ExpressionPtr& value, size_t level) {
  const auto* earlier = update_call(*whole);
  std::vector<ExpressionPtr> shown =
      earlier ? earlier->arguments : std::vector<ExpressionPtr>{whole};
  const bool is_last = level + 1 == n.field_path.size();
  const auto name = Analyzer::string_literal(n.field_path[level]);
  ExpressionPtr replacement = value;
  if (!is_last) replacement = update_fields(extract(whole, name), n, value, level + 1);
  std::vector<ExpressionPtr> operands;
  if (replacement) operands.push_back(replacement);
  shown.push_back(resolved::make_expression(
      resolved::Call{.function = replacement ? "WithField" : "dropfield", .arguments = operands},
      replacement ? replacement->type : DataType(), true));
  if (!whole->type.is(TypeKind::kStruct)) {
    throw functions::unexpected_input_type("update_fields", shown, 0, "\"STRUCT\"", origin);
  }

  std::vector<ExpressionPtr> parts;
  std::vector<types::StructField> fields;
  bool replaced = false;
  const auto add = [&](types::StructField field, ExpressionPtr part) {
    parts.push_back(Analyzer::string_literal(field.name));
    parts.push_back(std::move(part));
    fields.push_back(std::move(field));
  };
  const types::StructField changed{.name = n.field_path[level],
                                   .type = replacement ? replacement->type : DataType(),
                                   .nullable = !replacement || replacement->nullable};
  int32_t ordinal = 0;
  for (const auto& field : whole->type.fields()) {
    const int32_t position = ordinal++;
    if (!same_identifier(field.name, n.field_path[level], analyzer.case_sensitive())) {
      add(field, resolved::make_expression(resolved::GetField{whole, position, field.name},
                                           field.type, whole->nullable || field.nullable, origin));
      continue;
    }
    replaced = true;
    if (replacement) add(changed, replacement);
  }
  if (!replaced && replacement) add(changed, replacement);
  if (parts.empty()) {
    const auto call = resolved::make_expression(
        resolved::Call{.function = "update_fields", .arguments = shown}, DataType(), true);
    throw core::analysis_error("DATATYPE_MISMATCH.CANNOT_DROP_ALL_FIELDS",
                               {{"sqlExpr", core::quote_sql(resolved::pretty_name(*call))}},
                               origin);
  }
  // The call prints as Spark's; what runs is the rebuilt struct, and NULL stays NULL.
  auto rebuilt = analyzer.call("named_struct", std::move(parts), origin);
  if (whole->nullable) {
    auto is_null = analyzer.call("isnull", {whole}, origin);
    rebuilt = analyzer.call("if", {is_null, Analyzer::literal(rebuilt->type, {}), rebuilt}, origin);
  }
  return resolved::make_expression(
      resolved::Call{
          .function = "update_fields", .arguments = std::move(shown), .lowered = rebuilt},
      DataType::struct_type(std::move(fields)), whole->nullable, origin);
}

ExpressionPtr Resolve::operator()(const plan::UpdateFields& n) {
  const auto base = analyzer.expression(n.child, scope);
  return update_fields(base, n, n.value ? analyzer.expression(n.value, scope) : nullptr, 0);
}

}  // namespace grebe::analyze
