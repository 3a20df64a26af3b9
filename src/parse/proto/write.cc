// df.write, df.writeTo and views of messages → plan commands.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {
namespace {

plan::SaveMode save_mode(sc::WriteOperation::SaveMode mode) {
  switch (mode) {
    case sc::WriteOperation::SAVE_MODE_APPEND:
      return plan::SaveMode::kAppend;
    case sc::WriteOperation::SAVE_MODE_OVERWRITE:
      return plan::SaveMode::kOverwrite;
    case sc::WriteOperation::SAVE_MODE_IGNORE:
      return plan::SaveMode::kIgnore;
    case sc::WriteOperation::SAVE_MODE_ERROR_IF_EXISTS:
    case sc::WriteOperation::SAVE_MODE_UNSPECIFIED:
      return plan::SaveMode::kErrorIfExists;
    default:
      throw invalid_plan("Cannot convert from WriteOperation.SaveMode to Spark SaveMode: " +
                         std::to_string(static_cast<int>(mode)));
  }
}

/// Clustering and schema evolution change what is written; without a room they are refused.
template <typename Message>
void refuse_unknown_layout(const Message& message) {
  if (message.clustering_columns_size() > 0) throw core::unsupported("clusterBy of a writer");
  if (message.with_schema_evolution()) throw core::unsupported("withSchemaEvolution of a writer");
}

}  // namespace

plan::Command::Node Conversion::write(const sc::WriteOperation& message) {
  refuse_unknown_layout(message);
  plan::WriteOperation out{.input = relation(message.input()),
                           .format = message.source(),
                           .mode = save_mode(message.mode()),
                           .target = plan::WriteOperation::Target::kPath,
                           .path = {},
                           .table = {},
                           .partition_by = strings_of(message.partitioning_columns()),
                           .sort_by = strings_of(message.sort_column_names()),
                           .bucket_by = strings_of(message.bucket_by().bucket_column_names()),
                           .buckets = message.bucket_by().num_buckets(),
                           .options = options_of(message.options())};
  if (message.has_bucket_by() && message.bucket_by().num_buckets() <= 0) {
    throw invalid_plan("BucketBy must specify a bucket count > 0, received " +
                       std::to_string(message.bucket_by().num_buckets()) + " instead.");
  }
  switch (message.save_type_case()) {
    case sc::WriteOperation::kPath:
      out.path = message.path();
      return out;
    case sc::WriteOperation::kTable:
      out.table = name(message.table().table_name());
      switch (message.table().save_method()) {
        case sc::WriteOperation::SaveTable::TABLE_SAVE_METHOD_SAVE_AS_TABLE:
          out.target = plan::WriteOperation::Target::kSaveAsTable;
          return out;
        case sc::WriteOperation::SaveTable::TABLE_SAVE_METHOD_INSERT_INTO:
          out.target = plan::WriteOperation::Target::kInsertInto;
          return out;
        default:
          throw invalid_plan("WriteOperation:SaveTable:TableSaveMethod not supported 0");
      }
    case sc::WriteOperation::SAVE_TYPE_NOT_SET:
      return out;  // save() with the path among the options, or none
  }
  throw invalid_plan("WriteOperation: unknown target");
}

plan::Command::Node Conversion::write_v2(const sc::WriteOperationV2& message) {
  refuse_unknown_layout(message);
  using Mode = plan::WriteOperationV2::Mode;
  plan::WriteOperationV2 out{.input = relation(message.input()),
                             .table = name(message.table_name()),
                             .mode = Mode::kAppend,
                             .provider = message.provider(),
                             .partition_by = expressions(message.partitioning_columns()),
                             .options = options_of(message.options()),
                             .table_properties = options_of(message.table_properties()),
                             .overwrite_condition = message.has_overwrite_condition()
                                                        ? expression(message.overwrite_condition())
                                                        : nullptr};
  switch (message.mode()) {
    case sc::WriteOperationV2::MODE_CREATE:
      out.mode = Mode::kCreate;
      return out;
    case sc::WriteOperationV2::MODE_OVERWRITE:
      out.mode = Mode::kOverwrite;
      return out;
    case sc::WriteOperationV2::MODE_OVERWRITE_PARTITIONS:
      out.mode = Mode::kOverwritePartitions;
      return out;
    case sc::WriteOperationV2::MODE_APPEND:
      out.mode = Mode::kAppend;
      return out;
    case sc::WriteOperationV2::MODE_REPLACE:
      out.mode = Mode::kReplace;
      return out;
    case sc::WriteOperationV2::MODE_CREATE_OR_REPLACE:
      out.mode = Mode::kCreateOrReplace;
      return out;
    default:
      throw invalid_plan("WriteOperationV2:ModeValue not supported " +
                         std::to_string(static_cast<int>(message.mode())));
  }
}

plan::Command::Node Conversion::create_view(const sc::CreateDataFrameViewCommand& message) {
  plan::Name view;
  try {
    view = name(message.name());
  } catch (const core::SparkError&) {
    throw core::analysis_error("_LEGACY_ERROR_TEMP_1321", {{"viewName", message.name()}});
  }
  // As in Spark, a database before the name is not looked at.
  if (view.size() == 2) view.erase(view.begin());
  return plan::CreateView{.name = std::move(view),
                          .scope = message.is_global() ? plan::CreateView::Scope::kGlobalTemp
                                                       : plan::CreateView::Scope::kLocalTemp,
                          .input = relation(message.input()),
                          .replace = message.replace(),
                          .if_not_exists = false,
                          .columns = {},
                          .comment = {},
                          .properties = {},
                          .text = {}};
}

}  // namespace grebe::parse::proto
