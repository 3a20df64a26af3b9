// Two resolved expressions → whether they mean the same, origins and printed names aside.
#include "resolved/compare.h"

#include <cmath>

namespace grebe::resolved {
namespace {

bool same_pointer(const ExpressionPtr& left, const ExpressionPtr& right) {
  if (left == right) return true;
  if (!left || !right) return false;
  return same_expression(*left, *right);
}

bool same_list(const std::vector<ExpressionPtr>& left, const std::vector<ExpressionPtr>& right) {
  if (left.size() != right.size()) return false;
  for (size_t i = 0; i < left.size(); ++i) {
    if (!same_pointer(left[i], right[i])) return false;
  }
  return true;
}

bool same_keys(const std::vector<SortKey>& left, const std::vector<SortKey>& right) {
  if (left.size() != right.size()) return false;
  for (size_t i = 0; i < left.size(); ++i) {
    if (left[i].ascending != right[i].ascending || left[i].nulls_first != right[i].nulls_first ||
        !same_pointer(left[i].child, right[i].child)) {
      return false;
    }
  }
  return true;
}

bool same_bound(const FrameBound& left, const FrameBound& right) {
  return left.kind == right.kind && same_pointer(left.offset, right.offset);
}

struct SameNode {
  const Expression::Node& other;

  bool operator()(const Literal& left) const {
    return same_value(left.value, std::get<Literal>(other).value);
  }
  bool operator()(const AttributeRef& left) const {
    return left.id == std::get<AttributeRef>(other).id;
  }
  bool operator()(const OuterRef& left) const { return left.id == std::get<OuterRef>(other).id; }
  bool operator()(const Call& left) const {
    const auto& right = std::get<Call>(other);
    return left.function == right.function && left.overload == right.overload &&
           left.ansi == right.ansi && same_list(left.arguments, right.arguments);
  }
  bool operator()(const Cast& left) const {
    const auto& right = std::get<Cast>(other);
    return left.mode == right.mode && same_pointer(left.child, right.child);
  }
  bool operator()(const GetField& left) const {
    const auto& right = std::get<GetField>(other);
    return left.ordinal == right.ordinal && same_pointer(left.child, right.child);
  }
  bool operator()(const GetArrayStructFields& left) const {
    const auto& right = std::get<GetArrayStructFields>(other);
    return left.ordinal == right.ordinal && same_pointer(left.child, right.child);
  }
  bool operator()(const AggregateCall& left) const {
    const auto& right = std::get<AggregateCall>(other);
    return left.function == right.function && left.overload == right.overload &&
           left.is_distinct == right.is_distinct && left.ignore_nulls == right.ignore_nulls &&
           left.ansi == right.ansi && same_list(left.arguments, right.arguments) &&
           same_pointer(left.filter, right.filter) &&
           same_keys(left.within_group, right.within_group);
  }
  bool operator()(const WindowCall& left) const {
    const auto& right = std::get<WindowCall>(other);
    return same_pointer(left.function, right.function) &&
           same_list(left.partition_by, right.partition_by) &&
           same_keys(left.order_by, right.order_by) && left.frame.unit == right.frame.unit &&
           same_bound(left.frame.lower, right.frame.lower) &&
           same_bound(left.frame.upper, right.frame.upper);
  }
  bool operator()(const LambdaVariable& left) const {
    return left.id == std::get<LambdaVariable>(other).id;
  }
  bool operator()(const Lambda& left) const {
    const auto& right = std::get<Lambda>(other);
    if (left.parameters.size() != right.parameters.size()) return false;
    for (size_t i = 0; i < left.parameters.size(); ++i) {
      if (left.parameters[i].id != right.parameters[i].id) return false;
    }
    return same_pointer(left.body, right.body);
  }
  bool operator()(const ScalarSubquery& left) const {
    return left.relation == std::get<ScalarSubquery>(other).relation;
  }
  bool operator()(const Exists& left) const {
    return left.relation == std::get<Exists>(other).relation;
  }
  bool operator()(const InSubquery& left) const {
    const auto& right = std::get<InSubquery>(other);
    return left.relation == right.relation && same_list(left.values, right.values);
  }
};

struct ListChildren {
  std::vector<ExpressionPtr>& out;

  void add(const ExpressionPtr& child) {
    if (child) out.push_back(child);
  }
  void add(const std::vector<ExpressionPtr>& list) {
    for (const auto& child : list) add(child);
  }
  void add(const std::vector<SortKey>& keys) {
    for (const auto& key : keys) add(key.child);
  }
  void operator()(const Literal&) {}
  void operator()(const AttributeRef&) {}
  void operator()(const OuterRef&) {}
  void operator()(const Call& node) { add(node.arguments); }
  void operator()(const Cast& node) { add(node.child); }
  void operator()(const GetField& node) { add(node.child); }
  void operator()(const GetArrayStructFields& node) { add(node.child); }
  void operator()(const AggregateCall& node) {
    add(node.arguments);
    add(node.filter);
    add(node.within_group);
  }
  void operator()(const WindowCall& node) {
    add(node.function);
    add(node.partition_by);
    add(node.order_by);
    add(node.frame.lower.offset);
    add(node.frame.upper.offset);
  }
  void operator()(const LambdaVariable&) {}
  void operator()(const Lambda& node) { add(node.body); }
  void operator()(const ScalarSubquery&) {}
  void operator()(const Exists&) {}
  void operator()(const InSubquery& node) { add(node.values); }
};

struct MapChildren {
  const std::function<ExpressionPtr(const ExpressionPtr&)>& map;
  bool changed = false;

