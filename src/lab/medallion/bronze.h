// A scale factor → the eight TPC-H tables as Parquet, with checksums (phase bronze).
#pragma once

#include "lab/medallion/layout.h"
#include "lab/medallion/observer.h"
#include "lab/medallion/settings.h"
#include "lab/medallion/state.h"

namespace grebe::lab::medallion {

/// Whether a phase that is done already is done again.
enum class Redo { kSkipFinished, kForce };

/// Generates what is missing and returns the phase's result:
/// {generator, seconds, parts, bytes, files, tables: [{table, bytes, files, sha256}]}.
/// Files are moved into place when whole, so an interrupted run goes on where it was.
Json run_bronze(const Settings& settings, const Layout& layout, State& state, Observer& observer,
                Redo redo);

/// One text for all files of bronze, to tell what was made from them. Throws std::runtime_error
/// that says what to do when bronze is not complete.
std::string bronze_checksum(const Layout& layout, const State& state);

}  // namespace grebe::lab::medallion
