// Binary, sources, machine and settings → the context of a metrics file.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "lab/medallion/settings.h"

namespace grebe::lab::medallion {

/// {grebe: {version, compiler, build_type, commit, is_dirty}, machine, settings}; the commit is
/// null where the sources are not beside the build.
nlohmann::ordered_json describe_context(const Settings& settings);

}  // namespace grebe::lab::medallion
