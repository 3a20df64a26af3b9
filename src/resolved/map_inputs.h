// A resolved relation → the same node over other inputs.
#pragma once

#include <functional>

#include "resolved/relation.h"

namespace grebe::resolved {

/// Rebuilds a node with `map` applied to each direct input (definitions of a WITH included; plans
/// inside expressions are left alone); returns the same pointer when nothing changed.
RelationPtr map_inputs(const RelationPtr& relation,
                       const std::function<RelationPtr(const RelationPtr&)>& map);

}  // namespace grebe::resolved
