// spark.connect.Command → plan::Command: dispatch.
#include "parse/proto/conversion.h"

namespace grebe::parse::proto {

plan::CommandPtr Conversion::command(const sc::Command& message) {
  using Message = sc::Command;
  const Nesting nesting(*this);
  switch (message.command_type_case()) {
    case Message::kWriteOperation:
      return plan::make_command(write(message.write_operation()));
    case Message::kWriteOperationV2:
      return plan::make_command(write_v2(message.write_operation_v2()));
    case Message::kCreateDataframeView:
      return plan::make_command(create_view(message.create_dataframe_view()));
    case Message::kCheckpointCommand:
      return plan::make_command(
          plan::Checkpoint{.input = relation(message.checkpoint_command().relation()),
                           .local = message.checkpoint_command().local(),
                           .eager = message.checkpoint_command().eager()});
    case Message::kRemoveCachedRemoteRelationCommand:
      return plan::make_command(plan::RemoveCachedRemoteRelation{
          message.remove_cached_remote_relation_command().relation().relation_id()});
    case Message::kMergeIntoTableCommand:
      return plan::make_command(plan::RowLevelOperation{
          .kind = "MERGE", .table = name(message.merge_into_table_command().target_table_name())});
    case Message::kSqlCommand:
      throw core::internal_error("A SqlCommand is converted as a relation");
    case Message::kRegisterFunction:
      throw core::unsupported("the command RegisterFunction");
    case Message::kWriteStreamOperationStart:
      throw core::unsupported("the command WriteStreamOperationStart");
    case Message::kStreamingQueryCommand:
      throw core::unsupported("the command StreamingQueryCommand");
    case Message::kGetResourcesCommand:
      throw core::unsupported("the command GetResourcesCommand");
    case Message::kStreamingQueryManagerCommand:
      throw core::unsupported("the command StreamingQueryManagerCommand");
    case Message::kRegisterTableFunction:
      throw core::unsupported("the command RegisterTableFunction");
    case Message::kStreamingQueryListenerBusCommand:
      throw core::unsupported("the command StreamingQueryListenerBusCommand");
    case Message::kRegisterDataSource:
      throw core::unsupported("the command RegisterDataSource");
    case Message::kCreateResourceProfileCommand:
      throw core::unsupported("the command CreateResourceProfileCommand");
    case Message::kMlCommand:
      throw core::unsupported("the command MlCommand");
    case Message::kExecuteExternalCommand:
      throw core::unsupported("the command ExecuteExternalCommand");
    case Message::kPipelineCommand:
      throw core::unsupported("the command PipelineCommand");
    case Message::kExtension:
      throw core::unsupported("a command extension of type " + message.extension().type_url());
    case Message::COMMAND_TYPE_NOT_SET:
      throw invalid_plan("Expected Command to be set, but is empty.");
  }
  throw core::unsupported("a command outside the protocol");
}

}  // namespace grebe::parse::proto