  void apply(ExpressionPtr& child) {
    if (!child) return;
    auto mapped = map(child);
    changed = changed || mapped != child;
    child = std::move(mapped);
  }
  void apply(std::vector<ExpressionPtr>& list) {
    for (auto& child : list) apply(child);
  }
  void apply(std::vector<SortKey>& keys) {
    for (auto& key : keys) apply(key.child);
  }
  void operator()(Literal&) {}
  void operator()(AttributeRef&) {}
  void operator()(OuterRef&) {}
  void operator()(Call& node) {
    apply(node.arguments);
    apply(node.lowered);
  }
  void operator()(Cast& node) { apply(node.child); }
  void operator()(GetField& node) { apply(node.child); }
  void operator()(GetArrayStructFields& node) { apply(node.child); }
  void operator()(AggregateCall& node) {
    apply(node.arguments);
    apply(node.filter);
    apply(node.within_group);
    apply(node.lowered);
  }
  void operator()(WindowCall& node) {
    apply(node.function);
    apply(node.partition_by);
    apply(node.order_by);
    apply(node.frame.lower.offset);
    apply(node.frame.upper.offset);
  }
  void operator()(LambdaVariable&) {}
  void operator()(Lambda& node) { apply(node.body); }
  void operator()(ScalarSubquery&) {}
  void operator()(Exists&) {}
  void operator()(InSubquery& node) { apply(node.values); }
};

bool same_double(double left, double right) {
  return left == right || (std::isnan(left) && std::isnan(right));
}

}  // namespace

bool same_value(const types::Value& left, const types::Value& right) {
  if (left.data.index() != right.data.index()) return false;
  using List = std::shared_ptr<const types::ValueList>;
  using Map = std::shared_ptr<const types::ValueMap>;
  if (const auto* number = std::get_if<double>(&left.data)) {
    return same_double(*number, std::get<double>(right.data));
  }
  if (const auto* list = std::get_if<List>(&left.data)) {
    const auto& other = std::get<List>(right.data);
    if ((*list)->items.size() != other->items.size()) return false;
    for (size_t i = 0; i < other->items.size(); ++i) {
      if (!same_value((*list)->items[i], other->items[i])) return false;
    }
    return true;
  }
  if (const auto* map = std::get_if<Map>(&left.data)) {
    const auto& other = std::get<Map>(right.data);
    if ((*map)->entries.size() != other->entries.size()) return false;
    for (size_t i = 0; i < other->entries.size(); ++i) {
      if (!same_value((*map)->entries[i].first, other->entries[i].first) ||
          !same_value((*map)->entries[i].second, other->entries[i].second)) {
        return false;
      }
    }
    return true;
  }
  if (const auto* flag = std::get_if<bool>(&left.data)) return *flag == std::get<bool>(right.data);
  if (const auto* number = std::get_if<int64_t>(&left.data)) {
    return *number == std::get<int64_t>(right.data);
  }
  if (const auto* decimal = std::get_if<types::Decimal>(&left.data)) {
    return *decimal == std::get<types::Decimal>(right.data);
  }
  if (const auto* text = std::get_if<std::string>(&left.data)) {
    return *text == std::get<std::string>(right.data);
  }
  if (const auto* interval = std::get_if<types::CalendarInterval>(&left.data)) {
    return *interval == std::get<types::CalendarInterval>(right.data);
  }
  return true;
}

bool same_expression(const Expression& left, const Expression& right) {
  if (&left == &right) return true;
  if (left.node.index() != right.node.index() || !left.type.same_type(right.type)) return false;
  return std::visit(SameNode{right.node}, left.node);
}

std::vector<ExpressionPtr> children(const Expression& expression) {
  std::vector<ExpressionPtr> out;
  std::visit(ListChildren{out}, expression.node);
  return out;
}

ExpressionPtr map_children(const ExpressionPtr& expression,
                           const std::function<ExpressionPtr(const ExpressionPtr&)>& map) {
  Expression copy = *expression;
  MapChildren mapper{map};
  std::visit(mapper, copy.node);
  if (!mapper.changed) return expression;
  return std::make_shared<const Expression>(std::move(copy));
}

bool any_node(const Expression& expression, const std::function<bool(const Expression&)>& test) {
  if (test(expression)) return true;
  for (const auto& child : children(expression)) {
    if (any_node(*child, test)) return true;
  }
  return false;
}

}  // namespace grebe::resolved
