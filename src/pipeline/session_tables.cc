// Names and paths of a session → leaves and views: temp views, the catalog, files, table formats.
// Long: every way in which a name or a path becomes a table.
#include "pipeline/session_tables.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "catalog/partitions.h"
#include "commands/alter_column.h"
#include "emit/emitter.h"
#include "engine/arrow_ipc.h"
#include "lakehouse/formats.h"
#include "parse/proto/converter.h"
#include "parse/sql/parser.h"
#include "pipeline/command_host.h"
#include "pipeline/sql_text.h"
#include "session/shared_state.h"
#include "sources/registered_partitions.h"

namespace grebe::pipeline {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::map<std::string, std::string> lower_keys(const plan::Options& options) {
  std::map<std::string, std::string> out;
  for (const auto& [key, value] : options) out[lower(key)] = value;
  return out;
}

/// Options that choose a table's state → a selector.
lakehouse::SnapshotSelector selector_of(const std::map<std::string, std::string>& options,
                                        const std::string& format) {
  using Selector = lakehouse::SnapshotSelector;
  const auto find = [&](const char* key) -> const std::string* {
    const auto found = options.find(key);
    return found == options.end() ? nullptr : &found->second;
  };
  const auto number = [&](const std::string& text) {
    size_t used = 0;
    int64_t value = 0;
    try {
      value = std::stoll(text, &used);
    } catch (const std::exception&) {
      used = 0;
    }
    if (used != text.size() || text.empty()) {
      throw core::plain_error(core::ErrorClass::kIllegalArgument,
                              "'" + text + "' is no version or snapshot of a table");
    }
    return value;
  };
  if (const auto* version = find("versionasof")) {
    return format == "iceberg" ? Selector::snapshot_id(number(*version))
                               : Selector::version(number(*version));
  }
  if (const auto* id = find("snapshot-id")) return Selector::snapshot_id(number(*id));
  if (const auto* instant = find("as.of.instant")) return Selector::instant(*instant);
  if (const auto* millis = find("as-of-timestamp")) {
    return Selector::timestamp(number(*millis) * 1000);
  }
  if (const auto* micros = find("timestampasofmicros")) return Selector::timestamp(number(*micros));
  if (const auto* name = find("branch")) return Selector::reference(*name);
  if (const auto* name = find("tag")) return Selector::reference(*name);
  return Selector::latest();
}

resolved::Attribute attribute(resolved::AttributeId id, const types::StructField& field) {
  resolved::Attribute out;
  out.id = id;
  out.name = field.name;
  out.type = field.type;
  out.nullable = field.nullable;
  out.metadata_json = field.metadata_json;
  return out;
}

}  // namespace

types::Schema schema_from_text(const std::string& text) {
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start != std::string::npos && text[start] == '{') {
    const auto type = types::parse_json_type(text);
    if (type.is(types::TypeKind::kStruct)) return type.fields();
  }
  // Both `a INT, b STRING` and `struct<a: int>` name columns.
  try {
    return parse::sql::parse_table_schema(text);
  } catch (const core::SparkError& error) {
    std::optional<types::DataType> type;
    try {
      type = parse::sql::parse_data_type(text);
    } catch (const core::SparkError&) {
      throw error;
    }
    if (type->is(types::TypeKind::kStruct)) return type->fields();
    throw;
  }
}

std::string SessionTables::format_or_default(const std::string& format) const {
  if (!format.empty()) return lower(format);
  return lower(runner_.session().config().get("spark.sql.sources.default"));
}

int64_t SessionTables::moment_of(const plan::ExpressionPtr& expression) {
  analyze::Analyzer analyzer(runner_.analyzer_options(), *this, runner_);
  const auto moment =
      analyzer.cast(analyzer.expression(expression, {}), types::DataType::timestamp());
  const auto value = runner_.evaluate(moment);
  if (value.is_null()) {
    throw core::analysis_error("INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.INPUT",
                               {{"expr", core::quote_sql(resolved::sql_text(*moment))}});
  }
  return std::get<int64_t>(value.data);
}

