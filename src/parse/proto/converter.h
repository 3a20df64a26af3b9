// spark.connect messages → the unresolved tree: the public door of this folder.
#pragma once

#include "parse/sql/parser.h"
#include "plan/command.h"

namespace spark::connect {
class Command;
class DataType;
class Expression;
class Plan;
class Relation;
class SqlCommand;
}  // namespace spark::connect

namespace grebe::parse::proto {

/// The session settings that change what a message means.
struct ConvertOptions {
  /// For expression strings, names and type texts inside messages.
  sql::ParseOptions sql = {};
};

/// A request's plan: rows or an effect. A SqlCommand gives the relation of its statement.
/// Throws SparkError; what the tree cannot hold gives a typed error that names it.
plan::Statement parse_plan(const spark::connect::Plan& message, const ConvertOptions& options = {});

plan::RelationPtr parse_relation(const spark::connect::Relation& message,
                                 const ConvertOptions& options = {});

plan::ExpressionPtr parse_expression(const spark::connect::Expression& message,
                                     const ConvertOptions& options = {});

/// Throws for a SqlCommand, which is a relation: see parse_sql_command.
plan::CommandPtr parse_command(const spark::connect::Command& message,
                               const ConvertOptions& options = {});

/// spark.sql(text, arguments): a SqlQuery, below a WithCte when frames are passed by name.
plan::RelationPtr parse_sql_command(const spark::connect::SqlCommand& message,
                                    const ConvertOptions& options = {});

/// Bytes of an artifact `cache/<hash>`: a serialized LocalRelation. Throws on anything else.
plan::RelationPtr parse_cached_local_relation(std::string_view bytes,
                                              const ConvertOptions& options = {});

types::DataType parse_data_type(const spark::connect::DataType& message,
                                const ConvertOptions& options = {});

/// Parses `a.b.`c.d`` as UnresolvedAttribute.parseAttributeName does: dots part, backquotes hold.
std::vector<std::string> parse_attribute_name(std::string_view name);

}  // namespace grebe::parse::proto
