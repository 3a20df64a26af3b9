// Listed files → partition columns and each file's values, found in directory names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sources/listing.h"

namespace grebe::sources {

/// Partition columns and, for each file in order, its values.
struct Partitioning {
  types::Schema schema;
  std::vector<std::vector<types::Value>> values;
};

/// Finds `key=value` directories between each file and its base. `known` gives types that are
/// decided already (a user's or a catalog's schema); other types are inferred when
/// `context.infer_partition_types`, else strings. Throws when directories disagree.
Partitioning discover_partitions(const std::vector<ListedFile>& files, const types::Schema& known,
                                 const SourceContext& context);

}  // namespace grebe::sources
