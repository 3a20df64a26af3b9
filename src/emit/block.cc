// One SELECT under construction → its text.
#include "emit/block.h"

namespace grebe::emit {

std::string column_name(resolved::AttributeId id) { return "c" + std::to_string(id); }

std::string block_sql(const Block& block, const std::vector<resolved::Attribute>& columns) {
  std::string sql = block.distinct ? "SELECT DISTINCT " : "SELECT ";
  if (block.projected) {
    if (block.list.empty()) sql += "1 AS nothing";
    for (size_t i = 0; i < block.list.size(); ++i) {
      if (i > 0) sql += ", ";
      const auto& [name, text] = block.list[i];
      sql += text == name ? name : text + " AS " + name;
    }
  } else {
    if (columns.empty()) sql += "1 AS nothing";
    for (size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) sql += ", ";
      sql += column_name(columns[i].id);
    }
  }
  if (!block.from.empty()) sql += " FROM " + block.from;
  for (size_t i = 0; i < block.where.size(); ++i) {
    sql += (i == 0 ? " WHERE " : " AND ") + block.where[i];
  }
  if (!block.group_by.empty()) sql += " GROUP BY " + block.group_by;
  if (!block.order_by.empty()) sql += " ORDER BY " + block.order_by;
  if (block.limit) sql += " LIMIT " + std::to_string(*block.limit);
  if (block.offset > 0) sql += " OFFSET " + std::to_string(block.offset);
  return sql;
}

}  // namespace grebe::emit
