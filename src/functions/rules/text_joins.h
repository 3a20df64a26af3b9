// Texts of a list with a separator between them; see text_joins.cc.
#pragma once

#include <string>

#include "functions/entry.h"

namespace grebe::functions {

/// SQL for the elements of a list of texts that are not null, `separator` between them; an empty
/// text where nothing is left. Neither may be null.
std::string join_sql(const std::string& list, const std::string& separator);

/// array_join with two or three arguments.
std::string lower_array_join(const LowerInput& input);

}  // namespace grebe::functions
