// Bronze → what DuckDB's own Parquet COPY of each table costs: the measure for loading.
#pragma once

#include "lab/medallion/bronze.h"
#include "lab/medallion/layout.h"
#include "lab/medallion/observer.h"
#include "lab/medallion/settings.h"
#include "lab/medallion/state.h"

namespace grebe::lab::medallion {

/// Copies every table of bronze once by native DuckDB into Parquet of the codec of silver's
/// Parquet, measures it, and removes the copy. Returns {bronze, codec, wall_s, cpu_s, bytes,
/// tables}; a result of the same bronze and codec is taken from the state unless `redo` forces a
/// new one.
Json measure_copy_baseline(const Settings& settings, const Layout& layout, State& state,
                           Observer& observer, const std::string& bronze_sum, Redo redo);

}  // namespace grebe::lab::medallion
