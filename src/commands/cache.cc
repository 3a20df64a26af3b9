// CACHE, UNCACHE, REFRESH.
#include "commands/actions.h"
#include "commands/tables.h"
#include "core/spark_error.h"
#include "sources/file_table.h"

namespace grebe::commands {
namespace {

plan::RelationPtr table_relation(const plan::Name& name) {
  return plan::make_relation(plan::ReadTable{.name_parts = name});
}

/// Throws TABLE_OR_VIEW_NOT_FOUND when there is neither table nor view.
void require_any(CommandHost& host, const plan::Name& name) {
  if (!find_temp_view(host, name)) require_table(host, name);
}

}  // namespace

CommandOutcome cache_table(CommandHost& host, const plan::CacheTable& command) {
  if (command.query != nullptr) {
    create_view(host, {.name = command.name,
                       .scope = plan::CreateView::Scope::kLocalTemp,
                       .input = command.query});
  } else {
    require_any(host, command.name);
  }
  host.persist(table_relation(command.name));
  // The rows are made by the first query that wants any, even none of them.
  if (!command.lazy) {
    host.collect(plan::make_relation(
        plan::Limit{.input = table_relation(command.name),
                    .limit = plan::make_expression(
                        plan::Literal{types::DataType::integer(), types::Value{int64_t{0}}})}));
  }
  return {};
}

CommandOutcome uncache_table(CommandHost& host, const plan::UncacheTable& command) {
  const TableName full = complete_name(host, command.name);
  const bool exists = find_temp_view(host, command.name).has_value() ||
                      host.catalog().find_table(full.database, full.table).has_value();
  if (!exists) {
    if (command.if_exists) return {};
    throw table_not_found(command.name, {});
  }
  host.unpersist(table_relation(command.name));
  return {};
}

CommandOutcome refresh_table(CommandHost& host, const plan::RefreshTable& command) {
  // Files are listed anew by every query: only what cache() keeps can be old.
  if (command.path.empty()) {
    require_any(host, command.name);
    host.forget_rows(find_temp_view(host, command.name)
                         ? std::string()
                         : require_table(host, command.name).location);
  } else {
    host.forget_rows(sources::absolute_path(command.path, host.base_directory()));
  }
  return {};
}

}  // namespace grebe::commands
