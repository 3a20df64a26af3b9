// Nodes → shared trees of resolved expressions and relations.
//
// The only place that instantiates what sharing a tree takes: in the headers it would cost every
// file that includes them a second.
#include "resolved/expression.h"
#include "resolved/relation.h"

namespace grebe::resolved {

ExpressionPtr make_expression(Expression::Node node, types::DataType type, bool nullable,
                              core::Origin origin) {
  return std::make_shared<const Expression>(
      Expression{std::move(node), std::move(type), nullable, std::move(origin)});
}

RelationPtr make_relation(Relation::Node node, std::vector<Attribute> output) {
  return std::make_shared<const Relation>(Relation{std::move(node), std::move(output)});
}

}  // namespace grebe::resolved
