// A source of files → the same source with `_metadata`; see file_metadata.h.
#include "analyze/file_metadata.h"

#include <algorithm>

#include "analyze/analyzer.h"

namespace grebe::analyze {
namespace {

using types::DataType;

resolved::ExpressionPtr field_of(const resolved::Attribute& metadata, const std::string& name,
                                 const core::Origin& origin) {
  const auto& fields = metadata.type.fields();
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name != name) continue;
    return resolved::make_expression(
        resolved::GetField{reference(metadata, origin), static_cast<int32_t>(i), name},
        fields[i].type, metadata.nullable, origin);
  }
  throw core::internal_error("no field " + name + " in " + kFileMetadata);
}

}  // namespace

bool mentions_file_metadata(const std::vector<std::string>& name_parts) {
  return std::any_of(name_parts.begin(), name_parts.end(), [](const std::string& part) {
    return same_identifier(part, kFileMetadata, false);
  });
}

DataType file_metadata_type(const resolved::Relation& file_scan) {
  types::Schema fields = {{"file_path", DataType::string(), false},
                          {"file_name", DataType::string(), false},
                          {"file_size", DataType::long_type(), false},
                          {"file_block_start", DataType::long_type(), false},
                          {"file_block_length", DataType::long_type(), false},
                          {"file_modification_time", DataType::timestamp(), false}};
  const auto& scan = std::get<resolved::FileScan>(file_scan.node);
  if (scan.format == resolved::ScanFormat::kParquet) {
    fields.push_back({"row_index", DataType::long_type(), false});
  }
  return DataType::struct_type(std::move(fields));
}

resolved::RelationPtr carry_file_metadata(const resolved::Relation& file_scan,
                                          const resolved::Attribute& metadata) {
  auto scan = std::get<resolved::FileScan>(file_scan.node);
  scan.file_metadata = metadata;
  auto output = file_scan.output;
  output.push_back(metadata);
  return resolved::make_relation(std::move(scan), std::move(output));
}

bool knows_its_files(const resolved::Relation& file_scan) {
  const auto& files = std::get<resolved::FileScan>(file_scan.node).files;
  return std::all_of(files.begin(), files.end(),
                     [](const auto& file) { return file.size >= 0 && file.modified > 0; });
}

bool is_file_function(const std::string& name) {
  for (const char* known :
       {"input_file_name", "input_file_block_start", "input_file_block_length"}) {
    if (same_identifier(name, known, false)) return true;
  }
  return false;
}

resolved::ExpressionPtr file_function(Analyzer& analyzer, const std::string& name,
                                      const Scope& scope, const core::Origin& origin) {
  if (scope.files.empty()) return nullptr;
  std::string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(), ::tolower);
  if (scope.files.size() > 1) {
    throw core::analysis_error("MULTI_SOURCES_UNSUPPORTED_FOR_EXPRESSION",
                               {{"expr", core::quote_sql(lower + "()")}}, origin);
  }
  const auto& file = scope.files.front();
  resolved::ExpressionPtr value;
  if (lower == "input_file_block_start") {
    value = Analyzer::literal(DataType::long_type(), types::Value{int64_t{0}});
  } else if (lower == "input_file_block_length") {
    value = field_of(file, "file_block_length", origin);
  } else {
    // `file:/a` there is `file:///a` here.
    auto path = analyzer.call("substring",
                              {field_of(file, "file_path", origin), Analyzer::integer_literal(6)});
    value = analyzer.call("concat", {Analyzer::string_literal("file://"), std::move(path)});
  }
  // The call stays visible in names; what it stands for is run.
  resolved::Call call{.function = lower, .overload = 0, .arguments = {}, .lowered = value};
  return resolved::make_expression(std::move(call), value->type, false, origin);
}

}  // namespace grebe::analyze
