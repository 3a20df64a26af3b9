// GREBE_TEST_… in the environment → other ways to run the same query, whose answer must not change.
#pragma once

#include <cstddef>

namespace grebe::engine {

/// What the mode matrix of the tests turns; users have no reason to.
struct TestKnobs {
  /// GREBE_TEST_OPTIMIZER=off: DuckDB runs plans as they are emitted.
  bool has_optimizer = true;
  /// GREBE_TEST_BATCH_BYTES: size of an Arrow batch, 4 MB unless set.
  size_t batch_bytes = 4 << 20;
};

/// Read once from the environment.
const TestKnobs& test_knobs();

}  // namespace grebe::engine
