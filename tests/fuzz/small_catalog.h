// A statement over three small tables → analyzed and emitted, without an engine: what the fuzzers
// run.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "core/spark_error.h"
#include "plan/command.h"

namespace grebe::fuzz {

/// Analyzes a statement and emits its SQL; of a command only that it was parsed is of interest.
void analyze_statement(const plan::Statement& statement, bool ansi);

/// Parses a text as a statement and analyzes it.
void analyze_text(std::string_view text, bool ansi);

/// Runs `call`. Spark's errors are fine; INTERNAL_ERROR aborts, since no input may cause it.
template <typename Call>
void expect_typed_errors(const Call& call) {
  try {
    call();
  } catch (const core::SparkError& error) {
    if (error.condition() != "INTERNAL_ERROR") return;
    std::fputs(error.what(), stderr);
    std::abort();
  }
}

}  // namespace grebe::fuzz
