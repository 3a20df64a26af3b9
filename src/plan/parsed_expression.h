// An expression before analysis → the text that Spark's tree gives it, as in `('a + 1)`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plan/relation.h"

namespace grebe::plan {

/// The parts, those beyond Spark's limit of 25 only counted (`... 3 more fields`).
std::string shortened_list(const std::vector<std::string>& parts, const char* separator = ", ");

/// Prints the expressions of one tree, whose aliases and subqueries it numbers (`#3`).
class ParsedExpressionPrinter {
 public:
  std::string print(const Expression& expression);
  std::string print_list(const std::vector<ExpressionPtr>& expressions,
                         const char* separator = ", ");
  /// As in `'a ASC NULLS FIRST`.
  std::string print_order(const SortOrder& key);
  /// The body, in which the lambda's parameters are variables.
  std::string print_lambda_body(const Lambda& lambda);
  bool is_lambda_variable(const std::vector<std::string>& name) const;
  int64_t take_id() { return next_id_++; }

 private:
  int64_t next_id_ = 0;
  std::vector<std::string> lambda_names_;
};

/// Says whether Spark's parser alone leaves nothing to resolve: constants, operators between them.
bool is_resolved_by_parser(const Expression& expression);

}  // namespace grebe::plan
