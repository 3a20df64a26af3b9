// The unresolved tree → the text of Spark's parsed logical plan, for EXPLAIN EXTENDED and errors.
#pragma once

#include <functional>
#include <string>

#include "plan/relation.h"

namespace grebe::plan {

/// Gives the tree that a statement's text stands for.
using TextParser = std::function<RelationPtr(const SqlQuery&)>;

/// LogicalPlan.treeString of the tree before analysis: a node a line as in `'Project ['a]`, its
/// inputs below it after `+- ` or `:- `, each line ended. Texts of spark.sql are parsed by `parse`.
std::string parsed_text(const RelationPtr& relation, const TextParser& parse);

}  // namespace grebe::plan
