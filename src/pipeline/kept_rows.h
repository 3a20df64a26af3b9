// Analyzed plans → the same plans reading what cache() keeps.
#pragma once

#include <memory>
#include <string>

#include "pipeline/statement.h"
#include "session/kept_frames.h"

namespace grebe::pipeline {

/// A plan's meaning as text, equal for plans that give equal rows whatever their columns are
/// called; files count by where they lie, not by what they hold.
std::string meaning_of(const resolved::RelationPtr& relation);

/// The plan without projections at its root that only pass columns on.
resolved::RelationPtr without_renames(const resolved::RelationPtr& relation);

/// Replaces every part of the plan that cache() keeps by its rows, which are made where nobody
/// needed them yet.
resolved::RelationPtr with_kept_rows(StatementRunner& runner,
                                     const resolved::RelationPtr& relation);

/// Runs a plan into a new table of the engine, its columns named s0, s1 ….
std::shared_ptr<session::KeptTable> make_rows(StatementRunner& runner,
                                              const resolved::RelationPtr& relation);

}  // namespace grebe::pipeline
