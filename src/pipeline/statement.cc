// One running statement: analysis, emission, execution, and the small questions in between.
#include "pipeline/statement.h"

#include <chrono>

#include "core/error_plan.h"
#include "pipeline/command_host.h"
#include "pipeline/error_origin.h"
#include "pipeline/first_error.h"
#include "pipeline/kept_rows.h"
#include "pipeline/session_tables.h"
#include "pipeline/sql_text.h"
#include "plan/parsed_text.h"
#include "session/shared_state.h"
#include "types/time_zone.h"

namespace grebe::pipeline {
namespace {

/// Runs a constant by itself.
std::variant<types::Value, core::SparkError> outcome(engine::Connection& connection,
                                                     const resolved::Expression& constant) {
  try {
    auto stream =
        connection.query(emit::emit_constant(constant), {{"c0", constant.type, true, ""}});
    return engine::read_rows(*stream).at(0).at(0);
  } catch (const core::SparkError& error) {
    // What cannot run by itself says nothing about the query.
    if (error.condition() == "INTERNAL_ERROR") return types::Value{};
    return error;
  }
}

/// Tells whether a constant by itself raises `error`.
RaisesIt probe(engine::Connection& connection, const core::SparkError& error) {
  return [&connection, &error](const resolved::Expression& constant) {
    const auto result = outcome(connection, constant);
    const auto* other = std::get_if<core::SparkError>(&result);
    return other && other->condition() == error.condition() &&
           other->fields().parameters == error.fields().parameters;
  };
}

/// The error as Spark raises it: the one that it meets first, with its place in `relation`.
core::SparkError as_spark_meets_it(engine::Connection& connection,
                                   const resolved::Relation& relation,
                                   const core::SparkError& error) {
  if (error.condition() == "OPERATION_CANCELED") return error;
  const auto first = first_error(relation, [&](const resolved::Expression& constant) {
    return outcome(connection, constant);
  });
  if (!first) return with_origin(error, relation, probe(connection, error));
  return with_origin(first->error, *first->expression, first->outer,
                     probe(connection, first->error));
}

/// Runs a step on a connection; an error of it gets its place in `relation`.
template <typename Step>
auto placed(engine::Connection& connection, const resolved::RelationPtr& relation, Step step) {
  try {
    return step();
  } catch (const core::SparkError& error) {
    throw as_spark_meets_it(connection, *relation, error);
  }
}

/// Keeps a query's connection, and its way to be interrupted, as long as its rows.
class OwnedStream : public engine::ResultStream {
 public:
  /// `relation` is what `sql` was emitted from: errors of its rows get their place from it.
  OwnedStream(std::unique_ptr<engine::Connection> connection, Cancellation& cancellation,
              const emit::EmittedQuery& query, resolved::RelationPtr relation)
      : relation_(std::move(relation)),
        connection_(std::move(connection)),
        attachment_(cancellation, *connection_),
        stream_(placed(*connection_, relation_,
                       [&] { return connection_->query(query.sql, query.schema); })) {}
  const types::Schema& schema() const override { return stream_->schema(); }
  std::optional<engine::ArrowBatch> next() override {
    return placed(*connection_, relation_, [&] { return stream_->next(); });
  }

