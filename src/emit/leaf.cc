// Rows that the plan itself holds: VALUES, range, client data, kept data, CTE uses.
#include "core/spark_error.h"
#include "emit/emitter.h"
#include "types/carrier.h"

namespace grebe::emit {

Block Emitter::local_data(const resolved::LocalData& node) {
  std::string name;
  for (const auto& table : local_tables_) {
    if (table.arrow_stream == node.arrow_stream) name = table.name;
  }
  if (name.empty()) {
    name = "local_data_" + std::to_string(local_tables_.size());
    local_tables_.push_back({name, node.arrow_stream});
  }
  Block inner;
  inner.from = name;
  inner.projected = true;
  for (size_t i = 0; i < node.output.size(); ++i) {
    inner.list.emplace_back(column_name(node.output[i].id), name + ".c" + std::to_string(i));
  }
  return wrap(inner, {});
}

Block Emitter::values(const resolved::Values& node) {
  Block block;
  std::string names;
  for (const auto& column : node.output) {
    names += (names.empty() ? "" : ", ") + column_name(column.id);
  }
  if (node.rows.empty() || node.output.empty()) {
    block.projected = true;
    for (const auto& column : node.output) {
      block.list.emplace_back(column_name(column.id),
                              "CAST(NULL AS " + types::carrier_type(column.type) + ")");
    }
    if (node.rows.empty()) block.where.push_back("false");
    return wrap(block, node.output);
  }
  std::string rows;
  for (const auto& row : node.rows) {
    std::string cells;
    for (size_t i = 0; i < row.size(); ++i) {
      cells += (i == 0 ? "" : ", ") + expression(*row[i]);
    }
    rows += (rows.empty() ? "(" : ", (") + cells + ")";
  }
  block.from = "(VALUES " + rows + ") AS " + next_alias() + "(" + names + ")";
  return block;
}

Block Emitter::range(const resolved::Range& node) {
  Block block;
  block.from = "(SELECT range AS " + column_name(node.output.id) + " FROM range(" +
               std::to_string(node.start) + "::BIGINT, " + std::to_string(node.end) + "::BIGINT, " +
               std::to_string(node.step) + "::BIGINT)) AS " + next_alias();
  return block;
}

Block Emitter::stored_data(const resolved::StoredData& node) {
  Block inner;
  inner.from = types::quote_duckdb_identifier(node.table);
  inner.projected = true;
  for (size_t i = 0; i < node.output.size(); ++i) {
    inner.list.emplace_back(column_name(node.output[i].id), "s" + std::to_string(i));
  }
  return wrap(inner, {});
}

Block Emitter::cte_ref(const resolved::CteRef& node) {
  ++cte_uses_[node.cte_id];
  const auto& columns = cte_columns_.at(node.cte_id);
  Block inner;
  inner.from = "cte" + std::to_string(node.cte_id);
  inner.projected = true;
  for (size_t i = 0; i < node.output.size(); ++i) {
    inner.list.emplace_back(column_name(node.output[i].id),
                            inner.from + "." + column_name(columns[i].id));
  }
  return wrap(inner, {});
}

Block Emitter::with_cte(const resolved::WithCte& node) {
  std::vector<std::string> texts;
  for (const auto& definition : node.definitions) {
    cte_columns_[definition.cte_id] = definition.relation->output;
    const auto block = relation(*definition.relation);
    auto listed = block.projected ? wrap(block, definition.relation->output) : block;
    texts.push_back(block_sql(listed, definition.relation->output));
  }
  const auto body = relation(*node.input);
  std::string with;
  for (size_t i = 0; i < node.definitions.size(); ++i) {
    const auto uses = cte_uses_[node.definitions[i].cte_id];
    if (uses == 0) continue;
    // A definition used once is better inlined; one used often is computed once.
    with += (with.empty() ? "WITH cte" : ", cte") + std::to_string(node.definitions[i].cte_id) +
            (uses == 1 ? " AS NOT MATERIALIZED (" : " AS MATERIALIZED (") + texts[i] + ")";
  }
  if (with.empty()) return body;
  Block block;
  block.from = "(" + with + " " + block_sql(body, node.input->output) + ") AS " + next_alias();
  return block;
}

}  // namespace grebe::emit
