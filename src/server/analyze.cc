// AnalyzePlan: what a client asks about a plan without running it.
#include "generated/build_info.h"
#include "parse/proto/converter.h"
#include "parse/sql/parser.h"
#include "pipeline/pipeline.h"
#include "server/parse_options.h"
#include "server/proto_types.h"
#include "server/request_session.h"

namespace grebe::server {

using spark::connect::AnalyzePlanRequest;
using spark::connect::AnalyzePlanResponse;

namespace {

class Analysis {
 public:
  Analysis(session::Session& session, AnalyzePlanResponse& response)
      : session_(session), options_(convert_options(session)), response_(response) {}

  void answer(const AnalyzePlanRequest& request) {
    switch (request.analyze_case()) {
      case AnalyzePlanRequest::kSchema:
        return fill_schema(pipeline::analyze_schema(session_, relation(request.schema().plan())),
                           *response_.mutable_schema()->mutable_schema());
      case AnalyzePlanRequest::kExplain:
        return explain(request.explain());
      case AnalyzePlanRequest::kTreeString:
        return tree_string(request.tree_string());
      case AnalyzePlanRequest::kIsLocal:
        return response_.mutable_is_local()->set_is_local(
            pipeline::is_local(session_, relation(request.is_local().plan())));
      case AnalyzePlanRequest::kIsStreaming:
        // Streaming sources are refused by analysis, so what passes it is none.
        pipeline::analyze_schema(session_, relation(request.is_streaming().plan()));
        return response_.mutable_is_streaming()->set_is_streaming(false);
      case AnalyzePlanRequest::kInputFiles:
        return input_files(request.input_files());
      case AnalyzePlanRequest::kSparkVersion:
        return response_.mutable_spark_version()->set_version(build_info::kSparkVersion);
      case AnalyzePlanRequest::kDdlParse:
        return fill_data_type(parse_ddl(request.ddl_parse().ddl_string()),
                              *response_.mutable_ddl_parse()->mutable_parsed());
      case AnalyzePlanRequest::kSameSemantics:
        return response_.mutable_same_semantics()->set_result(
            pipeline::same_semantics(session_, relation(request.same_semantics().target_plan()),
                                     relation(request.same_semantics().other_plan())));
      case AnalyzePlanRequest::kSemanticHash:
        return response_.mutable_semantic_hash()->set_result(
            pipeline::semantic_hash(session_, relation(request.semantic_hash().plan())));
      case AnalyzePlanRequest::kPersist:
        pipeline::persist(session_,
                          parse::proto::parse_relation(request.persist().relation(), options_),
                          level_of(request.persist()));
        response_.mutable_persist();
        return;
      case AnalyzePlanRequest::kUnpersist:
        pipeline::unpersist(session_,
                            parse::proto::parse_relation(request.unpersist().relation(), options_));
        response_.mutable_unpersist();
        return;
      case AnalyzePlanRequest::kGetStorageLevel:
        return storage_level(request.get_storage_level());
      case AnalyzePlanRequest::kJsonToDdl:
        return json_to_ddl(request.json_to_ddl());
      case AnalyzePlanRequest::ANALYZE_NOT_SET:
        break;
    }
    throw core::unsupported("an AnalyzePlan request without a question");
  }

 private:
  plan::RelationPtr relation(const spark::connect::Plan& plan) const {
    auto statement = parse::proto::parse_plan(plan, options_);
    if (auto* relation = std::get_if<plan::RelationPtr>(&statement)) return *relation;
    throw core::unsupported("analysis of a command");
  }

  void explain(const AnalyzePlanRequest::Explain& request) {
    using Mode = AnalyzePlanRequest::Explain;
    const auto mode = [&] {
      switch (request.explain_mode()) {
        case Mode::EXPLAIN_MODE_EXTENDED:
          return plan::ExplainMode::kExtended;
        case Mode::EXPLAIN_MODE_CODEGEN:
          return plan::ExplainMode::kCodegen;
        case Mode::EXPLAIN_MODE_COST:
          return plan::ExplainMode::kCost;
        case Mode::EXPLAIN_MODE_FORMATTED:
          return plan::ExplainMode::kFormatted;
        case Mode::EXPLAIN_MODE_SIMPLE:
          return plan::ExplainMode::kSimple;
        default:
          throw core::unsupported("this explain mode");
      }
    }();
    response_.mutable_explain()->set_explain_string(
        pipeline::explain(session_, relation(request.plan()), mode));
  }

  void tree_string(const AnalyzePlanRequest::TreeString& request) {
    const auto schema = pipeline::analyze_schema(session_, relation(request.plan()));
    response_.mutable_tree_string()->set_tree_string(
        types::tree_string(schema, request.has_level() ? request.level() : 0));
  }

  void input_files(const AnalyzePlanRequest::InputFiles& request) {
    auto& files = *response_.mutable_input_files();
    for (const auto& file : pipeline::input_files(session_, relation(request.plan()))) {
      files.add_files(file);
    }
  }

  /// A schema, a type, or the fields of a struct: whatever the text is, in Spark's order.
  types::DataType parse_ddl(const std::string& text) const {
    try {
      return types::DataType::struct_type(parse::sql::parse_table_schema(text, options_.sql));
    } catch (const core::SparkError& first) {
      for (const std::string& candidate : {text, "struct<" + text + ">"}) {
        try {
          return parse::sql::parse_data_type(candidate, options_.sql);
        } catch (const core::SparkError&) {
          // the first error tells most
        }
      }
      throw first;
    }
  }

  static session::StorageLevel level_of(const AnalyzePlanRequest::Persist& request) {
    if (!request.has_storage_level()) return {};
    const auto& sent = request.storage_level();
    return {.use_disk = sent.use_disk(),
            .use_memory = sent.use_memory(),
            .use_off_heap = sent.use_off_heap(),
            .deserialized = sent.deserialized(),
            .replication = sent.replication()};
  }

  void storage_level(const AnalyzePlanRequest::GetStorageLevel& request) {
    const auto kept = pipeline::storage_level(
        session_, parse::proto::parse_relation(request.relation(), options_));
    auto& level = *response_.mutable_get_storage_level()->mutable_storage_level();
    level.set_use_disk(kept && kept->use_disk);
    level.set_use_memory(kept && kept->use_memory);
    level.set_use_off_heap(kept && kept->use_off_heap);
    level.set_deserialized(kept && kept->deserialized);
    level.set_replication(kept ? kept->replication : 1);
  }

  void json_to_ddl(const AnalyzePlanRequest::JsonToDDL& request) {
    const auto type = types::parse_json_type(request.json_string());
    if (!type.is(types::TypeKind::kStruct)) {
      throw core::unsupported("the DDL of a type that is no struct");
    }
    std::string ddl;
    for (const auto& field : type.fields()) {
      if (!ddl.empty()) ddl += ",";
      ddl += core::quote_identifier(field.name) + " " + field.type.sql();
      if (!field.nullable) ddl += " NOT NULL";
    }
    response_.mutable_json_to_ddl()->set_ddl_string(ddl);
  }

  session::Session& session_;
  parse::proto::ConvertOptions options_;
  AnalyzePlanResponse& response_;
};

}  // namespace

void Service::analyze_plan(const AnalyzePlanRequest& request, AnalyzePlanResponse& response) {
  const auto session = session_of(request);
  sign(*session, response);
  Analysis(*session, response).answer(request);
}

}  // namespace grebe::server
