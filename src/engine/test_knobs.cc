// The environment → the test knobs; see test_knobs.h.
#include "engine/test_knobs.h"

#include <cstdlib>
#include <string_view>

namespace grebe::engine {

const TestKnobs& test_knobs() {
  static const TestKnobs knobs = [] {
    TestKnobs read;
    const char* optimizer = std::getenv("GREBE_TEST_OPTIMIZER");
    read.has_optimizer = optimizer == nullptr || std::string_view(optimizer) != "off";
    const char* bytes = std::getenv("GREBE_TEST_BATCH_BYTES");
    if (bytes != nullptr && std::atoll(bytes) > 0) read.batch_bytes = std::atoll(bytes);
    return read;
  }();
  return knobs;
}

}  // namespace grebe::engine
