// The unresolved tree → text, for `grebe explain --stages` and for tests.
#pragma once

#include <string>

#include "plan/command.h"

namespace grebe::plan {

/// One line: operators fully parenthesised, calls as `name(arguments)`.
std::string print_expression(const Expression& expression);

/// An indented tree, one node a line, inputs below their user.
std::string print_relation(const Relation& relation);

/// Spark's name of a kind of join: `LeftOuter`.
const char* join_name(JoinType type);

}  // namespace grebe::plan
