// The table features that we know, by name; see features.h.
#include "lakehouse/delta/features.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/spark_error.h"

namespace grebe::lakehouse::delta {

namespace {

// Readable directly or through DuckDB's delta_scan.
constexpr std::array<std::string_view, 5> kReaderFeatures{
    "columnMapping", "deletionVectors", "timestampNtz", "v2Checkpoint", "vacuumProtocolCheck"};

// Features that ask nothing of an append or overwrite of whole files, or that are checked below.
constexpr std::array<std::string_view, 9> kWriterFeatures{
    "appendOnly",       "changeDataFeed",  "checkConstraints", "deletionVectors", "domainMetadata",
    "generatedColumns", "identityColumns", "invariants",       "timestampNtz"};

template <size_t N>
bool contains(const std::array<std::string_view, N>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void refuse_configuration(const Metadata& metadata) {
  for (const auto& [key, value] : metadata.configuration) {
    if (key.compare(0, 18, "delta.constraints.") == 0) {
      throw core::unsupported(fmt::format("writing to a Delta table with the constraint {}", key));
    }
    const bool is_on = value == "true";
    if (is_on && (key == "delta.enableRowTracking" || key == "delta.enableInCommitTimestamps" ||
                  key == "delta.enableIcebergCompatV1" || key == "delta.enableIcebergCompatV2")) {
      throw core::unsupported(fmt::format("writing to a Delta table with {}", key));
    }
  }
  for (const char* mark :
       {"delta.generationExpression", "delta.identity.", "delta.invariants", "CURRENT_DEFAULT"}) {
    if (metadata.schema_string.find(mark) != std::string::npos) {
      throw core::unsupported(fmt::format("writing to a Delta table whose columns have {}", mark));
    }
  }
}

}  // namespace

void check_readable(const Protocol& protocol) {
  if (protocol.reader_version > 3) {
    throw core::unsupported(
        fmt::format("Delta tables of reader version {}", protocol.reader_version));
  }
  for (const std::string& feature : protocol.reader_features) {
    if (!contains(kReaderFeatures, feature)) {
      throw core::unsupported(fmt::format("the Delta reader feature {}", feature));
    }
  }
}

void check_writable(const Protocol& protocol, const Metadata& metadata) {
  if (protocol.writer_version > 7) {
    throw core::unsupported(
        fmt::format("writing to Delta tables of writer version {}", protocol.writer_version));
  }
  for (const std::string& feature : protocol.writer_features) {
    if (!contains(kWriterFeatures, feature) &&
        !(feature == "columnMapping" && !has_column_mapping(metadata))) {
      throw core::unsupported(fmt::format("the Delta writer feature {}", feature));
    }
  }
  if (has_column_mapping(metadata)) {
    throw core::unsupported("writing to a Delta table with column mapping");
  }
  refuse_configuration(metadata);
}

bool has_column_mapping(const Metadata& metadata) {
  const auto mode = metadata.configuration.find("delta.columnMapping.mode");
  return mode != metadata.configuration.end() && mode->second != "none";
}

}  // namespace grebe::lakehouse::delta
