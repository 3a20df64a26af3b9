// The resolved tree → indented text, for explain and for failing tests.
#pragma once

#include <string>

#include "resolved/relation.h"

namespace grebe::resolved {

/// One line for each node: its name, what matters of it, its output columns with types.
std::string print_relation(const Relation& relation);

}  // namespace grebe::resolved
