// Messages as clients send them → plan nodes.
#include "parse/proto/converter.h"

#include <gtest/gtest.h>

#include "core/spark_error.h"
#include "parse/proto/fuzz.h"
#include "spark/connect/base.pb.h"

namespace grebe::parse::proto {
namespace {

namespace sc = ::spark::connect;

sc::Relation range(int64_t end) {
  sc::Relation relation;
  relation.mutable_common()->set_plan_id(7);
  relation.mutable_range()->set_end(end);
  relation.mutable_range()->set_step(1);
  return relation;
}

template <typename Node>
const Node& node(const plan::RelationPtr& relation) {
  return std::get<Node>(relation->node);
}

TEST(Converter, KeepsPlanIdsAndNames) {
  sc::Relation message;
  *message.mutable_project()->mutable_input() = range(3);
  auto* column = message.mutable_project()->add_expressions()->mutable_unresolved_attribute();
  column->set_unparsed_identifier("a.`b.c`");
  column->set_plan_id(7);
  const auto relation = parse_relation(message);
  const auto& project = node<plan::Project>(relation);
  EXPECT_EQ(project.input->plan_id, 7);
  const auto& attribute = std::get<plan::UnresolvedAttribute>(project.expressions[0]->node);
  EXPECT_EQ(attribute.name_parts, (std::vector<std::string>{"a", "b.c"}));
  EXPECT_EQ(attribute.plan_id, 7);
}

TEST(Converter, ReadsDecimalLiterals) {
  sc::Expression message;
  message.mutable_literal()->mutable_decimal()->set_value("-1.50");
  const auto expression = parse_expression(message);
  const auto& literal = std::get<plan::Literal>(expression->node);
  EXPECT_EQ(literal.type, types::DataType::decimal(3, 2));
  EXPECT_EQ(std::get<types::Decimal>(literal.value.data).unscaled, -150);
  message.mutable_literal()->mutable_decimal()->set_value("1E+3");
  EXPECT_EQ(std::get<plan::Literal>(parse_expression(message)->node).type,
            types::DataType::decimal(4, 0));
  message.mutable_literal()->mutable_decimal()->set_value("1x");
  EXPECT_THROW(parse_expression(message), core::SparkError);
}

TEST(Converter, TurnsSignedFrameBoundsIntoDirections) {
  sc::Expression message;
  auto* window = message.mutable_window();
  window->mutable_window_function()->mutable_unresolved_function()->set_function_name("sum");
  auto* frame = window->mutable_frame_spec();
  frame->set_frame_type(sc::Expression::Window::WindowFrame::FRAME_TYPE_ROW);
  frame->mutable_lower()->mutable_value()->mutable_literal()->set_integer(-2);
  frame->mutable_upper()->set_unbounded(true);
  const auto expression = parse_expression(message);
  const auto& converted = std::get<plan::Window>(expression->node);
  EXPECT_EQ(converted.frame->lower.kind, plan::FrameBound::Kind::kFollowing);
  const auto& offset = std::get<plan::Literal>(converted.frame->lower.offset->node);
  EXPECT_EQ(std::get<int64_t>(offset.value.data), -2);
  EXPECT_EQ(converted.frame->upper.kind, plan::FrameBound::Kind::kUnboundedFollowing);
}

TEST(Converter, FindsSubqueriesByPlanId) {
  sc::Relation message;
  auto* with = message.mutable_with_relations();
  *with->add_references() = range(2);
  auto* filter = with->mutable_root()->mutable_filter();
  *filter->mutable_input() = range(9);
  auto* subquery = filter->mutable_condition()->mutable_subquery_expression();
  subquery->set_plan_id(7);
  subquery->set_subquery_type(sc::SubqueryExpression::SUBQUERY_TYPE_EXISTS);
  const auto relation = parse_relation(message);
  const auto& condition = std::get<plan::Subquery>(node<plan::Filter>(relation).condition->node);
  EXPECT_EQ(condition.kind, plan::SubqueryKind::kExists);
  EXPECT_EQ(node<plan::Range>(condition.relation).end, 2);
}

TEST(Converter, NamesWhatHasNoRoom) {
  sc::Relation message;
  *message.mutable_map_partitions()->mutable_input() = range(1);
  try {
    parse_relation(message);
    FAIL();
  } catch (const core::SparkError& error) {
    EXPECT_EQ(error.fields().sql_state, "0A000");
    EXPECT_NE(std::string(error.what()).find("MapPartitions"), std::string::npos);
  }
}

TEST(Converter, StopsAtTheDepthThatSparkStopsAt) {
  sc::Relation message = range(1);
  for (int i = 0; i < 2000; ++i) {
    sc::Relation outer;
    outer.mutable_limit()->mutable_input()->Swap(&message);
    message.Swap(&outer);
  }
  EXPECT_THROW(parse_relation(message), core::SparkError);
}

TEST(Converter, ReadsStatements) {
  sc::Plan message;
  message.mutable_command()->mutable_sql_command()->set_sql("select :a");
  (*message.mutable_command()->mutable_sql_command()->mutable_args())["a"].set_integer(1);
  const auto statement = parse_plan(message);
  const auto& query = node<plan::SqlQuery>(std::get<plan::RelationPtr>(statement));
  EXPECT_EQ(query.text, "select :a");
  EXPECT_EQ(query.named_arguments.size(), 1U);
}

TEST(AttributeName, FollowsSpark) {
  EXPECT_EQ(parse_attribute_name("a"), (std::vector<std::string>{"a"}));
  EXPECT_EQ(parse_attribute_name("`a``b`.c"), (std::vector<std::string>{"a`b", "c"}));
  for (const char* bad : {"a..b", "a.", ".a", "`a", "a`b`", "`a`b"}) {
    EXPECT_THROW(parse_attribute_name(bad), core::SparkError) << bad;
  }
}

TEST(Fuzz, SurvivesBytesThatMeanNothing) {
  std::string bytes;
  uint32_t state = 1;
  for (int i = 0; i < 2000; ++i) {
    bytes.assign(static_cast<size_t>(i % 60), '\0');
    for (char& c : bytes) {
      state = state * 1664525U + 1013904223U;
      c = static_cast<char>(state >> 24);
    }
    try {
      convert_plan_bytes(bytes);
    } catch (const core::SparkError& error) {
      ASSERT_NE(error.condition(), "INTERNAL_ERROR") << error.what();
    }
  }
}

}  // namespace
}  // namespace grebe::parse::proto
