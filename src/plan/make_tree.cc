// Nodes → shared trees of unresolved expressions and relations.
//
// The only place that instantiates what sharing a tree takes: in the headers it would cost every
// file that includes them a second.
#include "plan/command.h"
#include "plan/expression.h"
#include "plan/relation.h"

namespace grebe::plan {

ExpressionPtr make_expression(Expression::Node node, core::Origin origin) {
  return std::make_shared<const Expression>(Expression{std::move(node), std::move(origin)});
}

ExpressionPtr make_call(std::string name, std::vector<ExpressionPtr> arguments,
                        core::Origin origin) {
  return make_expression(
      UnresolvedFunction{.name_parts = {std::move(name)}, .arguments = std::move(arguments)},
      std::move(origin));
}

RelationPtr make_relation(Relation::Node node, std::optional<int64_t> plan_id,
                          core::Origin origin) {
  return std::make_shared<const Relation>(Relation{std::move(node), plan_id, std::move(origin)});
}

CommandPtr make_command(Command::Node node, core::Origin origin, core::Origin table_place) {
  return std::make_shared<const Command>(
      Command{std::move(node), std::move(origin), std::move(table_place)});
}

}  // namespace grebe::plan