std::optional<analyze::ResolvedTable> SessionTables::find_table(
    const plan::ReadTable& table, const std::shared_ptr<const void>& scope) {
  auto& session = runner_.session();
  const auto* view_scope = static_cast<const ViewScope*>(scope.get());
  const auto as_view = [&](const session::TempView& view, std::vector<std::string> qualifier) {
    analyze::ResolvedTable out;
    out.view = view.plan;
    out.view_schema = view.schema;
    if (!view.text.empty()) {
      for (const auto& field : view.schema) out.view_columns.push_back(field.name);
    }
    // A view made of SQL text looks its names up each time, a frame's view has its plan.
    out.view_scope = std::make_shared<const ViewScope>(
        ViewScope{view.captured, view.current_database, !view.text.empty()});
    out.qualifier = std::move(qualifier);
    return out;
  };
  const auto& parts = table.name_parts;
  // Temporary views first, as Spark does.
  if (parts.size() == 1) {
    if (view_scope && view_scope->temp_views) {
      const auto found = view_scope->temp_views->find(lower(parts[0]));
      if (found != view_scope->temp_views->end()) {
        if (!view_scope->looks_up_anew) return as_view(found->second, {parts[0]});
        if (auto now = session.find_temp_view(parts[0])) return as_view(*now, {parts[0]});
      }
    } else if (!view_scope) {
      if (auto view = session.find_temp_view(parts[0])) return as_view(*view, {lower(parts[0])});
    }
  }
  if (parts.size() == 2 && lower(parts[0]) == catalog::kGlobalTempDatabase) {
    auto view = session.shared().find_global_temp_view(parts[1]);
    if (!view) return std::nullopt;
    return as_view(*view, {parts[0], parts[1]});
  }

  std::map<std::string, std::string> options = lower_keys(table.options);
  if (!table.version_as_of.empty()) options["versionasof"] = table.version_as_of;
  if (table.timestamp_as_of) {
    options["timestampasofmicros"] = std::to_string(moment_of(table.timestamp_as_of));
  }

  // The catalog: [spark_catalog.][database.]table.
  std::vector<std::string> name = parts;
  if (name.size() == 3 && lower(name[0]) == catalog::kCatalogName) name.erase(name.begin());
  if (name.size() <= 2) {
    const std::string database = name.size() == 2 ? name[0]
                                 : view_scope && !view_scope->current_database.empty()
                                     ? view_scope->current_database
                                     : session.current_database();
    auto entry = session.shared().catalog().find_table(database, name.back());
    if (entry) {
      std::vector<std::string> qualifier{catalog::kCatalogName, entry->database, entry->name};
      if (entry->kind == catalog::TableKind::kView) {
        analyze::ResolvedTable out;
        out.view = parse_query(plan::SqlQuery{.text = entry->view_text});
        out.view_schema = entry->schema;
        out.view_columns = entry->view_columns;
        out.view_scope = std::make_shared<const ViewScope>(
            ViewScope{std::make_shared<const std::map<std::string, session::TempView>>(),
                      entry->view_database, false});
        out.qualifier = std::move(qualifier);
        return out;
      }
      TableRequest request;
      request.format = lower(entry->provider);
      request.paths = {entry->location};
      request.allow_empty = true;
      request.description = entry->database + "." + entry->name;
      for (const auto& [key, value] : entry->options) request.options[lower(key)] = value;
      for (const auto& [key, value] : options) request.options[key] = value;
      types::Schema data;
      types::Schema partitions;
      for (const auto& column : entry->schema) {
        const bool is_partition =
            std::find(entry->partition_columns.begin(), entry->partition_columns.end(),
                      column.name) != entry->partition_columns.end();
        (is_partition ? partitions : data).push_back(column);
      }
      request.schema = std::move(data);
      request.partition_schema = std::move(partitions);
      auto& registry = catalog::partition_registry(session.shared().catalog());
      if (registry.has_registry(entry->database, entry->name)) {
        std::vector<sources::PartitionDirectory> directories;
        for (auto& partition : registry.partitions(entry->database, entry->name)) {
          directories.push_back({partition.location, std::move(partition.values)});
        }
        request.options[sources::kRegisteredPartitions] = sources::encode_partitions(directories);
      }
      analyze::ResolvedTable out;
      out.relation = open(request);
      out.qualifier = std::move(qualifier);
      return out;
    }
  }
  // `format`.`path`.
  if (parts.size() == 2 &&
      (sources::is_file_format(parts[0]) || lakehouse::find_table_format(parts[0]))) {
    TableRequest request;
    request.format = lower(parts[0]);
    request.paths = {parts[1]};
    request.options = std::move(options);
    request.description = parts[0] + "." + parts[1];
    analyze::ResolvedTable out;
    out.relation = open(request);
    out.qualifier = parts;
    return out;
  }
  return std::nullopt;
}

