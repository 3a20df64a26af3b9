// Outer references in a subquery's plan; see outer_references.h.
#include "resolved/outer_references.h"

#include "resolved/compare.h"
#include "resolved/walk.h"

namespace grebe::resolved {
namespace {

void collect(const Expression& expression, std::vector<const OuterRef*>& found) {
  if (const auto* column = std::get_if<OuterRef>(&expression.node)) found.push_back(column);
  for (const auto& child : children(expression)) collect(*child, found);
}

}  // namespace

std::vector<const OuterRef*> outer_references(const Relation& relation) {
  std::vector<const OuterRef*> found;
  for_each_expression(relation,
                      [&](const ExpressionPtr& expression) { collect(*expression, found); });
  return found;
}

}  // namespace grebe::resolved
