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

/// The names that SHOW FUNCTIONS gives in its order: Spark's, without our own entries for what its
/// grammar builds in. An operator without a Java class is in no catalog call.
struct ShownFunction {
  std::string_view name;
  bool has_class = false;
};
std::vector<ShownFunction> shown_functions();

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
