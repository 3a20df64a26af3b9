// An expression before analysis → the text that Spark's tree gives it, as in `('a + 1)`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plan/relation.h"

namespace grebe::plan {

/// Prints the expressions of one tree, whose aliases and subqueries it numbers (`#3`).
class ParsedExpressionPrinter {
 public:
  std::string print(const Expression& expression);
  std::string print_list(const std::vector<ExpressionPtr>& expressions,
                         const char* separator = ", ");
  /// As in `'a ASC NULLS FIRST`.
  std::string print_order(const SortOrder& key);
  int64_t take_id() { return next_id_++; }

 private:
  int64_t next_id_ = 0;
};

/// Says whether Spark's parser alone leaves nothing to resolve: constants, operators between them.
bool is_resolved_by_parser(const Expression& expression);

}  // namespace grebe::plan
