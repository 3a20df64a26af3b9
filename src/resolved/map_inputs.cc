// A resolved relation → the same node over other inputs; see map_inputs.h.
#include "resolved/map_inputs.h"

namespace grebe::resolved {
namespace {

struct MapInputs {
  const std::function<RelationPtr(const RelationPtr&)>& map;
  bool changed = false;

  void apply(RelationPtr& input) {
    auto mapped = map(input);
    changed = changed || mapped != input;
    input = std::move(mapped);
  }
  void operator()(FileScan&) {}
  void operator()(ExtensionScan&) {}
  void operator()(LocalData&) {}
  void operator()(Values&) {}
  void operator()(OneRow&) {}
  void operator()(Range&) {}
  void operator()(CteRef&) {}
  void operator()(StoredData&) {}
  void operator()(Project& n) { apply(n.input); }
  void operator()(Filter& n) { apply(n.input); }
  void operator()(Join& n) {
    apply(n.left);
    apply(n.right);
  }
  void operator()(Aggregate& n) { apply(n.input); }
  void operator()(Sort& n) { apply(n.input); }
  void operator()(Limit& n) { apply(n.input); }
  void operator()(Tail& n) { apply(n.input); }
  void operator()(SetOperation& n) {
    for (auto& input : n.inputs) apply(input);
  }
  void operator()(Distinct& n) { apply(n.input); }
  void operator()(DeduplicateOn& n) { apply(n.input); }
  void operator()(Generate& n) { apply(n.input); }
  void operator()(Expand& n) { apply(n.input); }
  void operator()(Sample& n) { apply(n.input); }
  void operator()(WithCte& n) {
    for (auto& definition : n.definitions) apply(definition.relation);
    apply(n.input);
  }
  void operator()(ShowRows& n) { apply(n.input); }
  void operator()(Observe& n) { apply(n.input); }
};

}  // namespace

RelationPtr map_inputs(const RelationPtr& relation,
                       const std::function<RelationPtr(const RelationPtr&)>& map) {
  Relation copy = *relation;
  MapInputs mapper{map};
  std::visit(mapper, copy.node);
  if (!mapper.changed) return relation;
  return std::make_shared<const Relation>(std::move(copy));
}

}  // namespace grebe::resolved