analyze::ResolvedTable SessionTables::open_data_source(const plan::ReadDataSource& source) {
  TableRequest request;
  request.format = format_or_default(source.format);
  request.paths = source.paths;
  request.options = lower_keys(source.options);
  if (request.paths.empty()) {
    const auto path = request.options.find("path");
    if (path != request.options.end()) request.paths = {path->second};
  }
  request.options.erase("path");
  if (!source.schema.empty()) request.schema = schema_from_text(source.schema);
  for (const auto& path : request.paths) {
    request.description += (request.description.empty() ? "" : ", ") + path;
  }
  analyze::ResolvedTable out;
  out.relation = open(request);
  return out;
}

void SessionTables::note_existence_default(const types::StructField& field,
                                           std::map<std::string, std::string>& options) {
  const std::string text = commands::existence_default(field);
  if (text.empty()) return;
  analyze::Analyzer analyzer(runner_.analyzer_options(), *this, runner_);
  const auto written = parse::sql::parse_expression(text);
  const auto value = analyzer.cast(analyzer.expression(written, {}), field.type);
  options["__default:" + field.name] = emit::emit_literal(runner_.evaluate(value), field.type);
}

resolved::RelationPtr SessionTables::open(const TableRequest& request) {
  if (lakehouse::find_table_format(request.format)) return open_lakehouse(request);
  auto& config = runner_.session().config();
  if (!sources::is_file_format(request.format)) {
    static constexpr const char* kKnown[] = {"orc",   "avro",   "jdbc",   "binaryfile", "rate",
                                             "kafka", "socket", "libsvm", "image",      "xml"};
    const bool known =
        std::find(std::begin(kKnown), std::end(kKnown), request.format) != std::end(kKnown);
    if (known) throw core::unsupported("the data source " + request.format);
    throw core::make_error(core::ErrorClass::kClassNotFound, "DATA_SOURCE_NOT_FOUND",
                           {{"provider", request.format}});
  }
  sources::SourceContext context{.connection = runner_.connection(),
                                 .base_directory = std::filesystem::current_path().string()};
  context.case_sensitive = config.case_sensitive();
  context.infer_partition_types =
      config.boolean("spark.sql.sources.partitionColumnTypeInference.enabled");
  context.merge_schema = config.boolean("spark.sql.parquet.mergeSchema");
  context.time_zone = config.time_zone();
  context.corrupt_record_column = config.get("spark.sql.columnNameOfCorruptRecord");
  sources::FileRequest wanted;
  wanted.format = request.format;
  wanted.paths = request.paths;
  wanted.user_schema = request.schema;
  wanted.options = request.options;
  // A table of the catalog whose directory is gone has no rows.
  if (request.allow_empty) wanted.options.emplace("ignoremissingfiles", "true");
  wanted.partition_schema = request.partition_schema;
  wanted.allow_empty = request.allow_empty;
  auto table = sources::open_files(wanted, context);

  resolved::FileScan scan;
  scan.format = table.format;
  scan.files = std::move(table.files);
  scan.options = table.options;
  scan.description = request.description;
  // A schema from outside may name columns that no file has, or that only some have.
  const bool may_differ =
      table.format == resolved::ScanFormat::kParquet && !scan.files.empty() &&
      (request.schema || context.merge_schema ||
       (table.options.count("mergeschema") > 0 && table.options.at("mergeschema") == "true"));
  const auto present = may_differ ? parquet_columns(scan.files) : std::vector<std::string>{};
  if (may_differ) scan.options["mergeschema"] = "true";
  const auto source_name = [&](const std::string& name) -> std::string {
    if (!may_differ) return name;
    for (const auto& known : present) {
      if (analyze::same_identifier(known, name, context.case_sensitive)) return known;
    }
    return "";
  };
  resolved::AttributeId id = 0;
  const auto is_partition = [&](const std::string& name) {
    return std::any_of(table.partition_schema.begin(), table.partition_schema.end(),
                       [&](const auto& column) {
                         return analyze::same_identifier(column.name, name, context.case_sensitive);
                       });
  };
  std::vector<resolved::Attribute> output;
  for (const auto& field : table.schema) {
    if (is_partition(field.name)) continue;
    scan.columns.push_back({attribute(++id, field), source_name(field.name)});
    if (may_differ) note_existence_default(field, scan.options);
  }
  for (const auto& field : table.partition_schema) {
    scan.partition_columns.push_back(attribute(++id, field));
  }
  for (const auto& field : sources::full_schema(table, context.case_sensitive)) {
    for (const auto& column : scan.columns) {
      if (column.attribute.name == field.name) output.push_back(column.attribute);
    }
    for (const auto& column : scan.partition_columns) {
      if (analyze::same_identifier(column.name, field.name, context.case_sensitive)) {
        output.push_back(column);
      }
    }
  }
  return resolved::make_relation(std::move(scan), std::move(output));
}

