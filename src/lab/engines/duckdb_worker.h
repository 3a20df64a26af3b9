// SQL lines on a pipe → Arrow IPC on another, by DuckDB alone: the body of the worker process.
#pragma once

namespace grebe::lab::engines {

/// Serves until standard input ends. Each input line is {"sql": "…"}; each answer is one line,
/// {"rows": n, "bytes": m, "version": v} followed by m bytes of an IPC stream, or {"error": "…"}.
/// Returns the exit code.
int run_duckdb_worker();

}  // namespace grebe::lab::engines
