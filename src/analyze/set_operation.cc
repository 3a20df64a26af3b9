// UNION, INTERSECT, EXCEPT, unionByName → SetOperation over inputs cast to common types.
#include <algorithm>
#include <set>

#include "analyze/analyzer.h"
#include "types/coercion.h"

namespace grebe::analyze {
namespace {

using resolved::Attribute;
using resolved::ExpressionPtr;
using resolved::NamedExpression;
using resolved::RelationPtr;

std::string operation_name(const plan::SetOperation& node) {
  std::string name;
  switch (node.type) {
    case plan::SetOpType::kUnion:
      name = "UNION";
      return name;
    case plan::SetOpType::kIntersect:
      name = "INTERSECT";
      break;
    case plan::SetOpType::kExcept:
      name = "EXCEPT";
      break;
  }
  return node.all ? name + " ALL" : name;
}

std::string ordinal(size_t position) {
  static constexpr const char* kNames[] = {"first", "second",  "third",  "fourth", "fifth",
                                           "sixth", "seventh", "eighth", "ninth",  "tenth"};
  return position < 10 ? kNames[position] : std::to_string(position + 1) + "th";
}

/// A struct with the fields of another in their order, NULL for those that it lacks, and then its
/// own others.
ExpressionPtr with_fields_of(Analyzer& analyzer, const ExpressionPtr& value,
                             const types::DataType& wanted) {
  const auto own = value->type.fields();
  const auto find = [&](const std::vector<types::StructField>& fields, const std::string& name) {
    return std::find_if(fields.begin(), fields.end(), [&](const auto& field) {
      return same_identifier(field.name, name, analyzer.case_sensitive());
    });
  };
  const auto field_of = [&](const types::StructField& field) {
    const auto ordinal = static_cast<int32_t>(&field - own.data());
    return resolved::make_expression(resolved::GetField{value, ordinal, field.name}, field.type,
                                     value->nullable || field.nullable);
  };
  std::vector<ExpressionPtr> parts;
  for (const auto& field : wanted.fields()) {
    const auto found = find(own, field.name);
    parts.push_back(Analyzer::string_literal(field.name));
    if (found == own.end()) {
      parts.push_back(Analyzer::literal(field.type, {}));
    } else if (found->type.is(types::TypeKind::kStruct) &&
               field.type.is(types::TypeKind::kStruct)) {
      parts.push_back(with_fields_of(analyzer, field_of(*found), field.type));
    } else {
      parts.push_back(field_of(*found));
    }
  }
  for (const auto& field : own) {
    if (find(wanted.fields(), field.name) != wanted.fields().end()) continue;
    parts.push_back(Analyzer::string_literal(field.name));
    parts.push_back(field_of(field));
  }
  const auto built = analyzer.call("named_struct", std::move(parts));
  if (!value->nullable) return built;
  return analyzer.call(
      "if", {analyzer.call("isnull", {value}), Analyzer::literal(built->type, {}), built});
}

/// The side's columns in the order of those wanted; missing ones, and missing fields of structs,
/// are NULL where that is allowed.
RelationPtr align_by_name(Analyzer& analyzer, const RelationPtr& side,
                          const std::vector<Attribute>& wanted, bool allow_missing) {
  std::vector<NamedExpression> items;
  for (const auto& attribute : wanted) {
    const auto found =
        std::find_if(side->output.begin(), side->output.end(), [&](const auto& other) {
          return same_identifier(other.name, attribute.name, analyzer.case_sensitive());
        });
    if (found != side->output.end()) {
      const bool differ = allow_missing && found->type.is(types::TypeKind::kStruct) &&
                          attribute.type.is(types::TypeKind::kStruct) &&
                          !found->type.same_type(attribute.type);
      items.push_back(
          differ ? analyzer.name_expression(
                       with_fields_of(analyzer, reference(*found), attribute.type), found->name)
                 : pass_through(*found));
      continue;
    }
    if (!allow_missing) {
      std::string names;
      for (const auto& other : side->output) names += (names.empty() ? "" : ", ") + other.name;
      throw core::plain_error(
          core::ErrorClass::kAnalysis,
          "Cannot resolve column name \"" + attribute.name + "\" among (" + names + ").");
    }
    items.push_back(
        analyzer.name_expression(Analyzer::literal(attribute.type, {}), attribute.name));
  }
  std::vector<Attribute> output;
  for (const auto& item : items) output.push_back(item.attribute);
  return resolved::make_relation(resolved::Project{side, std::move(items)}, output);
}

void check_duplicate_names(Analyzer& analyzer, const RelationPtr& side) {
  for (size_t i = 0; i < side->output.size(); ++i) {
    for (size_t j = i + 1; j < side->output.size(); ++j) {
      if (same_identifier(side->output[i].name, side->output[j].name, analyzer.case_sensitive())) {
        throw core::analysis_error("COLUMN_ALREADY_EXISTS",
                                   {{"columnName", core::quote_identifier(side->output[j].name)}});
      }
    }
  }
}

/// The first side gives the result its columns: one that it names twice becomes two, as the other
/// sides may differ there.
RelationPtr with_own_columns(Analyzer& analyzer, const RelationPtr& side) {
  std::set<resolved::AttributeId> seen;
  std::vector<NamedExpression> items;
  std::vector<Attribute> output;
  for (const auto& attribute : side->output) {
    const bool is_new = seen.insert(attribute.id).second;
    items.push_back(is_new ? pass_through(attribute)
                           : analyzer.name_expression(reference(attribute), attribute.name));
    output.push_back(items.back().attribute);
  }
  if (seen.size() == items.size()) return side;
  return resolved::make_relation(resolved::Project{side, std::move(items)}, output);
}

}  // namespace

Analyzed Analyzer::set_operation(const plan::SetOperation& node, const Context& context) {
  // A chain of unions becomes one node, so that a thousand of them stay flat.
  std::vector<plan::RelationPtr> parts;
  std::vector<Frame> frames;
  const auto same_kind = [&](const plan::RelationPtr& side) -> const plan::SetOperation* {
    const auto* inner = std::get_if<plan::SetOperation>(&side->node);
    const bool flat = inner && inner->type == plan::SetOpType::kUnion &&
                      node.type == plan::SetOpType::kUnion && inner->all && node.all &&
                      !inner->by_name && !node.by_name;
    return flat ? inner : nullptr;
  };
  const plan::SetOperation* level = &node;
  parts.push_back(level->right);
  while (const auto* inner = same_kind(level->left)) {
    level = inner;
    parts.push_back(level->right);
  }
  parts.push_back(level->left);
  std::reverse(parts.begin(), parts.end());

  std::vector<RelationPtr> inputs;
  for (const auto& part : parts) {
    auto analyzed = relation(part, context);
    frames.insert(frames.end(), analyzed.scope.frames.begin(), analyzed.scope.frames.end());
    inputs.push_back(visible(analyzed));
  }
  if (node.by_name) {
    for (const auto& input : inputs) check_duplicate_names(*this, input);
    auto wanted = inputs[0]->output;
    if (node.allow_missing_columns) {
      for (const auto& attribute : inputs[1]->output) {
        const bool known =
            std::any_of(inputs[0]->output.begin(), inputs[0]->output.end(), [&](const auto& left) {
              return same_identifier(left.name, attribute.name, case_sensitive());
            });
        if (!known) wanted.push_back(attribute);
      }
      inputs[1] = align_by_name(*this, inputs[1], wanted, true);
      inputs[0] = align_by_name(*this, inputs[0], inputs[1]->output, true);
    } else if (inputs[0]->output.size() != inputs[1]->output.size()) {
      align_by_name(*this, inputs[1], wanted, false);  // a missing name is said before the count
      throw core::analysis_error("NUM_COLUMNS_MISMATCH",
                                 {{"operator", "UNION"},
                                  {"firstNumColumns", std::to_string(inputs[0]->output.size())},
                                  {"invalidOrdinalNum", "second"},
                                  {"invalidNumColumns", std::to_string(inputs[1]->output.size())}},
                                 context.origin);
    }
    if (!node.allow_missing_columns) inputs[1] = align_by_name(*this, inputs[1], wanted, false);
  }

  inputs.front() = with_own_columns(*this, inputs.front());
  const size_t width = inputs.front()->output.size();
  for (size_t i = 1; i < inputs.size(); ++i) {
    if (inputs[i]->output.size() == width) continue;
    throw core::analysis_error("NUM_COLUMNS_MISMATCH",
                               {{"operator", operation_name(node)},
                                {"firstNumColumns", std::to_string(width)},
                                {"invalidOrdinalNum", ordinal(i)},
                                {"invalidNumColumns", std::to_string(inputs[i]->output.size())}},
                               context.origin);
  }
  std::vector<Attribute> output;
  for (size_t column = 0; column < width; ++column) {
    auto attribute = inputs.front()->output[column];
    const bool compares = node.type != plan::SetOpType::kUnion || !node.all;
    if (compares && attribute.type.is(types::TypeKind::kMap)) {
      throw core::analysis_error("UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE",
                                 {{"colName", core::quote_identifier(attribute.name)},
                                  {"dataType", core::quote_sql(attribute.type.sql())}},
                                 context.origin);
    }
    for (size_t i = 1; i < inputs.size(); ++i) {
      const auto& other = inputs[i]->output[column];
      const auto common = types::wider_type(attribute.type, other.type,
                                            types::coercion_rules(options_.binding.ansi));
      if (!common) {
        throw core::analysis_error("INCOMPATIBLE_COLUMN_TYPE",
                                   {{"operator", operation_name(node)},
                                    {"columnOrdinalNumber", ordinal(column)},
                                    {"tableOrdinalNumber", ordinal(i)},
                                    {"dataType1", core::quote_sql(other.type.sql())},
                                    {"dataType2", core::quote_sql(attribute.type.sql())},
                                    {"hint", ""}},
                                   context.origin);
      }
      attribute.type = *common;
    }
    for (size_t i = 0; i < inputs.size(); ++i) {
      const auto& side = inputs[i]->output[column];
      const bool nullable = side.nullable || types::cast_forces_nullable(side.type, attribute.type);
      if (i == 0) {
        attribute.nullable = nullable;
      } else if (node.type == plan::SetOpType::kUnion) {
        attribute.nullable = attribute.nullable || nullable;
      } else if (node.type == plan::SetOpType::kIntersect) {
        attribute.nullable = attribute.nullable && nullable;
      }
    }
    // A column that was cast is another one: what was said of the old one is lost.
    if (!attribute.type.same_type(inputs.front()->output[column].type)) {
      attribute.metadata_json.clear();
    }
    output.push_back(std::move(attribute));
  }
  for (auto& input : inputs) {
    bool changed = false;
    std::vector<NamedExpression> items;
    std::vector<Attribute> casted;
    for (size_t column = 0; column < width; ++column) {
      const auto& attribute = input->output[column];
      if (attribute.type.same_type(output[column].type)) {
        items.push_back(pass_through(attribute));
      } else {
        changed = true;
        items.push_back(
            name_expression(cast(reference(attribute), output[column].type), attribute.name));
      }
      casted.push_back(items.back().attribute);
    }
    if (changed)
      input = resolved::make_relation(resolved::Project{input, std::move(items)}, casted);
  }

  resolved::SetOpType type = resolved::SetOpType::kUnion;
  if (node.type == plan::SetOpType::kIntersect) type = resolved::SetOpType::kIntersect;
  if (node.type == plan::SetOpType::kExcept) type = resolved::SetOpType::kExcept;
  Analyzed out;
  out.relation = resolved::make_relation(
      resolved::SetOperation{std::move(inputs), type, node.all, output}, output);
  out.scope.attributes = std::move(output);
  out.scope.frames = std::move(frames);
  return out;
}

}  // namespace grebe::analyze
