// Bronze Parquet → the tables of each format, by load statements through an engine (phase silver).
#pragma once

#include "lab/engines/engine.h"
#include "lab/medallion/bronze.h"
#include "lab/medallion/layout.h"
#include "lab/medallion/observer.h"
#include "lab/medallion/settings.h"
#include "lab/medallion/state.h"

namespace grebe::lab::medallion {

/// The name of the phase of a format, for example "silver_delta".
std::string silver_phase(const std::string& format);

/// What engines need to know of the settings.
engines::EngineSettings engine_settings(const Settings& settings);

/// The tables of a format, or of bronze for the format "bronze".
engines::TableSet bronze_tables(const Layout& layout);
engines::TableSet silver_tables(const Layout& layout, const std::string& format);

/// Loads what is missing of all formats; each table is checked against bronze by native DuckDB,
/// every column of every row, before it counts. A format that fails does not stop the others.
/// Returns {format: {status, loader, tables: […], bytes, files, …}}.
Json run_silver(const Settings& settings, const Layout& layout, State& state, Observer& observer,
                Redo redo);

}  // namespace grebe::lab::medallion
