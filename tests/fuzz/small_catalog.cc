// The tables, and an evaluator that answers every constant with a plain value of its type.
#include "small_catalog.h"

#include <map>
#include <string>

#include "analyze/analyzer.h"
#include "emit/emit.h"
#include "parse/sql/parser.h"
#include "resolved/relation.h"

namespace grebe::fuzz {
namespace {

/// The same columns as the tables of tests/differential, and some that nest.
const std::map<std::string, const char*>& tables() {
  static const std::map<std::string, const char*> found = {
      {"t1",
       "a INT, b BIGINT, c DOUBLE, d DECIMAL(10,2), s STRING, f BOOLEAN, dt DATE, ts TIMESTAMP"},
      {"t2", "k INT NOT NULL, v STRING, w DECIMAL(38,18), arr ARRAY<INT>, m MAP<STRING, DOUBLE>"},
      {"t3",
       "i BIGINT, st STRUCT<x: INT, y: ARRAY<STRUCT<z: STRING>>>, bin BINARY, n TIMESTAMP_NTZ, "
       "ym INTERVAL YEAR TO MONTH, ds INTERVAL DAY TO SECOND, fl FLOAT, sh SMALLINT, ty TINYINT"},
  };
  return found;
}

resolved::RelationPtr table_leaf(const char* ddl) {
  resolved::StoredData data{.table = "stored", .output = {}};
  resolved::AttributeId id = 0;
  for (const auto& field : parse::sql::parse_table_schema(ddl)) {
    resolved::Attribute attribute;
    attribute.id = ++id;
    attribute.name = field.name;
    attribute.type = field.type;
    attribute.nullable = field.nullable;
    data.output.push_back(std::move(attribute));
  }
  auto output = data.output;
  return resolved::make_relation(std::move(data), std::move(output));
}

parse::sql::ParseOptions parse_options(bool ansi) {
  parse::sql::ParseOptions options;
  options.ansi = ansi;
  return options;
}

class SmallCatalog : public analyze::TableResolver {
 public:
  explicit SmallCatalog(bool ansi) : ansi_(ansi) {}

  std::optional<analyze::ResolvedTable> find_table(const plan::ReadTable& table,
                                                   const std::shared_ptr<const void>&) override {
    if (table.name_parts.empty()) return std::nullopt;
    const auto found = tables().find(table.name_parts.back());
    if (found == tables().end()) return std::nullopt;
    analyze::ResolvedTable out;
    out.relation = table_leaf(found->second);
    out.qualifier = {"spark_catalog", "default", found->first};
    return out;
  }
  analyze::ResolvedTable open_data_source(const plan::ReadDataSource&) override {
    throw core::unsupported("files");
  }
  types::Schema arrow_schema(const std::string&) override { throw core::unsupported("rows"); }
  plan::Name parse_name(const std::string& text) override {
    return parse::sql::parse_identifier(text);
  }
  types::Schema parse_schema(const std::string& text) override {
    return parse::sql::parse_table_schema(text);
  }
  plan::RelationPtr cached_local_relation(const plan::CachedLocalRelation&) override {
    throw core::unsupported("artifacts");
  }
  analyze::ResolvedTable parse_text(const resolved::RelationPtr&, const plan::ParseText&) override {
    throw core::unsupported("texts");
  }
  resolved::RelationPtr kept_frame(const std::string&) override { return nullptr; }
  resolved::RelationPtr run_command(const plan::Command&) override {
    throw core::unsupported("commands");
  }
  plan::RelationPtr parse_query(const plan::SqlQuery& query) override {
    const auto statement = parse::sql::parse_statement(query.text, parse_options(ansi_));
    if (const auto* relation = std::get_if<plan::RelationPtr>(&statement)) return *relation;
    return plan::make_relation(
        plan::CommandResult{.command = std::get<plan::CommandPtr>(statement)});
  }

 private:
  bool ansi_;
};

/// One value of a type; null where none is plain.
types::Value plain_value(const types::DataType& type) {
  using Kind = types::TypeKind;
  if (type.is(Kind::kString)) return {std::string("a")};
  if (type.is(Kind::kBoolean)) return {true};
  if (type.is(Kind::kDouble) || type.is(Kind::kFloat)) return {1.0};
  if (type.is(Kind::kInteger) || type.is(Kind::kLong) || type.is(Kind::kShort) ||
      type.is(Kind::kByte)) {
    return {int64_t{1}};
  }
  return {};
}

class PlainEvaluator : public analyze::Evaluator {
 public:
  types::Value evaluate(const resolved::ExpressionPtr& expression) override {
    // What a runner would hand to the engine must be there to hand over.
    emit::emit_constant(*expression);
    return plain_value(expression->type);
  }
  std::vector<types::Value> first_column(const resolved::RelationPtr& relation, int64_t) override {
    emit::emit_query(*relation);
    return {plain_value(relation->output.at(0).type)};
  }
};

}  // namespace

void analyze_statement(const plan::Statement& statement, bool ansi) {
  const auto* relation = std::get_if<plan::RelationPtr>(&statement);
  if (!relation) return;
  analyze::AnalyzerOptions options;
  options.binding.ansi = ansi;
  options.binding.config = [](const std::string&) { return std::string(); };
  options.binding.parse_schema = [](const std::string& text) {
    if (!text.empty() && (text[0] == '{' || text[0] == '"')) return types::parse_json_type(text);
    return types::DataType::struct_type(parse::sql::parse_table_schema(text));
  };
  SmallCatalog catalog(ansi);
  PlainEvaluator evaluator;
  analyze::Analyzer analyzer(options, catalog, evaluator);
  const auto resolved = analyzer.analyze(*relation);
  if (!std::holds_alternative<resolved::ShowRows>(resolved->node)) emit::emit_query(*resolved);
}

void analyze_text(std::string_view text, bool ansi) {
  analyze_statement(parse::sql::parse_statement(text, parse_options(ansi)), ansi);
}

}  // namespace grebe::fuzz
