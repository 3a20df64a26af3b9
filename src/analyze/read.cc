// A table name, a path, rows from the client, VALUES → a leaf with the table's columns.
#include "analyze/aggregate_calls.h"
#include "analyze/analyzer.h"
#include "analyze/file_metadata.h"
#include "resolved/compare.h"
#include "types/coercion.h"

namespace grebe::analyze {
namespace {

const CteScope::Entry* find_cte(const CteScope* scope, const std::string& name,
                                bool case_sensitive) {
  for (; scope; scope = scope->parent.get()) {
    for (const auto& entry : scope->entries) {
      if (same_identifier(entry.name, name, case_sensitive)) return &entry;
    }
  }
  return nullptr;
}

/// What makes the view anew; Spark knows no text of a temporary one.
std::string view_statement(const ResolvedTable& view) {
  const auto& text = view.view->origin.text;
  if (view.qualifier.size() < 3 || !text) return "CREATE OR REPLACE TEMPORARY VIEW";
  std::string name;
  for (const auto& part : view.qualifier) name += (name.empty() ? "" : ".") + part;
  bool has_own_names = false;
  std::string names;
  for (size_t i = 0; i < view.view_schema.size(); ++i) {
    names += (i == 0 ? "" : ", ") + view.view_schema[i].name;
    has_own_names = has_own_names || view.view_schema[i].name != view.view_columns[i];
  }
  return "CREATE OR REPLACE VIEW " + name + (has_own_names ? " (" + names + ") " : " ") + "AS " +
         *text;
}

/// The column of a view's query that stands for the view's column `index`: the one of its old name,
/// of several the one that was as many-th among them (GetViewColumnByNameAndOrdinal).
const resolved::Attribute& view_column(const ResolvedTable& view,
                                       const std::vector<resolved::Attribute>& columns,
                                       size_t index, bool case_sensitive) {
  const bool by_name = view.view_columns.size() == view.view_schema.size();
  const std::string& name = by_name ? view.view_columns[index] : view.view_schema[index].name;
  std::vector<const resolved::Attribute*> found;
  size_t expected = 0;
  size_t ordinal = 0;
  if (by_name) {
    for (const auto& column : columns) {
      if (same_identifier(column.name, name, case_sensitive)) found.push_back(&column);
    }
    for (size_t i = 0; i < view.view_columns.size(); ++i) {
      if (!same_identifier(view.view_columns[i], name, case_sensitive)) continue;
      ++expected;
      if (i < index) ++ordinal;
    }
    if (found.size() == expected) return *found[ordinal];
  } else if (columns.size() == view.view_schema.size()) {
    return columns[index];
  }
  std::string there;
  for (const auto* column : found) there += (there.empty() ? "" : ",") + column->name;
  throw core::analysis_error("INCOMPATIBLE_VIEW_SCHEMA_CHANGE",
                             {{"viewName", core::quote_name(view.qualifier)},
                              {"colName", name},
                              {"expectedNum", std::to_string(by_name ? expected : columns.size())},
                              {"actualCols", "[" + there + "]"},
                              {"suggestion", view_statement(view)}});
}

}  // namespace

Analyzed Analyzer::leaf(resolved::RelationPtr relation, const std::vector<std::string>& qualifier) {
  Analyzed out;
  out.scope.attributes = relation->output;
  for (auto& attribute : out.scope.attributes) attribute.qualifier = qualifier;
  if (with_file_metadata_ && std::holds_alternative<resolved::FileScan>(relation->node)) {
    auto file = new_attribute(kFileMetadata, file_metadata_type(*relation), false);
    file.qualifier = qualifier;
    relation = carry_file_metadata(*relation, file);
    out.scope.files = {file};
    if (knows_its_files(*relation)) out.scope.hidden = {file};
  }
  out.relation = std::move(relation);
  return out;
}

Analyzed Analyzer::read_table(const plan::ReadTable& node, const Context& context,
                              const core::Origin& origin) {
  if (node.is_streaming) throw core::unsupported("streaming reads of a table", origin);
  if (node.name_expression) {
    auto named = node;
    named.name_parts = identifier_clause(node.name_expression, context);
    named.name_expression = nullptr;
    return read_table(named, context, origin);
  }
  if (node.name_parts.size() == 1) {
    for (const auto& list : {context.winning_ctes, context.ctes}) {
      const auto* entry = find_cte(list.get(), node.name_parts.front(), case_sensitive());
      if (!entry) continue;
      std::vector<resolved::Attribute> output;
      for (const auto& column : entry->output) {
        auto fresh = new_attribute(column.name, column.type, column.nullable);
        fresh.metadata_json = column.metadata_json;
        output.push_back(std::move(fresh));
      }
      return leaf(resolved::make_relation(resolved::CteRef{entry->id, output}, output),
                  {entry->name});
    }
  }
  auto found = tables_.find_table(node, context.view_scope);
  if (!found) {
    throw core::make_error(core::ErrorClass::kAnalysis, "TABLE_OR_VIEW_NOT_FOUND",
                           {{"relationName", core::quote_name(node.name_parts)}}, origin);
  }
  if (!found->view) {
    // Ids of the leaf were made by the resolver in its own numbering: renew them.
    return leaf(renew(found->relation), found->qualifier);
  }
  Context inner;
  inner.view_scope = found->view_scope;
  inner.depth = context.depth;
  auto view = relation(found->view, inner);
  const bool over_files = !view.scope.files.empty();
  const auto columns = view.scope.attributes;
  auto below = over_files ? view.relation : visible(view);
  Analyzed out;
  if (!found->view_schema.empty()) {
    std::vector<resolved::NamedExpression> items;
    for (size_t i = 0; i < found->view_schema.size(); ++i) {
      const auto& wanted = found->view_schema[i];
      auto value = reference(view_column(*found, columns, i, case_sensitive()));
      if (!value->type.same_type(wanted.type)) value = cast(value, wanted.type);
      items.push_back(name_expression(std::move(value), wanted.name));
      items.back().attribute.metadata_json = wanted.metadata_json;
    }
    Analyzed base;
    base.relation = below;
    base.scope.files = view.scope.files;
    out = project_items(std::move(base), std::move(items));
  } else {
    out.relation = below;
    out.scope.attributes = columns;
    out.scope.files = view.scope.files;
  }
  // Frames inside a view are not the query's own frames.
  for (auto& attribute : out.scope.attributes) attribute.qualifier = found->qualifier;
  return out;
}

Analyzed Analyzer::read_data_source(const plan::ReadDataSource& node) {
  if (node.is_streaming) throw core::unsupported("readStream of format " + node.format);
  auto found = tables_.open_data_source(node);
  return leaf(renew(found.relation), found.qualifier);
}

Analyzed Analyzer::local_relation(const plan::LocalRelation& node) {
  types::Schema sent;
  if (node.arrow_stream) sent = tables_.arrow_schema(*node.arrow_stream);
  types::Schema wanted = node.schema.empty() ? sent : tables_.parse_schema(node.schema);
  if (!node.arrow_stream) {
    std::vector<resolved::Attribute> output;
    for (const auto& field : wanted) {
      output.push_back(new_attribute(field.name, field.type, field.nullable));
      output.back().metadata_json = field.metadata_json;
    }
    return leaf(resolved::make_relation(resolved::Values{{}, output}, output), {});
  }
  std::vector<resolved::Attribute> columns;
  for (const auto& field : sent) {
    columns.push_back(new_attribute(field.name, field.type, field.nullable));
    columns.back().metadata_json = field.metadata_json;
  }
  if (wanted.size() != sent.size()) {
    throw core::plain_error(core::ErrorClass::kSpark,
                            "The local relation has " + std::to_string(sent.size()) +
                                " columns, its schema " + std::to_string(wanted.size()));
  }
  auto base =
      leaf(resolved::make_relation(resolved::LocalData{node.arrow_stream, columns}, columns), {});
  bool same = true;
  for (size_t i = 0; i < sent.size(); ++i) {
    same = same && sent[i].type == wanted[i].type && sent[i].name == wanted[i].name &&
           sent[i].nullable == wanted[i].nullable;
  }
  if (same) {
    for (size_t i = 0; i < wanted.size(); ++i) {
      base.scope.attributes[i].metadata_json = wanted[i].metadata_json;
    }
    return base;
  }
  // The schema decides names, types and nullability, as Spark's projection over the batch does.
  std::vector<resolved::NamedExpression> items;
  for (size_t i = 0; i < sent.size(); ++i) {
    auto value = reference(columns[i]);
    if (!value->type.same_type(wanted[i].type)) value = cast(value, wanted[i].type);
    auto item = name_expression(std::move(value), wanted[i].name);
    item.attribute.type = wanted[i].type;
    item.attribute.nullable = wanted[i].nullable;
    item.attribute.metadata_json = wanted[i].metadata_json;
    items.push_back(std::move(item));
  }
  return project_items(std::move(base), std::move(items));
}

namespace {

/// True of calls that Spark does not evaluate while it analyzes.
bool contains_random(const resolved::Expression& expression) {
  return resolved::any_node(expression, [](const resolved::Expression& node) {
    const auto* call = std::get_if<resolved::Call>(&node.node);
    if (call == nullptr) return false;
    for (const char* name : {"rand", "randn", "random", "shuffle", "uuid",
                             "monotonically_increasing_id", "spark_partition_id"}) {
      if (call->function == name) return true;
    }
    return false;
  });
}

}  // namespace

Analyzed Analyzer::inline_table(const plan::InlineTable& node, const Context& context) {
  std::vector<std::vector<resolved::ExpressionPtr>> rows;
  const size_t width =
      node.column_names.empty() ? node.rows.front().size() : node.column_names.size();
  for (const auto& written : node.rows) {
    if (written.size() != width) {
      throw core::analysis_error("INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
                                 {{"expectedNumCols", std::to_string(width)},
                                  {"actualNumCols", std::to_string(written.size())},
                                  {"rowIndex", std::to_string(&written - node.rows.data())}},
                                 context.origin);
    }
    std::vector<resolved::ExpressionPtr> row;
    for (const auto& cell : written) {
      const auto* alias = std::get_if<plan::Alias>(&cell->node);
      row.push_back(expression(alias ? alias->child : cell,
                               ExpressionScope{.context = &context, .allow_aggregates = true}));
      if (contains_reference(*row.back()) || contains_random(*row.back()) ||
          contains_aggregate(*row.back())) {
        throw core::analysis_error(
            "INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE",
            {{"expr", core::quote_sql(resolved::pretty_name(*row.back()))}}, cell->origin);
      }
    }
    rows.push_back(std::move(row));
  }
  std::vector<resolved::Attribute> output;
  for (size_t column = 0; column < width; ++column) {
    std::vector<types::DataType> types;
    bool nullable = false;
    for (const auto& row : rows) {
      types.push_back(row[column]->type);
      nullable = nullable || row[column]->nullable;
    }
    const std::string name = column < node.column_names.size() ? node.column_names[column]
                                                               : "col" + std::to_string(column + 1);
    // Texts and other types do not meet here.
    std::optional<types::DataType> common = types.front();
    for (size_t i = 1; i < types.size() && common; ++i) {
      common = types::wider_type_without_strings(*common, types[i],
                                                 types::coercion_rules(options_.binding.ansi));
    }
    if (!common) {
      throw core::analysis_error("INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE",
                                 {{"colName", core::quote_identifier(name)}}, context.origin);
    }
    for (auto& row : rows) {
      if (!row[column]->type.same_type(*common)) row[column] = cast(row[column], *common);
    }
    output.push_back(new_attribute(name, *common, nullable));
  }
  return leaf(resolved::make_relation(resolved::Values{std::move(rows), output}, output), {});
}

}  // namespace grebe::analyze
