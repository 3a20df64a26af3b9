// The expressions of each node, then those of its inputs; see walk.h.
#include "resolved/walk.h"

namespace grebe::resolved {
namespace {

struct Walk {
  const std::function<void(const ExpressionPtr&)>& visit;

  void add(const ExpressionPtr& expression) {
    if (expression) visit(expression);
  }
  void add(const std::vector<ExpressionPtr>& expressions) {
    for (const auto& expression : expressions) add(expression);
  }
  void add(const std::vector<NamedExpression>& items) {
    for (const auto& item : items) add(item.expression);
  }
  void walk(const RelationPtr& input) { std::visit(*this, input->node); }

  void operator()(const FileScan&) {}
  void operator()(const ExtensionScan&) {}
  void operator()(const LocalData&) {}
  void operator()(const Values& n) {
    for (const auto& row : n.rows) add(row);
  }
  void operator()(const OneRow&) {}
  void operator()(const Range&) {}
  void operator()(const CteRef&) {}
  void operator()(const StoredData&) {}
  void operator()(const Project& n) {
    add(n.items);
    walk(n.input);
  }
  void operator()(const Filter& n) {
    add(n.condition);
    walk(n.input);
  }
  void operator()(const Join& n) {
    add(n.condition);
    walk(n.left);
    walk(n.right);
  }
  void operator()(const Aggregate& n) {
    add(n.groups);
    add(n.items);
    walk(n.input);
  }
  void operator()(const Sort& n) {
    for (const auto& key : n.keys) add(key.child);
    walk(n.input);
  }
  void operator()(const Limit& n) { walk(n.input); }
  void operator()(const Tail& n) { walk(n.input); }
  void operator()(const SetOperation& n) {
    for (const auto& input : n.inputs) walk(input);
  }
  void operator()(const Distinct& n) { walk(n.input); }
  void operator()(const DeduplicateOn& n) { walk(n.input); }
  void operator()(const Generate& n) {
    add(n.generator);
    walk(n.input);
  }
  void operator()(const Expand& n) {
    for (const auto& projection : n.projections) add(projection);
    walk(n.input);
  }
  void operator()(const Sample& n) { walk(n.input); }
  void operator()(const WithCte& n) {
    for (const auto& definition : n.definitions) walk(definition.relation);
    walk(n.input);
  }
  void operator()(const ShowRows& n) { walk(n.input); }
  void operator()(const Observe& n) {
    add(n.metrics);
    walk(n.input);
  }
};

}  // namespace

void for_each_expression(const Relation& relation,
                         const std::function<void(const ExpressionPtr&)>& visit) {
  std::visit(Walk{visit}, relation.node);
}

}  // namespace grebe::resolved
