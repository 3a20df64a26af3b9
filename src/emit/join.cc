// Join → DuckDB's join clause; column names are unique, so no side is ever qualified.
#include <set>

#include "core/spark_error.h"
#include "emit/emitter.h"
#include "resolved/outer_references.h"

namespace grebe::emit {

std::string outer_row(const std::set<resolved::AttributeId>& ids, const std::string& alias) {
  std::string names;
  for (const auto id : ids) names += (names.empty() ? "" : ", ") + column_name(id);
  return names.empty() ? "" : "(VALUES (" + names + ")) AS " + alias + "(" + names + ")";
}

Block Emitter::join(const resolved::Join& node) {
  const auto left = as_table(relation(*node.left), node.left->output);
  auto right_block = relation(*node.right);
  std::string right;
  if (node.lateral) {
    if (right_block.from.empty()) {
      std::set<resolved::AttributeId> ids;
      for (const auto* column : resolved::outer_references(*node.right)) ids.insert(column->id);
      right_block.from = outer_row(ids, next_alias());
    }
    right = "LATERAL (" + block_sql(right_block, node.right->output) + ") AS " + next_alias();
  } else {
    right = as_table(right_block, node.right->output);
    // A join on the right side keeps its own brackets.
    if (right == right_block.from && right_block.is_join) right = "(" + right + ")";
  }
  const std::string condition = node.condition ? expression(*node.condition) : "true";
  Block block;
  block.is_join = true;
  const auto joined = [&](const char* word) {
    block.from = left + word + right + " ON (" + condition + ")";
  };
  switch (node.type) {
    case resolved::JoinType::kInner:
    case resolved::JoinType::kCross:
      if (!node.condition) {
        block.from = left + (node.lateral ? ", " : " CROSS JOIN ") + right;
      } else {
        joined(" JOIN ");
      }
      break;
    case resolved::JoinType::kLeftOuter:
      joined(" LEFT JOIN ");
      break;
    case resolved::JoinType::kRightOuter:
      joined(" RIGHT JOIN ");
      break;
    case resolved::JoinType::kFullOuter:
      joined(" FULL JOIN ");
      break;
    case resolved::JoinType::kLeftSemi:
      joined(" SEMI JOIN ");
      break;
    case resolved::JoinType::kLeftAnti:
      joined(" ANTI JOIN ");
      break;
  }
  return block;
}

}  // namespace grebe::emit
