// One relation → one block: dispatch, and the operators that are a clause or two.
#include <fmt/format.h>

#include <cmath>

#include "core/spark_error.h"
#include "emit/emitter.h"
#include "resolved/compare.h"
#include "types/carrier.h"

namespace grebe::emit {
namespace {

struct Dispatch {
  Emitter& emitter;

  Block operator()(const resolved::FileScan& n) { return emitter.file_scan(n); }
  Block operator()(const resolved::ExtensionScan& n) { return emitter.extension_scan(n); }
  Block operator()(const resolved::LocalData& n) { return emitter.local_data(n); }
  Block operator()(const resolved::Values& n) { return emitter.values(n); }
  Block operator()(const resolved::OneRow&) { return {}; }
  Block operator()(const resolved::Range& n) { return emitter.range(n); }
  Block operator()(const resolved::CteRef& n) { return emitter.cte_ref(n); }
  Block operator()(const resolved::StoredData& n) { return emitter.stored_data(n); }
  Block operator()(const resolved::Project& n) { return emitter.project(n); }
  Block operator()(const resolved::Filter& n) { return emitter.filter(n); }
  Block operator()(const resolved::Join& n) { return emitter.join(n); }
  Block operator()(const resolved::Aggregate& n) { return emitter.aggregate(n); }
  Block operator()(const resolved::Sort& n) { return emitter.sort(n); }
  Block operator()(const resolved::Limit& n) { return emitter.limit(n); }
  Block operator()(const resolved::Tail& n) { return emitter.tail(n); }
  Block operator()(const resolved::SetOperation& n) { return emitter.set_operation(n); }
  Block operator()(const resolved::Distinct& n) { return emitter.distinct(n); }
  Block operator()(const resolved::DeduplicateOn& n) { return emitter.deduplicate_on(n); }
  Block operator()(const resolved::Generate& n) { return emitter.generate(n); }
  Block operator()(const resolved::Expand& n) { return emitter.expand(n); }
  Block operator()(const resolved::Sample& n) { return emitter.sample(n); }
  Block operator()(const resolved::WithCte& n) { return emitter.with_cte(n); }
  Block operator()(const resolved::ShowRows&) { throw core::unsupported("show() inside a plan"); }
  // The metrics are the pipeline's; rows pass through.
  Block operator()(const resolved::Observe& n) { return emitter.relation(*n.input); }
};

}  // namespace

Block Emitter::relation(const resolved::Relation& relation) {
  return std::visit(Dispatch{*this}, relation.node);
}

std::string Emitter::as_table(const Block& block, const std::vector<resolved::Attribute>& columns) {
  if (block.is_plain_from() && !block.distinct && !block.from.empty()) return block.from;
  return "(" + block_sql(block, columns) + ") AS " + next_alias();
}

Block Emitter::wrap(const Block& block, const std::vector<resolved::Attribute>& columns) {
  Block outer;
  outer.from = "(" + block_sql(block, columns) + ") AS " + next_alias();
  return outer;
}

Block Emitter::project(const resolved::Project& node) {
  auto block = relation(*node.input);
  bool windows = false;
  for (const auto& item : node.items)
    windows = windows || resolved::holds<resolved::WindowCall>(*item.expression);
  const bool limited = block.limit || block.offset > 0;
  if (block.projected || block.distinct || (windows && (limited || !block.order_by.empty()))) {
    block = wrap(block, node.input->output);
  }
  block.projected = true;
  for (const auto& item : node.items) {
    block.list.emplace_back(column_name(item.attribute.id), expression(*item.expression));
  }
  return block;
}

Block Emitter::filter(const resolved::Filter& node) {
  auto block = relation(*node.input);
  if (block.projected || block.distinct || block.limit || block.offset > 0) {
    block = wrap(block, node.input->output);
  }
  block.where.push_back("(" + condition(*node.condition) + ")");
  return block;
}

Block Emitter::sort(const resolved::Sort& node) {
  auto block = relation(*node.input);
  if (!block.is_plain_from() || block.distinct) {
    const bool only_where = !block.projected && !block.distinct && block.order_by.empty() &&
                            !block.limit && block.offset == 0;
    if (!only_where) {
      // An ORDER BY below is superseded unless a LIMIT used it.
      if (!block.limit && block.offset == 0) block.order_by.clear();
      block = wrap(block, node.input->output);
    }
  }
  for (const auto& key : node.keys) {
    // A constant key orders nothing, and would be read as a column's position.
    if (std::holds_alternative<resolved::Literal>(key.child->node)) continue;
    block.order_by += (block.order_by.empty() ? "" : ", ") + sort_key(key);
  }
  return block;
}

Block Emitter::limit(const resolved::Limit& node) {
  auto block = relation(*node.input);
  if (block.limit || block.offset > 0) block = wrap(block, node.input->output);
  block.limit = node.limit;
  block.offset = node.offset;
  return block;
}

Block Emitter::tail(const resolved::Tail& node) {
  auto inner = wrap(relation(*node.input), node.input->output);
  inner.projected = true;
  for (const auto& column : node.input->output) {
    inner.list.emplace_back(column_name(column.id), column_name(column.id));
  }
  inner.list.emplace_back("tail_row", "row_number() OVER ()");
  inner.list.emplace_back("tail_rows", "count(*) OVER ()");
  Block block;
  block.from = "(" + block_sql(inner, {}) + ") AS " + next_alias();
  block.where.push_back("tail_row > tail_rows - " + std::to_string(node.limit));
  block.order_by = "tail_row";
  block.projected = true;
  for (const auto& column : node.input->output) {
    block.list.emplace_back(column_name(column.id), column_name(column.id));
  }
  return block;
}

Block Emitter::distinct(const resolved::Distinct& node) {
  auto block = relation(*node.input);
  if (block.distinct || block.limit || block.offset > 0 || !block.order_by.empty()) {
    block = wrap(block, node.input->output);
  }
  if (!block.projected) {
    block.projected = true;
    for (const auto& column : node.input->output) {
      block.list.emplace_back(column_name(column.id), column_name(column.id));
    }
  }
  for (size_t i = 0; i < block.list.size(); ++i) {
    block.list[i].second = grouped_value(block.list[i].second, node.input->output[i].type);
  }
  block.distinct = true;
  return block;
}

Block Emitter::deduplicate_on(const resolved::DeduplicateOn& node) {
  auto block = wrap(relation(*node.input), node.input->output);
  std::string keys;
  for (const auto id : node.keys) keys += (keys.empty() ? "" : ", ") + column_name(id);
  std::string columns;
  for (const auto& column : node.input->output) {
    columns += (columns.empty() ? "" : ", ") + column_name(column.id);
  }
  Block outer;
  outer.from = "(SELECT DISTINCT ON (" + keys + ") " + columns + " FROM " + block.from + ") AS " +
               next_alias();
  return outer;
}

Block Emitter::set_operation(const resolved::SetOperation& node) {
  std::string word;
  switch (node.type) {
    case resolved::SetOpType::kUnion:
      word = " UNION ";
      break;
    case resolved::SetOpType::kIntersect:
      word = " INTERSECT ";
      break;
    case resolved::SetOpType::kExcept:
      word = " EXCEPT ";
      break;
  }
  if (node.all) word += "ALL ";
  std::string sql;
  for (const auto& input : node.inputs) {
    auto branch = wrap(relation(*input), input->output);
    branch.projected = true;
    for (size_t i = 0; i < input->output.size(); ++i) {
      const auto column = column_name(input->output[i].id);
      const bool keeps_zeros = node.type == resolved::SetOpType::kUnion && node.all;
      branch.list.emplace_back(column_name(node.output[i].id),
                               keeps_zeros ? column : grouped_value(column, node.output[i].type));
    }
    sql += (sql.empty() ? "" : word) + "(" + block_sql(branch, {}) + ")";
  }
  Block block;
  block.from = "(" + sql + ") AS " + next_alias();
  return block;
}

Block Emitter::sample(const resolved::Sample& node) {
  // A row's draw follows from its number and the seed, so that splits of one frame with one seed
  // share out its rows.
  auto inner = wrap(relation(*node.input), node.input->output);
  inner.projected = true;
  for (const auto& column : node.input->output) {
    inner.list.emplace_back(column_name(column.id), column_name(column.id));
  }
  inner.list.emplace_back("sample_row", "row_number() OVER ()");
  Block drawn;
  drawn.from = "(" + block_sql(inner, {}) + ") AS " + next_alias();
  drawn.projected = true;
  for (const auto& column : node.input->output) {
    drawn.list.emplace_back(column_name(column.id), column_name(column.id));
  }
  if (node.with_replacement) {
    drawn.list.emplace_back("sample_copy",
                            fmt::format("unnest(range(grebe_sample_copies({}, {}, sample_row)))",
                                        node.seed, node.upper_bound - node.lower_bound));
    return wrap(drawn, {});
  }
  drawn.list.emplace_back("sample_draw",
                          fmt::format("grebe_sample_draw({}, sample_row)", node.seed));
  Block block;
  block.from = "(" + block_sql(drawn, {}) + ") AS " + next_alias();
  block.projected = true;
  for (const auto& column : node.input->output) {
    block.list.emplace_back(column_name(column.id), column_name(column.id));
  }
  block.where.push_back(fmt::format("sample_draw >= {}", node.lower_bound));
  block.where.push_back(fmt::format("sample_draw < {}", node.upper_bound));
  return block;
}

EmittedQuery emit_query(const resolved::Relation& relation, const EmitOptions& options) {
  Emitter emitter(options);
  const auto block = emitter.relation(relation);
  EmittedQuery query;
  // The root's columns in the schema's order and in their carriers (a cast to the same type is
  // dropped by DuckDB's binder).
  auto root = block.projected || block.distinct ? emitter.wrap(block, relation.output) : block;
  root.projected = true;
  for (const auto& column : relation.output) {
    const auto name = column_name(column.id);
    root.list.emplace_back(name, "CAST(" + name + " AS " + types::carrier_type(column.type) + ")");
  }
  query.sql = block_sql(root, relation.output);
  for (const auto& column : relation.output) {
    query.schema.push_back({column.name, column.type, column.nullable, column.metadata_json});
  }
  query.local_tables = emitter.take_local_tables();
  query.extensions = emitter.take_extensions();
  return query;
}

std::string emit_constant(const resolved::Expression& expression) {
  Emitter emitter(EmitOptions{});
  return "SELECT " + emitter.expression(expression) + " AS c0";
}

}  // namespace grebe::emit