resolved::RelationPtr SessionTables::open_lakehouse(const TableRequest& request) {
  const auto* format = lakehouse::find_table_format(request.format);
  if (request.paths.size() != 1) {
    throw core::plain_error(core::ErrorClass::kIllegalArgument,
                            "The " + request.format + " format reads exactly one path, got " +
                                std::to_string(request.paths.size()));
  }
  const auto location =
      sources::absolute_path(request.paths.front(), std::filesystem::current_path().string());
  const auto environment = lakehouse::local_environment(runner_.connection());
  auto options = request.options;
  if (const auto text = options.find("timestampasof"); text != options.end()) {
    options["timestampasofmicros"] = std::to_string(moment_of(plan::make_expression(
        plan::Literal{.type = types::DataType::string(), .value = {text->second}})));
  }
  const auto snapshot =
      format->open_snapshot(environment, location, selector_of(options, request.format), options);
  resolved::AttributeId id = 0;
  std::vector<resolved::Attribute> output;
  for (const auto& field : snapshot.schema) output.push_back(attribute(++id, field));
  if (snapshot.extension) {
    resolved::ExtensionScan scan;
    scan.extension = snapshot.extension->extension;
    scan.location = snapshot.extension->location;
    scan.snapshot = snapshot.extension->snapshot;
    scan.description = request.description;
    for (const auto& column : output) scan.columns.push_back({column, column.name});
    return resolved::make_relation(std::move(scan), std::move(output));
  }
  resolved::FileScan scan;
  scan.format = resolved::ScanFormat::kParquet;
  scan.files = snapshot.files;
  scan.description = request.description;
  std::vector<std::string> present;
  if (snapshot.files_may_differ && !snapshot.files.empty()) {
    scan.options["mergeschema"] = "true";
    present = parquet_columns(snapshot.files);
  }
  for (const auto& name : snapshot.partition_columns) {
    for (const auto& column : output) {
      if (column.name == name) scan.partition_columns.push_back(column);
    }
  }
  for (const auto& column : output) {
    const bool is_partition =
        std::find(snapshot.partition_columns.begin(), snapshot.partition_columns.end(),
                  column.name) != snapshot.partition_columns.end();
    if (is_partition) continue;
    const bool known = !snapshot.files_may_differ ||
                       std::any_of(present.begin(), present.end(), [&](const auto& name) {
                         return analyze::same_identifier(name, column.name, false);
                       });
    scan.columns.push_back({column, known ? column.name : ""});
  }
  return resolved::make_relation(std::move(scan), std::move(output));
}

