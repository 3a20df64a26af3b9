// A walk over the query's leaves by name.
#include "commands/overwrite_check.h"

#include "core/spark_error.h"
#include "plan/walk.h"

namespace grebe::commands {
namespace {

/// Temporary views may name each other only in the order they were made; this is for broken ones.
constexpr int kMaxViewDepth = 100;

bool reads(CommandHost& host, const plan::Relation& relation, const TableName& target, int depth) {
  if (const auto* table = std::get_if<plan::ReadTable>(&relation.node)) {
    if (const auto view = find_temp_view(host, table->name_parts)) {
      return depth < kMaxViewDepth && view->plan != nullptr &&
             reads(host, *view->plan, target, depth + 1);
    }
    if (table->name_parts.size() > 3) return false;
    const TableName name = complete_name(host, table->name_parts);
    return same_name(name.database, target.database) && same_name(name.table, target.table);
  }
  if (const auto* query = std::get_if<plan::SqlQuery>(&relation.node)) {
    const auto statement = host.parse_statement(query->text);
    const auto* inner = std::get_if<plan::RelationPtr>(&statement);
    return inner != nullptr && reads(host, **inner, target, depth + 1);
  }
  bool found = false;
  plan::for_each_input(relation, [&](const plan::RelationPtr& input) {
    found = found || (input != nullptr && reads(host, *input, target, depth));
  });
  return found;
}

}  // namespace

void refuse_overwrite_of_source(CommandHost& host, const plan::RelationPtr& query,
                                const TableName& target) {
  if (query == nullptr || !reads(host, *query, target, 0)) return;
  throw core::analysis_error("UNSUPPORTED_OVERWRITE.TABLE", {{"table", target.quoted()}});
}

}  // namespace grebe::commands
