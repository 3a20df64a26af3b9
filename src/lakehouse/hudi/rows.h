// A write plan and the request's query → base files at their final place, not yet committed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lakehouse/hudi/write_plan.h"

namespace grebe::lakehouse::hudi {

/// What was written for one commit.
struct WrittenRows {
  std::vector<WriteStat> stats = {};
  /// Absolute paths.
  std::vector<std::string> files = {};
};

/// Adds the query's rows as new file groups, one file a partition.
WrittenRows insert_rows(const Environment& environment, const WriteRequest& request,
                        const WritePlan& plan);

/// Rewrites the file groups that hold keys of the query's rows, adds the other rows as new ones.
/// Of several rows with one key, the one with the greatest precombine value counts.
WrittenRows upsert_rows(const Environment& environment, const WriteRequest& request,
                        const WritePlan& plan);

/// `.hoodie/.temp/<instant>`: where files are written before they get their names.
std::string staging_directory(const std::string& location, const std::string& instant);

}  // namespace grebe::lakehouse::hudi