std::vector<std::string> SessionTables::parquet_columns(
    const std::vector<resolved::ScanFile>& files) {
  std::string list;
  for (const auto& file : files) {
    list += (list.empty() ? "" : ", ") + types::quote_duckdb_string(file.path);
  }
  std::vector<std::string> names;
  for (const auto& [name, type] :
       runner_.connection().describe("SELECT * FROM read_parquet([" + list +
                                     "], union_by_name = true, hive_partitioning = false)")) {
    names.push_back(name);
  }
  return names;
}

types::Schema SessionTables::arrow_schema(const std::string& ipc_stream) {
  return engine::stream_schema(ipc_stream);
}

plan::Name SessionTables::parse_name(const std::string& text) {
  return parse::sql::parse_identifier(text, parse_options(runner_.session()));
}

types::Schema SessionTables::parse_schema(const std::string& text) {
  return schema_from_text(text);
}

plan::RelationPtr SessionTables::cached_local_relation(const plan::CachedLocalRelation& node) {
  const auto artifact = [this](const std::string& hash) {
    auto bytes = runner_.session().find_artifact("cache/" + hash);
    if (!bytes) {
      throw core::plain_error(core::ErrorClass::kSpark,
                              "Not found any cached local relation with the hash: " + hash +
                                  " in the session with sessionId " +
                                  runner_.session().session_id() + ".");
    }
    return bytes;
  };
  if (!node.hash.empty()) return parse::proto::parse_cached_local_relation(*artifact(node.hash));
  const std::string schema = node.schema_hash.empty() ? std::string() : *artifact(node.schema_hash);
  if (node.data_hashes.empty()) return plan::make_relation(plan::LocalRelation{nullptr, schema});
  plan::RelationPtr all;
  for (const auto& hash : node.data_hashes) {
    auto chunk = plan::make_relation(plan::LocalRelation{artifact(hash), schema});
    all = all ? plan::make_relation(plan::SetOperation{
                    .left = std::move(all), .right = std::move(chunk), .all = true})
              : std::move(chunk);
  }
  return all;
}

resolved::RelationPtr SessionTables::kept_frame(const std::string& relation_id) {
  auto& session = runner_.session();
  const auto kept = session.shared().kept_frames().find_checkpoint(relation_id);
  if (!kept || kept->session != session.server_side_id()) return nullptr;
  runner_.hold(kept->table);
  resolved::AttributeId id = 0;
  std::vector<resolved::Attribute> output;
  for (const auto& field : kept->schema) output.push_back(attribute(++id, field));
  return resolved::make_relation(resolved::StoredData{kept->table->name(), output}, output);
}

resolved::RelationPtr SessionTables::run_command(const plan::Command& command) {
  PipelineHost host(runner_);
  const auto outcome = commands::run_command(host, command);
  resolved::Values values;
  resolved::AttributeId id = 0;
  for (const auto& field : outcome.schema) values.output.push_back(attribute(++id, field));
  for (const auto& row : outcome.rows) {
    std::vector<resolved::ExpressionPtr> cells;
    for (size_t i = 0; i < row.size(); ++i) {
      cells.push_back(analyze::Analyzer::literal(outcome.schema[i].type, row[i]));
    }
    values.rows.push_back(std::move(cells));
  }
  auto output = values.output;
  return resolved::make_relation(std::move(values), std::move(output));
}

plan::RelationPtr SessionTables::parse_query(const plan::SqlQuery& query) {
  auto statement = parse::sql::parse_statement(query.text, parse_options(runner_.session()));
  if (auto* relation = std::get_if<plan::RelationPtr>(&statement)) return *relation;
  return plan::make_relation(plan::CommandResult{.command = std::get<plan::CommandPtr>(statement)});
}

}  // namespace grebe::pipeline
