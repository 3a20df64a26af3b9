// Joins and set operations of messages → plan relations.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {
namespace {

plan::JoinType join_type(sc::Join::JoinType type) {
  switch (type) {
    case sc::Join::JOIN_TYPE_INNER:
      return plan::JoinType::kInner;
    case sc::Join::JOIN_TYPE_FULL_OUTER:
      return plan::JoinType::kFullOuter;
    case sc::Join::JOIN_TYPE_LEFT_OUTER:
      return plan::JoinType::kLeftOuter;
    case sc::Join::JOIN_TYPE_RIGHT_OUTER:
      return plan::JoinType::kRightOuter;
    case sc::Join::JOIN_TYPE_LEFT_ANTI:
      return plan::JoinType::kLeftAnti;
    case sc::Join::JOIN_TYPE_LEFT_SEMI:
      return plan::JoinType::kLeftSemi;
    case sc::Join::JOIN_TYPE_CROSS:
      return plan::JoinType::kCross;
    default:
      throw invalid_plan("Join type " + std::to_string(static_cast<int>(type)) +
                         " is not supported");
  }
}

}  // namespace

plan::Relation::Node Conversion::join(const sc::Join& message) {
  if (!message.has_left() || !message.has_right()) {
    throw invalid_plan("Both join sides must be present");
  }
  if (message.has_join_condition() && message.using_columns_size() > 0) {
    throw invalid_plan("Using columns or join conditions cannot be set at the same time in Join");
  }
  if (message.has_join_data_type()) throw core::unsupported("joinWith");
  return plan::Join{
      .left = relation(message.left()),
      .right = relation(message.right()),
      .type = join_type(message.join_type()),
      .condition = message.has_join_condition() ? expression(message.join_condition()) : nullptr,
      .using_columns = strings_of(message.using_columns()),
      .natural = false,
      .lateral = false};
}

plan::Relation::Node Conversion::lateral_join(const sc::LateralJoin& message) {
  return plan::Join{
      .left = relation(message.left()),
      .right = relation(message.right()),
      .type = join_type(message.join_type()),
      .condition = message.has_join_condition() ? expression(message.join_condition()) : nullptr,
      .using_columns = {},
      .natural = false,
      .lateral = true};
}

plan::Relation::Node Conversion::set_operation(const sc::SetOperation& message) {
  plan::SetOperation out{.left = relation(message.left_input()),
                         .right = relation(message.right_input()),
                         .type = plan::SetOpType::kUnion,
                         .all = message.is_all(),
                         .by_name = message.by_name(),
                         .allow_missing_columns = message.allow_missing_columns()};
  switch (message.set_op_type()) {
    case sc::SetOperation::SET_OP_TYPE_UNION:
      if (out.allow_missing_columns && !out.by_name) {
        throw invalid_plan("UnionByName `allowMissingCol` can be true only if `byName` is true.");
      }
      return out;
    case sc::SetOperation::SET_OP_TYPE_INTERSECT:
      if (out.by_name) throw invalid_plan("Intersect does not support union_by_name");
      out.type = plan::SetOpType::kIntersect;
      return out;
    case sc::SetOperation::SET_OP_TYPE_EXCEPT:
      if (out.by_name) throw invalid_plan("Except does not support union_by_name");
      out.type = plan::SetOpType::kExcept;
      return out;
    default:
      throw invalid_plan("Unsupported set operation " +
                         std::to_string(static_cast<int>(message.set_op_type())));
  }
}

}  // namespace grebe::parse::proto