 private:
  resolved::RelationPtr relation_;
  std::unique_ptr<engine::Connection> connection_;
  Cancellation::Attachment attachment_;
  std::unique_ptr<engine::ResultStream> stream_;
};

int64_t now_micros() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

parse::sql::ParseOptions parse_options(const session::Session& session) {
  const auto& config = session.config();
  parse::sql::ParseOptions options;
  options.ansi = config.ansi();
  options.enforce_reserved_keywords = config.boolean("spark.sql.ansi.enforceReservedKeywords");
  options.double_quoted_identifiers = config.boolean("spark.sql.ansi.doubleQuotedIdentifiers");
  options.escaped_string_literals = config.boolean("spark.sql.parser.escapedStringLiterals");
  options.quoted_regex_column_names = config.boolean("spark.sql.parser.quotedRegexColumnNames");
  options.legacy_setops_precedence = config.boolean("spark.sql.legacy.setopsPrecedence.enabled");
  options.case_sensitive = config.case_sensitive();
  options.timestamp_is_ntz = config.meaning("spark.sql.timestampType") == "TIMESTAMP_NTZ";
  options.having_is_where = config.boolean("spark.sql.legacy.parser.havingWithoutGroupByAsWhere");
  options.exponent_is_decimal = config.boolean("spark.sql.legacy.exponentLiteralAsDecimal.enabled");
  if (const auto zone = types::TimeZone::find(config.time_zone())) {
    options.local_to_utc = [zone](int64_t local) { return zone->to_utc(local); };
  }
  return options;
}

StatementRunner::StatementRunner(session::Session& session, Cancellation& cancellation)
    : session_(session), cancellation_(cancellation) {
  tables_ = std::make_unique<SessionTables>(*this);
}

StatementRunner::~StatementRunner() = default;

analyze::AnalyzerOptions StatementRunner::analyzer_options() const {
  const auto& config = session_.config();
  analyze::AnalyzerOptions options;
  options.binding.ansi = config.ansi();
  options.binding.case_sensitive = config.case_sensitive();
  options.binding.time_zone = config.time_zone();
  options.binding.current_database = session_.current_database();
  options.binding.user = session_.user_id();
  options.binding.statement_time = now_micros();
  options.binding.config = [&config](const std::string& key) { return config.meaning(key); };
  options.binding.parse_schema = [](const std::string& text) {
    // As DataType.fromDDL with JSON: a type, the columns of a struct, or JSON.
    const auto start = text.find_first_not_of(" \t\r\n");
    if (start != std::string::npos && (text[start] == '{' || text[start] == '"')) {
      return types::parse_json_type(text);
    }
    try {
      return parse::sql::parse_data_type(text);
    } catch (const core::SparkError&) {
      return types::DataType::struct_type(schema_from_text(text));
    }
  };
  options.group_by_ordinal = config.boolean("spark.sql.groupByOrdinal");
  options.order_by_ordinal = config.boolean("spark.sql.orderByOrdinal");
  options.group_by_aliases = config.boolean("spark.sql.groupByAliases");
  options.lateral_aliases = config.boolean("spark.sql.lateralColumnAlias.enableImplicitResolution");
  options.pivot_max_values = config.integer("spark.sql.pivotMaxValues");
  return options;
}

std::unique_ptr<engine::Connection> StatementRunner::connect() {
  engine::ExecutionSettings settings;
  settings.ansi = session_.config().ansi();
  settings.time_zone = session_.config().time_zone();
  settings.case_sensitive = session_.config().case_sensitive();
  return session_.shared().database().connect(settings);
}

engine::Connection& StatementRunner::connection() {
  if (!connection_) {
    connection_ = connect();
    attachment_.emplace(cancellation_, *connection_);
  }
  return *connection_;
}

resolved::RelationPtr StatementRunner::analyze(const plan::RelationPtr& relation) {
  struct Nesting {
    explicit Nesting(int& depth) : depth(depth) { ++depth; }
    ~Nesting() { --depth; }
    int& depth;
  } nesting(analyses_);
  try {
    return analyze::Analyzer(analyzer_options(), *tables_, *this).analyze(relation);
  } catch (const core::SparkError& error) {
    if (analyses_ > 1 || !core::is_of_a_checked_plan(error)) throw;
    throw core::with_plan(error, written_plan(relation));
  }
}

std::string StatementRunner::written_plan(const plan::RelationPtr& relation) {
  return plan::parsed_text(
      relation, [this](const plan::SqlQuery& query) { return tables_->parse_query(query); });
}

void StatementRunner::prepare(engine::Connection& connection, const emit::EmittedQuery& query) {
  // avro before iceberg, which the set's order gives.
  for (const auto& extension : query.extensions) {
    session_.shared().database().load_extension(extension);
  }
  for (const auto& table : query.local_tables) {
    connection.register_arrow(table.name, table.arrow_stream);
  }
}

std::unique_ptr<engine::ResultStream> StatementRunner::run(const resolved::RelationPtr& relation) {
  if (const auto* show = std::get_if<resolved::ShowRows>(&relation->node)) {
    const auto limited = resolved::make_relation(
        resolved::Limit{show->input, int64_t{show->rows} + 1, 0}, show->input->output);
    auto stream = run(limited);
    const auto rows = engine::read_rows(*stream);
    const auto text = show_text(*show, stream->schema(), rows, session_.config().time_zone());
    return stream_rows(output_schema(*relation), {{types::Value{text}}});
  }
  const auto query = emit::emit_query(*with_kept_rows(*this, relation));
  auto connection = connect();
  prepare(*connection, query);
  cancellation_.check();
  return std::make_unique<OwnedStream>(std::move(connection), cancellation_, query, relation);
}

std::unique_ptr<engine::ResultStream> StatementRunner::run_command(const plan::Command& command) {
  PipelineHost host(*this);
  auto outcome = commands::run_command(host, command);
  auto& kept = session_.shared().kept_frames();
  if (!kept.empty()) kept.drop_stale_rows();
  return stream_rows(outcome.schema, outcome.rows);
}

std::unique_ptr<engine::ResultStream> StatementRunner::stream_rows(
    const types::Schema& schema, const std::vector<engine::Row>& rows) {
  resolved::Values values;
  resolved::AttributeId id = 0;
  for (const auto& field : schema) {
    resolved::Attribute attribute;
    attribute.id = ++id;
    attribute.name = field.name;
    attribute.type = field.type;
    attribute.nullable = field.nullable;
    values.output.push_back(std::move(attribute));
  }
  for (const auto& row : rows) {
    std::vector<resolved::ExpressionPtr> cells;
    for (size_t i = 0; i < row.size(); ++i) {
      cells.push_back(analyze::Analyzer::literal(schema[i].type, row[i]));
    }
    values.rows.push_back(std::move(cells));
  }
  auto output = values.output;
  const auto relation = resolved::make_relation(std::move(values), std::move(output));
  const auto query = emit::emit_query(*relation);
  return std::make_unique<OwnedStream>(connect(), cancellation_, query, relation);
}

types::Value StatementRunner::evaluate(const resolved::ExpressionPtr& expression) {
  const auto sql = emit::emit_constant(*expression);
  try {
    auto stream = connection().query(sql, {{"c0", expression->type, true, ""}});
    return engine::read_rows(*stream).at(0).at(0);
  } catch (const core::SparkError& error) {
    throw with_origin(error, *expression, expression->origin, probe(connection(), error));
  }
}

std::vector<types::Value> StatementRunner::first_column(const resolved::RelationPtr& relation,
                                                        int64_t limit) {
  const auto limited =
      resolved::make_relation(resolved::Limit{relation, limit, 0}, relation->output);
  const auto query = emit::emit_query(*with_kept_rows(*this, limited));
  prepare(connection(), query);
  auto stream = connection().query(query.sql, query.schema);
  std::vector<types::Value> out;
  for (auto& row : engine::read_rows(*stream)) out.push_back(std::move(row.at(0)));
  return out;
}

types::Schema output_schema(const resolved::Relation& relation) {
  types::Schema schema;
  for (const auto& column : relation.output) {
    schema.push_back({column.name, column.type, column.nullable, column.metadata_json});
  }
  return schema;
}

}  // namespace grebe::pipeline
