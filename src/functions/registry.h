// All entries by name → lookup, listing.
#pragma once

#include <string>
#include <vector>

#include "functions/entry.h"

namespace grebe::functions {

/// The entry of a built-in by name in any case, or null.
const Entry* find_entry(std::string_view name);

/// Every entry in the order of names, unsupported ones included.
std::vector<const Entry*> list_entries();

/// What Spark says of a function, for DESCRIBE FUNCTION and the catalog calls.
struct Description {
  /// The Java class that Spark names; empty for its operators and special forms.
  std::string_view class_name;
  std::string_view usage;
  /// `extended` starts with a line break; empty when there is none.
  std::string_view extended;
};

/// The description of a built-in by name in any case; empty texts when Spark has none.
Description describe_function(std::string_view name);

}  // namespace grebe::functions
