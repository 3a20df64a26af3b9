// One conversion's state: settings, depth, referenced frames. Private to parse/proto.
#pragma once

#include <google/protobuf/map.h>
#include <google/protobuf/repeated_ptr_field.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/spark_error.h"
#include "parse/proto/converter.h"
#include "spark/connect/catalog.pb.h"
#include "spark/connect/commands.pb.h"
#include "spark/connect/expressions.pb.h"
#include "spark/connect/relations.pb.h"
#include "spark/connect/types.pb.h"

// Clients of 3.5 send the fields that 4.x has deprecated.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace grebe::parse::proto {

namespace sc = ::spark::connect;

/// Spark refuses messages nested deeper (spark.connect.grpc.marshallerRecursionLimit).
inline constexpr int kMaxDepth = 1024;

/// Frames that expressions refer to by plan id (WithRelations), while its root is converted.
using References = std::map<int64_t, const sc::Relation*>;

/// Converts messages of one request. Members with one message each live in the file of their kind.
class Conversion {
 public:
  explicit Conversion(const ConvertOptions& options) : options_(options) {}

  plan::RelationPtr relation(const sc::Relation& message);
  plan::ExpressionPtr expression(const sc::Expression& message);
  plan::CommandPtr command(const sc::Command& message);
  plan::RelationPtr sql_command(const sc::SqlCommand& message);
  types::DataType data_type(const sc::DataType& message);
  plan::Literal literal(const sc::Expression::Literal& message);

 private:
  /// Counts nesting while alive; throws beyond kMaxDepth.
  class Nesting {
   public:
    explicit Nesting(Conversion& owner);
    ~Nesting() { --owner_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Conversion& owner_;
  };

  // relation.cc
  plan::Relation::Node relation_node(const sc::Relation& message);
  // read.cc
  plan::Relation::Node read(const sc::Read& message);
  plan::Relation::Node local_relation(const sc::LocalRelation& message);
  plan::Relation::Node range(const sc::Range& message);
  plan::Relation::Node sql(const sc::SQL& message);
  plan::Relation::Node table_function(const sc::UnresolvedTableValuedFunction& message);
  // with_relations.cc
  plan::RelationPtr with_relations(const sc::WithRelations& message);
  // join.cc
  plan::Relation::Node join(const sc::Join& message);
  plan::Relation::Node lateral_join(const sc::LateralJoin& message);
  plan::Relation::Node set_operation(const sc::SetOperation& message);
  // aggregate.cc
  plan::Relation::Node aggregate(const sc::Aggregate& message);
  plan::Relation::Node unpivot(const sc::Unpivot& message);
  // sort.cc
  plan::SortOrder sort_order(const sc::Expression::SortOrder& message);
  plan::Relation::Node sort(const sc::Sort& message);
  plan::Relation::Node deduplicate(const sc::Deduplicate& message);
  plan::Relation::Node repartition_by_expression(const sc::RepartitionByExpression& message);
  // columns.cc
  plan::Relation::Node with_columns(const sc::WithColumns& message);
  plan::Relation::Node with_columns_renamed(const sc::WithColumnsRenamed& message);
  plan::Relation::Node drop(const sc::Drop& message);
  plan::Relation::Node parse_text(const sc::Parse& message);
  // na.cc
  plan::Relation::Node na_fill(const sc::NAFill& message);
  plan::Relation::Node na_drop(const sc::NADrop& message);
  plan::Relation::Node na_replace(const sc::NAReplace& message);
  // stat.cc
  plan::Relation::Node statistics(const sc::Relation& message);
  // catalog.cc
  plan::Relation::Node catalog(const sc::Catalog& message);
  // expression.cc
  plan::ExpressionPtr expression_node(const sc::Expression& message);
  plan::ExpressionPtr alias(const sc::Expression::Alias& message);
  plan::ExpressionPtr cast(const sc::Expression::Cast& message);
  plan::ExpressionPtr regex(const sc::Expression::UnresolvedRegex& message);
  plan::ExpressionPtr star(const sc::Expression::UnresolvedStar& message);
  // function.cc
  plan::ExpressionPtr function(const sc::Expression::UnresolvedFunction& message);
  plan::ExpressionPtr lambda(const sc::Expression::LambdaFunction& message);
  plan::ExpressionPtr subquery(const sc::SubqueryExpression& message);
  plan::ExpressionPtr user_function(const sc::CommonInlineUserDefinedFunction& message);
  // window.cc
  plan::ExpressionPtr window(const sc::Expression::Window& message);
  plan::FrameBound frame_bound(const sc::Expression::Window::WindowFrame::FrameBoundary& message);
  // literal.cc
  plan::Literal literal_list(const sc::Expression::Literal& message);
  plan::Literal literal_map(const sc::Expression::Literal& message);
  plan::Literal literal_struct(const sc::Expression::Literal& message);
  // write.cc
  plan::Command::Node write(const sc::WriteOperation& message);
  plan::Command::Node write_v2(const sc::WriteOperationV2& message);
  plan::Command::Node create_view(const sc::CreateDataFrameViewCommand& message);

  std::vector<plan::ExpressionPtr> expressions(
      const google::protobuf::RepeatedPtrField<sc::Expression>& messages);
  plan::Name name(const std::string& text) { return sql::parse_identifier(text, options_.sql); }

  const ConvertOptions& options_;
  References references_;
  int depth_ = 0;
};

/// The sentence Spark's planner uses for malformed plans (InvalidPlanInput).
core::SparkError invalid_plan(std::string message);

/// Map fields have no order on the wire; ours is by key.
plan::Options options_of(const google::protobuf::Map<std::string, std::string>& map);

std::vector<std::string> strings_of(
    const google::protobuf::RepeatedPtrField<std::string>& messages);

plan::ExpressionPtr integer_literal(int32_t value);

}  // namespace grebe::parse::proto
