// WithRelations: frames that the root refers to, by plan id (subqueries) or by name (SQL).
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {
namespace {

/// spark.sql("… {df}") passes frames as aliases, which are names for the statement alone.
bool is_named_frame(const sc::Relation& root, const sc::Relation& reference) {
  return root.has_sql() && reference.has_subquery_alias();
}

}  // namespace

plan::RelationPtr Conversion::with_relations(const sc::WithRelations& message) {
  const References outer = references_;
  plan::WithCte cte;
  for (const auto& reference : message.references()) {
    if (is_named_frame(message.root(), reference)) {
      cte.items.push_back({.name = reference.subquery_alias().alias(),
                           .column_names = {},
                           .relation = relation(reference.subquery_alias().input())});
    } else {
      if (!reference.common().has_plan_id()) {
        throw invalid_plan("A reference of WithRelations has no plan id");
      }
      references_[reference.common().plan_id()] = &reference;
    }
  }
  auto root = relation(message.root());
  references_ = outer;
  if (cte.items.empty()) return root;
  cte.input = std::move(root);
  return plan::make_relation(std::move(cte));
}

}  // namespace grebe::parse::proto
