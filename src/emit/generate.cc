// Generators and Expand → unnest of a list, its structs taken apart above.
#include <set>

#include "core/spark_error.h"
#include "emit/emitter.h"
#include "functions/binding.h"
#include "resolved/compare.h"

namespace grebe::emit {
namespace {

/// Lists rows' cells as DuckDB structs f0, f1 ….
std::string pack(const std::vector<std::string>& cells) {
  std::string out = "{";
  for (size_t i = 0; i < cells.size(); ++i) {
    out += (i == 0 ? "'f" : ", 'f") + std::to_string(i) + "': " + cells[i];
  }
  return out + "}";
}

std::set<resolved::AttributeId> outer_columns(const resolved::Expression& expression) {
  std::set<resolved::AttributeId> ids;
  resolved::any_node(expression, [&](const resolved::Expression& node) {
    if (const auto* column = std::get_if<resolved::OuterRef>(&node.node)) ids.insert(column->id);
    return false;
  });
  return ids;
}

}  // namespace

Block Emitter::generate(const resolved::Generate& node) {
  auto block = relation(*node.input);
  if (block.projected || block.distinct || block.limit || block.offset > 0) {
    block = wrap(block, node.input->output);
  }
  if (block.from.empty()) block.from = outer_row(outer_columns(*node.generator), next_alias());
  std::string list = expression(*node.generator);
  const auto rows = "g" + std::to_string(node.generated.empty() ? 0 : node.generated.front().id);
  if (node.outer) {
    list = "CASE WHEN len(" + list + ") > 0 THEN " + list + " ELSE [NULL] END";
  }
  block.projected = true;
  for (const auto& column : node.input->output) {
    block.list.emplace_back(column_name(column.id), column_name(column.id));
  }
  block.list.emplace_back(rows, "unnest(" + list + ")");
  auto outer = wrap(block, {});
  outer.projected = true;
  if (node.keep_input) {
    for (const auto& column : node.input->output) {
      outer.list.emplace_back(column_name(column.id), column_name(column.id));
    }
  }
  for (size_t i = 0; i < node.generated.size(); ++i) {
    outer.list.emplace_back(column_name(node.generated[i].id),
                            node.generated.size() == 1 ? rows : rows + ".f" + std::to_string(i));
  }
  return outer;
}

Block Emitter::expand(const resolved::Expand& node) {
  auto block = relation(*node.input);
  if (block.projected || block.distinct || block.limit || block.offset > 0) {
    block = wrap(block, node.input->output);
  }
  std::string list;
  for (const auto& projection : node.projections) {
    std::vector<std::string> cells;
    for (const auto& cell : projection) cells.push_back(expression(*cell));
    list += (list.empty() ? "" : ", ") + pack(cells);
  }
  block.projected = true;
  block.list.emplace_back("expanded", "unnest([" + list + "])");
  auto outer = wrap(block, {});
  outer.projected = true;
  for (size_t i = 0; i < node.output.size(); ++i) {
    outer.list.emplace_back(column_name(node.output[i].id), "expanded.f" + std::to_string(i));
  }
  return outer;
}

}  // namespace grebe::emit
