// spark.connect.Relation → plan::Relation: dispatch and the one-line kinds.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {

namespace {

plan::ToSchema to_schema(plan::RelationPtr input, const types::DataType& schema) {
  if (!schema.is(types::TypeKind::kStruct)) {
    throw invalid_plan("the schema of to() is no struct but " + schema.sql());
  }
  return {std::move(input), schema};
}

}  // namespace

plan::RelationPtr Conversion::relation(const sc::Relation& message) {
  const Nesting nesting(*this);
  const auto plan_id = message.common().has_plan_id()
                           ? std::optional<int64_t>(message.common().plan_id())
                           : std::nullopt;
  if (message.has_with_relations()) {
    auto root = with_relations(message.with_relations());
    if (!plan_id || root->plan_id) return root;
    return plan::make_relation(root->node, plan_id, root->origin);
  }
  return plan::make_relation(relation_node(message), plan_id);
}

plan::Relation::Node Conversion::relation_node(const sc::Relation& message) {
  using Message = sc::Relation;
  switch (message.rel_type_case()) {
    // Leaves
    case Message::kRead:
      return read(message.read());
    case Message::kLocalRelation:
      return local_relation(message.local_relation());
    case Message::kCachedLocalRelation:
      return plan::CachedLocalRelation{.hash = message.cached_local_relation().hash()};
    case Message::kChunkedCachedLocalRelation:
      return plan::CachedLocalRelation{
          .hash = {},
          .data_hashes = strings_of(message.chunked_cached_local_relation().datahashes()),
          .schema_hash = message.chunked_cached_local_relation().schemahash()};
    case Message::kCachedRemoteRelation:
      return plan::CachedRemoteRelation{message.cached_remote_relation().relation_id()};
    case Message::kRange:
      return range(message.range());
    case Message::kSql:
      return sql(message.sql());
    case Message::kUnresolvedTableValuedFunction:
      return table_function(message.unresolved_table_valued_function());
    case Message::kCatalog:
      return catalog(message.catalog());
    // Operators
    case Message::kProject:
      // A projection without input is SELECT without FROM.
      return plan::Project{message.project().has_input() ? relation(message.project().input())
                                                         : plan::make_relation(plan::OneRow{}),
                           expressions(message.project().expressions())};
    case Message::kFilter:
      return plan::Filter{relation(message.filter().input()),
                          expression(message.filter().condition())};
    case Message::kJoin:
      return join(message.join());
    case Message::kLateralJoin:
      return lateral_join(message.lateral_join());
    case Message::kSetOp:
      return set_operation(message.set_op());
    case Message::kSort:
      return sort(message.sort());
    case Message::kLimit:
      return plan::Limit{relation(message.limit().input()),
                         integer_literal(message.limit().limit())};
    case Message::kOffset:
      return plan::Offset{relation(message.offset().input()),
                          integer_literal(message.offset().offset())};
    case Message::kTail:
      return plan::Tail{relation(message.tail().input()), integer_literal(message.tail().limit())};
    case Message::kAggregate:
      return aggregate(message.aggregate());
    case Message::kDeduplicate:
      return deduplicate(message.deduplicate());
    case Message::kSubqueryAlias:
      return plan::SubqueryAlias{.input = relation(message.subquery_alias().input()),
                                 .alias = message.subquery_alias().alias(),
                                 .qualifier = strings_of(message.subquery_alias().qualifier()),
                                 .column_names = {}};
    case Message::kUnpivot:
      return unpivot(message.unpivot());
    case Message::kSample:
      return plan::Sample{.input = relation(message.sample().input()),
                          .method = plan::SampleMethod::kFraction,
                          .lower_bound = message.sample().lower_bound(),
                          .upper_bound = message.sample().upper_bound(),
                          .with_replacement = message.sample().with_replacement(),
                          .seed = message.sample().has_seed()
                                      ? std::optional<int64_t>(message.sample().seed())
                                      : std::nullopt,
                          .deterministic_order = message.sample().deterministic_order(),
                          .row_count = nullptr};
    case Message::kRepartition:
      return plan::Repartition{.input = relation(message.repartition().input()),
                               .partitions = message.repartition().num_partitions(),
                               .shuffle = message.repartition().shuffle(),
                               .expressions = {}};
    case Message::kRepartitionByExpression:
      return repartition_by_expression(message.repartition_by_expression());
    case Message::kHint:
      return plan::Hint{.input = relation(message.hint().input()),
                        .name = message.hint().name(),
                        .parameters = expressions(message.hint().parameters())};
    // DataFrame conveniences
    case Message::kToDf:
      return plan::ToDf{relation(message.to_df().input()),
                        strings_of(message.to_df().column_names())};
    case Message::kWithColumns:
      return with_columns(message.with_columns());
    case Message::kWithColumnsRenamed:
      return with_columns_renamed(message.with_columns_renamed());
    case Message::kDrop:
      return drop(message.drop());
    case Message::kToSchema:
      return to_schema(relation(message.to_schema().input()),
                       data_type(message.to_schema().schema()));
    case Message::kShowString:
      return plan::ShowString{.input = relation(message.show_string().input()),
                              .rows = message.show_string().num_rows(),
                              .truncate = message.show_string().truncate(),
                              .vertical = message.show_string().vertical()};
    case Message::kHtmlString:
      return plan::HtmlString{.input = relation(message.html_string().input()),
                              .rows = message.html_string().num_rows(),
                              .truncate = message.html_string().truncate()};
    case Message::kFillNa:
      return na_fill(message.fill_na());
    case Message::kDropNa:
      return na_drop(message.drop_na());
    case Message::kReplace:
      return na_replace(message.replace());
    case Message::kSummary:
    case Message::kCrosstab:
    case Message::kDescribe:
    case Message::kCov:
    case Message::kCorr:
    case Message::kApproxQuantile:
    case Message::kFreqItems:
    case Message::kSampleBy:
      return statistics(message);
    case Message::kCollectMetrics:
      return plan::CollectMetrics{.input = relation(message.collect_metrics().input()),
                                  .name = message.collect_metrics().name(),
                                  .metrics = expressions(message.collect_metrics().metrics())};
    case Message::kParse:
      return parse_text(message.parse());
    // No room yet
    case Message::kMapPartitions:
      throw core::unsupported("the relation MapPartitions");
    case Message::kGroupMap:
      throw core::unsupported("the relation GroupMap");
    case Message::kCoGroupMap:
      throw core::unsupported("the relation CoGroupMap");
    // On rows that are all there a watermark means nothing.
    case Message::kWithWatermark:
      return relation(message.with_watermark().input())->node;
    case Message::kApplyInPandasWithState:
      throw core::unsupported("the relation ApplyInPandasWithState");
    case Message::kCommonInlineUserDefinedTableFunction:
      throw core::unsupported("a user-defined table function");
    case Message::kCommonInlineUserDefinedDataSource:
      throw core::unsupported("a user-defined data source");
    case Message::kAsOfJoin:
      throw core::unsupported("the relation AsOfJoin");
    case Message::kTranspose:
      throw core::unsupported("the relation Transpose");
    case Message::kRelationChanges:
      throw core::unsupported("the relation RelationChanges");
    case Message::kNearestByJoin:
      throw core::unsupported("the relation NearestByJoin");
    case Message::kMlRelation:
      throw core::unsupported("the relation MlRelation");
    case Message::kExtension:
      throw core::unsupported("a relation extension of type " + message.extension().type_url());
    case Message::kUnknown:
      throw invalid_plan("Unknown not supported.");
    case Message::kWithRelations:
      throw core::internal_error("WithRelations is converted by its caller");
    case Message::REL_TYPE_NOT_SET:
      throw invalid_plan("Expected Relation to be set, but is empty.");
  }
  throw core::unsupported("a relation outside the protocol");
}

}  // namespace grebe::parse::proto
