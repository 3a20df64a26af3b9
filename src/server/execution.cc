// Relations stream batches; commands act; SQL text is either; see execution.h.
#include "server/execution.h"

#include <fmt/format.h>

#include "core/logging.h"
#include "core/uuid.h"
#include "engine/arrow_ipc.h"
#include "engine/arrow_values.h"
#include "parse/proto/converter.h"
#include "server/message_bytes.h"
#include "server/parse_options.h"
#include "server/proto_types.h"
#include "spark/connect/base.pb.h"

namespace grebe::server {

using spark::connect::ExecutePlanRequest;
using spark::connect::ExecutePlanResponse;

namespace {

class Run {
 public:
  Run(Operation& operation, const ExecutePlanRequest& request)
      : operation_(operation), session_(*operation.session), request_(request) {}

  void run() {
    const auto& plan = request_.plan();
    if (plan.has_command() && plan.command().has_sql_command()) {
      run_sql_command(plan.command().sql_command());
    } else if (plan.has_command()) {
      run_command(parse::proto::parse_command(plan.command(), convert_options(session_)));
    } else {
      stream_rows(parse::proto::parse_plan(plan, convert_options(session_)));
    }
    if (operation_.is_reattachable) {
      auto response = make_response();
      response.mutable_result_complete();
      push(response);
    }
  }

 private:
  ExecutePlanResponse make_response() const {
    ExecutePlanResponse response;
    response.set_session_id(session_.session_id());
    response.set_server_side_session_id(session_.server_side_id());
    response.set_operation_id(operation_.id);
    response.set_response_id(core::new_uuid());
    return response;
  }

  void push(const ExecutePlanResponse& response) {
    push_bytes(response.response_id(), to_bytes(response));
  }

  void push_bytes(const std::string& id, grpc::ByteBuffer bytes) {
    if (!operation_.responses.push({.id = id, .bytes = std::move(bytes)})) {
      throw core::make_error(core::ErrorClass::kSql, "OPERATION_CANCELED", {});
    }
  }

  /// The schema goes with the first batch: a message less.
  void stream_rows(const plan::Statement& statement) {
    auto execution = pipeline::run(session_, statement, operation_.cancellation);
    const types::Schema& schema = execution.rows->schema();
    const engine::IpcEncoder encoder(schema, session_.config().time_zone());
    bool is_first = true;
    const auto push_batch = [&](int64_t rows, engine::IpcStream stream) {
      auto response = make_response();
      if (is_first) fill_schema(schema, *response.mutable_schema());
      is_first = false;
      const std::string id = response.response_id();
      push_bytes(id, to_bytes_with_batch(response, rows, std::move(stream)));
    };
    while (auto batch = execution.rows->next()) {
      push_batch(batch->rows(), encoder.encode(*batch));
    }
    if (is_first) push_batch(0, encoder.encode_empty());
    push_observed_metrics(execution);
  }

  void push_observed_metrics(const pipeline::Execution& execution) {
    if (!execution.observed) return;
    const auto observed = execution.observed();
    if (observed.empty()) return;
    auto response = make_response();
    for (const auto& metrics : observed) {
      auto& sent = *response.add_observed_metrics();
      sent.set_name(metrics.name);
      for (size_t i = 0; i < metrics.values.size(); ++i) {
        sent.add_keys(metrics.schema[i].name);
        fill_literal(metrics.schema[i].type, metrics.values[i], *sent.add_values());
      }
    }
    push(response);
  }

  /// Runs a command for its effect; what it returns is dropped, as Spark does.
  void run_command(const plan::CommandPtr& command) {
    auto execution = pipeline::run(session_, command, operation_.cancellation);
    if (execution.rows && std::holds_alternative<plan::Checkpoint>(command->node)) {
      const auto rows = engine::read_rows(*execution.rows);
      auto response = make_response();
      response.mutable_checkpoint_command_result()->mutable_relation()->set_relation_id(
          std::get<std::string>(rows.at(0).at(0).data));
      return push(response);
    }
    if (execution.rows) {
      while (execution.rows->next()) {
      }
    }
    push_observed_metrics(execution);
  }

  /// spark.sql(): a query is analyzed now and run later, as a relation that the client keeps; a
  /// command runs now, and its rows become a local relation.
  void run_sql_command(const spark::connect::SqlCommand& command) {
    auto relation = parse::proto::parse_sql_command(command, convert_options(session_));
    plan::Statement statement = relation;
    if (const auto* query = std::get_if<plan::SqlQuery>(&relation->node)) {
      statement = pipeline::parse(session_, *query);
    }
    auto response = make_response();
    auto& result = *response.mutable_sql_command_result()->mutable_relation();
    if (std::holds_alternative<plan::CommandPtr>(statement)) {
      fill_rows(statement, *result.mutable_local_relation());
    } else {
      pipeline::analyze_schema(session_, std::get<plan::RelationPtr>(statement));
      fill_query(command, result);
    }
    push(response);
  }

  void fill_rows(const plan::Statement& statement, spark::connect::LocalRelation& local) {
    auto execution = pipeline::run(session_, statement, operation_.cancellation);
    const types::Schema schema = execution.rows ? execution.rows->schema() : types::Schema{};
    const engine::IpcEncoder encoder(schema, session_.config().time_zone());
    std::vector<engine::IpcStream> streams;
    while (execution.rows) {
      auto batch = execution.rows->next();
      if (!batch) break;
      streams.push_back(encoder.encode(*batch));
    }
    if (streams.empty()) streams.push_back(encoder.encode_empty());
    local.set_data(engine::join_streams(streams));
    local.set_schema(types::DataType::struct_type(schema).json());
  }

  static void fill_query(const spark::connect::SqlCommand& command,
                         spark::connect::Relation& relation) {
    if (command.has_input()) {
      relation = command.input();
      return;
    }
    auto& sql = *relation.mutable_sql();
    sql.set_query(command.sql());
    *sql.mutable_args() = command.args();
    *sql.mutable_pos_args() = command.pos_args();
    *sql.mutable_named_arguments() = command.named_arguments();
    *sql.mutable_pos_arguments() = command.pos_arguments();
  }

  Operation& operation_;
  session::Session& session_;
  const ExecutePlanRequest& request_;
};

void log_failure(const Operation& operation, const core::SparkError& error) {
  const bool is_bug = error.condition() == "INTERNAL_ERROR";
  core::log_event(is_bug ? core::LogLevel::kError : core::LogLevel::kInfo, "operation failed",
                  {.session = operation.session_key.session_id, .operation = operation.id},
                  {{"condition", std::string_view(error.condition())},
                   {"message", std::string_view(error.what())}});
}

}  // namespace

void run_operation(Operation& operation, const ExecutePlanRequest& request) {
  std::optional<core::SparkError> failure;
  try {
    operation.cancellation.check();
    Run(operation, request).run();
  } catch (const core::SparkError& error) {
    failure = error;
  } catch (const std::bad_alloc&) {
    failure = core::plain_error(core::ErrorClass::kSpark, "The server has no memory left.");
  } catch (const std::exception& error) {
    failure = core::internal_error(error.what());
  }
  if (failure) log_failure(operation, *failure);
  operation.responses.finish(std::move(failure));
}

}  // namespace grebe::server
