// spark.connect.Catalog → catalog calls and the statements that mean the same.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {
namespace {

template <typename Message>
std::optional<std::string> database_of(const Message& message) {
  return message.has_db_name() ? std::optional(message.db_name()) : std::nullopt;
}

template <typename Message>
std::optional<std::string> pattern_of(const Message& message) {
  return message.has_pattern() ? std::optional(message.pattern()) : std::nullopt;
}

plan::CatalogCall call(std::string method) {
  return plan::CatalogCall{.method = std::move(method)};
}

plan::CatalogCall call_on(std::string method, const std::string& name) {
  auto out = call(std::move(method));
  out.name = name;
  return out;
}

template <typename Message>
plan::CatalogCall call_in_database(std::string method, const std::string& name,
                                   const Message& message) {
  auto out = call_on(std::move(method), name);
  out.database = database_of(message);
  return out;
}

template <typename Message>
plan::CatalogCall list_call(std::string method, const Message& message) {
  auto out = call(std::move(method));
  out.pattern = pattern_of(message);
  if constexpr (requires { message.has_db_name(); }) out.database = database_of(message);
  return out;
}

}  // namespace

plan::Relation::Node Conversion::catalog(const sc::Catalog& message) {
  using Message = sc::Catalog;
  const auto result = [](plan::Command::Node node) {
    return plan::CommandResult{plan::make_command(std::move(node))};
  };
  const auto create = [this](std::string method, const auto& table) {
    auto out = call_on(std::move(method), table.table_name());
    if (table.has_path()) out.path = table.path();
    if (table.has_source()) out.source = table.source();
    if (table.has_schema()) out.schema = data_type(table.schema());
    out.options = options_of(table.options());
    return out;
  };
  switch (message.cat_type_case()) {
    case Message::kCurrentDatabase:
      return result(call("current_database"));
    case Message::kSetCurrentDatabase:
      return result(call_on("set_current_database", message.set_current_database().db_name()));
    case Message::kListDatabases:
      return result(list_call("list_databases", message.list_databases()));
    case Message::kListTables:
      return result(list_call("list_tables", message.list_tables()));
    case Message::kListFunctions:
      return result(list_call("list_functions", message.list_functions()));
    case Message::kListColumns:
      return result(call_in_database("list_columns", message.list_columns().table_name(),
                                     message.list_columns()));
    case Message::kGetDatabase:
      return result(call_on("get_database", message.get_database().db_name()));
    case Message::kGetTable:
      return result(
          call_in_database("get_table", message.get_table().table_name(), message.get_table()));
    case Message::kGetFunction:
      return result(call_in_database("get_function", message.get_function().function_name(),
                                     message.get_function()));
    case Message::kDatabaseExists:
      return result(call_on("database_exists", message.database_exists().db_name()));
    case Message::kTableExists:
      return result(call_in_database("table_exists", message.table_exists().table_name(),
                                     message.table_exists()));
    case Message::kFunctionExists:
      return result(call_in_database("function_exists", message.function_exists().function_name(),
                                     message.function_exists()));
    case Message::kCreateExternalTable:
      return result(create("create_external_table", message.create_external_table()));
    case Message::kCreateTable: {
      auto out = create("create_table", message.create_table());
      if (message.create_table().has_description()) {
        out.description = message.create_table().description();
      }
      return result(std::move(out));
    }
    case Message::kDropTempView:
      return result(plan::DropTempView{message.drop_temp_view().view_name(), false});
    case Message::kDropGlobalTempView:
      return result(plan::DropTempView{message.drop_global_temp_view().view_name(), true});
    case Message::kRecoverPartitions:
      return result(call_on("recover_partitions", message.recover_partitions().table_name()));
    case Message::kIsCached:
      return result(call_on("is_cached", message.is_cached().table_name()));
    case Message::kCacheTable:
      // The storage level only says where Spark would keep the rows.
      return result(call_on("cache_table", message.cache_table().table_name()));
    case Message::kUncacheTable:
      return result(call_on("uncache_table", message.uncache_table().table_name()));
    case Message::kClearCache:
      return result(call("clear_cache"));
    case Message::kRefreshTable:
      return result(call_on("refresh_table", message.refresh_table().table_name()));
    case Message::kRefreshByPath: {
      auto out = call("refresh_by_path");
      out.path = message.refresh_by_path().path();
      return result(std::move(out));
    }
    case Message::kCurrentCatalog:
      return result(call("current_catalog"));
    case Message::kSetCurrentCatalog:
      return result(call_on("set_current_catalog", message.set_current_catalog().catalog_name()));
    case Message::kListCatalogs:
      return result(list_call("list_catalogs", message.list_catalogs()));
    case Message::kDropTable:
      return result(plan::DropTable{.name = name(message.drop_table().table_name()),
                                    .if_exists = message.drop_table().if_exists(),
                                    .purge = message.drop_table().purge(),
                                    .is_view = false});
    case Message::kDropView:
      return result(plan::DropTable{.name = name(message.drop_view().view_name()),
                                    .if_exists = message.drop_view().if_exists(),
                                    .purge = false,
                                    .is_view = true});
    case Message::kCreateDatabase:
      return result(
          plan::CreateDatabase{.name = name(message.create_database().db_name()),
                               .if_not_exists = message.create_database().if_not_exists(),
                               .comment = {},
                               .location = {},
                               .properties = options_of(message.create_database().properties())});
    case Message::kDropDatabase:
      return result(plan::DropDatabase{.name = name(message.drop_database().db_name()),
                                       .if_exists = message.drop_database().if_exists(),
                                       .cascade = message.drop_database().cascade()});
    case Message::kListPartitions:
      return result(plan::Show{.kind = plan::Show::Kind::kPartitions,
                               .name = name(message.list_partitions().table_name())});
    case Message::kListViews:
      return result(list_call("list_views", message.list_views()));
    case Message::kGetTableProperties:
      return result(plan::Show{.kind = plan::Show::Kind::kTblProperties,
                               .name = name(message.get_table_properties().table_name())});
    case Message::kGetCreateTableString:
      return result(plan::Show{.kind = plan::Show::Kind::kCreateTable,
                               .name = name(message.get_create_table_string().table_name()),
                               .pattern = std::nullopt,
                               .scope = {},
                               .as_serde = message.get_create_table_string().as_serde()});
    case Message::kTruncateTable:
      return result(plan::TruncateTable{.name = name(message.truncate_table().table_name())});
    case Message::kAnalyzeTable:
      return result(plan::AnalyzeTable{.name = name(message.analyze_table().table_name()),
                                       .columns = {},
                                       .no_scan = message.analyze_table().no_scan()});
    case Message::CAT_TYPE_NOT_SET:
      break;
  }
  throw invalid_plan("CATTYPE_NOT_SET not supported.");
}

}  // namespace grebe::parse::proto
