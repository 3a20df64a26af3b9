// Aggregate → GROUP BY over key columns; computed keys get a column of their own below.
#include <algorithm>

#include "emit/emitter.h"
#include "resolved/compare.h"
#include "types/carrier.h"

namespace grebe::emit {
namespace {

bool has_zeros(const types::DataType& type) {
  return type.is(types::TypeKind::kDouble) || type.is(types::TypeKind::kFloat);
}

}  // namespace

std::string grouped_value(const std::string& sql, const types::DataType& type) {
  return has_zeros(type) ? "(" + sql + " + CAST(0 AS " + types::carrier_type(type) + "))" : sql;
}

std::string Emitter::key_value(const resolved::Expression& key) {
  const auto text = expression(key);
  return resolved::is_foldable(key) ? text : grouped_value(text, key.type);
}

Block Emitter::aggregate(const resolved::Aggregate& node) {
  auto block = relation(*node.input);
  if (block.projected || block.distinct || block.limit || block.offset > 0 ||
      !block.order_by.empty()) {
    block = wrap(block, node.input->output);
  }
  // A key that no grouping set names is NULL everywhere: a constant that every set may hold.
  std::vector<bool> unused(node.groups.size(), false);
  if (node.grouping_sets) {
    std::fill(unused.begin(), unused.end(), true);
    for (const auto& set : *node.grouping_sets) {
      for (const auto index : set) unused[static_cast<size_t>(index)] = false;
    }
  }
  bool computed = std::find(unused.begin(), unused.end(), true) != unused.end();
  for (const auto& group : node.groups) {
    const auto* ref = std::get_if<resolved::AttributeRef>(&group.expression->node);
    computed = computed || !ref || ref->id != group.attribute.id || has_zeros(group.attribute.type);
  }
  if (computed) {
    auto columns = node.input->output;
    block.projected = true;
    for (const auto& column : columns) {
      const bool is_key =
          std::any_of(node.groups.begin(), node.groups.end(),
                      [&](const auto& group) { return group.attribute.id == column.id; });
      const auto name = column_name(column.id);
      block.list.emplace_back(name, is_key ? grouped_value(name, column.type) : name);
      if (!is_key || !has_zeros(column.type)) continue;
      block.list.emplace_back(name + kRowsValue, name);
      changed_keys_.insert(column.id);
    }
    for (size_t i = 0; i < node.groups.size(); ++i) {
      const auto& group = node.groups[i];
      const auto* ref = std::get_if<resolved::AttributeRef>(&group.expression->node);
      if (ref && ref->id == group.attribute.id) continue;
      block.list.emplace_back(
          column_name(group.attribute.id),
          unused[i] ? emit_literal({}, group.attribute.type) : key_value(*group.expression));
    }
    block = wrap(block, {});
  }
  if (node.grouping_sets) {
    bool has_empty_set = false;
    for (const auto& set : *node.grouping_sets) {
      std::string members;
      const auto add = [&](size_t index) {
        members += (members.empty() ? "" : ", ") + column_name(node.groups[index].attribute.id);
      };
      for (const auto index : set) add(static_cast<size_t>(index));
      for (size_t i = 0; i < unused.size(); ++i) {
        if (unused[i]) add(i);
      }
      block.group_by += (block.group_by.empty() ? "GROUPING SETS ((" : ", (") + members + ")";
      has_empty_set = has_empty_set || members.empty();
    }
    block.group_by += ")";
    // Spark repeats the rows for each set: without rows not even the empty set has a group.
    if (has_empty_set) block.group_by += " HAVING count(*) > 0";
  } else {
    for (const auto& group : node.groups) {
      block.group_by += (block.group_by.empty() ? "" : ", ") + column_name(group.attribute.id);
    }
  }
  block.projected = true;
  bool calls_aggregate = false;
  for (const auto& item : node.items) {
    block.list.emplace_back(column_name(item.attribute.id), expression(*item.expression));
    calls_aggregate = calls_aggregate || resolved::holds<resolved::AggregateCall>(*item.expression);
  }
  changed_keys_.clear();
  // Without keys there is one group, also where nothing in the list says so; the rows are read all
  // the same, for what they may raise.
  if (block.group_by.empty() && !calls_aggregate) {
    block.group_by = "GROUPING SETS (()) HAVING count(*) >= 0";
  }
  return block;
}

}  // namespace grebe::emit
